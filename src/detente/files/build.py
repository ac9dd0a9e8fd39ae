"""This module owns making a case of a document: every name looked up, every statement read, all faults noted."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from detente.files.clauses import Reader
from detente.files.document import Document
from detente.files.findings import Findings
from detente.files.matters import Matters
from detente.files.names import check_id, check_parties, check_unique, mark
from detente.files.nodes import Path, shorten
from detente.files.sides import sides, vague
from detente.files.speech import Speech
from detente.files.today import today
from detente.files.wants import Words, wants
from detente.model.case import Case
from detente.model.feasibility import broken
from detente.model.items import Conventions, Option, Party, Resource, Rule
from detente.model.statements import Statement
from detente.model.states import conjunction, values

FRAME = ("rules", "resources", "outcomes", "states", "coalesce")  # without these sound, states say nothing
REMOVING = ("rules", "resources")  # without one of these more is possible, and nothing less
BESIDE = ("name", "kind", "because", "relaxable", "source", "note", "standing")  # of a rule; they change no state
Moves = tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]


def build(document: Document, findings: Findings, title: str = "") -> Case | None:
    """Return the case that a document describes.

    Parameters
    ----------
    document : Document
        Of the right form; what was not is already taken out and in `findings`.
    findings : Findings
        Where faults go.
    title : str
        What the case is called if the document does not say.

    Returns
    -------
    Case or None
        The sound items; None where options, rules or what they rest on have faults, so that nothing can be
        said about states.
    """
    sources = list(document.sources)
    for id in sources:
        check_id(findings, ("sources", id), id, "a source")
    owned = sides(findings, document, sources)
    options = {option.key: option for option in chain.from_iterable(owned.values()) if "." not in option.id}
    speech = Speech(findings, {key: option.levels for key, option in options.items()}, vague(findings))
    outcomes = _outcomes(document, findings, speech, [option.id for option in options.values()])
    frame = _Frame(findings, speech, sources, tuple(options.values()))
    rules, resources = frame.rules(document), frame.resources(document, list(owned))
    coalesce = frame.coalesce(document)
    states = frame.states(document)
    listed = frozenset(states) if states is not None else None
    words = Words(frame.options, listed, not sound(findings, frame=("states",)))
    parties = tuple(
        Party(
            id=id,
            options=owned[id],
            mark=mark(findings, ("parties", id), item, sources),
            **wants(findings, speech, words, sources, id, item),
        )
        for id, item in document.parties.items()
    )
    matters = Matters(findings, speech, parties, options, sources)
    conventions = document.conventions
    case = Case(
        title=document.title or title,
        parties=parties,
        rules=rules,
        resources=resources,
        outcomes=tuple(outcomes.items()),
        coalesce=coalesce,
        today=today(findings, document.today, frame.options, listed, coalesce),
        table=frame.group("table", document.table, list(owned)),
        accommodate=frame.group("accommodate", document.accommodate, list(owned)),
        patience=document.patience,
        conventions=Conventions(conventions.ties_sanction, conventions.return_sanctions)
        if conventions
        else Conventions(),
        demands=matters.demands(document),
        complaints=matters.complaints(document),
        clout=matters.clout(document),
        needs=matters.needs(document),
        payments=matters.payments(document),
        issues=matters.issues(document),
        influence=matters.influence(document),
        monitoring=document.monitoring.scenario if document.monitoring else "",
        feed=matters.feed(document),
        states=states,
        moves=frame.moves(document, words, list(owned)),
        sources=tuple(document.sources.items()),
        mark=mark(findings, (), document, sources),
        outcome_marks=tuple(
            (name, mark(findings, ("outcomes", name), document.outcomes[name], sources)) for name in outcomes
        ),
    )
    firm = sound(findings)
    if not firm and sound(findings, frame=[part for part in FRAME if part not in REMOVING]):
        findings.loose = replace(case, today=None)
    if firm:
        case = _possible_today(case, document, findings)
        _possible_moves(case, findings)
    reader = Reader(findings, speech, case, findings.dropped | {item.id for item in document.demands})
    approaches = tuple(reader.approach(id, item) for id, item in document.approaches.items())
    case = replace(case, approaches=approaches)
    if not findings.errors:
        reader.applied(case)
    return case if firm else None


def sound(findings: Findings, frame: Sequence[str] = FRAME) -> bool:
    """Return whether the parts of the document that say which states there are have no faults."""
    paths = [path for path, fault in findings.found if not fault.warning]
    broad = any(
        not path or path == ("parties",) or (path[0] in frame and path[2:3] not in {(key,) for key in BESIDE})
        for path in paths
    )
    return not broad and all(path[0] != "parties" or path[2:3] not in ((), ("options",)) for path in paths)


def _outcomes(
    document: Document, findings: Findings, speech: Speech, option_ids: Sequence[str]
) -> dict[str, Statement]:
    for name in document.outcomes:
        path: Path = ("outcomes", name)
        check_id(findings, path, name, "an outcome")
        if name in option_ids:
            what = f"the outcome {name!r} is called as an option is, so that statements could mean either"
            findings.fault(path, what, "rename the outcome", key=True)
    return speech.name({name: (("outcomes", name, "that"), item.that) for name, item in document.outcomes.items()})


def _possible_today(case: Case, document: Document, findings: Findings) -> Case:
    """Note why today cannot be; a today that the file does not speak of is then unknown instead."""
    if any(path[:1] == ("today",) and not fault.warning for path, fault in findings.found):
        return replace(case, today=None)
    if not isinstance(case.today, tuple):
        return case
    reasons = broken(case, case.today)
    if reasons and document.today is None:
        return replace(case, today=None)
    for reason in reasons:
        findings.fault(("today",), f"today is not possible: {reason}", "change today or the rule")
    return replace(case, today=None) if reasons else case


def _possible_moves(case: Case, findings: Findings) -> None:
    """Note given moves from or to states that cannot be."""
    if not case.options:
        return
    for party, arcs in case.moves or ():
        for start, ends in arcs:
            for place, text in [(None, start), *enumerate(ends)]:
                state = values(text, case.options)
                known = [value for value in state if value is not None]
                path: Path = ("moves", party, start) if place is None else ("moves", party, start, place)
                for reason in broken(case, known) if len(known) == len(state) else ():
                    what = f"the state {text!r} is not possible: {reason}"
                    findings.fault(path, what, "take the move out", key=place is None)


class _Frame:
    """Reads what says which states there are: rules, resources, merged states, listed states, given moves."""

    def __init__(self, findings: Findings, speech: Speech, sources: Sequence[str], options: tuple[Option, ...]) -> None:
        self.findings, self.speech, self.sources, self.options = findings, speech, sources, options

    def rules(self, document: Document) -> tuple[Rule, ...]:
        found: list[Rule] = []
        for place, item in zip(self.findings.places(("rules",), document.rules), document.rules, strict=True):
            path: Path = ("rules", place)
            that = self.speech.read(item.that, (*path, "that"))
            beside = mark(self.findings, path, item, self.sources)
            if that is not None:
                found.append(Rule(that, item.kind, item.because, item.relaxable, beside))
        for key in ("rules", "resources"):
            if document.states is not None and getattr(document, key):
                what = f"the states are listed, and {key} say which there are too"
                self.findings.fault((key,), what, "keep one of the two", key=True)
        return tuple(found)

    def resources(self, document: Document, parties: Sequence[str]) -> tuple[Resource, ...]:
        found: list[Resource] = []
        names: list[tuple[Path, str]] = []
        places = self.findings.places(("resources",), document.resources)
        for place, item in zip(places, document.resources, strict=True):
            path: Path = ("resources", place)
            names.append(((*path, "name"), item.name))
            known = self.findings.known("party", item.of, parties, (*path, "of"))
            uses = [
                (self.speech.read(text, (*path, "uses", text), key=True), amount) for text, amount in item.uses.items()
            ]
            if known:
                read = tuple((statement, amount) for statement, amount in uses if statement is not None)
                beside = mark(self.findings, path, item, self.sources, name=False)
                found.append(Resource(item.name, item.of, item.amount, read, beside))
        check_unique(self.findings, names, "resources")
        return tuple(found)

    def coalesce(self, document: Document) -> tuple[Statement, ...]:
        found: list[Statement] = []
        by_key = {option.key: option for option in self.options}
        places = self.findings.places(("coalesce",), document.coalesce)
        for place, text in zip(places, document.coalesce, strict=True):
            statement = self.speech.read(text, ("coalesce", place))
            if statement is not None and conjunction(statement.tree, by_key) is None:
                what = f"{shorten(text)!r} does not give options one value each"
                remedy = "join options, `not` options and `option = level` by and"
                self.findings.fault(("coalesce", place), what, remedy)
            elif statement is not None:
                found.append(statement)
        return tuple(found)

    def states(self, document: Document) -> tuple[str, ...] | None:
        """Return the listed states, each once: words of the options, or plain names where there are no options."""
        if document.states is None:
            if not self.options and document.parties:
                what = "the case has neither options nor states"
                self.findings.fault((), what, "give the parties options, or list the states")
            return None
        words = Words(self.options, frozenset(document.states), not sound(self.findings, frame=()))
        found: list[str] = []
        seen: set[str] = set()
        for place, text in zip(self.findings.places(("states",), document.states), document.states, strict=True):
            word = words.read(self.findings, ("states", place), text)
            if word is not None and word in seen:
                self.findings.fault(
                    ("states", place), f"the state {shorten(word)!r} is listed twice", "keep one of the two"
                )
            elif word is not None:
                found.append(word)
                seen.add(word)
        if not document.states and ("states",) not in self.findings.kept:
            self.findings.fault(("states",), "no state is listed", "list them, or take the key out")
        return tuple(found)

    def moves(self, document: Document, words: Words, parties: Sequence[str]) -> Moves | None:
        if document.moves is None:
            return None
        found: list[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]] = []
        for party, arcs in document.moves.items():
            path: Path = ("moves", party)
            if not self.findings.known("party", party, parties, path, key=True):
                continue
            read: list[tuple[str, tuple[str, ...]]] = []
            for start, ends in arcs.items():
                here: Path = (*path, start)
                origin = self._listed(words, here, start, key=True)
                targets: list[str] = []
                for place, end in zip(self.findings.places(here, ends), ends, strict=True):
                    target = self._listed(words, (*here, place), end)
                    if target is not None and target == origin:
                        self.findings.fault((*here, place), f"this move leads from {end} to itself", "take it out")
                    elif target is not None and target not in targets:
                        targets.append(target)
                if origin is not None:
                    read.append((origin, tuple(targets)))
            found.append((party, tuple(read)))
        return tuple(found)

    def _listed(self, words: Words, path: Path, text: str, key: bool = False) -> str | None:
        """Return a state's word; None, with a fault, where it is none of the listed states."""
        word = words.read(self.findings, path, text, key=key)
        if word is None or not self.options or words.unsure or words.names is None:
            return word
        return word if self.findings.known("state", word, words.names, path, key=key) else None

    def group(self, key: str, ids: Sequence[str] | None, parties: Sequence[str]) -> tuple[str, ...]:
        """Return the parties that a list at the top of the file names."""
        if ids is None:
            return ()
        if not ids and (key,) not in self.findings.kept:
            self.findings.fault((key,), "no party is listed here", "list some, or take the key out for all")
        return check_parties(self.findings, (key,), ids, parties)
