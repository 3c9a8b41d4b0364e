"""Run notebooks and write them in the one form in which they are committed.

    python tools/normalise_notebooks.py [NOTEBOOK ...]     (none named: all of book/)
    python tools/normalise_notebooks.py --check            only say which are not in that form

Text outputs and execution counts stay: readers of the bare notebook see them, and the tests
compare them strictly. Pictures, widgets and scripts go (they change with every library version and
make up nearly all of the size), as *entries* of an output whose text remains: an output that is
missing as a whole would be a difference to the strict comparison. Nothing is written that a second
run would change.
"""

import argparse
import os
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


def normalise(notebook):
    """The same notebook in the form that is committed; runs nothing."""
    notebook["metadata"] = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook["cells"]):
        kept = {key: value for key, value in cell["metadata"].items() if key in CELL_METADATA}
        cell["metadata"] = nbformat.from_dict(kept)
        if cell["cell_type"] != "code":
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
