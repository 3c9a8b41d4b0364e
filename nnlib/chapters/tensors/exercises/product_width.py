"""Predict: which matrix products exist, and how many columns they have."""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

DENSE = "(32, 64) @ (64, 16)"
LINEAR = "(32, 64) @ (16, 64)"
TURNED = "(32, 64) @ (16, 64).T"
WEIGHT_FIRST = "(64, 16) @ (32, 64)"
SQUARE = "(32, 64) @ (64, 64)"
COLUMN = "(32, 64) @ (64, 1)"
PIXELS = "(32, 8, 8) @ (64, 16)"
TEXT = "(4, 9, 50) @ (50, 16)"

WIDTHS = {DENSE: 16, LINEAR: 0, TURNED: 16, WEIGHT_FIRST: 0, SQUARE: 64, COLUMN: 1, PIXELS: 0,
          TEXT: 16}


def only(wrong, *, needs=()):
    return only_these_wrong(WIDTHS, set(wrong.items()), needs=set(needs))


AS_TORCH_STORES_IT = {LINEAR: 16}
ORDER_DOES_NOT_MATTER = {WEIGHT_FIRST: 16}
FLATTENS = {PIXELS: 16}
TWO_AXES_ONLY = {TEXT: 0}
THE_MIDDLE = {DENSE: 64, TURNED: 64, COLUMN: 64, TEXT: 50}
ROWS = {DENSE: 32, TURNED: 32, SQUARE: 32, COLUMN: 32, TEXT: 4}
KEEPS_THE_SHAPE = {TURNED: 0}
IN_WORDS = {LINEAR: "error", WEIGHT_FIRST: "error", PIXELS: "error"}
NO_COLUMN = {COLUMN: 0}


EXERCISE = Exercise(
    identifier="tensors.product_width",
    title="which products exist?",
    level="predict",
    prompt=(
        "Eight products of two arrays, given by their shapes; `.T` swaps the two axes of a matrix. "
        "For each that exists, how many **columns** does the result have, that is, how long is its "
        "last axis? Write 0 for one that is an error."
    ),
    stub="product_width = {\n" + "".join(f'    "{name}": ...,\n' for name in WIDTHS) + "}\n",
    solution=WIDTHS,
    cases=lambda: [Case((), WIDTHS)],
    judge=judge_whole_numbers,
    hints=(
        "Look at the two lengths in the middle: the last of the left array, the first of the right "
        "one. If they differ, there is no product.",
        "If they are equal, they disappear. What is left on the right is the number of columns.",
        "With more axes on the left, the product is taken over its last axis: for (32, 8, 8) that "
        "is 8, for (4, 9, 50) it is 50.",
    ),
    passed="The two lengths in the middle must be equal, and they disappear.",
    mistakes=(
        Mistake(
            "takes the weight as torch.nn.Linear stores it",
            "torch.nn.Linear stores its weight so, and swaps the axes when it computes. Here "
            "nobody swaps them: which two lengths stand in the middle?",
            answers=(WIDTHS | AS_TORCH_STORES_IT,),
            recognise=only(AS_TORCH_STORES_IT),
        ),
        Mistake(
            "the order does not matter",
            "In (64, 16) @ (32, 64) 16 meets 32. Unlike numbers, matrices cannot change places in "
            "a product.",
            answers=(WIDTHS | ORDER_DOES_NOT_MATTER,),
            recognise=only(ORDER_DOES_NOT_MATTER),
        ),
        Mistake(
            "flattens by itself",
            "A product does not flatten. The last axis of (32, 8, 8) is 8, and 8 is not 64: "
            "reshape to (32, 64) first.",
            answers=(WIDTHS | FLATTENS,),
            recognise=only(FLATTENS),
        ),
        Mistake(
            "allows two axes only",
            "More axes in front are carried along: each of the 4 · 9 rows of 50 numbers meets the "
            "matrix. So an embedded text goes through a dense layer place by place.",
            answers=(WIDTHS | TWO_AXES_ONLY,),
            recognise=only(TWO_AXES_ONLY),
        ),
        Mistake(
            "keeps the middle",
            "The length in the middle is summed over and disappears. The columns are those of the "
            "right matrix.",
            answers=(WIDTHS | THE_MIDDLE, WIDTHS | {DENSE: 64}),
            recognise=only(THE_MIDDLE),
        ),
        Mistake(
            "gives the number of rows",
            "That is the length of the first axis, the examples. The columns are the last axis: "
            "those of the right matrix.",
            answers=(WIDTHS | ROWS,),
            recognise=only(ROWS),
        ),
        Mistake(
            "overlooks the .T",
            "(16, 64).T has shape (64, 16), so 64 meets 64.",
            answers=(WIDTHS | KEEPS_THE_SHAPE,),
            recognise=only(KEEPS_THE_SHAPE),
        ),
        Mistake(
            "a single column is none",
            "This product exists: 64 meets 64. How long is the last axis of what remains?",
            answers=(WIDTHS | NO_COLUMN,),
            recognise=only(NO_COLUMN),
        ),
        Mistake(
            "writes a word for an error",
            "A product that does not exist is written as the number 0 here.",
            answers=(WIDTHS | IN_WORDS,),
            recognise=only(IN_WORDS),
        ),
    ),
    also_right=(
        {name: float(width) for name, width in WIDTHS.items()},
        dict(reversed(WIDTHS.items())),
    ),
)
