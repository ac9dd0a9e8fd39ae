"""Refresh `constraint-dependencies` in pyproject.toml: resolve afresh, and pin what was resolved (run by `just pin`).

uv.lock also names where packages were downloaded from, so it is not kept; the versions are.
"""

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "pyproject.toml"
BLOCK = re.compile(r"constraint-dependencies = \[.*?\]\n", re.DOTALL)


def with_pins(text: str, pins: list[str]) -> str:
    """Return the text of pyproject.toml with these constraints instead of its own."""
    block = "constraint-dependencies = [\n" + "".join(f'  "{pin}",\n' for pin in pins) + "]\n"
    text, replaced = BLOCK.subn(lambda _: block, text)
    if replaced != 1:
        raise SystemExit("pyproject.toml has no block 'constraint-dependencies = [...]' to rewrite")
    return text


def main() -> None:
    """Resolve without constraints, then write what was resolved as constraints."""
    before = PROJECT.read_text(encoding="utf-8")
    PROJECT.write_text(with_pins(before, []), encoding="utf-8")
    if subprocess.run(["uv", "lock", "--upgrade"], cwd=ROOT).returncode:
        PROJECT.write_text(before, encoding="utf-8")
        raise SystemExit("nothing was pinned: uv could not resolve")
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    pins = [f"{package['name']}=={package['version']}" for package in packages if "editable" not in package["source"]]
    PROJECT.write_text(with_pins(before, pins), encoding="utf-8")


if __name__ == "__main__":
    main()
