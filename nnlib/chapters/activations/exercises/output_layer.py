"""Predict: how to shape an output to what its target may be, and which activation sits where."""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

NONE, SIGMOID, STRETCHED, SOFTPLUS, SOFTMAX, TANH = WORDS = (
    "none", "sigmoid", "stretched sigmoid", "softplus", "softmax", "tanh",
)
CHOICES = {
    "minutes until the next bus": SOFTPLUS,
    "a rating from 0 to 10, fractions allowed": STRETCHED,
    "the change of a price, up or down": NONE,
    "a digit from 0 to 9, or an eleventh class: no digit": SOFTMAX,
    "which of 20 symptoms a patient has, perhaps none": SIGMOID,
    "a valve inside a layer, from shut to open": SIGMOID,
    "a number from -1 to 1 that the valve lets through": TANH,
}
BUS, RATING, PRICE, DIGIT, SYMPTOMS, VALVE, SIGNED = CHOICES


def instead(*pairs):
    """The right choices with some of them replaced."""
    return {**CHOICES, **dict(pairs)}


EXERCISE = Exercise(
    identifier="activations.output_layer",
    title="what may come out?",
    level="predict",
    prompt=(
        "Choose for each place what people would put there first, by the numbers that may come "
        "out. Replace each `...` by "
        + ", ".join(f'`"{word}"`' for word in WORDS[:-1]) + f' or `"{TANH}"`. '
        "One sigmoid for each of several outputs is `\"sigmoid\"`, too. Stretch only where no "
        "function has the range already."
    ),
    stub="output_layer = {\n" + "".join(f'    "{name}": ...,\n' for name in CHOICES) + "}\n",
    solution=CHOICES,
    cases=lambda: [Case((), CHOICES)],
    judge=judge_words(*WORDS),
    hints=(
        "Ask of each: which numbers may come out, and must several of them sum to 1?",
        "Softmax shares out exactly 1 among classes of which one is true. Where several may be "
        "true, or none, each needs a yes or no of its own.",
        "Compare ranges: (0, 1), (-1, 1), (0, ∞), (low, high), all numbers. Each belongs to one of "
        "the words.",
    ),
    passed="The output follows from what the target may be, and from nothing else.",
    mistakes=(
        Mistake(
            "one softmax for several labels",
            "A softmax shares out 1: two true labels would have to split it, and with none true it "
            "still has to go somewhere. Each label is a question of its own.",
            answers=(instead((SYMPTOMS, SOFTMAX)),),
            recognise=only_these_wrong(CHOICES, {(SYMPTOMS, SOFTMAX)}),
        ),
        Mistake(
            "leaves a bounded or positive target unbounded",
            "Without an activation the prediction can be any number: a bus in minus three minutes, "
            "or a rating of 13. Which functions have a lower end, which have two?",
            answers=(instead((BUS, NONE)), instead((RATING, NONE)),
                     instead((BUS, NONE), (RATING, NONE))),
            recognise=only_these_wrong(CHOICES, {(BUS, NONE), (RATING, NONE), (SIGNED, NONE)}),
        ),
        Mistake(
            "a range too small for the target",
            "A sigmoid never leaves 0 to 1, tanh -1 to 1: most minutes, ratings and prices lie "
            "outside. The range has to be that of the target.",
            answers=(instead((RATING, SIGMOID)), instead((PRICE, TANH)), instead((BUS, SIGMOID))),
            recognise=only_these_wrong(
                CHOICES,
                {(place, word) for place in (BUS, RATING, PRICE) for word in (SIGMOID, TANH)},
            ),
        ),
        Mistake(
            "ends that nobody knows",
            "A stretched sigmoid promises that nothing lies beyond its ends. Neither a wait nor a "
            "price has a largest value that you know beforehand.",
            answers=(instead((BUS, STRETCHED)), instead((PRICE, STRETCHED))),
            recognise=only_these_wrong(CHOICES, {(BUS, STRETCHED), (PRICE, STRETCHED)}),
        ),
        Mistake(
            "stretches where a function fits",
            "A sigmoid stretched to reach from -1 to 1 is tanh, but for the scale of its input: "
            "which of the words has that range already?",
            answers=(instead((SIGNED, STRETCHED)),),
            recognise=only_these_wrong(CHOICES, {(SIGNED, STRETCHED)}),
        ),
        Mistake(
            "takes tanh for a valve",
            "A valve multiplies: 0 shuts it and 1 opens it. What passes through it may be "
            "negative.",
            answers=(instead((VALVE, TANH)), instead((VALVE, TANH), (SIGNED, SIGMOID))),
            recognise=only_these_wrong(CHOICES, {(VALVE, TANH), (SIGNED, SIGMOID)}),
        ),
        Mistake(
            "separate yeses and noes for one class",
            "Exactly one of the eleven is true, since no digit is a class here as well: they "
            "exclude each other, and their probabilities should sum to 1.",
            answers=(instead((DIGIT, SIGMOID)),),
            recognise=only_these_wrong(CHOICES, {(DIGIT, SIGMOID)}),
        ),
        Mistake(
            "cuts off half of the changes",
            "A price falls as well as rises; softplus is never negative.",
            answers=(instead((PRICE, SOFTPLUS)),),
            recognise=only_these_wrong(CHOICES, {(PRICE, SOFTPLUS)}),
        ),
    ),
    also_right=({name: f"{choice.upper()} " for name, choice in CHOICES.items()},),
)
