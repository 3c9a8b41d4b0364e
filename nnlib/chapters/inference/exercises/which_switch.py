"""Predict: which of the two switches does what?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

EVAL, NO_GRAD, NEITHER = "eval()", "no_grad()", "neither"
DOES = {
    "dropout passes its input on unchanged": EVAL,
    "a backward has nothing to go back through": NO_GRAD,
    "batch norm uses its running statistics": EVAL,
    "the running statistics stop moving": EVAL,
    "a dense layer keeps no input for later": NO_GRAD,
    "a step with gradients at hand changes nothing": NEITHER,
    "one row alone gets through batch norm": EVAL,
    "no loss can be computed any more": NEITHER,
}
DROPS, BACK, USES, MOVES, KEEPS, WEIGHTS, ALONE, LOSS = DOES


def instead(**words):
    """The right answer with some entries replaced."""
    keys = {"drops": DROPS, "back": BACK, "uses": USES, "moves": MOVES, "keeps": KEEPS,
            "weights": WEIGHTS, "alone": ALONE, "loss": LOSS}
    return {**DOES, **{keys[short]: word for short, word in words.items()}}


SWAPPED = {EVAL: NO_GRAD, NO_GRAD: EVAL, NEITHER: NEITHER}

EXERCISE = Exercise(
    identifier="inference.which_switch",
    title="which switch does it?",
    level="predict",
    prompt=(
        "A network with dropout and batch normalisation is in training mode, and recording is on. "
        "Which single switch has each effect: `\"eval()\"`, `\"no_grad()\"`, or `\"neither\"` of "
        "the two? Replace each `...`. The cell after this exercise measures some of them."
    ),
    stub="which_switch = {\n" + "".join(f'    "{name}": ...,\n' for name in DOES) + "}\n",
    solution=DOES,
    cases=lambda: [Case((), DOES)],
    judge=judge_words(EVAL, NO_GRAD, NEITHER),
    hints=(
        "One switch is looked at by layers, while they compute. The other by whatever stores "
        "things for the way back.",
        "Dropout and batch norm know their mode and nothing of recording.",
        "An optimizer subtracts whatever gradients it finds. A loss is a formula like any other.",
    ),
    passed="The mode decides what is computed, the recording what is kept of it, and neither of "
           "them what is done with it.",
    mistakes=(
        Mistake(
            "lets no_grad stop the running statistics",
            "Running statistics are no gradients: the layer moves them while it computes, recorded "
            "or not, and only in one of its modes.",
            answers=(instead(moves=NO_GRAD), instead(moves=NEITHER)),
            recognise=only_these_wrong(DOES, {(MOVES, NO_GRAD), (MOVES, NEITHER)}),
        ),
        Mistake(
            "lets no_grad change the layers",
            "Dropout and batch norm look at the mode alone. With recording off they compute the "
            "same as with it on.",
            answers=(instead(drops=NO_GRAD), instead(uses=NO_GRAD), instead(alone=NO_GRAD),
                     instead(drops=NO_GRAD, uses=NO_GRAD, alone=NO_GRAD)),
            recognise=only_these_wrong(
                DOES, {(DROPS, NO_GRAD), (USES, NO_GRAD), (ALONE, NO_GRAD), (MOVES, NO_GRAD)},
                needs={(DROPS, NO_GRAD), (USES, NO_GRAD), (ALONE, NO_GRAD)}),
        ),
        Mistake(
            "lets eval stop the recording",
            "In evaluation mode each forward is still recorded, with all that a backward needs: "
            "one could train in it, and sometimes does so by mistake.",
            answers=(instead(back=EVAL), instead(keeps=EVAL), instead(back=EVAL, keeps=EVAL)),
            recognise=only_these_wrong(DOES, {(BACK, EVAL), (KEEPS, EVAL)}),
        ),
        Mistake(
            "finds no switch for the recording",
            "Recording is what the way back lives on: each layer's inputs, and which step came "
            "from which. One of the two switches is there for nothing else.",
            answers=(instead(back=NEITHER), instead(keeps=NEITHER),
                     instead(back=NEITHER, keeps=NEITHER)),
            recognise=only_these_wrong(DOES, {(BACK, NEITHER), (KEEPS, NEITHER)}),
        ),
        Mistake(
            "takes a switch for a lock on the weights",
            "What changes weights is the optimizer, with whatever gradients it finds. It looks at "
            "neither switch.",
            answers=(instead(weights=EVAL), instead(weights=NO_GRAD)),
            recognise=only_these_wrong(DOES, {(WEIGHTS, EVAL), (WEIGHTS, NO_GRAD)}),
        ),
        Mistake(
            "takes eval() for the end of all training",
            "eval() says in which mode the layers compute. A loss and a backward work as before.",
            answers=(instead(back=EVAL, loss=EVAL),),
        ),
        Mistake(
            "thinks that a loss needs training",
            "A loss is a number computed from outputs and labels. Every validation computes one.",
            answers=(instead(loss=EVAL), instead(loss=NO_GRAD)),
            recognise=only_these_wrong(DOES, {(LOSS, EVAL), (LOSS, NO_GRAD)}),
        ),
        Mistake(
            "finds no switch for a row alone",
            "In training mode the row would need a variance of its own batch. In which mode does "
            "the layer bring a variance along?",
            answers=(instead(alone=NEITHER),),
            recognise=only_these_wrong(DOES, {(ALONE, NEITHER)}),
        ),
        Mistake(
            "swaps the two",
            "What you say of one holds of the other: one of them speaks to the layers.",
            answers=({name: SWAPPED[word] for name, word in DOES.items()},),
        ),
    ),
    also_right=({name: f" {word.upper()} " for name, word in DOES.items()},),
)
