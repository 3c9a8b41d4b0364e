"""The activations compared, in a table that sorts by any of its columns."""

from __future__ import annotations

from nnlib import widgets

INFINITE = float("inf")
COLUMNS = ("function", "range", "mean output", "largest slope", "typical place", "main issue")
# The mean output is that for inputs from the standard normal distribution.
ROWS = (
    ("ReLU", "[0, ∞)", 0.399, 1.0, "hidden: dense, convolution", "dead units"),
    ("leaky ReLU", "(−∞, ∞)", 0.395, 1.0, "hidden, to keep gradients", "a slope α to choose"),
    ("PReLU", "(−∞, ∞)", 0.299, 1.0, "hidden, to keep gradients", "one more parameter"),
    ("GELU", "[−0.170, ∞)", 0.282, 1.129, "Transformers", "not monotone"),
    ("SiLU", "[−0.278, ∞)", 0.207, 1.100, "gated units, mobile nets", "not monotone"),
    ("ELU", "(−1, ∞)", 0.161, 1.0, "hidden", "flat far left"),
    ("softplus", "(0, ∞)", 0.806, 1.0, "positive outputs", "vanishing on the left"),
    ("sigmoid", "(0, 1)", 0.5, 0.25, "yes-or-no outputs, gates", "vanishing gradients"),
    ("tanh", "(−1, 1)", 0.0, 1.0, "recurrent nets", "vanishing gradients"),
    ("softmax", "(0, 1), sum 1", None, None, "outputs, exclusive classes",
     "cost for many classes"),
    ("none", "(−∞, ∞)", 0.0, 1.0, "regression outputs", "no bend"),
)


def comparison_table():
    """Return the table; PReLU stands at its start, a slope of 0.25."""
    return widgets.SortableTable(COLUMNS, ROWS, sort_by=("function", "mean output",
                                                         "largest slope", "typical place"),
                                 name="Activations compared")
