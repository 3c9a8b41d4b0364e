"""Predict: which loss belongs to which task and output?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

MSE, HUBER, BCE, CE = "mse", "huber", "bce", "ce"
LOSSES = {
    "tomorrow's temperature, clean targets, large errors count extra": MSE,
    "a price, a few targets are off by a factor of ten": HUBER,
    "fraud or not, one logit": BCE,
    "fraud or not, two logits": CE,
    "one of 1,000 objects in a picture": CE,
    "all objects in a picture, any number of 1,000": BCE,
    "three body measures at once, large errors count extra": MSE,
}
HEAT, PRICE, ONE, TWO, OBJECT, OBJECTS, BODY = LOSSES


def instead(**words):
    """The right choices with some of them replaced."""
    keys = {"heat": HEAT, "price": PRICE, "one": ONE, "two": TWO, "object": OBJECT,
            "objects": OBJECTS, "body": BODY}
    return {**LOSSES, **{keys[short]: word for short, word in words.items()}}


EXERCISE = Exercise(
    identifier="losses.loss_for_task",
    title="the loss that fits",
    level="predict",
    prompt=(
        'Choose for each task and output: `"mse"`, `"huber"`, `"bce"` (binary cross-entropy with '
        'logits) or `"ce"` (cross-entropy over classes). Replace each `...`.'
    ),
    stub="""\
loss_for_task = {
    "tomorrow's temperature, clean targets, large errors count extra": ...,
    "a price, a few targets are off by a factor of ten": ...,
    "fraud or not, one logit": ...,
    "fraud or not, two logits": ...,
    "one of 1,000 objects in a picture": ...,
    "all objects in a picture, any number of 1,000": ...,
    "three body measures at once, large errors count extra": ...,
}
""",
    solution=LOSSES,
    cases=lambda: [Case((), LOSSES)],
    judge=judge_words(MSE, HUBER, BCE, CE),
    hints=(
        "Is the target a number, or a yes or no, or one of several classes?",
        "If several labels can be true together, each of them is a yes-or-no question of its own.",
        "Two logits for two classes that exclude each other are classes; one logit is one "
        "question.",
    ),
    passed="What the target may be decides the loss, and the loss decides what the last layer "
           "gives.",
    mistakes=(
        Mistake(
            "one winner among several true labels",
            "A picture may hold a cat and a sofa. Cross-entropy over classes allows one winner.",
            answers=(instead(objects=CE),),
            recognise=only_these_wrong(LOSSES, {(OBJECTS, CE)}),
        ),
        Mistake(
            "a thousand separate questions for one answer",
            "Exactly one object is asked for, so the classes exclude each other and their "
            "probabilities should sum to 1.",
            answers=(instead(object=BCE), instead(object=BCE, objects=CE)),
            recognise=only_these_wrong(
                LOSSES, {(OBJECT, BCE), (OBJECTS, CE)}, needs={(OBJECT, BCE)}),
        ),
        Mistake(
            "counts answers, not logits",
            "One logit is one yes-or-no question, two logits are two classes. Both can say fraud "
            "or not; the loss follows the number of logits.",
            answers=(instead(one=CE), instead(two=BCE), instead(one=CE, two=BCE)),
            recognise=only_these_wrong(LOSSES, {(ONE, CE), (TWO, BCE)}),
        ),
        Mistake(
            "squares the outliers",
            "An error ten times as large costs a hundred times as much here and pulls ten times as "
            "hard: the few wrong targets lead.",
            answers=(instead(price=MSE),),
            recognise=only_these_wrong(LOSSES, {(PRICE, MSE)}),
        ),
        Mistake(
            "treats every measured number with Huber",
            "Huber limits the pull of large errors. That is for targets that may be wrong, and "
            "the opposite of what is wanted where large errors should count extra.",
            answers=(instead(heat=HUBER), instead(heat=HUBER, body=HUBER), instead(body=HUBER),
                     instead(heat=HUBER, price=MSE)),
            recognise=only_these_wrong(
                LOSSES, {(HEAT, HUBER), (BODY, HUBER), (PRICE, MSE)},
                needs={(HEAT, HUBER), (BODY, HUBER)}),
        ),
        Mistake(
            "treats class numbers as quantities",
            "Class 7 is not seven times class 1, and an error of two classes is not worse than one "
            "of one.",
            answers=(instead(object=MSE), instead(objects=MSE)),
            recognise=only_these_wrong(
                LOSSES, {(name, MSE) for name in (ONE, TWO, OBJECT, OBJECTS)},
                needs={(OBJECT, MSE), (OBJECTS, MSE)}),
        ),
        Mistake(
            "squares the error of a yes or no",
            "Squared error asks for the probability too, but is flat where the model is most "
            "wrong.",
            answers=(instead(one=MSE), instead(one=MSE, two=MSE), instead(two=MSE)),
            recognise=only_these_wrong(LOSSES, {(ONE, MSE), (TWO, MSE)}),
        ),
        Mistake(
            "takes several numbers for classes",
            "Three measures are three numbers, not three classes and not three yes-or-no "
            "questions.",
            answers=(instead(body=CE), instead(body=BCE)),
            recognise=only_these_wrong(LOSSES, {(BODY, CE), (BODY, BCE)}),
        ),
    ),
    also_right=({name: f"{loss.upper()} " for name, loss in LOSSES.items()},),
)
