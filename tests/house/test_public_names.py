"""What `import detente` offers is decided here, not by accident."""

import inspect
from pathlib import Path

import pytest

import detente
from detente.questions.result import Result

QUESTIONS = ["accord", "analyze", "approaches", "cases", "change", "check", "coalitions", "compare", "demands",
             "monitor", "needs",
             "paths", "payments", "read", "robustness", "stability", "trades", "verify", "write"]  # fmt: skip
VALUES = ["Case", "CaseError", "Certificate", "Conventions", "DetenteError", "Edit", "Fault", "NotAvailableError",
          "Result", "StatementError", "TooLargeError", "UnknownNameError"]  # fmt: skip
MODULES = ["edits"]


def test_the_public_names() -> None:
    assert detente.__all__ == [*VALUES, *sorted([*QUESTIONS, *MODULES])]
    assert set(detente.__all__) <= set(dir(detente))


@pytest.mark.parametrize("name", [*VALUES, *QUESTIONS, *MODULES])
def test_every_public_name_can_be_loaded_and_says_what_it_is(name: str) -> None:
    value = getattr(detente, name)
    assert value.__name__.rpartition(".")[2] == name
    assert inspect.getdoc(value)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_public_function_has_a_numpydoc_docstring(name: str) -> None:
    function = getattr(detente, name)
    doc = inspect.getdoc(function) or ""
    assert doc.splitlines()[0].endswith((".", "?")), "the first line is a sentence"
    parameters = [each for each in inspect.signature(function).parameters if each not in ("self",)]
    if parameters:
        assert "\nParameters\n-------" in doc
        undescribed = [each for each in parameters if each not in doc.split("Parameters\n", 1)[1]]
        assert not undescribed


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'stabilty'"):
        detente.stabilty  # noqa: B018  the access itself is what is tested


def test_no_package_bears_a_public_name() -> None:
    packages = {path.name for path in Path(detente.__file__).parent.iterdir() if path.is_dir()}
    assert not packages & set(detente.__all__)


def test_results_are_frozen() -> None:
    for kind in Result.__subclasses__():
        assert kind.__dataclass_params__.frozen, f"{kind.__name__} can be changed"  # type: ignore[attr-defined]  # set by the decorator
