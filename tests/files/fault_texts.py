"""How the tests of this folder see the faults of a text."""

from detente.files.load import read_document


def told(text, file="f.yaml"):
    """Return all faults of a text, each as the user sees it."""
    loaded = read_document(text, file)
    assert all(fault.line or not loaded.places or "more than" in fault.what for fault in loaded.faults), (
        "a fault without its place"
    )
    return [fault.text(file) for fault in loaded.faults]


def one(text, file="f.yaml"):
    faults = told(text, file)
    assert len(faults) == 1, faults
    return faults[0]
