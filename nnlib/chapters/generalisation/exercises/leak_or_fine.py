"""Predict: which of these lets the answer leak into the training?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

LEAK, FINE = "leak", "fine"
OTHER = {LEAK: FINE, FINE: LEAK}
SORTED = {
    "new rows are scaled with the training rows' mean": FINE,
    "empty cells get the mean of all rows, before the cut": LEAK,
    "the training stops where the test loss is lowest": LEAK,
    "the training stops where the validation loss is lowest": FINE,
    "training pictures are copied and turned, after the cut": FINE,
    "pictures are copied and turned, before the cut": LEAK,
    "a column holds the dose that was given after the diagnosis": LEAK,
    "the training labels are counted, for a baseline": FINE,
}


def sorting(*wrong):
    """The complete sorting with these entries wrong."""
    return {name: OTHER[kind] if name in wrong else kind for name, kind in SORTED.items()}


def wrongly(*names, also=()):
    """Recognise answers in which some of `names` are wrong, and of the others none but `also`."""
    needed = {(name, OTHER[SORTED[name]]) for name in names}
    more = {(name, OTHER[SORTED[name]]) for name in also}
    return only_these_wrong(SORTED, needed | more, needs=needed)


SCALED, EMPTY, TEST_STOP, STOP, TURNED_AFTER, TURNED_BEFORE, DOSE, COUNTED = SORTED

EXERCISE = Exercise(
    identifier="generalisation.leak_or_fine",
    title="leak or fine",
    level="predict",
    prompt=(
        "A model is to tell which patients are ill. Its test score shall say how well it does on "
        "patients who come tomorrow. In which of these eight habits does something reach "
        "the training, or a choice, that should not, however little it changes the score? Replace "
        'each `...` by `"leak"` or `"fine"`.'
    ),
    stub="""\
leak_or_fine = {
    "new rows are scaled with the training rows' mean": ...,
    "empty cells get the mean of all rows, before the cut": ...,
    "the training stops where the test loss is lowest": ...,
    "the training stops where the validation loss is lowest": ...,
    "training pictures are copied and turned, after the cut": ...,
    "pictures are copied and turned, before the cut": ...,
    "a column holds the dose that was given after the diagnosis": ...,
    "the training labels are counted, for a baseline": ...,
}
""",
    solution=SORTED,
    cases=lambda: [Case((), SORTED)],
    judge=judge_words(LEAK, FINE),
    hints=(
        "Ask of each: does something that training, or a choice, uses come from rows that judge "
        "it, or from a time after the question?",
        "Nothing is wrong with using training rows for anything, nor with using validation rows "
        "for a choice.",
        "Three questions: does a number come from rows that judge? Can copies of one row lie on "
        "both sides? Is it known when the model is asked?",
    ),
    passed="A leak needs no bad intention: a mean, a copy, a column from the future is enough.",
    mistakes=(
        Mistake(
            "the two words are swapped",
            "Every entry is the wrong way round.",
            answers=(sorting(*SORTED),),
        ),
        Mistake(
            "a mean is harmless",
            "A mean of all rows contains the test rows. What it adds may be little, and still "
            "nobody has tomorrow's patients in their mean.",
            answers=(sorting(EMPTY), sorting(EMPTY, STOP)),
            recognise=wrongly(EMPTY, also=(STOP, SCALED, COUNTED)),
        ),
        Mistake(
            "scaling new rows is a leak",
            "New rows have to be scaled, and with the numbers that the model was trained with. "
            "Nothing flows from them into the training.",
            answers=(sorting(SCALED),),
            recognise=wrongly(SCALED, also=(COUNTED,)),
        ),
        Mistake(
            "the test loss may choose the epoch",
            "Choosing among epochs is choosing among models. The rows that choose cannot judge.",
            answers=(sorting(TEST_STOP), sorting(TEST_STOP, DOSE)),
            recognise=wrongly(
                TEST_STOP, also=(DOSE, TURNED_BEFORE, TURNED_AFTER, EMPTY, STOP, SCALED),
            ),
        ),
        Mistake(
            "validation rows may not choose either",
            "Choosing is what validation rows are for. The test rows judge what they chose.",
            answers=(sorting(STOP), sorting(STOP, COUNTED)),
            recognise=wrongly(STOP, also=(SCALED, COUNTED)),
        ),
        Mistake(
            "copies are copies",
            "Compare before and after the cut: only in one of the two can a picture and its copy "
            "come to lie on different sides.",
            answers=(
                sorting(TURNED_BEFORE), sorting(TURNED_AFTER),
                sorting(TURNED_BEFORE, TURNED_AFTER),
            ),
            recognise=wrongly(
                TURNED_BEFORE, TURNED_AFTER, also=(EMPTY, STOP, SCALED, COUNTED),
            ),
        ),
        Mistake(
            "a column is a column",
            "When the model is asked, is the dose known? It follows from the very diagnosis that "
            "is to be predicted.",
            answers=(sorting(DOSE), sorting(DOSE, EMPTY)),
            recognise=wrongly(
                DOSE, also=(TURNED_BEFORE, TURNED_AFTER, EMPTY, STOP, SCALED, COUNTED),
            ),
        ),
        Mistake(
            "looking at the training rows is a leak",
            "The training rows are there to be looked at, labels too.",
            answers=(sorting(COUNTED),),
            recognise=wrongly(COUNTED, also=(TEST_STOP,)),
        ),
    ),
    also_right=(
        {name: kind.upper() + " " for name, kind in SORTED.items()},
        dict(reversed(SORTED.items())),
    ),
)
