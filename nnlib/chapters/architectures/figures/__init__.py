"""Pictures and explorers of the chapter "Architectures"."""

from nnlib.chapters.architectures.figures.attention import attention_explorer
from nnlib.chapters.architectures.figures.costs import cost_explorer, times_frame
from nnlib.chapters.architectures.figures.deep import deep_explorer
from nnlib.chapters.architectures.figures.follow import follow_explorer, one_number_explorer
from nnlib.chapters.architectures.figures.guide import assumptions_table, guide_explorer
from nnlib.chapters.architectures.figures.order import order_explorer
from nnlib.chapters.architectures.figures.reading import reading_explorer, test_loss
from nnlib.chapters.architectures.figures.recalling import recall_explorer
from nnlib.chapters.architectures.figures.series import series_explorer
from nnlib.chapters.architectures.figures.writing import writing_explorer, writing_stepper

__all__ = [
    "assumptions_table",
    "attention_explorer",
    "cost_explorer",
    "deep_explorer",
    "follow_explorer",
    "guide_explorer",
    "one_number_explorer",
    "order_explorer",
    "reading_explorer",
    "recall_explorer",
    "series_explorer",
    "test_loss",
    "times_frame",
    "writing_explorer",
    "writing_stepper",
]
