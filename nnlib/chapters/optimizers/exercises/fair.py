"""Predict: which comparison of two optimizers is fair?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

FAIR, CARE, EDGE, ROWS, SEED = (
    "fair", "unequal care", "edge of the grid", "wrong rows", "too few seeds")
REPORTS = {
    "A: rates 0.001, 0.01, 0.1; SGD best at 0.1, Adam at 0.01": EDGE,
    "B: 20 rates, chosen on the rows that are reported": ROWS,
    "C: 20 rates, as described above": FAIR,
    "D: 20 rates, one run with the best of each": SEED,
    "E: 20 rates for Adam, one for SGD": CARE,
    "F: 5 rates, the rest as described above": FAIR,
}
NARROW, TEST, WIDE, SINGLE, DEFAULT, SMALL = REPORTS
# What goes wrong. An answer with several of these is told of the first kind.
ALONE = ((SINGLE, FAIR), (SINGLE, CARE))
SAME_ROWS = ((TEST, FAIR), (TEST, CARE))
DEFAULTS = ((DEFAULT, FAIR), (DEFAULT, EDGE))
AT_THE_END = ((NARROW, FAIR), (NARROW, CARE))
FEW = ((SMALL, CARE), (SMALL, EDGE))
SEEDS = ((SMALL, SEED), (NARROW, SEED))
KINDS = (ALONE, SAME_ROWS, DEFAULTS, AT_THE_END, FEW, SEEDS)


def but(*pairs):
    """The right answer with some words replaced."""
    return {**REPORTS, **dict(pairs)}


def mistaken(pairs):
    """Some of these pairs are wrong, and else only what comes later in `KINDS`."""
    later = [pair for kind in KINDS[KINDS.index(pairs):] for pair in kind]
    rule = only_these_wrong(REPORTS, later, needs=pairs)
    return {"answers": tuple(but(pair) for pair in pairs), "recognise": rule}


EXERCISE = Exercise(
    identifier="optimizers.fair",
    title="a fair comparison?",
    level="predict",
    prompt=(
        "Six reports say \"Adam ends lower than SGD\". Where they name nothing else, the same "
        "rates were tried for both, one was chosen on validation rows, not at an end of the grid, "
        "and ten fresh seeds were reported on test rows. What, if anything, is wrong with each? "
        "Replace each `...` by `\"fair\"`, `\"unequal care\"`, `\"edge of the grid\"`, "
        "`\"wrong rows\"` or `\"too few seeds\"`."
    ),
    stub="fair = {\n" + "".join(f'    "{name}": ...,\n' for name in REPORTS) + "}\n",
    solution=REPORTS,
    cases=lambda: [Case((), REPORTS)],
    judge=judge_words(FAIR, CARE, EDGE, ROWS, SEED),
    hints=(
        "Go through the first three rules of the section, one after the other, for each report.",
        "A best rate at the end of a grid says that a better one may lie beyond.",
        "Fair is what is equal for both. It need not be much.",
    ),
    passed="Few trials, equally many for each, make a fair comparison; many for one do not.",
    mistakes=(
        Mistake(
            "trusts a single run",
            "The next seed may turn the order round. How far do seeds differ?",
            **mistaken(ALONE),
        ),
        Mistake(
            "overlooks the rows",
            "Who chooses on some rows and reports on the same ones reports luck as well.",
            **mistaken(SAME_ROWS),
        ),
        Mistake(
            "lets a default pass",
            "One method had twenty tries and the other a single one.",
            **mistaken(DEFAULTS),
        ),
        Mistake(
            "overlooks the edge",
            "Look where the best rate of each method lies among those that were tried.",
            **mistaken(AT_THE_END),
        ),
        Mistake(
            "takes little for unequal",
            "Few rates are few for both methods, and no best one lies at an end. It is less exact, "
            "and fair.",
            **mistaken(FEW),
        ),
        Mistake(
            "takes rates for seeds",
            "Rates are tried to choose one, seeds to see how far runs differ. Which of the two are "
            "few here?",
            **mistaken(SEEDS),
        ),
    ),
    also_right=(dict(reversed(REPORTS.items())),),
)
