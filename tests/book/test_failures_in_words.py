"""tools/commands.py: what failed is said in its own words, the network blamed where it was that."""

import os
import subprocess
import sys
import zipfile

import pytest
from built_book import ROOT
from tool_folder import OFFLINE, lay_tools, run

PIP = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def failure(written):
    code = "import json, sys; sys.path.insert(0, 'tools'); import commands; "
    code += "print(*commands.failure(sys.stdin.read()), sep='|')"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, input=written, capture_output=True, text=True)
    return done.stdout.strip().split("|", 1)


RETRY = (
    "WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by"
    " 'NameResolutionError(\"Failed to resolve 'host.org'\")': /simple/numpy/\n"
)
NONE_FOUND = (
    "ERROR: Could not find a version that satisfies the requirement numpy==9 (from versions: {})\n"
    "ERROR: No matching distribution found for numpy==9\n"
)


@pytest.mark.parametrize(
    "written",
    [
        RETRY + NONE_FOUND.format("none"),
        "ERROR: Could not install packages due to an OSError: HTTPSConnectionPool(host='host.org',"
        " port=443): Max retries exceeded with url: /simple (Caused by ProxyError())\n",
        "ReadTimeoutError: HTTPSConnectionPool(host='files.org', port=443): Read timed out.\n",
        "npm error code EAI_AGAIN\nnpm error syscall getaddrinfo\nnpm error request failed\n",
        "npm ERR! code ECONNREFUSED\nnpm ERR! network request failed\n",
    ],
)
def test_the_network_is_blamed_where_it_was_the_network(written):
    assert failure(written)[0] == "network"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (NONE_FOUND.format("none"), "No matching distribution found for numpy==9"),
        # One index was out of reach, but another gave its answer.
        (RETRY + NONE_FOUND.format("1.0, 2.0"), "No matching distribution found for numpy==9"),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on"
            " device\n\n",
            "Could not install packages due to an OSError: [Errno 28] No space left on device",
        ),
        (
            "npm error code EBADENGINE\nnpm error engine Unsupported engine\nnpm error engine Not"
            " compatible\nnpm error A complete log of this run is in: x\n",
            "engine Unsupported engine",
        ),
        ("npm ERR! cipm can only install\nnpm ERR! \nnpm ERR! A complete log\n", "cipm can only"),
        ("Traceback (most recent call last):\nMemoryError\n", "MemoryError"),
    ],
)
def test_what_else_fails_is_said_in_its_own_words(written, words):
    kind, said = failure(written)
    assert kind == ""
    assert said.startswith(words)


def test_what_says_nothing_is_told_by_its_status(tmp_path):
    assert installing(tmp_path, [sys.executable, "-c", "raise SystemExit(7)"]) == (
        "Trying failed: it ended with status 7."
    )


def test_what_cannot_be_started_is_said(tmp_path):
    assert "No such file or directory" in installing(tmp_path, [str(tmp_path / "nothing")])


def installing(folder, command, **environment):
    """The last line that `commands.run` says of a command that fails."""
    lay_tools(folder)
    code = "import sys; sys.path.insert(0, 'tools'); import commands; "
    code += f"commands.run({command!r}, 'Trying', 'to try it', '.')"
    status, said = run([sys.executable, "-c", code], folder, **environment)
    assert status == 1
    return said.splitlines()[-1]


def wheel(folder, requires):
    """A wheel of one module that wants a certain Python."""
    info = "thing-1.0.dist-info/"
    metadata = "Metadata-Version: 2.1\nName: thing\nVersion: 1.0\n"
    with zipfile.ZipFile(folder / "thing-1.0-py3-none-any.whl", "w") as file:
        file.writestr("thing.py", "")
        file.writestr(info + "METADATA", f"{metadata}Requires-Python: {requires}\n")
        file.writestr(info + "WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        file.writestr(info + "RECORD", "")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("thing==2.0", "Trying failed: No matching distribution found for thing==2.0"),
        ("thing==1.0", "Trying failed: Package 'thing' requires a different Python: "),
    ],
)
def test_a_real_pip_without_a_package(tmp_path, asked, words):
    wheel(tmp_path, ">=3.99")
    here = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path)}
    command = [*PIP, "--target", "target", asked]
    assert installing(tmp_path, command, **{**OFFLINE, **here}).startswith(words)


def test_a_real_pip_without_network(tmp_path):
    command = [*PIP, "--retries", "1", "--target", "target", "thing==1.0"]
    said = installing(tmp_path, command, **OFFLINE)
    assert (
        said == "Trying needs the network (to try it), and it failed: connect, then run it again."
    )


def npm_that(folder, version, words):
    """A program called npm that has a version, and can do nothing else but complain."""
    (folder / "bin").mkdir()
    program = folder / "bin" / "npm"
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = --version ]; then echo {version}; exit; fi\n'
        f"echo '{words}' >&2\nexit 1\n"
    )
    program.chmod(0o755)
    return {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}


def test_npm_is_quoted(tmp_path):
    path = npm_that(lay_tools(tmp_path), "11.1.0", "npm error Missing: mathjax from lock file")
    status, said = run([sys.executable, "tools/fetch_assets.py"], tmp_path, **{**OFFLINE, **path})
    assert status == 1
    assert said.splitlines()[-1] == (
        "Installing the browser files (npm ci) failed: Missing: mathjax from lock file"
    )


def test_an_old_npm_is_not_used(tmp_path):
    path = npm_that(lay_tools(tmp_path), "6.14.18", "npm ERR! Cannot read properties of undefined")
    code = "import sys; sys.path.insert(0, 'tools'); import node; node.find_spec = lambda _: True; "
    code += "print(node.command('npm')[0], file=sys.stderr)"
    status, said = run([sys.executable, "-c", code], tmp_path, **path)
    assert (status, said.strip()) == (0, sys.executable)
