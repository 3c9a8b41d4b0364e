"""The notebooks of the book and the tool that writes them."""

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOOK_NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))


def load_tool(name):
    """A script of tools/, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module              # a dataclass looks its module up there
    spec.loader.exec_module(module)
    return module


normaliser = load_tool("normalise_notebooks")
reading_time = load_tool("reading_time")
