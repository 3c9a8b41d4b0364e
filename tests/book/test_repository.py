"""The address of the repository: one source, and every place agrees with it."""

import json
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from tools import set_repository as tool

URL = "https://github.com/someone/some-course"
LAUNCH = re.compile(r"mybinder\.org|colab\.research\.google\.com|github\.com/(?!workflows)")


@pytest.fixture
def copy(tmp_path):
    """A copy of everything that the command reads or writes."""
    for name in ("_config.yml", "README.md"):
        shutil.copy(tool.ROOT / name, tmp_path)
    (tmp_path / "book").mkdir()
    for path in tool.notebooks():
        shutil.copy(path, tmp_path / "book")
    return tmp_path


def texts(root):
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def first_code_cell(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "".join(next(cell for cell in cells if cell["cell_type"] == "code")["source"])


def test_all_places_agree_as_committed():
    differing = tool.stale(tool.read_repository())
    assert not differing, f"run `python tools/set_repository.py --refresh` for {differing}"


def test_there_is_a_notebook_to_agree():
    assert [path for path in tool.notebooks() if path.name == "index.ipynb"]


def test_setting_and_unsetting_gives_back_the_same_bytes(copy):
    assert tool.main(["--unset"], root=copy) == 0
    before = texts(copy)
    assert tool.main([URL], root=copy) == 0
    changed = {path for path, text in texts(copy).items() if text != before[path]}
    assert changed == set(before), "every place must have been written"
    assert tool.main(["--unset"], root=copy) == 0
    assert texts(copy) == before


def test_an_address_reaches_every_place(copy):
    assert tool.main([URL + ".git/", "--branch", "published"], root=copy) == 0
    assert tool.read_repository(copy) == tool.Repository(URL, "published")
    config = yaml.safe_load((copy / "_config.yml").read_text(encoding="utf-8"))
    assert config["repository"] == {"url": URL, "branch": "published"}
    assert config["launch_buttons"]["binderhub_url"] == "https://mybinder.org"
    assert config["launch_buttons"]["colab_url"] == "https://colab.research.google.com"
    readme = (copy / "README.md").read_text(encoding="utf-8")
    assert f"git clone --branch published {URL}.git" in readme
    assert "mybinder.org/v2/gh/someone/some-course/published" in readme
    for path in tool.notebooks(copy):
        assert f'"git+{URL}@published"' in first_code_cell(path)
    assert tool.main(["--check"], root=copy) == 0


def test_while_unset_nothing_links_to_a_service_or_repository(copy):
    assert tool.main(["--unset"], root=copy) == 0
    config = yaml.safe_load((copy / "_config.yml").read_text(encoding="utf-8"))
    assert config["launch_buttons"] == {}
    assert not LAUNCH.search((copy / "README.md").read_text(encoding="utf-8"))
    for path in tool.notebooks(copy):
        assert not LAUNCH.search(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("place", ["_config.yml", "README.md", "book/index.ipynb"])
def test_check_notices_one_place_that_disagrees(copy, capsys, place):
    assert tool.main([URL], root=copy) == 0
    path = copy / place
    text = path.read_text(encoding="utf-8")
    assert "someone" in text
    path.write_text(text.replace("someone", "somebody"), encoding="utf-8")
    assert tool.main(["--check"], root=copy) == 1
    # A changed source makes the other places disagree; a changed place is named itself.
    assert ("README.md" if place == "_config.yml" else place) in capsys.readouterr().out


@pytest.mark.parametrize(
    "url", ["github.com/a/b", "https://github.com/a", "https://example.org/a/b", "a b", ""]
)
def test_a_wrong_address_changes_nothing_and_is_named(copy, capsys, url):
    before = texts(copy)
    assert tool.main([url], root=copy) == 2
    message = capsys.readouterr().err
    assert url in message
    assert "https://github.com/OWNER/REPO" in message
    assert texts(copy) == before


def test_a_notebook_without_a_setup_cell_stops_everything(copy, capsys):
    path = copy / "book" / "index.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code["metadata"]["tags"].remove("setup")
    path.write_text(json.dumps(notebook), encoding="utf-8")
    before = texts(copy)
    assert tool.main([URL], root=copy) == 2
    assert "index.ipynb" in capsys.readouterr().err
    assert texts(copy) == before


def run_setup_cell(repository, folder, extra=""):
    """Run the setup cell as IPython does, in a Python that has no nnlib of its own."""
    script = (
        "import os, sys\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        # An nnlib that is installed here must not help: only what the cell itself finds counts.
        "has = lambda folder: os.path.isdir(os.path.join(folder, 'nnlib'))\n"
        "sys.path[:] = [folder for folder in sys.path if not has(folder)]\n"
        "sys.meta_path[:] = [f for f in sys.meta_path if '__editable__' not in repr(f)]\n"
        "shell = InteractiveShell()\n"
        f"{extra}\n"
        f"result = shell.run_cell({tool.setup_cell(repository)!r})\n"
        "found = sys.modules['nnlib'].__file__ if result.success else result.error_in_exec\n"
        "print('IMPORTED', found)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={"PATH": "", "HOME": str(folder), "IPYTHONDIR": str(folder / ".ipython")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def make_library(folder):
    """What the cell knows our library by: a package nnlib that has a part called numpy."""
    (folder / "nnlib" / "numpy").mkdir(parents=True)
    (folder / "nnlib" / "__init__.py").touch()
    return folder / "nnlib"


def make_another(folder, form="package"):
    """Something else called nnlib, which says so when it is imported."""
    path = folder / "nnlib.py" if form == "module" else folder / "nnlib" / "__init__.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    if form != "folder":
        path.write_text("print('ANOTHER PACKAGE RUNS')\n")
    return path if form == "module" else path.parent


@pytest.mark.parametrize("url", ["", URL])
def test_setup_cell_finds_the_library_beside_the_book(tmp_path, url):
    library = make_library(tmp_path)
    (tmp_path / "book").mkdir()
    output = run_setup_cell(tool.Repository(url), tmp_path / "book")
    assert f"IMPORTED {library / '__init__.py'}" in output


def test_setup_cell_without_library_or_address_says_what_to_do(tmp_path):
    output = run_setup_cell(tool.Repository(""), tmp_path)
    assert "IMPORTED no nnlib: open this notebook in a copy of the course" in output


def test_setup_cell_without_library_installs_it_from_the_address(tmp_path):
    # %pip is replaced by a magic that records what it was asked and provides an empty library.
    library = tmp_path / "elsewhere"
    extra = (
        "def pip(line):\n"
        "    import pathlib\n"
        "    print('PIP', line)\n"
        f"    pathlib.Path({str(library / 'nnlib' / 'numpy')!r}).mkdir(parents=True)\n"
        f"    pathlib.Path({str(library / 'nnlib' / '__init__.py')!r}).touch()\n"
        f"    sys.path.append({str(library)!r})\n"
        "shell.register_magic_function(pip, 'line', 'pip')\n"
    )
    output = run_setup_cell(tool.Repository(URL, "main"), tmp_path, extra)
    assert f'PIP install --quiet "git+{URL}@main"' in output
    assert f"IMPORTED {library}" in output


@pytest.mark.parametrize("form", ["package", "module", "folder"])
@pytest.mark.parametrize(
    ("url", "advice"),
    [("", "open this notebook in a copy of the course"),
     (URL, "uninstall it and restart the kernel")],
)
def test_setup_cell_names_another_package_and_does_not_run_it(tmp_path, url, advice, form):
    place = make_another(tmp_path / "elsewhere", form)
    (tmp_path / "book").mkdir()
    extra = f"sys.path.append({str(tmp_path / 'elsewhere')!r})"
    output = run_setup_cell(tool.Repository(url), tmp_path / "book", extra)
    assert f"IMPORTED {place} is another nnlib: {advice}\n" in output
    assert "ANOTHER PACKAGE RUNS" not in output


def test_setup_cell_names_another_package_that_was_imported_before(tmp_path):
    place = make_another(tmp_path / "elsewhere")
    make_library(tmp_path)                          # ours is there, but comes too late
    (tmp_path / "book").mkdir()
    extra = f"sys.path.append({str(tmp_path / 'elsewhere')!r})\nimport nnlib"
    output = run_setup_cell(tool.Repository(URL), tmp_path / "book", extra)
    assert f"IMPORTED {place} is another nnlib: " in output


@pytest.mark.parametrize("url", ["", URL])
def test_setup_cell_prefers_the_library_beside_the_book_to_another_package(tmp_path, url):
    make_another(tmp_path / "elsewhere")
    library = make_library(tmp_path)
    (tmp_path / "book").mkdir()
    extra = f"sys.path.append({str(tmp_path / 'elsewhere')!r})"
    output = run_setup_cell(tool.Repository(url), tmp_path / "book", extra)
    assert f"IMPORTED {library / '__init__.py'}" in output


def test_setup_cell_is_short_enough_to_be_read():
    for url in ("", URL):
        lines = tool.setup_cell(tool.Repository(url)).splitlines()
        assert len(lines) <= 15
        assert max(map(len, lines)) <= 100


def test_the_command_runs_without_any_installed_package():
    # -S: without site-packages
    command = [sys.executable, "-I", "-S", tool.__file__, "--check"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
