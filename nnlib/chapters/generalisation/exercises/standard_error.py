"""Compute: how far the mean of a few scores may be from the truth."""

import math

import numpy as np

from nnlib.exercises.comparing import same
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def standard_error(scores):
    """Estimate how far the mean of these scores scatters."""
    return np.std(scores, ddof=1) / np.sqrt(len(scores))


# --- answers with one misconception each ---


def spread_of_the_scores(scores):
    return np.std(scores, ddof=1)


def plain_spread(scores):
    return np.std(scores)


def divides_by_n(scores):
    return np.std(scores) / np.sqrt(len(scores))


def over_n(scores):
    return np.std(scores, ddof=1) / len(scores)


def variance_of_the_mean(scores):
    return np.var(scores, ddof=1) / len(scores)


def variance_over_the_root(scores):
    return np.var(scores, ddof=1) / np.sqrt(len(scores))


def range_over_the_root(scores):
    return (max(scores) - min(scores)) / np.sqrt(len(scores))


def half_the_range(scores):
    return (max(scores) - min(scores)) / 2


def one_less_twice(scores):
    return np.std(scores, ddof=1) / np.sqrt(len(scores) - 1)


def the_mean(scores):
    return np.mean(scores)


def over_the_root_of_three(scores):
    return np.std(scores, ddof=1) / np.sqrt(3)


def formula_of_a_share(scores):
    share = np.mean(scores) / 100
    return 100 * np.sqrt(share * (1 - share) / len(scores))


def formula_of_a_share_as_it_is(scores):
    share = np.mean(scores)
    return np.sqrt(share * (1 - share) / len(scores))


# --- unusual and right ---


def plain_spread_over_one_less(scores):
    return np.std(scores) / (len(scores) - 1) ** 0.5


def by_sums(scores):
    n = len(scores)
    mean = sum(scores) / n
    return math.sqrt(sum((score - mean) ** 2 for score in scores) / (n * (n - 1)))


def by_statistics(scores):
    import statistics

    return statistics.stdev(scores) / math.sqrt(len(scores))


def cases():
    """Values worked out by hand: squared distances 16, 4, 0, 4, 16 sum to 40, and so on."""
    return [
        Case(([0.9, 0.94, 0.95, 0.95],), math.sqrt((0.035**2 + 0.005**2 + 2 * 0.015**2) / 12)),
        Case(([70.0, 72.0, 74.0, 76.0, 78.0],), math.sqrt(40 / 20)),
        Case(([80.0, 90.0, 90.0],), math.sqrt(200 / 3 / 6)),
        Case(([88.0, 88.0, 91.0],), math.sqrt(6 / 6)),
        Case(([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 10.0],), 1.0),
    ]


def as_of_a_share(seen):
    """Recognise the formula of a share, in percent or not; of 70 it is the root of less than 0."""
    with np.errstate(invalid="ignore"):
        return any(
            all(same(item.result, float(answer(*item.case.make_arguments()))) for item in seen)
            for answer in (formula_of_a_share, formula_of_a_share_as_it_is)
        )


EXERCISE = Exercise(
    identifier="generalisation.standard_error",
    title="how far the mean scatters",
    level="compute",
    prompt=(
        "Write `standard_error(scores)`: from the scores of some independent runs, how far their "
        "*mean* scatters. A mean of more runs scatters less, by the same law as the gradient of a "
        "larger batch (chapter 9). The standard deviation of the single runs is the one that "
        "divides by one less than their number. Example: scores of 60, 62 and 64 scatter by 2, "
        "their mean by 1.1547."
    ),
    stub='''\
def standard_error(scores):
    """Estimate how far the mean of these scores scatters."""
    return ...
''',
    solution=standard_error,
    cases=cases,
    hints=(
        "Two steps: the spread of the scores, then what averaging does to it.",
        "NumPy's std divides by n; its argument ddof=1 makes it divide by n - 1.",
        "That standard deviation, over the square root of how many scores there are.",
    ),
    passed="Four times the runs halve it: that is why five seeds show what one cannot.",
    mistakes=(
        Mistake(
            "the spread of the scores",
            "This is how far single runs scatter. Their mean scatters less.",
            answers=(spread_of_the_scores,),
        ),
        Mistake(
            "the spread that divides by n",
            "This is the spread of single runs, and np.std has divided by n.",
            answers=(plain_spread,),
        ),
        Mistake(
            "divides by n inside",
            "Nearly: np.std divides by n unless it is told otherwise, which is too little for a "
            "few runs.",
            answers=(divides_by_n,),
        ),
        Mistake(
            "divides by n instead of its root",
            "Errors cancel in part only: four times the runs halve the error, they do not quarter "
            "it.",
            answers=(over_n,),
        ),
        Mistake(
            "the variance of the mean",
            "This is the variance of the mean, in squared units: its root is missing.",
            answers=(variance_of_the_mean,),
        ),
        Mistake(
            "takes the variance for the deviation",
            "The upper part is a variance. Begin with the standard deviation.",
            answers=(variance_over_the_root,),
        ),
        Mistake(
            "takes the range",
            "The distance from lowest to highest grows with the number of runs. Take the standard "
            "deviation.",
            answers=(range_over_the_root,),
        ),
        Mistake(
            "half the range",
            "Half the distance from lowest to highest looks at two of the runs only.",
            answers=(half_the_range,),
        ),
        Mistake(
            "takes one off twice",
            "One is taken off within the standard deviation already. The mean is over n runs.",
            answers=(one_less_twice,),
        ),
        Mistake(
            "the mean itself",
            "This is the mean. How far does it scatter?",
            answers=(the_mean,),
        ),
        Mistake(
            "always the root of 3",
            "Right for three runs: the number below has to be that of the scores.",
            answers=(over_the_root_of_three,),
        ),
        Mistake(
            "takes the formula of a share",
            "That is how far one share scatters, measured on so many rows. Here several scores "
            "show their scatter themselves.",
            answers=(formula_of_a_share, formula_of_a_share_as_it_is),
            recognise=as_of_a_share,
        ),
    ),
    also_right=(plain_spread_over_one_less, by_sums, by_statistics),
    by_hand=(
        Asked("Three runs, 80, 90 and 90", ([80.0, 90.0, 90.0],)),
        Asked("Five runs, 70, 72, 74, 76 and 78", ([70.0, 72.0, 74.0, 76.0, 78.0],)),
        Asked("Eight runs of 1 and one of 10",
              ([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 10.0],)),
    ),
)
