"""What each method stores, asks for and is used for."""

from __future__ import annotations

from nnlib import widgets

NUMBERS = 3329               # parameters of a 10-64-32-16-1 network, four bytes each


def costs_table():
    """Return the table of all methods; sort it by either of two columns."""
    columns = ("method", "numbers stored per weight", "bytes for 3,329 weights", "knobs",
               "where one starts", "best known for", "caveat")
    rows = [
        ("SGD", 0, "η", "0.01 to 0.1", "convex problems", "one rate for all weights"),
        ("momentum", 1, "η, β", "0.01 to 0.1, β 0.9", "image networks",
         "large β swings long"),
        ("AdaGrad", 1, "η, ε", "0.01", "rare features", "its rates only ever fall"),
        ("RMSprop", 1, "η, ρ, ε", "0.001 to 0.01", "recurrent networks",
         "first steps too long"),
        ("Adam", 2, "η, β₁, β₂, ε", "0.001", "a first try", "L2 shrinks unequally"),
        ("AdamW", 2, "η, β₁, β₂, ε, λ", "0.001, λ 0.01", "Transformers", "λ acts through ηλ"),
    ]
    return widgets.SortableTable(
        columns, [(name, stored, 4 * NUMBERS * stored, *rest) for name, stored, *rest in rows],
        sort_by=columns[:2], name="What each method costs",
    )
