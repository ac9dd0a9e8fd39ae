"""This module owns the commands about case files: check, cases, import, export."""

from pathlib import Path
from typing import Annotated

from detente.commands.parameters import CaseName, Format, Parameter
from detente.commands.streams import note, show, text_of, writing

CheckedName = Annotated[
    str, Parameter(help="A case or scenario file, or the name of a shipped one (detente cases lists them).")
]


def check(
    case: CheckedName | None = None,
    /,
    *,
    schema: Annotated[bool, Parameter(help="Print the JSON Schema of case files instead.", negative=())] = False,
    format: Format = "text",
) -> int:
    """Is the file sound?

    All faults at once, each as file:line:column: what; what to do, on standard error (with --format json as JSON on
    standard output); then exit code 2. For a sound case: how many states each rule removes, and what deserves a look.
    A monitoring scenario is solved too: constraints that no plan keeps together are a fault.
    """
    import json

    from detente.errors import DetenteError
    from detente.questions.check import check as ask

    if schema:
        from detente.files.schema import json_schema

        print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
        return 0
    if case is None:
        raise DetenteError("check needs a case; write: detente check CASE, or detente check --schema")
    checked = ask(case)
    if checked.sound or format != "text":
        show(checked, format)
    for fault in () if checked.sound or format == "json" else checked.faults:
        note(fault.text(checked.file))
    return 0 if checked.sound else 2


def cases(*, format: Format = "text") -> None:
    """Which cases are shipped?"""
    from detente.questions.cases import cases as ask

    show(ask(), format)


def import_(
    file: Annotated[Path, Parameter(help="A GMCR+ file (.gmcr).")],
    out: Annotated[Path | None, Parameter(help="The case file to write; otherwise standard output.")] = None,
    /,
) -> None:
    """What does a file of GMCR+ say, as a case file?

    What cannot be carried over is said on standard error.
    """
    from detente.files.emit import document_text
    from detente.files.gmcr import read_gmcr
    from detente.files.save import write
    from detente.model.document import document

    case, losses = read_gmcr(text_of(file), str(file))
    for loss in (*losses, "A file of GMCR+ does not say where things stand: write the options taken now under today."):
        note(loss)
    if out is None:
        print(document_text(document(case)), end="")
    else:
        with writing(out):
            write(case, out)


def export(case: CaseName, out: Annotated[Path, Parameter(help="The .gmcr file to write.")], /) -> None:
    """What is the case, as a file of GMCR+?

    What cannot be carried over is said on standard error.
    """
    from detente.files.gmcr import write_gmcr
    from detente.questions.check import read

    text, losses = write_gmcr(read(case))
    for loss in losses:
        note(loss)
    with writing(out):
        out.write_text(text, encoding="utf-8")
