"""How the documentation is built: Sphinx, furo, and Markdown by MyST."""

from importlib.metadata import version as version_of

project = "detente"
author = "The detente authors"
copyright = "2026, the detente authors"
version = release = version_of("detente")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
nitpicky = False  # types of the standard library have no pages here

html_theme = "furo"
html_title = f"detente {version}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings say them, in words
napoleon_google_docstring = False
