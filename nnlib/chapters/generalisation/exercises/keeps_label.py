"""Predict: which changes of an example leave its label true?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

KEEPS, CHANGES = "keeps", "changes"
OTHER = {KEEPS: CHANGES, CHANGES: KEEPS}
SORTED = {
    "a cat, mirrored left-right; which animal": KEEPS,
    "an arrow, mirrored left-right; where it points": CHANGES,
    "a tomato in other colours; ripe or not": CHANGES,
    "a car in other colours; car or bicycle": KEEPS,
    "a written 9, turned by 180°; which digit": CHANGES,
    "a cell under the microscope, turned by 180°; which kind": KEEPS,
    "a review without the word \"not\"; praise or not": CHANGES,
    "a whole page with one word masked; which language": KEEPS,
}
CAT, ARROW, TOMATO, CAR, NINE, CELL, REVIEW, PAGE = SORTED


def sorting(*wrong):
    """The complete sorting with these entries wrong."""
    return {name: OTHER[kind] if name in wrong else kind for name, kind in SORTED.items()}


def only(*names):
    """Recognise answers in which some of `names` are wrong, and nothing else."""
    return only_these_wrong(SORTED, {(name, OTHER[SORTED[name]]) for name in names})


EXERCISE = Exercise(
    identifier="generalisation.keeps_label",
    title="does the label survive?",
    level="predict",
    prompt=(
        "Each line names an example, a change, and what the label says. Does the change leave the "
        'label true? Replace each `...` by `"keeps"` or `"changes"`.'
    ),
    stub="""\
keeps_label = {
    "a cat, mirrored left-right; which animal": ...,
    "an arrow, mirrored left-right; where it points": ...,
    "a tomato in other colours; ripe or not": ...,
    "a car in other colours; car or bicycle": ...,
    "a written 9, turned by 180°; which digit": ...,
    "a cell under the microscope, turned by 180°; which kind": ...,
    "a review without the word \\"not\\"; praise or not": ...,
    "a whole page with one word masked; which language": ...,
}
""",
    solution=SORTED,
    cases=lambda: [Case((), SORTED)],
    judge=judge_words(KEEPS, CHANGES),
    hints=(
        "Would somebody who sees only the changed example still give it the same label?",
        "The same change can keep one label and change another: read what the label asks for.",
        "Four keep it, four change it: in each pair of neighbours, one of each.",
    ),
    passed="No change is harmless in itself: it is the label that says which ones may be made.",
    mistakes=(
        Mistake(
            "the two words are swapped",
            "Every entry is the wrong way round.",
            answers=(sorting(*SORTED),),
        ),
        Mistake(
            "a mirror image is always the same or never",
            "Left and right matter to where something points, and not to which animal it is.",
            answers=(sorting(ARROW), sorting(CAT), sorting(CAT, ARROW)),
            recognise=only(CAT, ARROW),
        ),
        Mistake(
            "colour always matters or never",
            "Ripeness shows in the colour; whether something is a car does not.",
            answers=(sorting(TOMATO), sorting(CAR), sorting(TOMATO, CAR)),
            recognise=only(TOMATO, CAR),
        ),
        Mistake(
            "a turn is always harmless or never",
            "Writing has an up and a down. What lies on a microscope's glass has none.",
            answers=(sorting(NINE), sorting(CELL), sorting(NINE, CELL)),
            recognise=only(NINE, CELL),
        ),
        Mistake(
            "one word is always little or always much",
            "One word can carry a whole judgement; a language shows in all the others as well.",
            answers=(sorting(REVIEW), sorting(PAGE), sorting(REVIEW, PAGE)),
            recognise=only(REVIEW, PAGE),
        ),
    ),
    also_right=(
        {name: kind.upper() + " " for name, kind in SORTED.items()},
        dict(reversed(SORTED.items())),
    ),
)
