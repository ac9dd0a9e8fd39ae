"""This module owns what a scenario will never hold: persons, coordinates and routes, tracking and force.

Unknown keys are refused anyway; a key that looks like one of these is refused with the reason, and so is a text that
holds coordinates.
"""

import re
from collections.abc import Iterator
from typing import Any

from detente.files.findings import Findings
from detente.files.nodes import Path, shorten

PERSONS = """
person persons people individual individuals suspect suspects offender names alias aliases watchlist watchlists
blacklist biometric biometrics face faces fingerprint fingerprints iris dna phone phones imei passport passports
identity identities id ids ethnicity ethnicities ethnic tribe tribes tribal race religion sect language languages
nationality nationalities gender sex age refugee refugees migrant migrants fighter fighters militant militants
terrorist terrorists profile profiles profiling address addresses visa visas household households
"""
PLACES = """
lat lon lng long latitude longitude latitudes longitudes gps coordinate coordinates coords coord point points geometry
geojson wkt kml kmz gpx utm mgrs grid altitude elevation route routes path paths trail trails track tracks waypoint
waypoints road roads village villages location locations position positions map polygon polyline bbox
"""
FORCE = """
target targets strike strikes shoot kill intercept interception interdict arrest arrests detain detention pushback
pushbacks roster rosters shift shifts schedule schedules cue cueing task tasking tracking live feed stream camera drone
weapon weapons mine mines ambush
"""
REASONS: tuple[tuple[frozenset[str], str, str], ...] = (
    (
        frozenset(PERSONS.split()),
        "there is no key {!r}: a scenario says nothing about persons or groups of them",
        "take it out; only flows and shares of all who cross can be given, as flow and base rates",
    ),
    (
        frozenset(PLACES.split()),
        "there is no key {!r}: nothing finer than a sector has a place in a scenario",
        "take it out; name the sector, and its length in km if that matters",
    ),
    (
        frozenset(FORCE.split()),
        "there is no key {!r}: a scenario plans what is watched, not who is followed, tasked or struck",
        "take it out; measures say what they use and what they add to the chance of detection",
    ),
)
DEGREES = r"\d{1,3}\s*°\s*\d{1,2}"
PAIR = r"[-+]?\d{1,3}\.\d{3,}\s*°?\s*[NSns]?\s*[,;/ ]\s*[-+]?\d{1,3}\.\d{3,}"
GRID = r"\b\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z]{2}\d{4,10}\b"
COORDINATES = re.compile(f"{DEGREES}|{PAIR}|{GRID}")


def refusal(model: Any, key: str) -> tuple[str, str] | None:
    """Return why a key is refused that looks like one for persons, places or force, and what to do; None for others."""
    words = re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", key).lower())
    for refused, what, remedy in REASONS:
        if any(word in refused for word in words):
            return what.format(shorten(key)), remedy
    return None


def refuse_coordinates(data: Any, findings: Findings) -> None:
    """Note a fault for every text, key or id of a document that holds coordinates."""
    for path, text, key in _texts(data, ()):
        if COORDINATES.search(text):
            what = f"{shorten(text)!r} holds coordinates, and nothing finer than a sector has a place in a scenario"
            findings.fault(path, what, "take them out", key=key)


def _texts(data: Any, path: Path) -> Iterator[tuple[Path, str, bool]]:
    if isinstance(data, dict):
        for name, inner in data.items():
            yield (*path, name), str(name), True
            yield from _texts(inner, (*path, name))
    elif isinstance(data, list):
        for place, inner in enumerate(data):
            yield from _texts(inner, (*path, place))
    elif isinstance(data, str):
        yield path, data, False
