"""This module owns what keeps a text a text in Markdown and in LaTeX: every sign that means something else there."""

import re

MARKS = re.compile(r"[\\`*_\[\]<>|~&]")
OPENING = re.compile(r"^(\s*)(\d+)([.)])(?=\s|$)|^(\s*)([#+=-])(?=[\s#+=-]|$)")

TEX = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "`": r"\textasciigrave{}", '"': r"\textquotedbl{}", "'": r"'{}", "[": "{[}", "]": "{]}",
    "*": "{*}", "–": "--", "—": "---", "‘": "`{}", "’": "'{}", "“": "``{}", "”": "''{}", "…": r"\ldots{}",
    "·": r"\textperiodcentered{}", "¶": r"\P{}", "§": r"\S{}", "×": r"$\times$", "−": "$-$", "≤": r"$\le$",
    "≥": r"$\ge$", "≠": r"$\ne$", "→": r"$\to$", "∞": r"$\infty$", "α": r"$\alpha$", "β": r"$\beta$",
    "δ": r"$\delta$", "λ": r"$\lambda$", "σ": r"$\sigma$", "✓": r"$\surd$", "✗": r"$\times$", "◆": r"$\diamond$",
    "½": r"$\frac12$", "\N{NO-BREAK SPACE}": "~",
}  # fmt: skip
HYPHENS = re.compile(r"-(?=-)")


def markdown_text(text: str) -> str:
    """Return a text as Markdown that shows it, on one line."""
    escaped = MARKS.sub(r"\\\g<0>", " ".join(text.split("\n")))
    return OPENING.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}" if m[2] else f"{m[4]}\\{m[5]}", escaped)


def tex_text(text: str) -> str:
    """Return a text as LaTeX that shows it, without any package but what LaTeX has (accents as of 2018).

    Characters of other scripts than the Latin one stay as they are, for XeLaTeX and LuaLaTeX.
    """
    kept = HYPHENS.sub("-\0", " ".join(text.split("\n")))  # two hyphens are no dash: states are written with them
    return "".join(TEX.get(sign, sign) for sign in kept).replace("\0", "{}")
