"""Write the reference pages that are made from the program itself (run by `just docs`; a test fails if they are stale).

The commands page is what each command's ``--help`` prints; the keys pages and the schemas of case files and scenario
files are what their readers know about them; the picture is what the main job prints.
"""

import contextlib
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from detente.commands import COMMANDS
from detente.commands.application import application
from detente.files.scenario_schema import scenario_schema
from detente.files.schema import json_schema
from detente.look.svg import svg
from detente.questions.analyze import analyze
from detente.questions.check import read
from detente.questions.monitor import monitor

sys.path.insert(0, str(Path(__file__).parent))
from picture import picture

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
SHOWN = "us-pakistan-2018"
EVERYWHERE = ("name", "source", "note", "standing")


def pages() -> dict[Path, str]:
    """Return every generated page: its path, its text."""
    schema, scenario = json_schema(), scenario_schema()
    return {
        REFERENCE / "commands.md": commands_page(),
        REFERENCE / "keys.md": keys_page(schema, "case", "`detente check --schema`"),
        REFERENCE / "scenario-keys.md": keys_page(
            scenario, "scenario", "[scenario-file.schema.json](schemas/scenario-file.schema.json)"
        ),
        REFERENCE.parent / "images" / "waterfall.svg": waterfall(),
        REFERENCE.parent / "images" / "analyze.svg": picture(f"detente analyze {SHOWN}", shortened(main_page())),
        REFERENCE / "schemas" / "case-file.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n",
        REFERENCE / "schemas" / "scenario-file.schema.json": json.dumps(scenario, ensure_ascii=False, indent=2) + "\n",
    }


def main_page() -> str:
    """Return what `detente analyze` prints of the shipped case."""
    return analyze(read(SHOWN), SHOWN).render("text", 100)


def waterfall() -> str:
    """Return the drawing of what cooperation is worth in the shipped schematic of three states."""
    return svg(monitor("tri-state-schematic").compare().pictures()["waterfall"])


def shortened(page: str, most: int = 12) -> str:
    """Return a page with the first sentences of every block, and three dots where a block goes on."""
    return "\n\n".join("\n".join(_first(block.splitlines(), most)) for block in page.rstrip().split("\n\n")) + "\n"


def _first(lines: list[str], most: int) -> list[str]:
    kept = len(lines) if len(lines) <= most else most
    while 0 < kept < len(lines) and lines[kept].startswith("   "):  # in the midst of a sentence
        kept -= 1
    return lines if kept == len(lines) else [*lines[:kept], "  …"]


def commands_page() -> str:
    """Return the help of the command line and of every command."""
    lines = [
        "# The commands",
        "",
        "Every command takes a case file, or the name of a shipped case. Exit codes: 0 done; 1 the answer is *no* to a",
        "yes/no question; 2 bad input, said on standard error as `file:line:column: what; what to do`, or an answer",
        "that cannot be written, as where a disk is full; 130 interrupted by Ctrl-C; 141 nobody reads the output any",
        "more.",
        "",
        *_console(""),
    ]
    for commands in COMMANDS.values():
        for place in commands:
            name = place.partition(":")[2]
            lines += ["", f"## {name}", "", *_console(name)]
    return "\n".join(lines) + "\n"


def _console(command: str) -> list[str]:
    words = [*command.split(), "--help"]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        application(COMMANDS, command, width=100)(words, exit_on_error=False, result_action="return_value")
    told = [line.rstrip() for line in out.getvalue().strip().splitlines()]
    return ["```console", f"$ {' '.join(['detente', *words])}", *told, "```"]


def keys_page(schema: Mapping[str, Any], sort: str, where: str) -> str:
    """Return one table of keys for the whole file and for each kind of item in it.

    Parameters
    ----------
    schema : mapping
    sort, where : str
        The sort of file, and where its schema is found.
    """
    lines = [
        f"# The keys of a {sort} file",
        "",
        f"Made from the schema by which {sort} files are read ({where}). Every item may also have",
        f"{', '.join(f'`{key}`' for key in EVERYWHERE)}, as described for the file itself.",
    ]
    for title, item in _items(schema):
        description = item.get("description", "")
        lines += ["", f"## {title}", "", description, "", "| key | what it holds | |", "|---|---|---|"]
        needed = item.get("required", [])
        for key, value in item["properties"].items():
            if key in EVERYWHERE and key not in needed and title != "The file":
                continue
            mark = "needed" if key in needed else ""
            lines.append(f"| `{key}` | {_cell(value)} | {mark} |")
    return "\n".join(lines) + "\n"


def _items(schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every object of the schema that has keys, with a heading, in the order of the file."""
    yield "The file", schema
    for name, definition in schema.get("$defs", {}).items():
        for candidate in (definition, *definition.get("anyOf", ())):
            if "properties" in candidate:
                yield _heading(name), {"description": definition.get("description", ""), **candidate}


def _heading(name: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Item")).capitalize()
    return words.replace("Shared", "Shared concerns")


def _cell(value: Mapping[str, Any]) -> str:
    choices = value.get("enum") or []
    told = value.get("description", "").replace("|", "\\|")
    return f"{told} One of {', '.join(f'`{word}`' for word in choices)}." if choices else told


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
