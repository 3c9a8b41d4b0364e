"""The eleven cases, each a function of a seed that makes its patient, sick or healthy."""

from nnlib.chapters.debugging.cases import answers, material_faults, modes, steps

CASES = {
    "A": answers.softmax_twice,
    "B": answers.broadcasting,
    "C": material_faults.leak,
    "D": material_faults.shuffled,
    "E": material_faults.unscaled,
    "F": steps.never_cleared,
    "G": modes.never_evaluates,
    "H": steps.at_the_edge,
    "I": answers.other_order,
    "J": modes.never_returns,
    "K": steps.dead_units,
}
SEEDS = (0, 1, 2)
