"""Imports go one way, and the checker of certificates shares no code with what it checks."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
LAYERS = [
    "errors", "progress",
    "look", "model", "monitoring", "files", "preferences", "engine", "game", "questions", "documents", "commands",
    "__main__",
]  # fmt: skip
VERIFICATION_READS = {"errors", "look", "model.case", "model.document", "files", "questions.certificate"}
CHECKING = {"detente.questions.verify", "detente.questions.monitor_verify"}  # the questions that ask the checker
LIBRARIES = {"bargaining": {"errors"}}  # small libraries over bare numbers: what of detente each may use
OUTSIDE = {
    "ruamel": {"files"},
    "pydantic": {"files"},
    "cyclopts": {"commands"},
    "highspy": {"monitoring"},
    "ortools": {"monitoring"},
    "oxidd": {"engine"},
    "numba": {"engine"},
}
INSIDE_FUNCTIONS_ONLY = {"pysat", "rich", "highspy", "ortools", "oxidd", "distributed"}
MODULES = sorted((SOURCE / "detente").rglob("*.py"))


def imports(text: str, module: str) -> Iterator[tuple[str, bool]]:
    """Yield every name that a module imports, also inside functions, and whether it does so when it is imported."""

    def visit(node: ast.AST, at_top: bool) -> Iterator[tuple[str, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from ((alias.name, at_top) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = child.module or ""
                if child.level:
                    base = ".".join(filter(None, [*module.split(".")[: -child.level], child.module or ""]))
                yield base, at_top
                yield from ((f"{base}.{alias.name}", at_top) for alias in child.names)
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from visit(child, at_top and not inside)

    yield from visit(ast.parse(text), True)


def within(name: str, allowed: set[str]) -> bool:
    """Return whether a module is one of those allowed, or inside one."""
    return any(name == f"detente.{top}" or name.startswith(f"detente.{top}.") for top in allowed)


def complaints(text: str, module: str) -> list[str]:
    """Return what a module imports against the rules of the house."""
    found = []
    layer = module.split(".")[1] if "." in module else ""
    for name, at_top in imports(text, module):
        top = name.split(".")[0]
        if top in OUTSIDE and layer not in OUTSIDE[top]:
            found.append(f"{module} imports {top}, which only {' and '.join(OUTSIDE[top])} may")
        if top in INSIDE_FUNCTIONS_ONLY and at_top and layer not in {"commands"}:
            found.append(f"{module} imports {top} when it is imported itself; do so in the function that needs it")
        if not name.startswith("detente.") or not layer:
            continue
        other = name.split(".")[1]
        if layer == "verification":
            if other != "verification" and not within(name, VERIFICATION_READS):
                found.append(f"{module} imports {name}: the checker shares no code with what it checks")
        elif layer in LIBRARIES:
            if other != layer and not within(name, LIBRARIES[layer]):
                found.append(f"{module} imports {name}: {layer} knows nothing of cases")
        elif other in LIBRARIES:
            if LAYERS.index(layer) < LAYERS.index("questions"):
                found.append(f"{module} imports {name}: only questions, and what stands on them, use {other}")
        elif other == "verification":
            if layer not in {"commands", "documents"} and module not in CHECKING:
                found.append(f"{module} imports {name}: nothing that searches may lean on the checker")
        elif other in LAYERS and LAYERS.index(other) > LAYERS.index(layer):
            found.append(f"{module} imports {name}: a step back, from {layer} to {other}")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_one_way(path: Path) -> None:
    module = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    assert complaints(path.read_text(encoding="utf-8"), module) == []


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ("from detente.engine import interface", "detente.model.case"),
        ("def late():\n    from detente.game import setting", "detente.files.load"),
        ("from ..game import setting", "detente.files.load"),
        ("import pydantic", "detente.model.case"),
        ("from pysat.solvers import Solver", "detente.engine.sat"),
        ("from detente.model.parser import parse", "detente.verification.world"),
        ("def late():\n    import detente.engine.cube", "detente.verification.world"),
        ("from detente.verification import verify", "detente.questions.accord"),
        ("from detente.model.case import Case", "detente.bargaining.points"),
        ("from detente.bargaining.points import efficient", "detente.engine.cube"),
    ],
)
def test_a_step_back_is_seen(text: str, module: str) -> None:
    assert complaints(text, module)


def test_every_module_has_a_layer() -> None:
    tops = {path.relative_to(SOURCE / "detente").parts[0].removesuffix(".py") for path in MODULES}
    assert tops <= {*LAYERS, *LIBRARIES, "verification", "__init__"}


def loaded_by(statement: str) -> set[str]:
    """Return the modules that a fresh interpreter has after a statement."""
    script = f"import sys\n{statement}\nprint(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    )


def test_importing_detente_is_cheap() -> None:
    assert not {"numpy", "pydantic", "ruamel.yaml", "rich", "cyclopts"} & loaded_by("import detente")


def test_the_checker_runs_without_what_it_checks() -> None:
    loaded = loaded_by("import detente.verification.answers")
    assert not [name for name in loaded if name.startswith(("detente.engine", "detente.preferences", "numpy", "pysat"))]
    assert "detente.game" not in loaded
