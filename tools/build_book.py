"""Build the book into _build/html, warnings as errors, running only the notebooks that need it.

Executed notebooks are kept in _build/.jupyter_cache, by the text of their code cells. That cache
does not see a change of the library, and Sphinx does not look again at a page whose source is
unchanged. So fingerprints are kept, and what depends on a changed one is thrown away:

* of what decides the outputs (nnlib, requirements, configuration): executed notebooks and pages;
* of what decides the pages (table of contents, extensions, style): the pages;
* of each chapter's room in nnlib/chapters: the notebooks that use it, and their pages.
"""

import asyncio
import hashlib
import json
import os
import re
import shutil
import signal
import sys
import time
from pathlib import Path

from child_processes import INTERRUPTED
from platforms import course_command

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "_build"
EXECUTED = BUILD / ".jupyter_cache"
DOCTREES = BUILD / ".doctrees"
HTML = BUILD / "html"

ROOMS = ROOT / "nnlib" / "chapters"
KEPT_ROOMS = BUILD / ".rooms-fingerprints.json"

DECIDES_OUTPUTS = ["nnlib", "requirements.txt", "_config.yml", "tools/build_book.py"]
DECIDES_PAGES = ["_toc.yml", "book/_ext", "book/_assets", "vendor/fingerprint"]

# The published outputs are made as the tests make them: one thread (the order of sums does not
# depend on the machine's cores), no debugger chatter on stderr.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
}


def files_of(name):
    path = ROOT / name
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return [path]


def in_a_room(path):
    """Whether a file belongs to one chapter; `nnlib/chapters/__init__.py` belongs to all."""
    return len(path.parts) > len(ROOMS.parts) + 1 and path.is_relative_to(ROOMS)


def fingerprint(paths):
    digest = hashlib.sha256(sys.version.encode())
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes() if path.exists() else b"absent")
    return digest.hexdigest()


def shared_fingerprint(names):
    """Of everything in `names` that is not one chapter's own."""
    return fingerprint(p for name in names for p in files_of(name) if not in_a_room(p))


def discard_if_changed(stamp_name, names, folders):
    """Delete `folders` when `names` are not what they were at the last build."""
    stamp, now = BUILD / stamp_name, shared_fingerprint(names)
    if not stamp.exists() or stamp.read_text() != now:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        # Written before the build: from here on everything kept was made with these files.
        stamp.write_text(now)


def rooms_of(notebook):
    """The chapters whose rooms a notebook uses: its own, and those that it imports from."""
    named = re.findall(r"nnlib\.chapters\.(\w+)", notebook.read_text(encoding="utf-8"))
    return {re.sub(r"^\d+_", "", notebook.stem), *named}


def discard_notebooks_of_changed_rooms():
    """Forget what the notebooks printed whose chapter's room is not what it was."""
    kept = json.loads(KEPT_ROOMS.read_text()) if KEPT_ROOMS.exists() else {}
    now = {
        path.name: fingerprint(p for room in sorted(rooms_of(path)) for p in files_of(ROOMS / room))
        for path in sorted((ROOT / "book").glob("*.ipynb"))
    }
    changed = [name for name in now if now[name] != kept.get(name)]
    if EXECUTED.exists():
        from jupyter_cache import get_cache

        cache = get_cache(EXECUTED)
        for record in cache.list_cache_records():
            if Path(record.uri).name in changed:
                cache.remove_cache(record.pk)
    for name in changed:  # a page without a doctree is read again
        (DOCTREES / name).with_suffix(".doctree").unlink(missing_ok=True)
    KEPT_ROOMS.write_text(json.dumps(now, indent=1))


def take_ctrl_c_ourselves():
    """Have Ctrl-C raise KeyboardInterrupt while a notebook runs, too.

    What runs the notebooks would otherwise take it, end the kernel only, and report that as the
    failure of a cell.
    """
    loop = asyncio.SelectorEventLoop
    usual = loop.add_signal_handler

    def add_signal_handler(self, number, *arguments):
        if number != signal.SIGINT:
            usual(self, number, *arguments)

    loop.add_signal_handler = add_signal_handler


def run_jupyter_book():
    """Build with warnings as errors; True when it went well."""
    take_ctrl_c_ourselves()
    # Kernels and Sphinx (for the reference pages) find nnlib here whatever is installed.
    sys.path.insert(0, str(ROOT))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.getenv("PYTHONPATH")]))
    os.environ.update(ENVIRONMENT)
    from jupyter_book.sphinx import build_sphinx
    from nbclient import NotebookClient

    # What the `jupyter-book build` command calls; called directly, it hands back the error of a
    # failing cell instead of three pages of traceback around it.
    result = build_sphinx(
        ROOT / "book",
        HTML,
        path_config=ROOT / "_config.yml",
        noconfig=True,
        confoverrides={
            "external_toc_path": str(ROOT / "_toc.yml"),
            "latex_individualpages": False,  # asked for by Jupyter Book, of no use here
        },
        warningiserror=True,
        keep_going=True,
    )
    if isinstance(result, KeyboardInterrupt):
        # The kernel is ended when Python ends; asked gently, it would answer with a traceback.
        NotebookClient.shutdown_kernel = "immediate"
        raise result
    if isinstance(result, BaseException):
        while result.__cause__ is not None:
            result = result.__cause__
        print(f"\n{result}", file=sys.stderr)
    return result == 0


def build():
    start = time.monotonic()
    BUILD.mkdir(exist_ok=True)
    discard_if_changed(".outputs-fingerprint", DECIDES_OUTPUTS, [EXECUTED, DOCTREES, HTML])
    discard_if_changed(".pages-fingerprint", DECIDES_PAGES, [DOCTREES, HTML])
    discard_notebooks_of_changed_rooms()
    if not run_jupyter_book():
        # Sphinx repeats no warning of a page that it does not read again: a second run would pass.
        shutil.rmtree(DOCTREES, ignore_errors=True)
        sys.exit("\nThe book was not built: see the warnings above (each one counts as an error).")
    page = HTML / "index.html"
    print(f"\nBuilt in {time.monotonic() - start:.0f} s. The book is at {page}")
    print(f"Open that file in a browser, or run `{course_command('serve')}`.")


def main():
    try:
        build()
    except KeyboardInterrupt:
        # As after a failure: what Sphinx has half done is done again, without what has been run.
        shutil.rmtree(DOCTREES, ignore_errors=True)
        print("\nInterrupted: the book is not built. Run it again to go on.", file=sys.stderr)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
