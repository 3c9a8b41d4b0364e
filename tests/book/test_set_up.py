"""The set-up steps say in one sentence what they need."""

import shutil
import subprocess
import sys

import pytest
from built_book import ROOT
from tool_folder import OFFLINE, lay_tools, run


@pytest.fixture
def tools(tmp_path):
    return lay_tools(tmp_path)


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


@pytest.mark.parametrize("version", [(3, 9, 1), (3, 10, 13), (3, 15, 0)])
def test_a_python_without_the_packages_is_told_so(tools, version):
    code = f"import sys, runpy; sys.version_info = {version}; sys.argv = ['setup_environment.py']; "
    code += "sys.path.insert(0, 'tools'); "
    code += "runpy.run_path('tools/setup_environment.py', run_name='__main__')"
    status, said = run([sys.executable, "-c", code], tools)
    assert status != 0
    assert said.startswith("The course needs Python 3.11 to 3.14, and ")
    assert f" is {version[0]}.{version[1]}: name another one" in said


def test_the_one_python_with_a_fault_is_told_so(tools):
    code = "import sys; sys.path.insert(0, 'tools'); import setup_environment as tool; "
    code += "tool.sys.version_info = (3, 14, 1); tool.check_python()"
    status, said = run([sys.executable, "-c", code], tools)
    assert status != 0
    assert said.startswith("Python 3.14.1 has a fault of its own")


def test_building_a_wheel_leaves_nothing_that_git_sees(tmp_path):
    for name in ("pyproject.toml", "README.md", ".gitignore"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    lay_tools(tmp_path)
    git = ["git", "-c", "user.name=n", "-c", "user.email=e"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "all"]):
        assert run([*git, *command], tmp_path) == (0, "")
    # Built by the setuptools of this environment: none is downloaded.
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    status, said = run([*pip, "--wheel-dir", str(tmp_path.parent), "."], tmp_path, **OFFLINE)
    assert status == 0, said
    done = subprocess.run(["git", "status", "-s"], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout == ""
    assert (tmp_path / "build").is_dir()


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
