"""Predict: in which order are rows cut, models chosen, and the result measured?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import OutOfOrder
from nnlib.exercises.sorting import judge_places

ORDER = {
    "choose the setting with the best validation score": 5,
    "fit the scaling": 3,
    "cut off the test rows": 1,
    "train with every setting": 4,
    "measure the chosen model on the test rows": 6,
    "cut off the validation rows": 2,
}
CUT_TEST, CUT_VALIDATION = "cut off the test rows", "cut off the validation rows"
SCALE, TRAIN = "fit the scaling", "train with every setting"
CHOOSE, MEASURE = (
    "choose the setting with the best validation score",
    "measure the chosen model on the test rows",
)


def placed(*names):
    """The places of the stages in this order."""
    return {name: 1 + names.index(name) for name in ORDER}


EXERCISE = Exercise(
    identifier="generalisation.order_of_work",
    title="what comes first",
    level="predict",
    prompt=(
        "You have one table of rows, a network, and five settings to choose from. Put the six "
        "steps into the order that gives an honest number at the end: replace each `...` by its "
        "place, 1 to 6. The test rows are cut off before the validation rows."
    ),
    stub="""\
order_of_work = {
    "choose the setting with the best validation score": ...,
    "fit the scaling": ...,
    "cut off the test rows": ...,
    "train with every setting": ...,
    "measure the chosen model on the test rows": ...,
    "cut off the validation rows": ...,
}
""",
    solution=ORDER,
    cases=lambda: [Case((), ORDER)],
    judge=judge_places,
    hints=(
        "Which rows may the mean of the scaling know of? Then those must be known first.",
        "Two cuts open, and one look at what was cut off first ends it all.",
        "Between the cuts and the look: scale, train, choose.",
    ),
    passed="Cut first, look last: nothing that is chosen has seen the rows that judge it.",
    mistakes=(
        Mistake(
            "scales before it cuts",
            "The scaling comes before both cuts, so its mean and deviation contain the rows that "
            "are to judge the model later.",
            answers=(placed(SCALE, CUT_TEST, CUT_VALIDATION, TRAIN, CHOOSE, MEASURE),),
        ),
        Mistake(
            "scales between the cuts",
            "The validation rows are cut off after the scaling, so it has seen them. They judge "
            "the settings and must not take part either.",
            answers=(placed(CUT_TEST, SCALE, CUT_VALIDATION, TRAIN, CHOOSE, MEASURE),),
        ),
        Mistake(
            "tests before it chooses",
            "The test rows are looked at before the choice, and what you have seen you will use. "
            "They are for what was chosen.",
            answers=(placed(CUT_TEST, CUT_VALIDATION, SCALE, TRAIN, MEASURE, CHOOSE),),
            recognise=OutOfOrder(ORDER, CHOOSE, MEASURE, kept=((SCALE, TRAIN), (TRAIN, CHOOSE))),
        ),
        Mistake(
            "scales after training",
            "The networks are trained before the scaling is known. They learn from scaled rows.",
            answers=(placed(CUT_TEST, CUT_VALIDATION, TRAIN, SCALE, CHOOSE, MEASURE),),
            recognise=OutOfOrder(ORDER, SCALE, TRAIN, kept=((TRAIN, CHOOSE), (CHOOSE, MEASURE))),
        ),
        Mistake(
            "cuts after training",
            "Validation rows are cut off after the training, so they were trained on.",
            answers=(placed(CUT_TEST, SCALE, TRAIN, CUT_VALIDATION, CHOOSE, MEASURE),),
        ),
        Mistake(
            "cuts the validation rows first",
            "The test rows come first, as the task says: all later choices are made without them.",
            answers=(placed(CUT_VALIDATION, CUT_TEST, SCALE, TRAIN, CHOOSE, MEASURE),),
        ),
    ),
    also_right=(
        {name: str(place) for name, place in ORDER.items()},
        {name: float(place) for name, place in ORDER.items()},
    ),
)
