"""Every example of the README and the docs prints what the page says."""

from pathlib import Path

import pytest
from house_tools import tool

examples = tool("examples")


@pytest.mark.parametrize("page", examples.pages(), ids=lambda page: str(page.relative_to(examples.ROOT)))
def test_examples_of_a_page(page: Path) -> None:
    different = [
        f"$ {d.command.typed}\n--- the page\n{d.command.printed}\n--- now\n{d.actual}" for d in examples.run(page)
    ]
    assert not different, "\n\n".join([*different, "python tools/examples.py rewrites them"])


def test_the_two_commands_of_the_readme_are_what_continuous_integration_runs() -> None:
    readme = (examples.ROOT / "README.md").read_text(encoding="utf-8")
    script = (examples.ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    for command in ("pip install uv && uv run detente analyze us-pakistan-2018", "uv run --group test pytest"):
        assert f"\n{command}\n" in readme
        assert command in script


@pytest.mark.parametrize(
    ("printed", "actual", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n...\n", "a\nb\nc\n", True),
        ("a\n...\nc\n", "a\nc\n", True),
        ("a\nb\n", "a\nc\n", False),
        ("a\n...\nd\n", "a\nb\nc\n", False),
        ("", "a\n", False),
    ],
)
def test_what_counts_as_the_same_output(printed: str, actual: str, same: bool) -> None:
    assert examples.matches(printed, actual) is same


def test_a_wrong_example_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ detente --version\n0.0.0\n```\n", encoding="utf-8")
    assert [difference.command.typed for difference in examples.run(page)] == ["detente --version"]
