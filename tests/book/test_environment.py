"""tools/setup_environment.py: a good environment is kept, any other is made anew."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tool_folder import OFFLINE, lay_tools, run

SET_UP = [sys.executable, "tools/setup_environment.py"]

# A pip that installs nothing, and a step of venv without its slow half, which is to bring pip.
PIP = "print('pip was called')\n"
# One that takes a while, and a moment to put things back when it is interrupted.
SLOW_PIP = """
import time
try:
    open("pip-runs", "w")
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(0.8)
    open("pip-has-tidied", "w")
    raise SystemExit(1)
"""
MAKE_QUICKLY = """
import sys
sys.path.insert(0, "tools")
import setup_environment as tool

def create(folder, name):
    import os, subprocess
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    pip = os.path.join(folder, "lib", "python%d.%d" % sys.version_info[:2], "site-packages", "pip")
    os.mkdir(pip)
    with open(os.path.join(pip, "__init__.py"), "w"), open("pip.txt") as code:
        with open(os.path.join(pip, "__main__.py"), "w") as file:
            file.write(code.read())

tool.create = create
"""
QUICKLY = MAKE_QUICKLY + "tool.commands.until_interrupted(tool.main)\n"


@pytest.fixture
def clone(tmp_path):
    """A clone in which set-up is quick: its pip does what pip.txt says."""
    lay_tools(tmp_path)
    (tmp_path / "requirements.txt").write_text("# nothing\n")
    (tmp_path / "pip.txt").write_text(PIP)
    return tmp_path


def set_up(clone, code=QUICKLY):
    return run([sys.executable, "-c", code], clone, **OFFLINE)


def python_of(folder):
    return folder / ".venv" / "bin" / "python"


def finds_library(clone):
    code = "import nnlib; print(nnlib.__file__)"
    done = subprocess.run([python_of(clone), "-I", "-c", code], capture_output=True, text=True)
    return done.stdout.strip() == str(clone / "nnlib" / "__init__.py")


@pytest.fixture
def made(clone):
    """A clone that is set up, with a file in its environment that tells it from a new one."""
    status, said = set_up(clone)
    assert status == 0, said
    (clone / ".venv" / "kept").touch()
    return clone


def assert_made_anew(clone, why):
    status, said = set_up(clone)
    assert status == 0, said
    assert said.startswith(f".venv {why}: making it anew.\n")
    assert not (clone / ".venv" / "kept").exists()
    assert finds_library(clone)
    assert set_up(clone) == (0, "")


def test_a_good_environment_is_left_alone(made):
    assert finds_library(made)
    (made / "pip.txt").unlink()
    assert set_up(made) == (0, "")
    assert (made / ".venv" / "kept").exists()


def test_ensure_returns_the_python(clone):
    code = MAKE_QUICKLY + 'print(tool.ensure(".venv", "requirements.txt"))\n'
    done = subprocess.run([sys.executable, "-c", code], cwd=clone, capture_output=True, text=True)
    assert Path(done.stdout.strip()) == python_of(clone)


def test_other_requirements_are_installed_into_it(made):
    (made / "requirements.txt").write_text("# something else\n")
    status, said = set_up(made)
    assert status == 0
    assert "pip was called" in said
    assert (made / ".venv" / "kept").exists()
    assert set_up(made) == (0, "")


def test_a_lost_link_to_the_library_is_laid_again(made):
    next((made / ".venv").glob("lib/*/site-packages/nnlib_course.pth")).unlink()
    assert set_up(made)[0] == 0
    assert finds_library(made)


def test_without_a_stamp_it_is_made_anew(made):
    (made / ".venv" / "ready").unlink()
    assert_made_anew(made, "was left unfinished")


def test_without_pip_it_is_made_anew(made):
    shutil.rmtree(next((made / ".venv").glob("lib/*/site-packages/pip")))
    assert_made_anew(made, "has no pip any more")


def test_a_few_empty_folders_are_the_beginning_of_one(clone):
    (clone / ".venv" / "bin").mkdir(parents=True)
    assert_made_anew(clone, "has no working Python any more")


def test_when_its_python_is_gone_it_is_made_anew(made):
    python = python_of(made)
    python.unlink()
    python.symlink_to(made / "uninstalled" / "python")
    assert_made_anew(made, "has no working Python any more")


def test_one_of_another_python_is_made_anew(made):
    # What answers for it is what it is: an interpreter that says that it is 3.10.
    python = python_of(made)
    python.unlink()
    real = os.path.realpath(sys.executable)
    python.write_text(
        f'#!/bin/sh\n{real} "$@" | sed "s/.python.: .3, [0-9]*./\\"python\\": [3, 10]/"'
    )
    python.chmod(0o755)
    wanted = f"{sys.version_info[0]}.{sys.version_info[1]}"
    made.joinpath(".venv/lib/python3.10/site-packages/pip").mkdir(parents=True)
    assert_made_anew(made, f"is of Python 3.10, and {wanted} is asked for")


def test_one_whose_python_was_upgraded_is_made_anew(made):
    stamp = json.loads((made / ".venv" / "ready").read_text())
    (made / ".venv" / "ready").write_text(json.dumps({**stamp, "python": [3, 10]}))
    now = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert_made_anew(made, f"was made for Python 3.10, which is now {now}")


def test_one_that_was_moved_is_made_anew(made):
    moved = made.parent / "moved"
    made.rename(moved)
    assert_made_anew(moved, "was made in another place")


def test_a_copy_of_one_is_made_anew(made):
    copy = made.parent / "copy"
    shutil.copytree(made, copy, symlinks=True)
    assert_made_anew(copy, "was made in another place")


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_is_no_environment_is_not_deleted(clone, what):
    thing = clone / ".venv"
    if what == "folder":
        thing.mkdir()
        thing = thing / "thesis.txt"
    thing.write_text("years of work")
    status, said = set_up(clone)
    assert status == 1
    assert said.startswith(".venv is not a virtual environment")
    assert thing.read_text() == "years of work"


def test_a_link_is_not_followed_to_delete(made):
    (made / ".venv" / "ready").unlink()
    (made / ".venv").rename(made / "shared")
    (made / ".venv").symlink_to("shared")
    status, said = set_up(made)
    assert status == 1
    assert said.startswith(".venv was left unfinished, and must be made anew: it is a link")
    assert (made / "shared" / "kept").exists()


def test_where_pip_fails_the_environment_is_as_it_was(made):
    before = (made / "requirements.txt").read_text()
    (made / "requirements.txt").write_text("# a typing error\n")
    pip = next((made / ".venv").glob("lib/*/site-packages/pip/__main__.py"))
    pip.write_text("import sys; sys.exit('ERROR: No matching distribution found for numqy')")
    status, said = set_up(made)
    assert status == 1
    assert said.splitlines()[-1] == (
        "Installing the packages of requirements.txt failed: No matching distribution found for"
        " numqy"
    )
    (made / "requirements.txt").write_text(before)
    assert set_up(made) == (0, "")


def test_ctrl_c_is_told_and_the_next_run_starts_over(clone):
    (clone / "pip.txt").write_text(SLOW_PIP)
    process = subprocess.Popen(
        [sys.executable, "-c", QUICKLY],
        cwd=clone,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (clone / "pip-runs").exists():
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all that run there
    said = process.communicate()[1]
    assert process.returncode == 130
    assert (clone / "pip-has-tidied").exists()
    assert said.splitlines()[-1] == "Interrupted: run it again to finish."
    assert "tools/setup_environment.py" not in said  # no traceback of ours
    (clone / "pip.txt").write_text(PIP)
    assert_made_anew(clone, "was left unfinished")


def test_debian_without_venv_is_told_the_package(clone):
    hidden = "import importlib.util as u; find = u.find_spec\n"
    hidden += "u.find_spec = lambda name, *more: None if name == 'ensurepip' else find(name)\n"
    status, said = set_up(clone, hidden + QUICKLY)
    assert status == 1
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert f"`sudo apt install python{version}-venv`" in said
    assert not (clone / ".venv").exists()
    assert set_up(clone)[0] == 0  # the package is there now


def test_a_folder_of_any_name_under_any_locale(tmp_path):
    """The real venv and pip, in a locale that has no letters for the folder's name."""
    clone = lay_tools(Path(shutil.copytree(tmp_path, tmp_path.parent / "tiefe Kästen λ")))
    (clone / "requirements.txt").write_text("# nothing\n")
    ascii_only = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    status, said = run(SET_UP, clone, **OFFLINE, **ascii_only)
    assert status == 0, said
    for locale in (ascii_only, {"LC_ALL": "C.UTF-8"}):
        code = "import sys; sys.path.remove(''); import nnlib"
        assert run([python_of(clone), "-c", code], clone, **{**locale, "PYTHONPATH": ""}) == (0, "")
        assert run(SET_UP, clone, **OFFLINE, **locale) == (0, "")
    pip = subprocess.run([clone / ".venv/bin/pip", "--version"], capture_output=True)
    assert pip.returncode == 0
