"""Predict: which activations answer symmetric input with output that averages to zero?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

POSITIVE, ZERO, NEGATIVE = "positive", "zero", "negative"
MEANS = {
    "ELU": POSITIVE,
    "leaky ReLU, slope 0.01": POSITIVE,
    "sigmoid": POSITIVE,
    "tanh": ZERO,
    "GELU": POSITIVE,
    "the step function: 0 or 1": POSITIVE,
}


def instead(**words):
    """The right answer with some entries replaced; keys by their first word."""
    return {
        name: next((words[key] for key in words if name.lower().startswith(key)), word)
        for name, word in MEANS.items()
    }


ELU = {("ELU", ZERO), ("ELU", NEGATIVE)}
LEAKY = ("leaky ReLU, slope 0.01", ZERO)
GELU_ZERO = ("GELU", ZERO)
BELOW = {("leaky ReLU, slope 0.01", NEGATIVE), ("GELU", NEGATIVE)}
SIGMOID = ("sigmoid", ZERO)
STEP = ("the step function: 0 or 1", ZERO)

EXERCISE = Exercise(
    identifier="activations.zero_centred",
    title="where is the middle?",
    level="predict",
    prompt=(
        "The pre-activations are drawn from the standard normal distribution, so they average to "
        '0. What do the outputs average to? Replace each `...` by `"positive"`, `"zero"` or '
        '`"negative"`, then measure below.'
    ),
    stub="""\
zero_centred = {
    "ELU": ...,
    "leaky ReLU, slope 0.01": ...,
    "sigmoid": ...,
    "tanh": ...,
    "GELU": ...,
    "the step function: 0 or 1": ...,
}
""",
    solution=MEANS,
    cases=lambda: [Case((), MEANS)],
    judge=judge_words(POSITIVE, ZERO, NEGATIVE),
    hints=(
        "Pair each input with its negative: does the output of the one cancel that of the other?",
        "Only a function with f(-x) = -f(x) cancels exactly.",
        "Leaky ReLU takes 1 to 1 and -1 to -0.01. What does that pair average to?",
    ),
    passed=(
        "To have negative values is not to be centred: leaky ReLU averages 0.395, ReLU 0.399."
    ),
    mistakes=(
        Mistake(
            "takes negative values for a centre at zero",
            "Having negative values is not the same as averaging to zero or below. For the pair 1 "
            "and -1 leaky ReLU gives 1 and -0.01: far from cancelling. GELU gives 0.84 and -0.16, "
            "ELU 1 and -0.63.",
            answers=(instead(leaky=ZERO), instead(gelu=ZERO), instead(leaky=ZERO, gelu=ZERO),
                     instead(elu=ZERO)),
            recognise=only_these_wrong(MEANS, {LEAKY, GELU_ZERO, *BELOW, *ELU}),
        ),
        Mistake(
            "lets values that are never negative average to zero",
            "The sigmoid and the step are never negative, and not always 0. Can such numbers "
            "average to 0?",
            answers=(instead(sigmoid=ZERO), instead(sigmoid=ZERO, the=ZERO)),
            recognise=only_these_wrong(MEANS, {SIGMOID, STEP}),
        ),
        Mistake(
            "takes the sign of tanh for positive",
            "What does tanh give for x and for -x, and what do these two add up to?",
            answers=(instead(tanh=POSITIVE), instead(tanh=NEGATIVE)),
            recognise=only_these_wrong(MEANS, {("tanh", POSITIVE), ("tanh", NEGATIVE)}),
        ),
        Mistake(
            "thinks that centred input gives centred output",
            "Only if the function is symmetric, f(-x) = -f(x). Of these six, just one is.",
            answers=(dict.fromkeys(MEANS, ZERO),),
        ),
    ),
    also_right=({name: f" {word.upper()}" for name, word in MEANS.items()},),
)
