"""Predict: what holds of the squared error of a probability, and what of the cross-entropy?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

SQUARED, CROSSED, BOTH = "squared", "cross-entropy", "both"
HOLDS = {
    "averaged over labels 0 and 1, lowest at their share of ones": BOTH,
    "with label 0.3, nearly no slope by the logit at logit 10": SQUARED,
    "slope by p without limit as p nears 0 with label 1": CROSSED,
    "no slope by the logit where p equals the label 0.3": BOTH,
    "one answer can cost more than 1": CROSSED,
    "with label 1, a smaller p always costs more": BOTH,
    "with label 1, steepest by the logit at p = 1/3": SQUARED,
}
BEST, FLAT, PLAIN, STILL, ABOVE, WORSE, SMALLER = HOLDS


def instead(**words):
    """The right answer with some entries replaced."""
    keys = {"best": BEST, "flat": FLAT, "plain": PLAIN, "still": STILL, "above": ABOVE,
            "worse": WORSE, "smaller": SMALLER}
    return {**HOLDS, **{keys[short]: word for short, word in words.items()}}


SWAPPED = {SQUARED: CROSSED, CROSSED: SQUARED, BOTH: BOTH}

EXERCISE = Exercise(
    identifier="losses.two_losses",
    title="squared error or cross-entropy",
    level="predict",
    prompt=(
        "A model gives p = σ(z) for a label y from 0 to 1. Of which loss does each statement "
        'hold: `"squared"`, that is (p − y)², `"cross-entropy"`, or `"both"`? Replace each `...`.'
    ),
    stub="two_losses = {\n" + "".join(f'    "{name}": ...,\n' for name in HOLDS) + "}\n",
    solution=HOLDS,
    cases=lambda: [Case((), HOLDS)],
    judge=judge_words(SQUARED, CROSSED, BOTH),
    hints=(
        "Say apart where a loss is lowest, how high it gets, and how steep it is on the way.",
        "The slopes by the logit are p − y and 2(p − y)p(1 − p). Where is each 0?",
        "Both are lowest at the true probability and rise on both sides of it. Only the factor "
        "2p(1 − p) tells their slopes apart.",
    ),
    passed="Both ask for the probability. They differ in how hard they pull on the way there.",
    mistakes=(
        Mistake(
            "thinks the squared error asks for something else",
            "The mean of labels 0 and 1 is the share of ones, the probability: the squared error "
            "asks for it as well. Where the loss is lowest is not the difference.",
            answers=(instead(best=CROSSED),),
            recognise=only_these_wrong(HOLDS, {(BEST, CROSSED)}),
        ),
        Mistake(
            "takes the squared error for steep far out",
            "The slope by the logit of the squared error has the factor p(1 − p), nearly 0 at "
            "both ends, so it is steepest in between. In that of the cross-entropy the factor has "
            "cancelled.",
            answers=(instead(flat=BOTH), instead(smaller=BOTH), instead(flat=CROSSED),
                     instead(flat=CROSSED, smaller=CROSSED)),
            recognise=only_these_wrong(
                HOLDS, {(FLAT, BOTH), (FLAT, CROSSED), (SMALLER, BOTH), (SMALLER, CROSSED)}),
        ),
        Mistake(
            "takes a flat loss for a falling one",
            "Far out the squared error is flat and still rises, towards 1. A small slope is not a "
            "negative one.",
            answers=(instead(worse=CROSSED),),
            recognise=only_these_wrong(HOLDS, {(WORSE, CROSSED)}),
        ),
        Mistake(
            "sees no floor but zero",
            "A slope of 0 needs no cost of 0. Where p = y, what becomes of p − y in either slope?",
            answers=(instead(still=SQUARED), instead(still=CROSSED)),
            recognise=only_these_wrong(HOLDS, {(STILL, SQUARED), (STILL, CROSSED)}),
        ),
        Mistake(
            "lets the squared error grow without limit",
            "p and y lie between 0 and 1, so their difference squared never exceeds 1. Minus the "
            "logarithm of a small p does.",
            answers=(instead(above=BOTH), instead(above=SQUARED)),
            recognise=only_these_wrong(HOLDS, {(ABOVE, BOTH), (ABOVE, SQUARED)}),
        ),
        Mistake(
            "sees no difference by p",
            "By p the squared error has the slope 2(p − y), never more than 2 in size. That of "
            "−ln p is −1/p, which has no limit.",
            answers=(instead(plain=BOTH), instead(plain=SQUARED)),
            recognise=only_these_wrong(HOLDS, {(PLAIN, BOTH), (PLAIN, SQUARED)}),
        ),
        Mistake(
            "swaps the two",
            "What you say of one holds of the other. Which of them saw its flat factor cancel?",
            answers=({name: SWAPPED[word] for name, word in HOLDS.items()},),
        ),
    ),
    also_right=({name: f" {word.title()}" for name, word in HOLDS.items()},),
)
