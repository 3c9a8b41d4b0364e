"""Run every notebook of the book with the packages that are installed, and say what happened.

Outputs are not compared (other versions print other digits); a cell that fails, fails the run.
"""

import sys
import time
from importlib.metadata import version

import nbformat
from nbclient.exceptions import CellExecutionError
from normalise_notebooks import execute, notebooks

SHOWN = ("numpy", "matplotlib", "ipywidgets", "scikit-learn", "torch")


def main():
    print("with " + ", ".join(f"{name} {version(name)}" for name in SHOWN), flush=True)
    failed = 0
    for path in notebooks():
        start = time.monotonic()
        try:
            execute(nbformat.read(path, as_version=4), path.parent)
        except CellExecutionError as error:
            failed += 1
            print(f"{path.name} failed:\n{error}", file=sys.stderr)
        else:
            print(f"{path.name} ran in {time.monotonic() - start:.0f} s", flush=True)
    print(f"{len(notebooks()) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
