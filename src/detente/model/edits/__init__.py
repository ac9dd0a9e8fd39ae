"""Edits: changes of a case as frozen values that can be said, written down, applied and undone."""

from detente.model.edits.approaches import (
    AddApproach,
    AddAssurance,
    AddContract,
    ChangeApproach,
    DissolveCoalition,
    DropApproach,
    DropContract,
    FormCoalition,
)
from detente.model.edits.concerns import AddConcern, DropConcern, MarkCore, SwapConcerns
from detente.model.edits.demands import AddDemand, DropDemand, RedirectDemand, TimeDemand, WeakenDemand
from detente.model.edits.edit import Edit, Together, edited
from detente.model.edits.situation import (
    AddClout,
    AddRule,
    DropClout,
    DropRule,
    PayAfterSuccess,
    RaiseClout,
    RelaxRule,
    SetPatience,
    SetToday,
)
from detente.model.edits.variants import one_edit_variants
from detente.model.edits.written import edit_from

__all__ = [
    "AddApproach",
    "AddAssurance",
    "AddClout",
    "AddConcern",
    "AddContract",
    "AddDemand",
    "AddRule",
    "ChangeApproach",
    "DissolveCoalition",
    "DropApproach",
    "DropClout",
    "DropConcern",
    "DropContract",
    "DropDemand",
    "DropRule",
    "Edit",
    "FormCoalition",
    "MarkCore",
    "PayAfterSuccess",
    "RaiseClout",
    "RedirectDemand",
    "RelaxRule",
    "SetPatience",
    "SetToday",
    "SwapConcerns",
    "TimeDemand",
    "Together",
    "WeakenDemand",
    "edit_from",
    "edited",
    "one_edit_variants",
]
