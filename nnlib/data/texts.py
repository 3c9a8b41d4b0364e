"""Texts that come with Python itself."""

import codecs
import contextlib
import importlib
import io
import os
from pathlib import Path


def load_text(name: str) -> str:
    """A text from the standard library.

    Parameters
    ----------
    name : {"zen", "topics", "licence"}
        "zen" is the poem of the module `this` (856 characters, 45 of them distinct); "topics" is
        the help on the language's topics, `pydoc_data.topics`, joined by blank lines in the order
        of their names; "licence" is Python's licence. The latter two differ from version to version
        of Python, and some small builds leave them out.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If there is no text of that name.
    FileNotFoundError
        If this build of Python does not have it.
    """
    if name not in TEXTS:
        listed = ", ".join(repr(text) for text in TEXTS)
        raise ValueError(f"load_text expected name to be one of {listed}, got {name!r}")
    return TEXTS[name]()


def _zen() -> str:
    with contextlib.redirect_stdout(io.StringIO()):  # importing it for the first time prints it
        this = importlib.import_module("this")
    return codecs.decode(this.s, "rot13")


def _topics() -> str:
    try:
        topics = importlib.import_module("pydoc_data.topics").topics
    except ImportError as error:
        raise FileNotFoundError(
            "load_text('topics') expected the module pydoc_data, which this build of Python lacks"
        ) from error
    return "\n\n".join(topics[key].strip() for key in sorted(topics))


def _licence() -> str:
    library = Path(os.__file__).parent
    for path in (library / "LICENSE.txt", library.parent / "LICENSE.txt", library / "LICENSE"):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise FileNotFoundError(
        "load_text('licence') expected the file LICENSE.txt, which this build of Python lacks"
    )


TEXTS = {"zen": _zen, "topics": _topics, "licence": _licence}
