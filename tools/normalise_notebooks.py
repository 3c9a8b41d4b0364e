"""Run notebooks and write them in the one form in which they are committed.

    python tools/normalise_notebooks.py [NOTEBOOK ...]     (none named: all of book/)
    python tools/normalise_notebooks.py --rewrite          run nothing, write the rest
    python tools/normalise_notebooks.py --check            only say which are not in that form

Text outputs and execution counts stay: readers of the bare notebook see them, and the tests
compare them strictly. Pictures, widgets and scripts go (they change with every library version and
make up nearly all of the size), as *entries* of an output whose text remains: an output that is
missing as a whole would be a difference to the strict comparison. Nothing is written that a second
run would change.

What the book folds is folded in JupyterLab, Notebook and Colab too: their metadata follow from the
tags and the source of a cell. What hint() and solution() show is not kept: nobody has asked for it.
"""

import argparse
import os
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CELL_METADATA = {"tags", "mystnb", "jp-MarkdownHeadingCollapsed"}

# What live notebooks read, for each tag by which the book folds. JupyterLab and Notebook read
# `jupyter`, and write `collapsed` beside it when they save; Colab reads `cellView`.
SOURCE_HIDDEN = {"jupyter": {"source_hidden": True}, "cellView": "form"}
OUTPUTS_HIDDEN = {"jupyter": {"outputs_hidden": True}, "collapsed": True}
CELL_HIDDEN = SOURCE_HIDDEN | OUTPUTS_HIDDEN | {
    "jupyter": {"source_hidden": True, "outputs_hidden": True}
}

QUESTION = re.compile(r"^(?:\w+\.)?(Predict|Quiz)\(", re.MULTILINE)  # its source tells the answer
ASKED_FOR = re.compile(r"^(?:hint|solution)\(", re.MULTILINE)         # its output does
TITLE = "# @title"                            # Colab shows this line in place of a folded source

TIMEOUT = 300  # seconds for one cell

# As in tools/build_book.py: what a notebook prints must not depend on the number of cores.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


class WritesToStderr(Exception):
    """A cell warned, or wrote to stderr on purpose: the book shows neither."""


def notebooks():
    return sorted((ROOT / "book").glob("*.ipynb"))


def execute(notebook, folder):
    """Run a notebook in place, in `folder`, as the book and the tests run it."""
    os.environ.update(ENVIRONMENT)
    path = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, path))
    NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
    ).execute()


def is_dropped(mime, value):
    """Pictures, widget views and scripts; an HTML entry goes when it carries a script."""
    if mime.startswith("image/") or "widget-view" in mime or "javascript" in mime:
        return True
    return mime == "text/html" and "<script" in "".join(value)


def normalised_output(output):
    if output["output_type"] == "stream" and output["name"] == "stderr":
        raise WritesToStderr("".join(output["text"]).strip())
    if output["output_type"] == "error":
        output["traceback"] = []  # full of paths and colours
    if "data" in output:
        output["data"] = {m: v for m, v in output["data"].items() if not is_dropped(m, v)}
        output["metadata"] = {}
    return output


def folding(cell):
    """The metadata by which live notebooks hide what the book folds of this code cell."""
    tags = set(cell["metadata"].get("tags", []))
    if ASKED_FOR.search(cell["source"]):
        return {}                   # the call stays in sight, and what it shows is folded by itself
    if "hide-cell" in tags or {"hide-input", "hide-output"} <= tags:
        return CELL_HIDDEN
    if "hide-input" in tags:
        return SOURCE_HIDDEN
    return OUTPUTS_HIDDEN if "hide-output" in tags else {}


def titled(source):
    """The source of a prediction or a quiz, under the title that Colab needs to fold it."""
    question = QUESTION.search(source)
    if not question or source.startswith(TITLE):
        return source
    return f"{TITLE} {question[1]}\n{source}"


def normalise(notebook):
    """The same notebook in the form that is committed; runs nothing."""
    notebook["metadata"] = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook["cells"]):
        kept = {key: value for key, value in cell["metadata"].items() if key in CELL_METADATA}
        cell["metadata"] = nbformat.from_dict(kept)
        if cell["cell_type"] != "code":
            continue
        cell["metadata"].update(nbformat.from_dict(folding(cell)))
        cell["source"] = titled(cell["source"])
        if ASKED_FOR.search(cell["source"]):
            cell["outputs"], cell["execution_count"] = [], None
            continue
        try:
            cell["outputs"] = [normalised_output(output) for output in cell["outputs"]]
        except WritesToStderr as error:
            first = cell["source"].splitlines()[0] if cell["source"] else ""
            raise WritesToStderr(f"cell {number} ({first!r}) writes to stderr:\n{error}") from None
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result":
                output["execution_count"] = cell["execution_count"]
    return notebook


def text_of(notebook):
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"


def is_normalised(path):
    text = path.read_text(encoding="utf-8")
    return text == text_of(normalise(nbformat.reads(text, as_version=4)))


def main():
    parser = argparse.ArgumentParser(description="Run notebooks and write them as committed.")
    parser.add_argument("paths", nargs="*", type=Path, help="notebooks (default: all of book/)")
    parser.add_argument("--rewrite", action="store_true", help="write, but run nothing")
    parser.add_argument("--check", action="store_true", help="run and write nothing, only say")
    options = parser.parse_args()
    wrong = []
    for path in options.paths or notebooks():
        try:
            if options.check:
                if not is_normalised(path):
                    wrong.append(f"{path} is not normalised: run `make normalise NOTEBOOK={path}`")
                continue
            notebook = nbformat.read(path, as_version=4)
            if not options.rewrite:
                execute(notebook, path.resolve().parent)
            before, after = path.read_text(encoding="utf-8"), text_of(normalise(notebook))
            if before != after:
                path.write_text(after, encoding="utf-8")
            print(f"{path.name}: {'changed' if before != after else 'as it was'}", flush=True)
        except WritesToStderr as error:
            wrong.append(f"{path}: {error}")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
