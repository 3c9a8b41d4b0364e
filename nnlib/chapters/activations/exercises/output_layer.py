"""Predict: which activation belongs where?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

NONE, SIGMOID, SOFTMAX, RELU, TANH = "none", "sigmoid", "softmax", "relu", "tanh"
CHOICES = {
    "output: is this mail spam?, one unit": SIGMOID,
    "output: which one of ten digits?": SOFTMAX,
    "output: disease progression, from 25 to 346": NONE,
    "output: all genres of a film, one to three of eight": SIGMOID,
    "hidden layers of a small dense network": RELU,
    "gates of an LSTM": SIGMOID,
    "candidate values of an LSTM": TANH,
}
SPAM, DIGIT, DISEASE, FILM, HIDDEN, GATES, CANDIDATE = CHOICES


def instead(**words):
    """The right choices with one of them replaced."""
    keys = {"spam": SPAM, "digit": DIGIT, "disease": DISEASE, "film": FILM, "hidden": HIDDEN,
            "gates": GATES, "candidate": CANDIDATE}
    return {**CHOICES, **{keys[short]: word for short, word in words.items()}}


EXERCISE = Exercise(
    identifier="activations.output_layer",
    title="the right one in the right place",
    level="predict",
    prompt=(
        "Choose for each place the activation that people would use first. Replace each `...` by "
        '`"none"`, `"sigmoid"`, `"softmax"`, `"relu"` or `"tanh"`. For outputs, choose '
        "what turns the score into the answer; in training, the loss takes the scores themselves."
    ),
    stub="""\
output_layer = {
    "output: is this mail spam?, one unit": ...,
    "output: which one of ten digits?": ...,
    "output: disease progression, from 25 to 346": ...,
    "output: all genres of a film, one to three of eight": ...,
    "hidden layers of a small dense network": ...,
    "gates of an LSTM": ...,
    "candidate values of an LSTM": ...,
}
""",
    solution=CHOICES,
    cases=lambda: [Case((), CHOICES)],
    judge=judge_words(NONE, SIGMOID, SOFTMAX, RELU, TANH),
    hints=(
        "Ask of each output: which numbers may come out, and must they sum to 1?",
        "A softmax can give only one winner; several true labels need a yes or no for each.",
        "A gate is a valve between 0 and 1; a candidate may be negative.",
    ),
    passed="The output follows from what the target may be; the hidden layers from how it trains.",
    mistakes=(
        Mistake(
            "one softmax for several labels",
            "A softmax shares out one unit of probability: two true genres would have to split it. "
            "Several labels at once need a sigmoid for each.",
            answers=(instead(film=SOFTMAX),),
            recognise=only_these_wrong(CHOICES, {(FILM, SOFTMAX)}),
        ),
        Mistake(
            "squeezes a regression output",
            "This target runs from 25 to 346. A sigmoid or tanh never leaves its small range, and "
            "a ReLU unit can die: a regression output has no activation.",
            answers=(instead(disease=RELU), instead(disease=SIGMOID), instead(disease=TANH)),
            recognise=only_these_wrong(CHOICES, {(DISEASE, w) for w in (RELU, SIGMOID, TANH)}),
        ),
        Mistake(
            "takes tanh for a gate",
            "A gate multiplies: 0 closes it and 1 opens it, so it needs the sigmoid. "
            "tanh shapes the candidate, which may be negative.",
            answers=(instead(gates=TANH), instead(gates=TANH, candidate=SIGMOID)),
            recognise=only_these_wrong(CHOICES, {(GATES, TANH), (CANDIDATE, SIGMOID)}),
        ),
        Mistake(
            "softmax over a single unit",
            "A softmax over one logit is always 1, whatever the logit. One unit needs the sigmoid.",
            answers=(instead(spam=SOFTMAX),),
            recognise=only_these_wrong(CHOICES, {(SPAM, SOFTMAX)}),
        ),
        Mistake(
            "ten separate yeses and noes",
            "A digit is exactly one of ten: the classes exclude each other, so the probabilities "
            "should sum to 1.",
            answers=(instead(digit=SIGMOID),),
            recognise=only_these_wrong(CHOICES, {(DIGIT, SIGMOID)}),
        ),
        Mistake(
            "a saturating hidden layer",
            "Sigmoid and tanh saturate, and their slopes multiply through the layers. ReLU is the "
            "usual first choice for hidden layers.",
            answers=(instead(hidden=SIGMOID), instead(hidden=TANH)),
            recognise=only_these_wrong(CHOICES, {(HIDDEN, SIGMOID), (HIDDEN, TANH)}),
        ),
    ),
    also_right=({name: f"{choice.upper()} " for name, choice in CHOICES.items()},),
)
