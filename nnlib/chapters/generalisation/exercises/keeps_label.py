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
    "a clock, turned by 180°; what time it shows": CHANGES,
    "a cell under the microscope, turned by 180°; which kind": KEEPS,
    "a review without the word \"not\"; praise or not": CHANGES,
    "a whole page with one word masked; which language": KEEPS,
}
CAT, ARROW, TOMATO, CAR, CLOCK, CELL, REVIEW, PAGE = SORTED


def sorting(*wrong):
    """The complete sorting with these entries wrong."""
    return {name: OTHER[kind] if name in wrong else kind for name, kind in SORTED.items()}


def wrongly(*names, also=()):
    """Recognise answers in which some of `names` are wrong, and of the others none but `also`."""
    needed = {(name, OTHER[SORTED[name]]) for name in names}
    more = {(name, OTHER[SORTED[name]]) for name in also}
    return only_these_wrong(SORTED, needed | more, needs=needed)


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
    "a clock, turned by 180°; what time it shows": ...,
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
        "What does the label read: a side, a colour, up and down, one word? Does the change touch "
        "just that?",
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
            recognise=wrongly(CAT, ARROW, also=(TOMATO, CAR, CLOCK, CELL)),
        ),
        Mistake(
            "colour always matters or never",
            "Ripeness shows in the colour; whether something is a car does not.",
            answers=(sorting(TOMATO), sorting(CAR), sorting(TOMATO, CAR)),
            recognise=wrongly(TOMATO, CAR, also=(CLOCK, CELL, REVIEW, PAGE)),
        ),
        Mistake(
            "a turn is always harmless or never",
            "A clock has an up and a down. What lies on a microscope's glass has none.",
            answers=(sorting(CLOCK), sorting(CELL), sorting(CLOCK, CELL)),
            recognise=wrongly(CLOCK, CELL, also=(REVIEW, PAGE)),
        ),
        Mistake(
            "one word is always little or always much",
            "One word can carry a whole judgement; a language shows in all the others as well.",
            answers=(sorting(REVIEW), sorting(PAGE), sorting(REVIEW, PAGE)),
            recognise=wrongly(REVIEW, PAGE, also=(CAT, ARROW)),
        ),
    ),
    also_right=(
        {name: kind.upper() + " " for name, kind in SORTED.items()},
        dict(reversed(SORTED.items())),
    ),
)
