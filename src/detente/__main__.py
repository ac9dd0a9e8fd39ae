"""This module owns `python -m detente`, which is the command `detente`."""

import sys

from detente.commands import main

if __name__ == "__main__":
    sys.exit(main())
