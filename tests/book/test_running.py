"""How tools/course.py starts programs, is interrupted, and cleans up: on every system alike."""

import ast
import os
import subprocess
import sys

import pytest
from built_book import ROOT
from entry_folder import WAITS, Entry, press_ctrl_c

BOTH = pytest.mark.parametrize("make", [False, True], ids=["course.py", "make"])


@pytest.fixture
def entry(tmp_path):
    return Entry(tmp_path)


# --- how it starts programs -----------------------------------------------------------------------


@BOTH
def test_it_shows_what_it_runs_in_a_form_that_can_be_pasted(entry, make):
    entry.program("build_book", "print('built')")
    status, said = entry.run("book", make=make)
    assert status == 0
    lines = said.splitlines()
    assert lines[-1] == "built"
    again = subprocess.run(lines[-2], shell=True, cwd=entry.root, capture_output=True, text=True)
    assert again.stdout == "built\n"


def test_what_is_shown_suits_the_shell_of_the_system(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "tools")
    from child_processes import shown

    command = ["a b/python", "-m", "pytest", "book"]
    assert shown(command, windows=False) == "'a b/python' -m pytest book"
    assert shown(command, windows=True) == '"a b/python" -m pytest book'


def test_from_another_folder_it_says_where_it_goes(entry, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    command = [sys.executable, str(entry.root / "tools/course.py"), "book"]
    said = subprocess.run(command, cwd=elsewhere, capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[0] == f"cd {entry.root}"


@BOTH
def test_a_failure_is_passed_on_and_ends_what_would_follow(entry, make):
    entry.program("build_book", "import sys; sys.exit(3)")
    entry.program("serve_book", "print('served')")
    status, said = entry.run("serve", make=make)
    assert status == (2 if make else 3)  # make has its own way to say so
    assert "Error 3" in said or not make
    assert "served" not in said
    assert "Traceback" not in said


def test_every_program_has_one_thread_and_utf8_whatever_the_user_has_set(entry):
    entry.program("build_book", "import os; print(dict(os.environ))")
    users = {"OMP_NUM_THREADS": "8", "PYTHONUTF8": "0"}
    settings = ast.literal_eval(entry.run("book", **users)[1].splitlines()[-1])
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONUTF8"):
        assert settings[name] == "1"
    assert settings["PYDEVD_DISABLE_FILE_VALIDATION"] == "1"


def test_a_folder_whose_name_is_not_ascii_under_an_ascii_locale(tmp_path):
    folder = tmp_path / "Übung"
    folder.mkdir()
    entry = Entry(folder)
    # What Sphinx does with every path, and Python refuses where paths are taken for ASCII.
    entry.program("build_book", "import os; print(os.getcwd().encode('utf-8'))")
    status, said = entry.run("book", LC_ALL="C", PYTHONUTF8="0")
    assert status == 0, said
    assert ast.literal_eval(said.splitlines()[-1]).decode().endswith("Übung")


# --- Ctrl-C ---------------------------------------------------------------------------------------


def test_ctrl_c_waits_for_the_program_and_is_passed_on(entry):
    entry.program("build_book", WAITS)
    process = entry.start("book")
    entry.wait_for("started", process)
    status, said = press_ctrl_c(process)
    assert status == 130
    assert said.endswith("tools/build_book.py\nput away\n")


def test_ctrl_c_during_set_up_gets_a_sentence(entry):
    entry.program(
        "setup_environment",
        "import pathlib, time\n"
        "def ensure(*_):\n    pathlib.Path('started').touch()\n    time.sleep(60)\n",
    )
    process = entry.start("book")
    entry.wait_for("started", process)
    status, said = press_ctrl_c(process)
    assert status == 130
    assert said == "\nInterrupted: run it again to go on.\n"


# --- cleaning -------------------------------------------------------------------------------------


def lay_out(root):
    files = (
        "_build/html/index.html",
        "book/__pycache__/a.pyc",
        ".venv/lib/__pycache__/b.pyc",
        ".venv-colab/ready",
        "vendor/fingerprint",
        "book/a.ipynb",
        "elsewhere/kept",
    )
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    (root / "node_modules").symlink_to(root / "elsewhere")


def test_clean_deletes_what_was_built_and_nothing_else(entry):
    lay_out(entry.root)
    status, said = entry.run("clean")
    assert status == 0
    assert said.splitlines()[:1] == ["deleting _build"]
    assert not (entry.root / "_build").exists()
    assert not (entry.root / "book/__pycache__").exists()
    for name in (".venv/lib/__pycache__/b.pyc", "vendor/fingerprint", "book/a.ipynb", "Makefile"):
        assert (entry.root / name).exists()


def test_distclean_deletes_what_was_fetched_too_and_follows_no_link(entry):
    lay_out(entry.root)
    assert entry.run("distclean")[0] == 0
    for name in ("_build", ".venv", ".venv-colab", "vendor", "node_modules"):
        assert not os.path.lexists(entry.root / name)
    assert (entry.root / "elsewhere/kept").exists()
    assert (entry.root / "book/a.ipynb").exists()
