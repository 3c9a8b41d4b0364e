"""Pictures and explorers of the debugging laboratory."""

from nnlib.chapters.debugging.figures.evidence import case_explorer
from nnlib.chapters.debugging.figures.rows import rows_frame
from nnlib.chapters.debugging.figures.tree import tree_frame

__all__ = ["case_explorer", "rows_frame", "tree_frame"]
