"""Run the examples of README.md and docs/, and compare what they print with what is printed there.

Four kinds of block take part, in the order of the page; each page runs in a folder of its own:

- a block ``yaml NAME``, or with ``:caption: NAME``, is written to the file NAME;
- ``console``: lines that start with ``$`` are run, what follows is what they print; ``detente``, ``> FILE``,
  ``cat FILE`` and ``echo $?`` are understood; a line ``...`` stands for any lines;
- ``python`` with ``>>>``: a doctest; the blocks of a page share their names;
- ``python`` without: run, and must not fail.

``python tools/examples.py`` rewrites what the commands print (not where it is cut with ``...``).
"""

import contextlib
import doctest
import io
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.commands import main

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
CAPTION = re.compile(r":caption: (?P<name>\S+)\n(?::\w+:[^\n]*\n)*\n?")


def pages() -> list[Path]:
    """Return every page with examples; what tools/reference.py writes is compared with the program there."""
    written = {DOCS / "reference" / "commands.md", DOCS / "reference" / "keys.md"}
    found = {path for path in DOCS.rglob("*.md") if "_build" not in path.parts}
    return [ROOT / "README.md", *sorted(found - written)]


@dataclass
class Command:
    """One command of a console block: what is typed, what is printed after it, where that stands in the page."""

    typed: str
    printed: str
    start: int
    end: int


@dataclass
class Difference:
    """An example that prints something else than the page says."""

    command: Command
    actual: str


def run(path: Path) -> list[Difference]:
    """Run one page's examples; raise AssertionError where Python ones fail."""
    text = path.read_text(encoding="utf-8")
    names: dict[str, object] = {}
    found: list[Difference] = []
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        code = 0
        for block in BLOCK.finditer(text):
            info, body = block["info"].strip(), block["body"]
            if caption := CAPTION.match(body):
                Path(caption["name"]).write_text(body[caption.end() :], encoding="utf-8")
            elif info.startswith("yaml "):
                Path(info.split()[1]).write_text(body, encoding="utf-8")
            elif info == "console":
                for command in commands(body, block.start("body")):
                    actual, code = execute(command.typed, code)
                    if not matches(command.printed, actual):
                        found.append(Difference(command, actual))
            elif info == "python" and ">>>" in body:
                _doctest(body, names, path)
            elif info == "python":
                exec(compile(body, str(path), "exec"), names)
    return found


def commands(body: str, offset: int) -> Iterator[Command]:
    """Yield the commands of a console block, each with what is printed after it."""
    starts = [match.start() for match in re.finditer(r"^\$ ", body, re.MULTILINE)]
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        typed, _, printed = body[start:end].partition("\n")
        yield Command(typed[2:], printed, offset + start + len(typed) + 1, offset + end)


def execute(typed: str, code: int) -> tuple[str, int]:
    """Run one command line; return all it prints, and its exit code."""
    if typed == "echo $?":
        return f"{code}\n", 0
    typed, _, target = typed.partition(" > ")
    words = shlex.split(typed)
    if words[0] == "cat":
        return Path(words[1]).read_text(encoding="utf-8"), 0
    assert words[0] == "detente", f"an example runs {words[0]!r}, which this runner does not understand"
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main(words[1:])
    if target:
        Path(target.strip()).write_text(out.getvalue(), encoding="utf-8")
        return "", code
    return out.getvalue(), code


def matches(printed: str, actual: str) -> bool:
    """Return whether what was printed is what the page says; a line ``...`` there stands for any lines."""
    parts = re.split(r"^\.\.\.\n", printed, flags=re.MULTILINE)
    pattern = r"(?:.*\n)*?".join(re.escape(part) for part in parts)
    return re.fullmatch(pattern + r"\n*", actual) is not None


def _doctest(body: str, names: dict[str, object], path: Path) -> None:
    example = doctest.DocTestParser().get_doctest(body, names, path.name, str(path), 0)
    report = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(example, out=report.write, clear_globs=False)
    names.update(example.globs)
    assert runner.summarize(verbose=False).failed == 0, report.getvalue()


def rewrite(path: Path) -> None:
    """Write what the commands of a page print into it, from the last to the first."""
    text = path.read_text(encoding="utf-8")
    for difference in reversed(run(path)):
        if "\n...\n" in f"\n{difference.command.printed}":
            print(f"{path}: mend by hand: {difference.command.typed}", file=sys.stderr)
            continue
        text = text[: difference.command.start] + difference.actual.rstrip("\n") + "\n" + text[difference.command.end :]
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for page in pages():
        rewrite(page)
