"""What the repository holds reads well, and names no place that is nobody else's business."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE = 400
# Written in pieces, so that this file does not name them either.
HOSTS = [
    f"{name}.{end}"
    for name, end in [
        ("py" + "pi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("anaconda", "org"),
        ("crates", "io"),
    ]
]
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:home|root|Users|work|tmp|opt)/\w")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|NotImplementedError)\b")


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("not a git clone")
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        if path.suffix in {".png", ".ico", ".woff2"}:
            continue
        found.append((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
    return found


def test_no_file_names_a_package_registry() -> None:
    assert [(name, host) for name, text in texts() for host in HOSTS if host in text] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    here = Path(__file__).name
    assert [
        (name, m.group()) for name, text in texts() if not name.endswith(here) for m in MACHINE_PATHS.finditer(text)
    ] == []


def test_what_records_download_addresses_is_not_kept() -> None:
    assert not [path for path in tracked() if path.name in {"uv.lock", "package-lock.json", "poetry.lock"}]


def test_no_module_is_too_long() -> None:
    lengths = {name: text.count("\n") for name, text in texts() if name.startswith("src/") and name.endswith(".py")}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_module_says_what_it_owns() -> None:
    modules = [(name, text) for name, text in texts() if name.startswith("src/") and name.endswith(".py")]
    silent = [name for name, text in modules if not text.startswith('"""')]
    assert silent == []
    vague = [
        name
        for name, text in modules
        if not name.endswith("__init__.py") and not text.startswith('"""This module owns')
    ]
    assert vague == []


def test_nothing_is_left_unfinished() -> None:
    sources = [(name, text) for name, text in texts() if name.startswith("src/") and name.endswith(".py")]
    assert [(name, m.group()) for name, text in sources for m in UNFINISHED.finditer(text)] == []


def test_shell_scripts_parse() -> None:
    scripts = [path for path in tracked() if path.read_bytes().startswith(b"#!/usr/bin/env bash")]
    assert scripts
    for script in scripts:
        subprocess.run(["bash", "-n", str(script)], check=True)
