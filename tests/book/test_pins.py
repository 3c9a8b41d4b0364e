"""Pinned versions can be had on every Python that the course promises, and so can the oldest ones
that the library allows."""

import re
import subprocess
import sys
import tomllib
from importlib import metadata

import pytest
import yaml
from built_book import ROOT
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WEEKLY = yaml.safe_load((ROOT / ".github/workflows/weekly.yml").read_text(encoding="utf-8"))


def pins(name):
    """The lines `package==version` of a requirements file."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return dict(re.findall(r"^([\w.-]+)==([\w.+]+)", line)[0] for line in lines if "==" in line)


def promised():
    """The oldest and newest minor version that set-up accepts, such as "3.11"."""
    code = "import sys; sys.path.insert(0, 'tools'); import setup_environment as tool; "
    code += "print(tool.shown(tool.OLDEST), tool.shown(tool.NEWEST))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


def every_python():
    """The first release of each promised minor version, and a late one."""
    oldest, newest = (int(version.partition(".")[2]) for version in promised())
    return [f"3.{minor}.{patch}" for minor in range(oldest, newest + 1) for patch in (0, 99)]


@pytest.mark.parametrize("name", pins("requirements.txt"))
def test_a_pin_can_be_had_on_every_promised_python(name):
    pinned = pins("requirements.txt")[name]
    # The local label of a build ("2.13.0+cpu") is none of the pin's.
    assert Version(metadata.version(name)).public == pinned, "this environment is not of the pins"
    wanted = SpecifierSet(metadata.metadata(name)["Requires-Python"] or "")
    assert [python for python in every_python() if python not in wanted] == []


def test_the_weekly_run_sets_up_on_the_oldest_and_the_newest_python():
    matrix = WEEKLY["jobs"]["pythons"]["strategy"]["matrix"]["python"]
    oldest, newest = promised()
    assert matrix == [f"{oldest}.0", newest]


def test_the_oldest_allowed_versions_are_the_tried_ones():
    allowed = map(Requirement, PROJECT["dependencies"] + PROJECT["optional-dependencies"]["torch"])
    lowest = {
        needed.name: Version(bound.version)
        for needed in allowed
        for bound in needed.specifier
        if bound.operator == ">="
    }
    tried = {name: Version(version) for name, version in pins("requirements-oldest.txt").items()}
    assert lowest.items() <= tried.items()
    # Besides those only what runs notebooks.
    assert tried.keys() - lowest.keys() == {"ipykernel", "nbclient", "nbformat"}


def test_the_weekly_run_tries_the_oldest_allowed_versions():
    steps = " ".join(step.get("run", "") for step in WEEKLY["jobs"]["oldest"]["steps"])
    assert "--requirements requirements-oldest.txt" in steps
    assert ".venv-oldest/bin/python tools/run_notebooks.py" in steps
