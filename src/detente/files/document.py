"""This module owns the form of a case file: its keys, what each holds, and the words that explain it to a reader.

The models check shapes only (`detente.files.shape` turns what they find into faults); names and meanings are checked
where the case is built. Titles and descriptions become the published JSON Schema.
"""

from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from detente.files.kinds import (
    Amount,
    Chance,
    Classes,
    Flag,
    Number,
    OneOrMany,
    Patience,
    Position,
    Reference,
    References,
    Says,
    State,
    States,
    Strength,
    Words,
    choice,
    said,
)
from detente.model.items import WAYS

ID = r"^[A-Za-z][A-Za-z0-9_-]*$"
KINDS = "logical: by what the words mean; causal: one thing leads to another; resource: means are lacking"
BY_ID: dict[str, Any] = {"propertyNames": {"pattern": ID}}


class Item(BaseModel):
    """Anything in a case file: what it says, and what may stand beside it."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)  # the whole is built once, when first used
    lone: ClassVar[str] = ""  # the key that a lone text stands for
    optional: ClassVar[bool] = False  # nothing at all is as good as an empty mapping

    name: Words = Field("", description="How it is called in sentences and tables.")
    source: Words = Field(
        "", description="Where it comes from: an id listed under sources, with a place: rizvi-2018 ¶10."
    )
    note: Words = Field("", description="Anything worth saying to a reader; it changes no answer.")
    standing: Annotated[str, *choice("read", "recalled", "unverified", "judgement")] = Field(
        "", description="How far it is checked: read in the source, recalled, unverified, or the analyst's judgement."
    )

    @model_validator(mode="before")
    @classmethod
    def opened(cls, value: Any) -> Any:
        """Take a lone text for the key it stands for, and keys that say nothing for absent ones."""
        if cls.lone and not isinstance(value, dict | list) and value is not None:
            return {cls.lone: value}
        if value is None:
            if not cls.optional:
                raise said("nothing stands here", "write it, or take the line out")
            return {}
        if isinstance(value, dict):
            known = cls.keys()
            return {key: inner for key, inner in value.items() if inner is not None or key not in known}
        return value

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """Return the keys this item may have, as they stand in the file."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        full: dict[str, Any] = handler.resolve_ref_schema(handler(schema))
        alternatives: list[dict[str, Any]] = []
        if cls.lone:
            alternatives.append({"type": "string", "description": f"Short for its `{cls.lone}`."})
        if cls.optional:
            alternatives.append({"type": "null"})
        if not alternatives:
            return full
        shared: dict[str, Any] = {key: full.pop(key) for key in ("title", "description") if key in full}
        return {**shared, "anyOf": [*alternatives, full]}


class OptionItem(Item):
    """Something a party can do."""

    lone = "name"
    optional = True
    levels: list[Words] = Field([], description="The levels it can take, lowest first (2 to 10); none: yes or no.")
    direction: Annotated[str, *choice("on", "off")] = Field(
        "", description="on: can be taken up, not withdrawn. off: can be given up, not taken up again."
    )


class ById:
    """Says in the published schema that a list of ids is as good as a mapping without names."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        ids = {"type": "array", "uniqueItems": True, "items": {"type": "string", "pattern": ID}}
        return {"anyOf": [{**handler(schema), **BY_ID}, {**ids, "description": "Ids alone, without names."}]}


class ConcernItem(Item):
    """Something a party wants to be true."""

    lone = "want"
    want: Says = Field(description="The statement that the party wants to hold.")
    core: Flag = Field(False, description="true: no package accommodates the party without it.")


class PartyItem(Item):
    """One side of the dispute: what it can do and what it wants (concerns, ranking or weights, one of the three)."""

    optional = True
    options: Annotated[dict[str, OptionItem], ById()] = Field(
        {}, description="What the party can do, by id; their order is the order of state words."
    )
    concerns: list[ConcernItem] | None = Field(
        None, description="What it wants, the most important first; an empty list: everything is equal to it."
    )
    ranking: list[States] | None = Field(None, description="States from best to worst; tied ones as a list.")
    weights: dict[str, Number] | None = Field(None, description="What each statement is worth to it where it holds.")


class RuleItem(Item):
    """What every possible state obeys."""

    lone = "that"
    that: Says = Field(description="The statement that always holds.")
    kind: Annotated[str, *choice("logical", "causal", "resource", remedy=KINDS)] = Field(
        "logical", description="Why it holds: by what the words mean, by cause and effect, or for lack of means."
    )
    because: Words = Field("", description="The reason, in a sentence.")
    relaxable: Flag = Field(False, description="true: a repair may lift this rule.")


class OutcomeItem(Item):
    """A named statement, usable in any other."""

    lone = "that"
    that: Says = Field(description="The statement it stands for.")


class DemandItem(Item):
    """What one party asks of another."""

    id: Reference = Field(description="Its id, used by deference and in answers.")
    sender: Reference = Field(alias="from", description="The party that demands.")
    to: Reference = Field(description="The party it is addressed to.")
    that: Says = Field(description="The statement that is demanded.")
    from_time: Number | None = Field(None, alias="from time", description="When it begins to count.")
    by_time: Number | None = Field(None, alias="by time", description="When it has to be met.")


class ComplaintItem(Item):
    """What one party holds against another."""

    id: Reference = Field(description="Its id.")
    sender: Reference = Field(alias="from", description="The party that complains.")
    about: Reference = Field(description="The party complained of.")
    that: Says = Field(description="The statement complained of.")
    concern: Words = Field(
        "", description="The concern behind it: the name or the statement of one of the complainer's."
    )


class ResourceItem(Item):
    """What a party has a limited amount of."""

    name: Words = Field(description="What it is.")
    of: Reference = Field(description="Whose it is.")
    amount: Amount = Field(description="How much there is.")
    uses: dict[str, Amount] = Field(description="How much each statement uses up where it holds.")


class CloutItem(Item):
    """How strongly one party can make another use its options."""

    of: Reference = Field(description="The party that has clout.")
    over: Reference = Field(description="The party it has clout over.")
    on: References = Field(description="The options of that party it can bring about, one or a list.")
    strength: Annotated[str, *choice("weak", "strong")] = Field(description="weak or strong.")
    condition: Says | None = Field(None, alias="while", description="It counts only where this statement holds.")


class SubstituteItem(Item):
    """Another source for what a party needs."""

    sender: Reference = Field(alias="from", description="The party it could come from.")
    loss: Number = Field(description="The loss that remains with it.")


class NeedItem(Item):
    """What a party needs from another."""

    party: Reference = Field(description="The party in need.")
    needs: Words = Field(description="What it needs.")
    sender: Reference = Field(alias="from", description="The party it needs it from.")
    given_when: Says | None = Field(None, alias="given when", description="Where this holds, it is given.")
    loss_without: Number | None = Field(None, alias="loss without", description="What is lost without it.")
    substitutes: list[SubstituteItem] = Field([], description="Other sources.")


class PaymentItem(Item):
    """Pay for effort."""

    by: Reference = Field(description="The party that pays.")
    to: Reference = Field(description="The party that is paid.")
    paid: Reference = Field(alias="with", description="The payer's option that pays.")
    reward_for: Says = Field(alias="for", description="What is paid for.")
    amount: Amount = Field(description="How much is paid.")
    cost_of_effort: Number | None = Field(
        None, alias="cost of effort", description="What the effort costs the paid party."
    )
    solves_with_chance: Chance | None = Field(
        None, alias="solves with chance", description="The chance that real effort ends the problem, from 0 to 1."
    )
    found_out_with_chance: Chance | None = Field(
        None, alias="found out with chance", description="The chance that missing effort is found out, from 0 to 1."
    )
    after_success: Number | None = Field(
        None, alias="after success", description="What is still paid once it is solved."
    )


class ContractItem(Item):
    """An option taken exactly where a statement holds."""

    by: Reference = Field(description="The party that binds itself.")
    paid: References = Field(alias="with", description="Its yes/no option, or a list of them.")
    iff: Says = Field(description="The option is taken exactly where this holds.")
    binding: Flag = Field(True, description="false: a promise; the option stays free, and keeping it is wanted first.")


class DeferenceItem(Item):
    """A client that puts a patron's demands or concerns first."""

    client: Reference = Field(description="The party that defers.")
    patron: Reference = Field(description="The party it defers to.")
    condition: Says | None = Field(None, alias="while", description="It defers where this holds; always if not said.")
    on: References = Field(description="Demands by id, or core or all for the patron's concerns.")


class SharedItem(Item):
    """Parties that count each other's concerns as their own."""

    parties: list[Reference] = Field(description="The parties that share.")
    which: Annotated[str, *choice("core", "all")] = Field("core", description="Share core concerns, or all.")
    order: Annotated[str, *choice("interleaved")] = Field(
        "", description="interleaved: other concerns keep their rank."
    )


def _one_or_many(value: Any) -> Any:
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        remedy = f"write {{parties: [{', '.join(value)}], which: core}}"
        raise said("a mapping is expected here, not a list of parties", remedy)
    return [value] if isinstance(value, dict) else value


class ApproachItem(Item):
    """One way the parties can see their relationship."""

    optional = True
    contracts: list[ContractItem] = Field([], description="Pay for performance.")
    deference: list[DeferenceItem] = Field([], description="Patron and client.")
    shared_concerns: Annotated[list[SharedItem], BeforeValidator(_one_or_many), OneOrMany()] = Field(
        [], alias="shared concerns", description="Cooperation: one clause, or a list of them."
    )
    coalitions: list[list[Reference]] = Field([], description="Groups of parties that can act together.")


class IssueItem(Item):
    """A graded issue for trades."""

    positions: dict[str, Position] = Field(description="Where each party stands, from 0 to 100.")
    salience: dict[str, Chance] = Field({}, description="How much it matters to each party, from 0 to 1.")
    clout: dict[str, Chance] = Field({}, description="How much each party can put behind it, from 0 to 1.")


class InfluenceItem(Item):
    """How strongly one party influences others directly."""

    of: Reference = Field(description="The party that has influence.")
    on: dict[str, Strength] = Field(
        description="How strongly on each party, from 0 (not at all) to 4 (it decides whether that party goes on)."
    )


class MonitoringItem(Item):
    """A monitoring scenario, and what the options of the case mean for it."""

    lone = "scenario"
    scenario: Words = Field(description="The scenario: a file beside the case, or the name of a shipped one.")
    fingerprint: Words = Field(
        "", description="Of the scenario when detente monitor feed last wrote its results into the outcomes."
    )
    classes: Classes = Field(5, description="Into how many classes of equal width detection is divided (2 to 20).")
    agencies: dict[str, Words] = Field({}, description="By party, the agency it is, where that has another id.")
    taking_part: dict[str, dict[str, Says]] = Field(
        {},
        alias="taking part",
        description="By party, its ways of taking part with the statement under which each counts, the first that "
        f"holds ({', '.join(WAYS)}); where none holds, it plans alone.",
    )
    in_place: dict[str, Says] = Field(
        {}, alias="in place", description="Measures that are there only where a statement holds, such as a fence."
    )


class ConventionsItem(Item):
    """The readings of the definitions on which texts differ."""

    ties_sanction: Flag = Field(True, alias="ties sanction", description="A state found equally good deters.")
    return_sanctions: Flag = Field(True, alias="return sanctions", description="An answer back to the start deters.")


TODAY = {
    "anyOf": [
        {"type": "string", "description": "A state word such as YNNY, a plain state's name, or unknown."},
        {
            "type": "array",
            "items": {"anyOf": [{"type": "string"}, {"type": "object"}]},
            "description": "The options taken now, and {option: level} for those with levels.",
        },
        {"type": "object", "description": "The value of each option now."},
    ]
}


class Document(Item):
    """A dispute: its parties, what each can do and wants, and what can be asked about it."""

    title: Words = Field("", description="What the case is called.")
    sources: dict[str, Words] = Field({}, description="What the case rests on, by id.", json_schema_extra=BY_ID)
    parties: dict[str, PartyItem] = Field(description="The sides of the dispute, by id.", json_schema_extra=BY_ID)
    rules: list[RuleItem] = Field([], description="What cannot be: statements that hold in every possible state.")
    outcomes: dict[str, OutcomeItem] = Field({}, description="Named statements, by id.", json_schema_extra=BY_ID)
    coalesce: list[Says] = Field([], description="Conjunctions of option values; the states of each stand as one.")
    today: Annotated[Any, WithJsonSchema(TODAY)] = Field(
        None, description="The state now; what is not said is lowest. unknown: not known."
    )
    table: list[Reference] | None = Field(None, description="Who negotiates; everybody if not said.")
    accommodate: list[Reference] | None = Field(None, description="Whose core concerns count; everybody's if not said.")
    patience: Patience | None = Field(None, description="How much tomorrow counts, from 0 to below 1.")
    conventions: ConventionsItem | None = Field(None, description="The readings on which texts differ.")
    demands: list[DemandItem] = Field([], description="What the parties ask of each other.")
    complaints: list[ComplaintItem] = Field([], description="What they hold against each other.")
    resources: list[ResourceItem] = Field([], description="What limits what can be done together.")
    clout: list[CloutItem] = Field([], description="Who can make whom do what.")
    needs: list[NeedItem] = Field([], description="Who depends on whom for what.")
    payments: list[PaymentItem] = Field([], description="Pay for effort.")
    approaches: dict[str, ApproachItem] = Field(
        {}, description="Ways the parties can see their relationship, by id.", json_schema_extra=BY_ID
    )
    issues: dict[str, IssueItem] = Field({}, description="Graded issues for trades, by id.", json_schema_extra=BY_ID)
    influence: list[InfluenceItem] = Field(
        [], description="Who influences whom; where issues give no clout, it is worked out from this."
    )
    monitoring: MonitoringItem | None = Field(None, description="A monitoring scenario whose results this case uses.")
    states: list[State] | None = Field(
        None, description="Exactly the possible states, instead of rules; words or names."
    )
    moves: dict[str, dict[str, States]] | None = Field(
        None, description="A party's moves, from a state to others, instead of those its options give."
    )
