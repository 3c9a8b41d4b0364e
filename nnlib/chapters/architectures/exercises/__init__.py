"""The exercises of the chapter, in the order of the text."""

from nnlib.chapters.architectures.exercises import (
    causal_conv,
    causal_weights,
    continue_text,
    costs,
    next_id,
    same_budget,
    shape_trace,
    tells_order,
    what_is_missing,
)

EXERCISES = [
    same_budget.EXERCISE,
    shape_trace.EXERCISE,
    causal_conv.EXERCISE,
    tells_order.EXERCISE,
    costs.EXERCISE,
    next_id.EXERCISE,
    what_is_missing.EXERCISE,
    causal_weights.EXERCISE,
    continue_text.EXERCISE,
]
