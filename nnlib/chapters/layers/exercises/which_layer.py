"""Predict: which layer comes first for which data, and which cures what?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

LAYERS = ("dense", "conv2d", "lstm", "embedding", "dropout", "residual")
TABLE = "10 measurements of a patient"
PHOTO = "photographs"
PULSE = "heart rate, second by second"
REVIEW = "word ids of a review"
LEARNED = "training loss 0.01, validation loss 1.5"
DEEP = "40 layers learn less than 20"

FIRST = {TABLE: "dense", PHOTO: "conv2d", PULSE: "lstm", REVIEW: "embedding", LEARNED: "dropout",
         DEEP: "residual"}

SPELT = FIRST | {TABLE: "Dense", PHOTO: "Conv2D", PULSE: "LSTM", REVIEW: "Embedding",
                 LEARNED: "Dropout", DEEP: "Residual"}       # as the text spells the layers


def answered(**changes):
    """The right answers with some exchanged, by the names above."""
    return FIRST | {globals()[name]: layer for name, layer in changes.items()}


def only(*pairs):
    """Recognise answers in which some of these (data, layer) are what is wrong."""
    return only_these_wrong(FIRST, set(pairs))


EXERCISE = Exercise(
    identifier="layers.which_layer",
    title="which layer would you try first?",
    level="predict",
    prompt=(
        "For each kind of data, or each symptom, name the layer to try first. Replace each `...` "
        'by one of `"Dense"`, `"Conv2D"`, `"LSTM"`, `"Embedding"`, `"Dropout"`, `"Residual"`. '
        "Each is used once."
    ),
    stub="""\
which_layer = {
    "10 measurements of a patient": ...,
    "photographs": ...,
    "heart rate, second by second": ...,
    "word ids of a review": ...,
    "training loss 0.01, validation loss 1.5": ...,
    "40 layers learn less than 20": ...,
}
""",
    solution=SPELT,
    cases=lambda: [Case((), FIRST)],
    judge=judge_words(*LAYERS),
    hints=(
        "What do neighbours mean in this data: nothing, nearness in space, or order in time?",
        "Ids are names and not amounts: before anything can be computed they need vectors.",
        "The last two are symptoms: the first of overfitting, the second of degradation: plain "
        "deep stacks are hard to train, so more layers end with a higher training loss.",
    ),
    passed="That is where to begin; then measure.",
    mistakes=(
        Mistake(
            "feeds ids as numbers",
            "Word 700 is not 700 times word 1: ids are names, and have to become vectors before a "
            "layer can calculate with them. Measurements are amounts already.",
            answers=(answered(REVIEW="lstm"), answered(REVIEW="lstm", PULSE="embedding"),
                     answered(REVIEW="dense", TABLE="embedding"), answered(REVIEW="dense")),
            recognise=only((REVIEW, "lstm"), (PULSE, "embedding"), (REVIEW, "dense"),
                           (TABLE, "embedding")),
        ),
        Mistake(
            "mixes up the two cures",
            "Dropout makes training harder, a shortcut makes it easier. Which of the two symptoms "
            "is a training that goes badly?",
            answers=(answered(LEARNED="residual", DEEP="dropout"), answered(DEEP="dropout")),
            recognise=only((LEARNED, "residual"), (DEEP, "dropout")),
        ),
        Mistake(
            "sees an image where neighbours mean nothing",
            "Columns of a table may be swapped without a loss, pixels may not. Where do "
            "neighbours have something in common?",
            answers=(answered(TABLE="conv2d", PHOTO="dense"), answered(TABLE="conv2d")),
            recognise=only((TABLE, "conv2d"), (PHOTO, "dense")),
        ),
        Mistake(
            "forgets the order in time",
            "What the heart did a second ago matters for now; of a patient's measurements none "
            "comes before another. Which layer keeps a state?",
            answers=(answered(PULSE="dense", TABLE="lstm"), answered(PULSE="dense")),
            recognise=only((PULSE, "dense"), (TABLE, "lstm")),
        ),
    ),
    also_right=(
        FIRST,
        dict(reversed(SPELT.items())),
    ),
)
