"""This module owns saying what is wrong with a problem in a scenario's own words: solvers count, people have names."""

from collections.abc import Iterator
from contextlib import contextmanager

from detente.errors import DetenteError, NotAvailableError
from detente.look.summary import listed
from detente.monitoring.compiling import LOST_REMEDY, Compiled, compiled, lost
from detente.monitoring.constraints import Constraint
from detente.monitoring.faults import ContradictionError, UnlimitedError, UnreachableError
from detente.monitoring.scenario import Scenario


@contextmanager
def in_words(scenario: Scenario, large: bool = False) -> Iterator[None]:
    """Raise what solvers complain of inside as errors that name parties, measures and constraints.

    Parameters
    ----------
    scenario : Scenario
        What was compiled, whole or for some of its parties, and is being solved.
    large : bool
        Whether more than 5,000 arcs are wanted.

    Raises
    ------
    NotAvailableError
        For constraints that contradict each other, effort without a limit, and places that cannot be reached.
    """
    try:
        yield
    except (ContradictionError, UnlimitedError, UnreachableError) as error:
        raise named(compiled(scenario, large=large), error) from error


def named(numbered: Compiled, error: DetenteError) -> DetenteError:
    """Return a solver's complaint in a scenario's own words; other errors as they are."""
    if isinstance(error, ContradictionError):
        return NotAvailableError(contradiction(numbered, error))
    if isinstance(error, UnlimitedError):
        keys = [repr(numbered.deployments[column].key) for column in error.measures[:6]]
        remedy = "give the measure `most:`, or let it use a budget"
        return NotAvailableError(f"nothing limits {listed(keys, 'or') or 'the effort'}; {remedy}")
    if isinstance(error, UnreachableError):
        return NotAvailableError(f"{lost(numbered.scenario.adversaries[error.adversary])}; {LOST_REMEDY}")
    return error


def contradiction(numbered: Compiled, error: ContradictionError) -> str:
    """Say which constraints no plan meets together: a set of which each one is needed for that."""
    parts = [f"{_called(numbered.limits[row])}" for row in error.rows]
    parts += [f"the budget of {numbered.scenario.budgets[place].key}" for place in error.resources]
    parts += [f"the most there can be of {numbered.deployments[column].key}" for column in error.measures]
    told = "no plan meets all of these, and without any one of them some plan would"
    if len(parts) == 1:
        return f"no plan meets this: {parts[0]}; relax it"
    return f"{told}: {listed(parts)}; relax one of them"


def _called(constraint: Constraint) -> str:
    """Say a constraint by its id, what it asks, who asks for it."""
    name = f" ({constraint.mark.name})" if constraint.mark.name else ""
    by = f", asked by {listed(constraint.asked_by)}" if constraint.asked_by else ""
    return f"{constraint.id!r}{name}{by}"
