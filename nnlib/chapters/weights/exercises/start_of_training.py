"""Predict: what becomes of a network of ten ReLU layers with these first weights?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

STUCK, TWINS, FADES, EXPLODES, READY = "stuck", "twins", "fades", "explodes", "ready"

STARTS = {
    "all weights 0": STUCK,
    "all weights 1/256": TWINS,
    "normal with standard deviation 0.01": FADES,
    "normal with standard deviation 1": EXPLODES,
    "normal with variance 2/256": READY,
}


def answer(**changes):
    """The right answers with some changed; keys are positions: n0 to n4."""
    names = list(STARTS)
    return {**STARTS, **{names[int(key[1:])]: value for key, value in changes.items()}}


def wrong(*pairs):
    """Recognise answers in which some of these (position, word) are wrong, and nothing else."""
    names = list(STARTS)
    return only_these_wrong(STARTS, {(names[position], word) for position, word in pairs})


EXERCISE = Exercise(
    identifier="weights.start_of_training",
    title="five ways to start",
    level="predict",
    prompt=(
        "Ten dense layers of 256 units with ReLU, biases 0, and five choices of first weights. "
        'What happens? `"stuck"`: no weight ever moves. `"twins"`: units move, but all of a hidden '
        'layer alike. `"fades"`: the signal is next to nothing after ten layers. `"explodes"`: it '
        'is enormous. `"ready"`: it keeps its size. (The variance is the square of the standard '
        'deviation.) Replace each `...`; every word fits once.'
    ),
    stub="start_of_training = {\n"
    + "".join(f'    "{name}": ...,\n' for name in STARTS)
    + "}\n",
    solution=STARTS,
    cases=lambda: [Case((), STARTS)],
    judge=judge_words(STUCK, TWINS, FADES, EXPLODES, READY),
    hints=(
        "Two of the five are not random at all. What tells two units of a layer apart there?",
        "A ReLU layer of 256 units multiplies the mean square of its inputs by 256 · Var(w) / 2. "
        "Which variance makes that 1?",
        "For the three random ones work out that factor, ten times over. For the two others: "
        "where all weights are 0, does any signal or gradient arrive?",
    ),
    passed="Random to be different, and scaled by the number of inputs to keep the signal's size.",
    mistakes=(
        Mistake(
            "takes zeros and equal constants for the same",
            "Equal constants pass a signal on and a gradient back, the same for every unit. With "
            "all zeros and ReLU, nothing passes either way.",
            answers=(answer(n0=TWINS, n1=STUCK), answer(n0=TWINS), answer(n1=STUCK)),
            recognise=wrong((0, TWINS), (1, STUCK)),
        ),
        Mistake(
            "takes small random weights for safe",
            "Small is not enough: deviation 0.01 shrinks the signal about ninefold in every layer "
            "of 256 units. The right deviation depends on the number of inputs.",
            answers=(answer(n2=READY, n4=FADES), answer(n2=READY)),
            recognise=wrong((2, READY), (4, FADES)),
        ),
        Mistake(
            "takes unit-normal weights for neutral",
            "256 terms of variance 1 sum to a variance of 256: each layer makes the signal about "
            "eleven times as large.",
            answers=(answer(n3=READY, n4=EXPLODES), answer(n3=READY)),
            recognise=wrong((3, READY), (4, EXPLODES)),
        ),
        Mistake(
            "confuses fading with exploding",
            "Work out 256 · Var(w) / 2 for both: below 1 the signal fades, above 1 it explodes.",
            answers=(answer(n2=EXPLODES, n3=FADES), answer(n3=FADES)),
            recognise=wrong((2, EXPLODES), (3, FADES)),
        ),
        Mistake(
            "takes equal constants for a working start",
            "Whatever its size, one number for all weights gives units that stay equal for ever: "
            "256 of them do the work of one.",
            answers=(answer(n1=READY, n4=TWINS), answer(n1=READY)),
            recognise=wrong((1, READY), (4, TWINS)),
        ),
        Mistake(
            "takes fading for standing still",
            "Deviation 0.01 still passes a small signal on and a small gradient back, so weights "
            "move. With all zeros and ReLU nothing passes at all.",
            answers=(answer(n0=FADES, n2=STUCK), answer(n0=FADES), answer(n2=STUCK)),
            recognise=wrong((0, FADES), (2, STUCK)),
        ),
        Mistake(
            "takes small for alike",
            "Units are twins where their weights are equal. Random ones differ, however small; "
            "1/256 everywhere is equal.",
            answers=(answer(n1=FADES, n2=TWINS), answer(n1=FADES), answer(n2=TWINS)),
            recognise=wrong((1, FADES), (2, TWINS)),
        ),
    ),
    also_right=(
        {name: f"{word.upper()} " for name, word in STARTS.items()},
        dict(reversed(STARTS.items())),
    ),
)
