"""Predict: which single number is the best answer under each loss?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

MEAN, MEDIAN = "mean", "median"
BEST = {
    "squared error, averaged": MEAN,
    "absolute error, averaged": MEDIAN,
    "squared error, summed": MEAN,
    "square root of the mean squared error": MEAN,
    "Huber with δ = 0.001": MEDIAN,
    "Huber with δ = 1000": MEAN,
}
SQUARED, ABSOLUTE, SUMMED, ROOT, SMALL, LARGE = BEST


def instead(**words):
    """The right answer with some entries replaced."""
    keys = {"squared": SQUARED, "absolute": ABSOLUTE, "summed": SUMMED, "root": ROOT,
            "small": SMALL, "large": LARGE}
    return {**BEST, **{keys[short]: word for short, word in words.items()}}


EXERCISE = Exercise(
    identifier="losses.best_constant",
    title="one number for everybody",
    level="predict",
    prompt=(
        "A model ignores its input and answers with one number c for all targets 1, 2, 3, 4 and "
        "100 (mean 22, median 3). To which of the two does training drive c, under each loss? "
        'Replace each `...` by `"mean"` or `"median"`, whichever c reaches exactly or very nearly. '
        "After this exercise such a model is measured on real targets."
    ),
    stub="""\
best_constant = {
    "squared error, averaged": ...,
    "absolute error, averaged": ...,
    "squared error, summed": ...,
    "square root of the mean squared error": ...,
    "Huber with δ = 0.001": ...,
    "Huber with δ = 1000": ...,
}
""",
    solution=BEST,
    cases=lambda: [Case((), BEST)],
    judge=judge_words(MEAN, MEDIAN),
    hints=(
        "At the best c the slope is zero. What does each target contribute to the slope?",
        "Squared error: 2(c - y), so the distances must balance. Absolute error: +1 or -1, so the "
        "numbers of targets on both sides must balance.",
        "Every error here is below 1000, and nearly every error is above 0.001: which half of "
        "Huber's formula is then in use?",
    ),
    passed="A loss is a question. The squared error asks for the mean, the absolute one for the "
           "median.",
    mistakes=(
        Mistake(
            "takes Huber for robust whatever δ is",
            "With δ = 1000 all errors are inside δ, where Huber is half the squared error, and "
            "asks for the mean. Only errors beyond δ are treated gently.",
            answers=(instead(large=MEDIAN),),
            recognise=only_these_wrong(BEST, {(LARGE, MEDIAN)}),
        ),
        Mistake(
            "turns δ round",
            "δ is where the parabola ends. A tiny δ leaves nothing but straight lines, like the "
            "absolute error; a huge one nothing but the parabola.",
            answers=(instead(large=MEDIAN, small=MEAN), instead(small=MEAN)),
            recognise=only_these_wrong(
                BEST, {(SMALL, MEAN), (LARGE, MEDIAN)}, needs={(SMALL, MEAN)}),
        ),
        Mistake(
            "lets the reduction move the minimum",
            "Multiplying by the number of targets, or taking a root, changes the height of the "
            "curve and not the place of its lowest point.",
            answers=(instead(summed=MEDIAN), instead(root=MEDIAN),
                     instead(summed=MEDIAN, root=MEDIAN),
                     instead(summed=MEDIAN, absolute=MEAN)),         # by the word "averaged"
            recognise=only_these_wrong(
                BEST, {(SUMMED, MEDIAN), (ROOT, MEDIAN), (ABSOLUTE, MEAN)},
                needs={(SUMMED, MEDIAN), (ROOT, MEDIAN)}),
        ),
        Mistake(
            "expects the mean everywhere",
            "The absolute error pulls with the same force however far a target is: the 100 counts "
            "as one target above, no more.",
            answers=(dict.fromkeys(BEST, MEAN), instead(absolute=MEAN)),
            recognise=only_these_wrong(
                BEST, {(ABSOLUTE, MEAN), (SMALL, MEAN)}, needs={(ABSOLUTE, MEAN)}),
        ),
        Mistake(
            "swaps mean and median",
            "Squaring makes the far target count most. Which of the two numbers does a far target "
            "move?",
            answers=({name: MEDIAN if word == MEAN else MEAN for name, word in BEST.items()},),
        ),
    ),
    also_right=({name: f" {word.upper()}" for name, word in BEST.items()},),
)
