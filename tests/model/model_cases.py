"""Cases for the model's tests, written in Python: the Elmira example of the file format, completed, and a small one."""

from fractions import Fraction

from detente.model.case import (
    Approach,
    Case,
    Clout,
    Complaint,
    Concern,
    Contract,
    Deference,
    Demand,
    Issue,
    Mark,
    Need,
    Option,
    Party,
    Payment,
    Resource,
    Rule,
    SharedConcerns,
    Substitute,
)
from detente.model.parser import Names, parse
from detente.model.statements import Statement


def reader(options: list[Option], outcomes: dict[str, str] | None = None):
    """Return a function that reads statements over the given options."""
    known: dict[str, Statement] = {}

    def read(text: str, party: str = "") -> Statement:
        names = Names({o.key: o.levels for o in options}, {name: s.tree for name, s in known.items()})
        return parse(text, names, party)

    for name, text in (outcomes or {}).items():
        known[name] = read(text)
    return read


def elmira() -> Case:
    """Return the case of the file format's description, with LG's concerns added so that every approach applies."""
    modify = Option("MoE", "modify", mark=Mark("Modify the control order"))
    delay = Option("Uniroyal", "delay", direction="off", mark=Mark("Delay the appeal"))
    accept = Option("Uniroyal", "accept", direction="on", mark=Mark("Accept the order"))
    abandon = Option("Uniroyal", "abandon", direction="on", mark=Mark("Abandon the plant"))
    insist = Option("LG", "insist", mark=Mark("Insist on the order"))
    read = reader([modify, delay, accept, abandon, insist], {"settled": "Uniroyal.accept and not LG.insist"})
    clean_up = Concern(read("Uniroyal.accept", "MoE"), True, Mark("clean-up", "hipel-1993"))
    moe = (Concern(read("not Uniroyal.abandon", "MoE")), clean_up, Concern(read("not modify", "MoE")))
    uniroyal = (
        Concern(read("MoE.modify or delay", "Uniroyal")),
        Concern(read("not abandon", "Uniroyal"), True, Mark("plant kept")),
    )
    lg = (
        Concern(read("Uniroyal.accept", "LG"), True, Mark("clean-up")),
        Concern(read("not Uniroyal.abandon", "LG"), True, Mark("jobs")),
        Concern(read("insist", "LG")),
    )
    contract = Contract("MoE", "MoE.modify", read("Uniroyal.accept"))
    return Case(
        title="Elmira groundwater contamination",
        sources=(("hipel-1993", "Hipel, Fang, Kilgour, Haight (1993)"),),
        parties=(
            Party("MoE", (modify,), moe, mark=Mark("Ministry of the Environment")),
            Party("Uniroyal", (delay, accept, abandon), uniroyal),
            Party("LG", (insist,), lg, mark=Mark("Local government")),
        ),
        rules=(Rule(read("exactly 1 of (Uniroyal.delay, Uniroyal.accept, Uniroyal.abandon)")),),
        outcomes=(("settled", read("Uniroyal.accept and not LG.insist")),),
        coalesce=(read("Uniroyal.abandon"),),
        today=(0, 1, 0, 0, 0),
        table=("MoE", "Uniroyal", "LG"),
        accommodate=("MoE", "LG"),
        patience=Fraction(9, 10),
        demands=(
            Demand(
                "clean", "LG", "Uniroyal", read("Uniroyal.accept"), Fraction(1), Fraction(3), Mark(source="hipel-1993")
            ),
        ),
        complaints=(Complaint("slow", "LG", "Uniroyal", read("Uniroyal.delay"), "clean-up"),),
        resources=(Resource("lawyers", "MoE", Fraction(3), ((read("MoE.modify"), Fraction(2)),)),),
        clout=(Clout("MoE", "Uniroyal", ("Uniroyal.accept",), "weak", read("not MoE.modify")),),
        needs=(
            Need("Uniroyal", "permit", "MoE", read("not MoE.modify"), Fraction(3), (Substitute("LG", Fraction(2)),)),
        ),
        payments=(
            Payment(
                "MoE",
                "Uniroyal",
                "MoE.modify",
                read("Uniroyal.accept"),
                Fraction(10),
                Fraction(3),
                Fraction(1, 5),
                Fraction(3, 10),
                Fraction(0),
            ),
        ),
        approaches=(
            Approach("contract", (contract,)),
            Approach("promise", (Contract("MoE", "MoE.modify", read("Uniroyal.accept"), binding=False),)),
            Approach("patronage", deference=(Deference("Uniroyal", "LG", ("clean",), read("MoE.modify")),)),
            Approach("shared", shared_concerns=(SharedConcerns(("MoE", "LG")),), coalitions=(("MoE", "LG"),)),
        ),
        issues=(
            Issue(
                "price",
                (("MoE", Fraction(80)), ("Uniroyal", Fraction(10))),
                (("MoE", Fraction(1, 2)), ("Uniroyal", Fraction(9, 10))),
            ),
        ),
        monitoring="border.yaml",
    )


def wants(case: Case, party: str) -> list[str]:
    """Return a party's concerns as they print."""
    return [str(concern.want) for concern in case.party(party).concerns or ()]


def small(concerns: dict[str, list[str]], approach: Approach | None = None, **fields: object) -> Case:
    """Return a case with the yes/no options a1, a2, ... of A and so on, whose concerns name them; ``*`` marks core.

    Every party has four options; concerns are statements, core where they start with ``*``.
    """
    options = {id: [Option(id, f"{id.lower()}{n}") for n in range(1, 5)] for id in concerns}
    read = reader([option for owned in options.values() for option in owned])
    parties = tuple(
        Party(
            id,
            tuple(options[id]),
            tuple(Concern(read(text.lstrip("*"), id), text.startswith("*")) for text in texts),
        )
        for id, texts in concerns.items()
    )
    case = Case("small", parties, approaches=(approach,) if approach else ())
    return Case(**{**{key: getattr(case, key) for key in ("title", "parties", "approaches")}, **fields})  # type: ignore[arg-type]
