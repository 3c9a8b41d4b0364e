"""Compute: how many outputs has a convolution or a pooling layer along one axis?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

# Together they tell every mistake from the others.
SETTINGS = {
    "28 pixels, kernel 5, stride 1, padding 0": (28, 5, 1, 0),
    "28 pixels, kernel 5, stride 1, padding 2": (28, 5, 1, 2),
    "28 pixels, kernel 3, stride 2, padding 1": (28, 3, 2, 1),
    "32 pixels, kernel 5, stride 3, padding 0": (32, 5, 3, 0),
    "31 pixels, kernel 2, stride 2, padding 0": (31, 2, 2, 0),
}
SIZES = {
    "28 pixels, kernel 5, stride 1, padding 0": 24,
    "28 pixels, kernel 5, stride 1, padding 2": 28,
    "28 pixels, kernel 3, stride 2, padding 1": 14,
    "32 pixels, kernel 5, stride 3, padding 0": 10,
    "31 pixels, kernel 2, stride 2, padding 0": 15,
}


def by(rule):
    """What a wrong rule gives for all settings."""
    return {name: rule(*setting) for name, setting in SETTINGS.items()}


def only(answer, needs=()):
    """Recognise answers in which some of the wrong entries of this one are what is wrong."""
    wrong = set(answer.items()) - set(SIZES.items())
    return only_these_wrong(SIZES, wrong, needs={pair for pair in wrong if pair[0] in needs})


STEPS = by(lambda n, k, s, p: (n + 2 * p - k) // s)
ONE_SIDE = by(lambda n, k, s, p: (n + p - k) // s + 1)
ROUNDED_UP = by(lambda n, k, s, p: -(-(n + 2 * p - k) // s) + 1)
NO_STRIDE = by(lambda n, k, s, p: n + 2 * p - k + 1)
NO_KERNEL = by(lambda n, k, s, p: (n + 2 * p) // s)
NO_PADDING = by(lambda n, k, s, p: (n - k) // s + 1)
SQUARED = by(lambda n, k, s, p: ((n + 2 * p - k) // s + 1) ** 2)
PADDED_MOST = "28 pixels, kernel 5, stride 1, padding 2"


EXERCISE = Exercise(
    identifier="layers.output_size",
    title="how large is the output?",
    level="compute",
    prompt=(
        "Five layers, each along one axis: how many positions has the window? Padding is added on "
        "**each** side. Replace each `...` by a whole number."
    ),
    stub="output_size = {\n" + "".join(f'    "{name}": ...,\n' for name in SIZES) + "}\n",
    solution=SIZES,
    cases=lambda: [Case((), SIZES)],
    judge=judge_whole_numbers,
    hints=(
        "The padded axis has n + 2p pixels. How far can the window move before its end meets "
        "theirs?",
        "It can move n + 2p − k pixels, in whole steps of s. Where it starts is a position too.",
        "One that is not asked: 10 pixels, kernel 3, stride 2, padding 0. The window can move 7 "
        "pixels, that is 3 whole steps, and has 4 positions.",
    ),
    passed="The floor is where pixels get lost: of 31 pixels, pooling by 2 never sees the last.",
    mistakes=(
        Mistake(
            "forgets the first position",
            "Something is one too few: that is the number of steps. The window also stands where "
            "it starts.",
            answers=(STEPS,),
            recognise=only(STEPS),
        ),
        Mistake(
            "pads one side only",
            "Padding is added on both sides. Here it was counted once.",
            answers=(ONE_SIDE,),
            recognise=only(ONE_SIDE),
        ),
        Mistake(
            "rounds up",
            "A last window that would stick out is counted. Only whole windows are.",
            answers=(ROUNDED_UP,),
            recognise=only(ROUNDED_UP),
        ),
        Mistake(
            "ignores the stride",
            "With a stride above 1 the window takes longer steps, so there are fewer positions.",
            answers=(NO_STRIDE,),
            recognise=only(NO_STRIDE),
        ),
        Mistake(
            "ignores the kernel",
            "The window itself takes up k pixels, so it cannot move through all of the axis.",
            answers=(NO_KERNEL,),
            recognise=only(NO_KERNEL),
        ),
        Mistake(
            "ignores the padding",
            "The padding is missing: the axis grows by p at each end before the window moves.",
            answers=(NO_PADDING,),
            recognise=only(NO_PADDING, needs={PADDED_MOST}),
        ),
        Mistake(
            "counts both axes",
            "Those are the positions in a square image. Asked are those along one axis.",
            answers=(SQUARED,),
            recognise=only(SQUARED),
        ),
    ),
    also_right=(
        {name: float(size) for name, size in SIZES.items()},
        dict(reversed(SIZES.items())),
    ),
)
