"""tools/build_book.py on two notebooks: what is run again, and that nothing stays stale."""

import os
import shutil
import subprocess
import sys
import time

import nbformat
import pytest
from built_book import ROOT
from entry_folder import press_ctrl_c
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

TOC = "format: jb-book\nroot: 01_one\nchapters:\n  - file: 02_two\n  - file: references\n"
FILES = {"one": "01_one", "two": "02_two"}


class Project:
    """A copy of the house, with a library of one number and two notebooks that print it."""

    def __init__(self, root):
        self.root = root
        for name in ("tools", "book/_ext", "book/_assets"):
            shutil.copytree(ROOT / name, root / name)
        references = ("book/references.bib", "book/references.md")
        for name in ("_config.yml", "requirements.txt", *references):
            shutil.copyfile(ROOT / name, root / name)
        (root / "vendor" / "static").mkdir(parents=True)  # these pages need no browser files
        (root / "_toc.yml").write_text(TOC, encoding="utf-8")
        (root / "nnlib").mkdir()
        self.set_number(1)
        for name in FILES:
            self.set_number(1, room=name)
            self.set_text(name, "some text")
        (root / "nnlib" / "chapters" / "__init__.py").touch()

    def set_number(self, number, room=None):
        folder = self.root / "nnlib" / (f"chapters/{room}" if room else "")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").write_text(f"NUMBER = {number}\n", encoding="utf-8")

    def set_text(self, name, text, code="print('number', nnlib.NUMBER)"):
        # The time of the run is what tells an execution from a kept one.
        cells = [
            new_markdown_cell(f"# Page {name}\n\n{text}", id="text"),
            new_code_cell(f"import time\nimport nnlib\n{code}", id="number"),
            new_code_cell("print('run at', time.time_ns())", id="time"),
        ]
        path = self.root / "book" / f"{FILES[name]}.ipynb"
        nbformat.write(new_notebook(cells=cells), path)

    def start(self):
        """Start a build, in a process group of its own, as a terminal does."""
        path = {"PYTHONPATH": str(self.root)}  # before the link to this checkout in the environment
        return subprocess.Popen(
            [sys.executable, "tools/build_book.py"],
            cwd=self.root,
            env={**os.environ, **path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def build(self):
        process = self.start()
        said = process.communicate()[0]
        return process.returncode, said

    def pages(self):
        folder = self.root / "_build" / "html"
        return {n: (folder / f"{f}.html").read_text(encoding="utf-8") for n, f in FILES.items()}


def runs(pages):
    return {name: text.split("run at ")[1].split()[0] for name, text in pages.items()}


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "project")


def test_what_is_built_again(project):
    status, said = project.build()
    assert status == 0, said
    assert str(project.root / "_build/html/index.html") in said
    first = project.pages()
    assert all("number 1" in text for text in first.values())

    # Nothing changed: nothing runs, nothing is written.
    assert project.build()[0] == 0
    assert project.pages() == first

    # One page edited: the other notebook does not run.
    project.set_text("two", "other text", code="print('the number', nnlib.NUMBER)")
    assert project.build()[0] == 0
    edited = project.pages()
    assert "other text" in edited["two"]
    assert "the number 1" in edited["two"]
    assert runs(edited)["one"] == runs(first)["one"]
    assert runs(edited)["two"] != runs(first)["two"]

    # Prose edited: no notebook runs at all.
    project.set_text("two", "third text", code="print('the number', nnlib.NUMBER)")
    assert project.build()[0] == 0
    assert "third text" in project.pages()["two"]
    assert runs(project.pages()) == runs(edited)

    # An extension changed: every page is written again, no notebook runs.
    boxes = project.root / "book/_ext/boxes.py"
    boxes.write_text(boxes.read_text().replace("nn-box", "nn-bax"), encoding="utf-8")
    project.set_text("one", "> **Fact.** A box.")
    assert project.build()[0] == 0
    assert "nn-bax" in project.pages()["one"]
    assert runs(project.pages()) == runs(edited)

    # The library changed: everything runs, and no page shows the old number.
    project.set_number(2)
    assert project.build()[0] == 0
    changed = project.pages()
    assert all("number 2" in text for text in changed.values())
    assert all("number 1" not in text for text in changed.values())


def test_a_changed_room_runs_the_notebooks_that_use_it_and_no_other(project):
    show = "from nnlib.chapters import {0}\nprint('{0} has', {0}.NUMBER)"
    project.set_text("one", "text", code=show.format("one"))
    project.set_text("two", "text", code=show.format("two"))
    assert project.build()[0] == 0
    first = project.pages()

    project.set_number(2, room="two")
    assert project.build()[0] == 0
    second = project.pages()
    assert runs(second)["one"] == runs(first)["one"]
    assert "two has 2" in second["two"]

    # A page may show what another chapter's room draws, as the landing page does.
    borrowed = "import nnlib.chapters.two as room\nprint('two has', room.NUMBER)"
    project.set_text("one", "text", code=borrowed)
    project.build()
    project.set_number(3, room="two")
    assert project.build()[0] == 0
    assert all("two has 3" in text for text in project.pages().values())


def test_a_failing_cell_fails_the_build_and_is_shown(project):
    project.set_text("two", "text", code="nnlib.missing")
    status, said = project.build()
    assert status != 0
    assert "module 'nnlib' has no attribute 'missing'" in said
    assert "The book was not built" in said


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("[nowhere](nowhere.md)", "1", "nowhere.md"),
        ("text", "import sys; print('careful', file=sys.stderr)", "stderr"),
    ],
    ids=["dead link", "stderr"],
)
def test_a_warning_fails_this_build_and_the_next(project, text, code, says):
    project.set_text("two", text, code=code)
    for _ in range(2):
        status, said = project.build()
        assert status != 0
        assert says in said


WAITS = """
import os, pathlib, time
pathlib.Path("kernel").write_text(f"{os.getpid()} waits")
time.sleep(60)
"""


def test_ctrl_c_while_a_notebook_runs_says_that_it_was_interrupted(project):
    project.set_text("two", "text", code=WAITS)
    process, sign = project.start(), project.root / "book" / "kernel"
    while not (sign.exists() and "waits" in sign.read_text()):
        assert process.poll() is None, process.stdout.read()
        time.sleep(0.05)
    status, said = press_ctrl_c(process)
    assert status == 130
    assert said.endswith("\nInterrupted: the book is not built. Run it again to go on.\n")
    assert "warnings above" not in said
    with pytest.raises(ProcessLookupError):  # the kernel does not live on
        os.kill(int(sign.read_text().split()[0]), 0)

    # Run again, it goes on.
    project.set_text("two", "text")
    assert project.build()[0] == 0
    assert "number 1" in project.pages()["two"]
