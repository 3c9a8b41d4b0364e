"""Predict: which output layer does a task ask for?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

HEADS = ("1 linear", "3 linear", "1 sigmoid", "3 softmax", "3 sigmoid")
SPECIES = "which of 3 species is this iris?"
TUMOUR = "is this tumour benign, yes or no?"
PRICE = "what will this house sell for?"
BODY = "weight, waist and pulse of a person"
TOPICS = "which of 3 topics does this article touch (any number of them)?"

HEAD_OF = {
    SPECIES: "3 softmax",
    TUMOUR: "1 sigmoid",
    PRICE: "1 linear",
    BODY: "3 linear",
    TOPICS: "3 sigmoid",
}


def answered(**changes):
    """The right answers with some exchanged, by the names of the tasks above."""
    return HEAD_OF | {globals()[name]: head for name, head in changes.items()}


def only(*pairs, beside=()):
    """Recognise answers in which some of these (task, head) are wrong, perhaps with others."""
    return only_these_wrong(HEAD_OF, {*pairs, *beside}, needs=pairs)


EXERCISE = Exercise(
    identifier="layers.output_layer",
    title="the last layer",
    level="predict",
    prompt=(
        "The task decides the last layer: how many units, and what follows them. Replace each "
        '`...` by one of `"1 linear"`, `"3 linear"`, `"1 sigmoid"`, `"3 softmax"`, '
        '`"3 sigmoid"`. Each is used once.'
    ),
    stub="""\
output_layer = {
    "which of 3 species is this iris?": ...,
    "is this tumour benign, yes or no?": ...,
    "what will this house sell for?": ...,
    "weight, waist and pulse of a person": ...,
    "which of 3 topics does this article touch (any number of them)?": ...,
}
""",
    solution=HEAD_OF,
    cases=lambda: [Case((), HEAD_OF)],
    judge=judge_words(*HEADS),
    hints=(
        "Ask two things of each: how many numbers come out, and may they be any number, or are "
        "they probabilities?",
        "Softmax shares one whole among the classes: right where exactly one of them is true. "
        "Sigmoids answer several yes-or-no questions independently.",
        "As many numbers as are asked for, so many units. What may be any number must not be "
        "squeezed.",
    ),
    passed="One unit for each number that is asked for; the kind of number decides what follows.",
    mistakes=(
        Mistake(
            "shares one whole among labels that may all be true",
            "An article may touch all three topics or none. Softmax makes the three numbers sum "
            "to 1, so two can never both be near 1.",
            answers=(answered(TOPICS="3 softmax"), answered(TOPICS="3 softmax",
                                                            SPECIES="3 sigmoid")),
            recognise=only((TOPICS, "3 softmax"), (SPECIES, "3 sigmoid")),
        ),
        Mistake(
            "squeezes a quantity into a probability",
            "A price or a weight is not between 0 and 1: sigmoid and softmax could never give it.",
            answers=(answered(PRICE="1 sigmoid"), answered(BODY="3 softmax"),
                     answered(BODY="3 sigmoid", PRICE="1 sigmoid"),
                     answered(TUMOUR="1 linear", PRICE="1 sigmoid"),
                     answered(TOPICS="3 linear", BODY="3 sigmoid"),
                     answered(SPECIES="3 linear", BODY="3 softmax")),
            recognise=only((PRICE, "1 sigmoid"), (BODY, "3 softmax"), (BODY, "3 sigmoid"),
                           beside=((TUMOUR, "1 linear"), (TOPICS, "3 linear"),
                                   (SPECIES, "3 linear"))),
        ),
        Mistake(
            "one unit for all targets of a regression",
            "One number cannot be a weight, a waist and a pulse at once.",
            answers=(answered(BODY="1 linear"), answered(BODY="1 linear", PRICE="3 linear")),
            recognise=only((BODY, "1 linear"), (PRICE, "3 linear")),
        ),
        Mistake(
            "leaves probabilities linear",
            "What may or may not be so is answered by probabilities. A linear unit may say 7.3.",
            answers=(answered(TUMOUR="1 linear"), answered(SPECIES="3 linear")),
            recognise=only((TUMOUR, "1 linear"), (SPECIES, "3 linear"), (TOPICS, "3 linear")),
        ),
    ),
    also_right=(
        {task: f" {head.upper()}" for task, head in HEAD_OF.items()},
        dict(reversed(HEAD_OF.items())),
    ),
)
