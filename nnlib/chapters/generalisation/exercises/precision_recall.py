"""Build: precision and recall of a rare class."""

import numpy as np

from nnlib.exercises.comparing import same
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def precision_recall(said, rare):
    """Share of the alarms that are right, share of the rare rows that are found."""
    hits = np.sum((said == 1) & (rare == 1))
    return hits / np.sum(said == 1), hits / np.sum(rare == 1)


# --- answers with one misconception each ---


def swapped(said, rare):
    hits = np.sum((said == 1) & (rare == 1))
    return hits / np.sum(rare == 1), hits / np.sum(said == 1)


def over_all_rows(said, rare):
    hits = np.sum((said == 1) & (rare == 1))
    return hits / len(said), hits / len(said)


def accuracy_for_precision(said, rare):
    hits = np.sum((said == 1) & (rare == 1))
    return np.mean(said == rare), hits / np.sum(rare == 1)


def accuracy_for_recall(said, rare):
    hits = np.sum((said == 1) & (rare == 1))
    return hits / np.sum(said == 1), np.mean(said == rare)


def of_the_common_class(said, rare):
    quiet = np.sum((said == 0) & (rare == 0))
    return quiet / np.sum(said == 0), quiet / np.sum(rare == 0)


def false_alarm_rate(said, rare):
    hits = np.sum((said == 1) & (rare == 1))
    return 1 - hits / np.sum(said == 1), hits / np.sum(rare == 1)


def missed_for_recall(said, rare):
    hits = np.sum((said == 1) & (rare == 1))
    return hits / np.sum(said == 1), 1 - hits / np.sum(rare == 1)


def counts_only(said, rare):
    hits = np.sum((said == 1) & (rare == 1))
    return hits, hits


def recall_over_the_common(said, rare):
    hits = np.sum((said == 1) & (rare == 1))
    return hits / np.sum(said == 1), hits / np.sum(rare == 0)


def share_of_alarms(said, rare):
    hits = np.sum((said == 1) & (rare == 1))
    return np.mean(said == 1), hits / np.sum(rare == 1)


def over_the_rows_judged_rightly(said, rare):
    hits = np.sum((said == 1) & (rare == 1))
    return hits / np.sum(said == rare), hits / np.sum(rare == 1)


def left_alone_for_recall(said, rare):
    hits = np.sum((said == 1) & (rare == 1))
    return hits / np.sum(said == 1), np.sum((said == 0) & (rare == 0)) / np.sum(rare == 0)


def agreement_for_hits(said, rare):
    hits = np.sum(said == rare)
    return hits / np.sum(said == 1), hits / np.sum(rare == 1)


def as_row_numbers(said, rare):
    return np.mean(rare[said]), np.mean(said[rare])


def alarms_for_each_rare_row(said, rare):
    hits = np.sum((said == 1) & (rare == 1))
    return np.sum(said == 1) / np.sum(rare == 1), hits / np.sum(rare == 1)


def the_smaller_count(said, rare):
    hits = min(np.sum(said == 1), np.sum(rare == 1))
    return hits / np.sum(said == 1), hits / np.sum(rare == 1)


# --- unusual and right ---


def in_a_loop(said, rare):
    hits = alarms = cases_ = 0
    for a, b in zip(said, rare, strict=True):
        hits += int(a) * int(b)
        alarms += int(a)
        cases_ += int(b)
    return [hits / alarms, hits / cases_]


def by_means(said, rare):
    return rare[said == 1].mean(), said[rare == 1].mean()


def with_scikit_learn(said, rare):
    from sklearn.metrics import precision_score, recall_score

    return precision_score(rare, said), recall_score(rare, said)


def cases():
    return [
        Case((np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]), np.array([1, 0, 0, 0, 1, 0, 0, 0, 0, 0])),
             (1 / 4, 1 / 2)),
        Case((np.array([0, 1, 0, 0, 0, 0, 0, 0]), np.array([0, 1, 1, 1, 1, 1, 0, 0])),
             (1.0, 1 / 5)),
        Case((np.array([1, 1, 1, 0, 1, 1, 0]), np.array([1, 1, 1, 0, 0, 0, 1])), (3 / 5, 3 / 4)),
        Case((np.array([1, 0, 0, 0, 0]), np.array([0, 1, 0, 0, 0])), (0.0, 0.0)),
    ]


def counts_alone(seen):
    """Recognise what compares how many there are, and not which rows they are."""
    calls = [(item, item.case.make_arguments()) for item in seen]
    return any(
        all(same(item.result, np.array(answer(*given))) for item, given in calls)
        for answer in (alarms_for_each_rare_row, the_smaller_count)
    )


EXERCISE = Exercise(
    identifier="generalisation.precision_recall",
    title="precision and recall",
    level="build",
    prompt=(
        "`said` and `rare` are arrays of 0 and 1, one entry a row: where the model said \"rare\", "
        "and where the row is. Write `precision_recall(said, rare)`: return a pair, precision "
        "and recall. Each array has at least one 1. Example: five alarms of which four are "
        "right, and eight rare rows in all, give 0.8 and 0.5."
    ),
    stub='''\
def precision_recall(said, rare):
    """Share of the alarms that are right, share of the rare rows that are found."""
    return ...
''',
    solution=precision_recall,
    cases=cases,
    hints=(
        "Both have the same number on top: rows that are rare and were called so.",
        "Below, one counts the alarms and the other the rare rows.",
        "(said == 1) & (rare == 1) is true for the hits, and np.sum counts them.",
    ),
    passed="Precision asks of the alarms, recall of the rare rows; the quiet rows are in neither.",
    mistakes=(
        Mistake(
            "the two are swapped",
            "Both numbers are there, in the other order: precision belongs to the alarms.",
            answers=(swapped,),
        ),
        Mistake(
            "divides by all rows",
            "This divides by all rows, most of which are neither rare nor called so.",
            answers=(over_all_rows,),
        ),
        Mistake(
            "takes accuracy for precision",
            "The first number is the accuracy: it also counts the rows rightly left alone.",
            answers=(accuracy_for_precision,),
        ),
        Mistake(
            "takes accuracy for recall",
            "The second number is the accuracy: it also counts the rows rightly left alone.",
            answers=(accuracy_for_recall,),
        ),
        Mistake(
            "measures the common class",
            "These are precision and recall of the 0s. Here the 1s are asked for.",
            answers=(of_the_common_class,),
        ),
        Mistake(
            "the share of false alarms",
            "The first number is the share of alarms that are wrong.",
            answers=(false_alarm_rate,),
        ),
        Mistake(
            "the share that was missed",
            "The second number is the share of the rare rows that were missed.",
            answers=(missed_for_recall,),
        ),
        Mistake(
            "counts only",
            "This is how many hits there are. Of how many alarms, and of how many rare rows?",
            answers=(counts_only,),
        ),
        Mistake(
            "divides by the common rows",
            "Recall is divided by the rows that are not rare here.",
            answers=(recall_over_the_common,),
        ),
        Mistake(
            "the share of alarms",
            "The first number says how often an alarm is given, not how often it is right.",
            answers=(share_of_alarms,),
        ),
        Mistake(
            "divides by the rows judged rightly",
            "The first number is divided by all rows that were judged rightly, quiet ones too. "
            "Precision asks of the alarms, right and false.",
            answers=(over_the_rows_judged_rightly,),
        ),
        Mistake(
            "the share left alone",
            "The second number is the share of the common rows that were left alone. Recall asks "
            "of the rare ones.",
            answers=(left_alone_for_recall,),
        ),
        Mistake(
            "takes agreement for hits",
            "Where both say 0 they agree too, and that is no hit.",
            answers=(agreement_for_hits,),
        ),
        Mistake(
            "takes 0 and 1 for row numbers",
            "Whole numbers in the brackets of an array are row numbers: only the first two rows "
            "are looked at here.",
            answers=(as_row_numbers,),
        ),
        Mistake(
            "compares counts alone",
            "How many alarms and how many rare rows there are does not tell whether they are the "
            "same rows.",
            answers=(alarms_for_each_rare_row, the_smaller_count),
            recognise=counts_alone,
        ),
    ),
    also_right=(in_a_loop, by_means, with_scikit_learn),
    by_hand=(
        Asked("Said 1 1 1 1 0 0 0 0 0 0, rare 1 0 0 0 1 0 0 0 0 0",
              (np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]),
               np.array([1, 0, 0, 0, 1, 0, 0, 0, 0, 0])), ("precision", "recall")),
        Asked("Said 1 1 1 0 1 1 0, rare 1 1 1 0 0 0 1",
              (np.array([1, 1, 1, 0, 1, 1, 0]), np.array([1, 1, 1, 0, 0, 0, 1])),
              ("precision", "recall")),
    ),
)
