"""This module owns what is found about one claim of an answer, and the guard under which every claim is checked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from detente.errors import DetenteError
from detente.verification.stability import TooLongError
from detente.verification.statements import UnreadableError

TOO_LONG = "the search it rests on is too long to repeat"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one claim: accepted, refused with the reason, or unchecked with the reason."""

    claim: str
    outcome: str  # accepted | refused | unchecked
    why: str = ""


def found(claim: str, fault: Callable[..., str], *about: Any) -> Finding:
    """Run a check about some things, which returns what is wrong ("" for nothing), and say what it found."""
    try:
        why = fault(*about)
    except TooLongError as error:
        return Finding(claim, "unchecked", str(error) or TOO_LONG)
    except OverflowError:
        return Finding(claim, "unchecked", TOO_LONG)
    except (DetenteError, UnreadableError, LookupError, ValueError, TypeError, AttributeError) as error:
        return Finding(claim, "refused", f"it cannot be read: {error}")
    return Finding(claim, "refused" if why else "accepted", why)
