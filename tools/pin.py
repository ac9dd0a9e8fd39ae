"""Pin the versions of all dependencies, and of what builds the package, in pyproject.toml (run by `just pin`).

uv.lock also names where packages were downloaded from, so it is not kept; the versions are.
"""

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "pyproject.toml"


def with_pins(text: str, key: str, pins: list[str]) -> str:
    """Return the text of pyproject.toml with these pins under a key instead of its own."""
    block = f"\n{key} = [\n" + "".join(f'  "{pin}",\n' for pin in pins) + "]\n"
    text, replaced = re.subn(rf"\n{key} = \[.*?\]\n", lambda _: block, text, flags=re.DOTALL)
    if replaced != 1:
        raise SystemExit(f"pyproject.toml has no block '{key} = [...]' to rewrite")
    return text


def resolved() -> list[str]:
    """Return what uv resolves for the project and all its groups."""
    subprocess.run(["uv", "lock", "--upgrade"], cwd=ROOT, check=True)
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    return [f"{package['name']}=={package['version']}" for package in packages if "editable" not in package["source"]]


def resolved_build() -> list[str]:
    """Return what uv resolves for the build system."""
    wanted = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["build-system"]["requires"]
    command = ["uv", "pip", "compile", "--quiet", "--no-annotate", "--no-header", "--universal", "-"]
    told = subprocess.run(command, input="\n".join(wanted), capture_output=True, text=True, check=True, cwd="/")
    return told.stdout.split("\n")[:-1]


def main() -> None:
    """Resolve without pins, then write what was resolved as pins."""
    before = PROJECT.read_text(encoding="utf-8")
    keys = {"constraint-dependencies": resolved, "build-constraint-dependencies": resolved_build}
    bare = before
    for key in keys:
        bare = with_pins(bare, key, [])
    PROJECT.write_text(bare, encoding="utf-8")
    after = before
    try:
        for key, resolve in keys.items():
            after = with_pins(after, key, resolve())
    finally:
        PROJECT.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
