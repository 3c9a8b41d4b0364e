"""The set-up steps say in one sentence what they need."""

import os
import shutil
import subprocess
import sys

import pytest
from built_book import ROOT

# No package index, no proxy, nothing at hand: as on a machine without network.
OFFLINE = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_FIND_LINKS": "",
    "PIP_DEFAULT_TIMEOUT": "1",
    "PIP_NO_CACHE_DIR": "1",
    "npm_config_registry": "http://127.0.0.1:9/",
    "npm_config_fetch_timeout": "1000",
    "npm_config_fetch_retry_mintimeout": "10",
}


def run(command, folder, **environment):
    environment = {**os.environ, **environment}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return done.returncode, done.stderr


@pytest.fixture
def tools(tmp_path):
    """A folder with the tools and what they read, and none of what they make."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    for name in ("package.json", "package-lock.json", "requirements-npm.txt"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


def test_without_network_the_python_packages_are_named(tools):
    (tools / "requirements.txt").write_text("numpy==2.4.6\n")
    command = [sys.executable, "tools/setup_environment.py"]
    status, said = run(command, tools, **OFFLINE)
    assert status != 0
    assert "Installing the packages of requirements.txt needs the network" in said.splitlines()[-1]
    assert not (tools / ".venv" / "ready").exists()


def test_without_network_the_browser_files_are_named(tools):
    command = [sys.executable, "tools/fetch_assets.py"]
    cache = str(tools / "empty-cache")
    status, said = run(command, tools, npm_config_cache=cache, **OFFLINE)
    assert status != 0
    assert "Installing the browser files (npm ci) needs the network" in said.splitlines()[-1]
    assert not (tools / "vendor" / "fingerprint").exists()


def test_an_old_python_is_told_so(tools):
    code = "import sys, runpy; sys.version_info = (3, 9, 1); sys.argv = ['setup_environment.py']; "
    code += "sys.path.insert(0, 'tools'); "
    code += "runpy.run_path('tools/setup_environment.py', run_name='__main__')"
    status, said = run([sys.executable, "-c", code], tools)
    assert status != 0
    assert said.startswith("The course needs Python 3.11 or newer, and ")
    assert " is 3.9: name a newer one" in said


def test_a_package_that_changed_is_not_copied_blindly(tools):
    module = tools / "node_modules/@jupyter-widgets/html-manager/dist"
    module.mkdir(parents=True)
    command = "import sys; sys.path.insert(0, 'tools'); import fetch_assets; fetch_assets.copy()"
    status, said = run([sys.executable, "-c", command], tools)
    assert status != 0
    assert "has no embed.js: the package has changed" in said


def test_make_lists_its_targets():
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("book", "serve", "test", "check", "lint", "bench", "clean", "test-colab"):
        assert f"\n  {target} " in done.stdout
