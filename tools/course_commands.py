"""The commands of `tools/course.py`, in one table: what each does, and what may be said with it.

Every command does its own set-up: a virtual environment in .venv from requirements.txt, and the
browser files of package-lock.json in vendor/.
"""

import argparse
import functools
import os
import sys
from pathlib import Path
from typing import NamedTuple

import cleaning
from child_processes import INTERRUPTED, run, say, shown
from platforms import course_command, find_browser, lab_flags
from setup_environment import ensure

ROOT = Path(__file__).resolve().parent.parent

COMMANDS = {}


class Command(NamedTuple):
    act: object
    help: str
    options: dict  # name of an option -> how argparse reads it


def command(text, **options):
    """Put a function into the table, under its name."""

    def enter(act):
        COMMANDS[act.__name__.replace("_", "-")] = Command(act, text, options)
        return act

    return enter


def port_number(text):
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text!r}")
    return int(text)


# --- set-up --------------------------------------------------------------------------------------


@functools.cache
def environment():
    """Python of the environment with the packages of the course, seen from ROOT."""
    return os.path.relpath(ensure(".venv", "requirements.txt"), ROOT)


@functools.cache
def assets():
    run(environment(), "tools/fetch_assets.py")


@functools.cache
def mutation_operators():
    """What breaks nnlib for `mutants`, in a folder of its own: no other command needs it."""
    requirements = Path("requirements-mutants.txt")
    folder = Path("_build/mutants")
    stamp, wanted = folder / "ready", requirements.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    pip = (environment(), "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade")
    run(*pip, "--target", str(folder), "-r", str(requirements))
    stamp.write_text(wanted, encoding="utf-8")


def need_browser():
    """Stop at once, and not after the tests that come before those in a browser."""
    try:
        find_browser()
    except FileNotFoundError as error:
        sys.exit(str(error))


def pytest(*arguments):
    run(environment(), "-m", "pytest", *arguments)


# --- for readers ---------------------------------------------------------------------------------


@command("list what there is to do")
def help():
    width = max(map(len, COMMANDS))
    without = course_command("COMMAND", make=False)
    print(f"make COMMAND, or without make {without}, where COMMAND is")
    for name, entry in COMMANDS.items():
        print(f"  {name:{width}}   {entry.help}")
    print("Without make, an option such as PORT=8000 is --port 8000.")


@command("build the book into _build/html (runs the notebooks that need it)")
def book():
    build()


@functools.cache
def build():
    assets()
    run(environment(), "tools/build_book.py")


@command(
    "build the book and serve it on localhost (PORT=8000)",
    port={"type": port_number, "default": 8000},
)
def serve(port):
    build()
    run(environment(), "tools/serve_book.py", "--port", str(port))


@command(
    "open the notebooks in JupyterLab (PORT=8888; IP=0.0.0.0 to reach it from outside a container)",
    port={"type": port_number, "default": 8888},
    ip={"default": "localhost"},
)
def lab(port, ip):
    flags, notes = lab_flags()
    for note in notes:
        say(note)
    at = (f"--port={port}", f"--ip={ip}")
    # Not `jupyter lab`: that starts a script which names a Python by its full path, and so does not
    # outlive a move of the folder.
    run(environment(), "-m", "jupyterlab", "book", *at, *flags)


# --- tests ---------------------------------------------------------------------------------------

SIDE_BY_SIDE = ("-n", "2")
NBVAL = ("--nbval", "--nbval-current-env", "--nbval-sanitize-with", "tests/notebooks/nbval.cfg")
# Each notebook is run whole, with answers put in and from the bottom up: no quick tests.
WHOLE_NOTEBOOKS = (
    "tests/exercises/test_notebook_with_solutions.py", "tests/notebooks/test_run_again.py",
)
NOT_UNIT = {"browser", "book", "support", "__pycache__"}


@command("run every test: lint, unit, notebooks, the built book, browser")
def test():
    need_browser()
    lint()
    unit()
    notebooks()
    build()
    pytest("tests/book", "tests/browser", *SIDE_BY_SIDE)


@command("the quick tests (under 3 minutes): lint, unit and parity")
def check():
    lint()
    unit()


@command("check style, the workflows and that notebooks are normalised")
def lint():
    assets()
    run(environment(), "-m", "ruff", "check", ".")
    run(environment(), "tools/lint_workflows.py")
    run(environment(), "tools/normalise_notebooks.py", "--check")


@command("unit, parity, exercise and widget tests")
def unit():
    folders = (path.name for path in Path("tests").iterdir() if path.is_dir())
    chosen = [f"tests/{name}" for name in sorted(set(folders) - NOT_UNIT)]
    ignored = (part for name in WHOLE_NOTEBOOKS for part in ("--ignore", name))
    pytest(*chosen, *ignored, *SIDE_BY_SIDE)


@command("run every notebook and compare its outputs strictly")
def outputs():
    pytest(*NBVAL, *SIDE_BY_SIDE, "--dist", "loadfile", "book")


@command(
    "run every notebook, compare its outputs strictly, run it again with answers and backwards"
)
def notebooks():
    outputs()
    pytest(*WHOLE_NOTEBOOKS, *SIDE_BY_SIDE, "--dist", "loadgroup")


@command(
    "do the unit tests bite? break nnlib in 300 small ways (ONLY=path, SEED=0, COUNT=300)",
    only={"nargs": "*", "default": []},
    seed={"type": int, "default": 0},
    count={"type": int, "default": 300},
)
def mutants(only, seed, count):
    if not hasattr(os, "fork"):
        sys.exit("This tests each break in a fork, which Windows has not: run it under WSL.")
    mutation_operators()
    size = ("--seed", str(seed), "--count", str(count))
    run(environment(), "tools/mutants.py", *size, "--only", *only)


@command(
    "do the exercises' checks bite? break each solution in every small way (ONLY=chapter or id)",
    only={"nargs": "*", "default": []},
)
def solution_mutants(only):
    run(environment(), "tools/mutate_solutions.py", "--only", *only)


@command("the tests in a real browser only")
def browser():
    need_browser()
    build()
    pytest("tests/browser", *SIDE_BY_SIDE)


# --- for authors ---------------------------------------------------------------------------------


@command(
    "run the notebooks and write them as they are committed (NOTEBOOK=path for one)",
    notebook={"nargs": "*", "default": []},
)
def normalise(notebook):
    run(environment(), "tools/normalise_notebooks.py", *notebook)


@command("measure speed as ratios, side by side")
def bench():
    run(environment(), "-m", "benchmarks")


@command(
    "measure the built pages in a browser: time to usable, repaint, bytes (PAGE=path for one)",
    page={"nargs": "*", "default": []},
)
def bench_pages(page):
    need_browser()
    build()
    run(environment(), "benchmarks/pages.py", *page)


@command(
    "say where the course is published (URL=https://github.com/OWNER/REPO)",
    url={"default": ""},
)
def repository(url):
    run(sys.executable, "tools/set_repository.py", url)


@command("run the notebooks with the package versions of Google Colab")
def test_colab():
    python = ensure(".venv-colab", "requirements-colab.txt")
    run(os.path.relpath(python, ROOT), "tools/run_notebooks.py")


@command("delete what was built (the environment and the browser files stay)")
def clean():
    cleaning.delete_built(ROOT)


@command("delete everything that is not committed: also the environment and the browser files")
def distclean():
    cleaning.delete_built(ROOT)
    cleaning.delete_fetched(ROOT)


# --- reading the command line --------------------------------------------------------------------


class Parser(argparse.ArgumentParser):
    """The table is its help."""

    def print_help(self, file=None):
        help()


def parser():
    entry = Parser(prog=course_command("", make=False).strip())
    # A command's own help is argparse's: what it does, and its options.
    names = entry.add_subparsers(
        dest="name", metavar="COMMAND", parser_class=argparse.ArgumentParser
    )
    for name, found in COMMANDS.items():
        about = names.add_parser(name, description=found.help)
        for option, settings in found.options.items():
            about.add_argument(f"--{option}", **settings)
    return entry


def main(arguments=None):
    options = vars(parser().parse_args(arguments))
    name = options.pop("name") or "help"
    if not os.path.samefile(os.curdir, ROOT):
        if name != "help":
            say(shown(["cd", str(ROOT)]))
        os.chdir(ROOT)  # all paths are seen from there
    try:
        COMMANDS[name].act(**options)
    except KeyboardInterrupt:
        print("\nInterrupted: run it again to go on.", file=sys.stderr)
        sys.exit(INTERRUPTED)
