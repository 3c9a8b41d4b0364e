"""Predict: which cut tells how well a model will do where it is going to be used?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

RANDOM, GROUPS, TIME = "random", "groups", "time"
CUTS = {
    "one analysis of each of 178 bottles; for further bottles": RANDOM,
    "five X-rays of each patient; for new patients": GROUPS,
    "the power used in each hour; for tomorrow": TIME,
    "sentences from 40 books; for other books": GROUPS,
    "one blood test of each of 900 people; for further people": RANDOM,
    "the sales of every day; for next month": TIME,
    "patches of 30 satellite pictures; for new pictures": GROUPS,
}
BOTTLES, XRAYS, POWER, SENTENCES, TESTS, SALES, PATCHES = CUTS


def sorting(**words):
    """The right cuts, with each of these words in the place of another one."""
    return {name: words.get(kind, kind) for name, kind in CUTS.items()}


def given(word, *names):
    return {(name, word) for name in names}


def wrongly(word, *names, also=frozenset()):
    """Recognise answers in which some of `names` got `word`; of others, `also` may be wrong."""
    return only_these_wrong(CUTS, given(word, *names) | also, needs=given(word, *names))


EXERCISE = Exercise(
    identifier="generalisation.which_cut",
    title="which cut",
    level="predict",
    prompt=(
        "Each line names the rows and what the model is for. How should the validation rows be "
        'cut off: `"random"` single rows, whole `"groups"`, or the last ones in `"time"`? Replace '
        "each `...`."
    ),
    stub="""\
which_cut = {
    "one analysis of each of 178 bottles; for further bottles": ...,
    "five X-rays of each patient; for new patients": ...,
    "the power used in each hour; for tomorrow": ...,
    "sentences from 40 books; for other books": ...,
    "one blood test of each of 900 people; for further people": ...,
    "the sales of every day; for next month": ...,
    "patches of 30 satellite pictures; for new pictures": ...,
}
""",
    solution=CUTS,
    cases=lambda: [Case((), CUTS)],
    judge=judge_words(RANDOM, GROUPS, TIME),
    hints=(
        "The validation rows should be as strange to the model as the rows that it will meet.",
        "What do several rows have in common that the rows to come will not have in common with "
        "them? And does the model predict the future?",
        "Look at what is to come first: is it later, is it somebody else's rows, or only more of "
        "the same?",
    ),
    passed="Cut as the model will be used: new rows, new groups, or a new time.",
    mistakes=(
        Mistake(
            "tears groups apart",
            "Rows of one patient, one book or one picture are alike, and random rows put some of "
            "them on each side. The new ones will have no such relatives in training.",
            answers=(sorting(groups=RANDOM), sorting(groups=RANDOM, time=RANDOM)),
            recognise=wrongly(
                RANDOM, XRAYS, SENTENCES, PATCHES,
                also=given(RANDOM, POWER, SALES) | given(TIME, XRAYS, SENTENCES, PATCHES),
            ),
        ),
        Mistake(
            "looks between known hours",
            "A random hour or day lies between known ones, before and after. Of tomorrow only what "
            "came before is known.",
            answers=(sorting(time=RANDOM),),
            recognise=wrongly(RANDOM, POWER, SALES),
        ),
        Mistake(
            "always groups",
            "A row that has a bottle or a person to itself is a group of one: single rows at "
            "random do the same.",
            answers=(sorting(random=GROUPS), sorting(random=GROUPS, time=GROUPS)),
            recognise=wrongly(GROUPS, BOTTLES, TESTS, also=given(GROUPS, POWER, SALES)),
        ),
        Mistake(
            "an hour is a group",
            "Whole days at random still leave later days in training, which nobody has when "
            "tomorrow is asked for.",
            answers=(sorting(time=GROUPS),),
            recognise=wrongly(GROUPS, POWER, SALES),
        ),
        Mistake(
            "new ones come later",
            "New patients, books or pictures are other ones, not later ones: what must not lie on "
            "both sides is the patient, the book, the picture.",
            answers=(sorting(groups=TIME),),
            recognise=wrongly(TIME, XRAYS, SENTENCES, PATCHES),
        ),
        Mistake(
            "further ones come later",
            "Nothing says that bottles or people change with time; single rows at random will do.",
            answers=(sorting(random=TIME), sorting(random=TIME, groups=TIME)),
            recognise=wrongly(
                TIME, BOTTLES, TESTS, also=given(TIME, XRAYS, SENTENCES, PATCHES),
            ),
        ),
        Mistake(
            "time and groups swapped",
            "Ask of each line: is the future predicted, or somebody new?",
            answers=(sorting(groups=TIME, time=GROUPS),),
        ),
    ),
    also_right=(
        {name: f" {kind.capitalize()}" for name, kind in CUTS.items()},
        dict(reversed(CUTS.items())),
    ),
)
