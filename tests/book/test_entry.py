"""tools/course.py: the same commands with make and without, on every system."""

import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib

import pytest
from built_book import ROOT
from entry_folder import Entry

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
OF_MAKE = {"MAKELEVEL", "MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES"}
LISTED = re.compile(r"^  ([a-z][a-z-]*) {2,}\S", re.MULTILINE)


@pytest.fixture
def entry(tmp_path):
    return Entry(tmp_path)


def output(*command):
    """What a command prints; called by another make, a make would name its folder too."""
    alone = {name: value for name, value in os.environ.items() if name not in OF_MAKE}
    done = subprocess.run(command, cwd=ROOT, env=alone, capture_output=True, text=True, check=True)
    return done.stdout


def commands():
    return LISTED.findall(output(sys.executable, "tools/course.py"))


# --- one table ------------------------------------------------------------------------------------


def test_make_and_the_entry_list_the_same():
    listed = output(sys.executable, "tools/course.py")
    assert {"book", "serve", "lab", "test", "distclean"} <= set(LISTED.findall(listed))
    for command in (["--help"], ["-h"], ["help"]):
        assert output(sys.executable, "tools/course.py", *command) == listed
    assert output("make") == output("make", "help") == listed


def test_make_has_every_command_and_no_other():
    plain = re.search(r"^PLAIN := (.*)$", MAKEFILE, re.MULTILINE).group(1).split()
    own = re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)
    assert sorted(plain + own) == sorted(commands())


@pytest.mark.parametrize(
    ("make", "entry"),
    [
        ("check", "check"),
        ("test-colab", "test-colab"),
        ("serve PORT=9", "serve --port 9"),
        ("lab PORT=9 IP=0.0.0.0", "lab --port 9 --ip 0.0.0.0"),
        ("mutants ONLY='a b' SEED=1 COUNT=9", "mutants --only a b --seed 1 --count 9"),
        ("normalise NOTEBOOK=book/a.ipynb", "normalise --notebook book/a.ipynb"),
        ("bench-pages PAGE=a.html", "bench-pages --page a.html"),
        ("repository URL=https://github.com/a/b", "repository --url https://github.com/a/b"),
        ("repository", "repository --url ''"),
    ],
)
def test_make_passes_its_options_on(make, entry):
    called = output("make", "-n", "PYTHON=python9", *shlex.split(make))
    assert shlex.split(called) == ["python9", "tools/course.py", *shlex.split(entry)]


def test_every_command_says_what_it_takes():
    for name in commands():
        assert output(sys.executable, "tools/course.py", name, "--help").startswith("usage:")


# --- the Python it runs under ---------------------------------------------------------------------


def test_an_old_python_gets_a_sentence():
    code = "import sys, runpy; sys.version_info = (3, 9, 1, 'final', 0)\n"
    code += "runpy.run_path('tools/course.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("The course needs Python 3.11 or newer, and ")
    assert " is 3.9: name a newer one, as in `make book PYTHON=" in done.stderr


def test_the_sentence_can_be_read_by_an_old_python():
    text = (ROOT / "tools" / "course.py").read_text(encoding="ascii")
    nodes = {type(node).__name__ for node in ast.walk(ast.parse(text))}
    # What Python 2 reads as well: no f-strings, no walrus, no annotations, no unpacking in a tuple.
    assert not nodes & {"JoinedStr", "NamedExpr", "AnnAssign", "Starred"}


def test_it_asks_for_the_python_that_the_library_asks_for():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    text = (ROOT / "tools" / "course.py").read_text()
    oldest = re.search(r"^OLDEST = \((\d+), (\d+)\)$", text, re.MULTILINE)
    assert wanted == f">={oldest.group(1)}.{oldest.group(2)}"


# --- what the commands of several steps do --------------------------------------------------------


def steps(entry, name):
    """What a command runs, in its order, with pytest and ruff only saying that they were called."""
    for module in ("pytest", "ruff"):
        (entry.root / f"{module}.py").touch()
    for tool in ("lint_workflows", "normalise_notebooks", "serve_book"):
        entry.program(tool, "")
    for folder in ("nnlib", "widgets", "book", "browser", "support", "__pycache__"):
        (entry.root / "tests" / folder).mkdir(parents=True, exist_ok=True)
    status, said = entry.run(name, CHROMIUM=sys.executable)
    assert status == 0, said
    return [" ".join(shlex.split(line)[1:]) for line in said.splitlines()]


ASSETS, BOOK = "tools/fetch_assets.py", "tools/build_book.py"
LINT = [
    "-m ruff check .",
    "tools/lint_workflows.py",
    "tools/normalise_notebooks.py --check",
]
WHOLE = ["tests/exercises/test_notebook_with_solutions.py", "tests/notebooks/test_run_again.py"]
IGNORED = " ".join(f"--ignore {name}" for name in WHOLE)
UNIT = [f"-m pytest tests/nnlib tests/widgets {IGNORED} -n 2"]
NOTEBOOKS = [
    "-m pytest --nbval --nbval-current-env --nbval-sanitize-with tests/notebooks/nbval.cfg"
    " -n 2 --dist loadfile book",
    f"-m pytest {' '.join(WHOLE)} -n 2 --dist loadgroup",
]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("serve", [ASSETS, BOOK, "tools/serve_book.py --port 8000"]),
        ("check", [ASSETS, *LINT, *UNIT]),
        ("browser", [ASSETS, BOOK, "-m pytest tests/browser -n 2"]),
        ("test", [ASSETS, *LINT, *UNIT, *NOTEBOOKS, BOOK,
                  "-m pytest tests/book tests/browser -n 2"]),
    ],
)  # fmt: skip
def test_the_steps_of_a_command(entry, name, wanted):
    assert steps(entry, name) == wanted


def test_a_missing_browser_is_said_before_anything_runs(entry):
    status, said = entry.run("test", CHROMIUM="/opt/none")
    assert status == 1
    assert said == (
        "The environment variable CHROMIUM names /opt/none, and there is no such program.\n"
    )
