"""README, CONTRIBUTING, workflows and Binder say what is so."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
# What the entry lists: `make` has the same commands (tests/book/test_entry.py).
LISTED = subprocess.run(
    [sys.executable, "tools/course.py"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout
COMMANDS = set(re.findall(r"^  ([a-z][a-z-]*) {2,}\S", LISTED, re.MULTILINE))
# `make X` in a code span or block, or as a step; prose such as "make it" is none of these.
WITH_MAKE = re.compile(r"(?:`|^|run: |\| )make +([a-z][a-z-]*)([^`\n#]*)", re.MULTILINE)
WITHOUT = re.compile(r"\b(?:py|python3?) tools/course\.py +([a-z][a-z-]*)([^`\n#]*)")
AN_OPTION = re.compile(r" ([A-Z]+)=| --([a-z]+)")
# A path in a document: something with a slash or a known ending, not a pattern such as <name>.
A_PATH = re.compile(r"`([\w./-]+/[\w./-]*|[\w.-]+\.(?:md|txt|toml|yml|py))`")


def ids(path):
    return path.name


def options_of(command):
    done = subprocess.run(
        [sys.executable, "tools/course.py", command, "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(re.findall(r"--([a-z]+)", done.stdout))


@pytest.mark.parametrize("path", [*DOCUMENTS, *WORKFLOWS], ids=ids)
def test_commands_exist_with_make_and_without(path):
    text = path.read_text(encoding="utf-8")
    with_make, without = WITH_MAKE.findall(text), WITHOUT.findall(text)
    assert with_make or path.name == "test.yml", "this test found nothing to check"
    assert without or path not in DOCUMENTS, "a reader without make is not told what to do"
    for name, options in with_make + without:
        assert name in COMMANDS
        named = {"".join(option).lower() for option in AN_OPTION.findall(options)} - {"python"}
        assert named <= options_of(name), f"{name} has no such option"


def test_readme_lists_what_a_reader_may_call():
    table = set(re.findall(r"^\| `make ([a-z-]+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert {"book", "serve", "test", "check", "lint", "bench", "clean"} <= table


@pytest.mark.parametrize("path", DOCUMENTS, ids=ids)
def test_files_and_folders_exist(path):
    text = path.read_text(encoding="utf-8")
    named = set(A_PATH.findall(text)) | set(re.findall(r"\]\((?!http)([^)#]+)\)", text))
    assert len(named) > 3
    # What a build makes is not there before it.
    missing = {name for name in named if not exists(name)} - {"_build/html/", "_build/"}
    assert not missing


def exists(name):
    return any((ROOT / folder / name).exists() for folder in ("", "nnlib", "nnlib/numpy", "tests"))


def test_readme_has_a_small_picture_with_an_alternative():
    alternative, name = re.search(r"!\[(.+?)\]\((.+?)\)", (ROOT / "README.md").read_text()).groups()
    assert len(alternative) > 40
    picture = (ROOT / name).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 150_000


@pytest.mark.parametrize("path", WORKFLOWS, ids=ids)
def test_workflows_ask_for_no_more_rights_than_they_need(path):
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        # Only what GitHub itself publishes runs with access to the repository.
        for step in job.get("steps", []):
            assert "uses" not in step or step["uses"].startswith("actions/")


def test_only_tested_pages_are_published():
    jobs = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text())["jobs"]
    assert jobs["test"]["uses"] == "./.github/workflows/test.yml"
    assert jobs["build"]["needs"] == "test"
    assert jobs["deploy"]["needs"] == "build"


def pins(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(re.findall(r"^([\w.-]+)==([\w.+]+)", line)[0] for line in lines if "==" in line)


def test_binder_has_the_versions_that_build_the_book():
    everything, binder = pins(ROOT / "requirements.txt"), pins(ROOT / ".binder/requirements.txt")
    assert binder.items() <= everything.items()


def test_binder_has_what_the_library_needs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = {re.match(r"[\w-]+", line).group() for line in project["dependencies"]}
    assert not (needed | {"torch", "jupyterlab"}) - set(pins(ROOT / ".binder/requirements.txt"))


def test_binder_takes_the_cpu_build_of_torch():
    text = (ROOT / ".binder/requirements.txt").read_text()
    assert "--extra-index-url https://download.pytorch.org/whl/cpu" in text


@pytest.mark.parametrize("name", ["postBuild", "start"])
def test_binder_scripts_can_be_run(name):
    path = ROOT / ".binder" / name
    assert path.read_text().startswith("#!/bin/bash\n")
    assert path.stat().st_mode & 0o100
