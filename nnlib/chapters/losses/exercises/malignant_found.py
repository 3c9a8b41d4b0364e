"""Repair: a report that counts the wrong class, because label 0 is the one that matters."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def malignant_found(p, labels):
    """Share of the malignant tumours (label 0) that are called malignant."""
    malignant = labels == 0
    called = p <= 0.5                 # p is the probability of label 1, benign
    return (called & malignant).sum() / malignant.sum()


def broken(p, labels):
    """Share of the malignant tumours (label 0) that are called malignant."""
    malignant = labels == 1
    called = p > 0.5
    return (called & malignant).sum() / malignant.sum()


# --- answers with one misconception each ---


def turns_the_labels_only(p, labels):
    malignant = labels == 0
    called = p > 0.5
    return (called & malignant).sum() / malignant.sum()


def turns_the_prediction_only(p, labels):
    malignant = labels == 1
    called = p <= 0.5
    return (called & malignant).sum() / malignant.sum()


def of_those_called(p, labels):
    malignant = labels == 0
    called = p <= 0.5
    return (called & malignant).sum() / called.sum()


def accuracy(p, labels):
    return sum(int((q > 0.5) == bool(y)) for q, y in zip(p, labels, strict=True)) / len(labels)


def of_all_rows(p, labels):
    malignant = labels == 0
    called = p <= 0.5
    return (called & malignant).sum() / len(labels)


def one_minus_the_old(p, labels):
    malignant = labels == 1
    called = p > 0.5
    return 1 - (called & malignant).sum() / malignant.sum()


def share_called(p, labels):
    called = p <= 0.5
    return called.sum() / len(labels)


def counts(p, labels):
    malignant = labels == 0
    called = p <= 0.5
    return (called & malignant).sum()


def one_or_the_other(p, labels):
    malignant = labels == 0
    called = p <= 0.5
    return (called | malignant).sum() / malignant.sum()


def leaves_out_the_border(p, labels):
    malignant = labels == 0
    called = p < 0.5
    return (called & malignant).sum() / malignant.sum()


# --- unusual and right ---


def with_the_labels_recoded(p, labels):
    y, q = 1 - labels, 1 - p                     # 1 is malignant from here on
    return ((q >= 0.5) * (y == 1)).sum() / y.sum()


def less_the_missed(p, labels):
    benign_by_mistake = (p[labels == 0] > 0.5).sum()
    return 1 - benign_by_mistake / (labels == 0).sum()


def by_a_list(p, labels):
    found = [q <= 0.5 for q, y in zip(p.tolist(), labels.tolist(), strict=True) if y == 0]
    return sum(found) / len(found)


ROWS = [
    ([0.1, 0.9, 0.8, 0.7, 0.2], [0, 1, 0, 1, 1]),
    ([0.9, 0.8, 0.7, 0.3, 0.2, 0.6], [0, 0, 0, 1, 1, 1]),
    ([0.05, 0.15, 0.6, 0.99, 0.7, 0.4, 0.3, 0.95], [0, 0, 0, 1, 1, 1, 1, 1]),
    ([0.2, 0.3, 0.6, 0.1, 0.55, 0.8, 0.9], [0, 0, 0, 0, 1, 0, 1]),
    ([0.5, 0.75, 0.25, 0.5, 1.0], [0, 0, 0, 1, 1]),               # exactly ½ is called malignant
]


def cases():
    return [
        Case((paths.array(path, p), _labels(path, labels)), oracle(p, labels), path=path)
        for path in paths.available()
        for p, labels in ROWS
    ]


def _labels(path, labels):
    """Integer labels of that path."""
    return paths.array(path, labels).long() if path == "torch" else np.array(labels)


def oracle(p, labels):
    """One tumour at a time."""
    total = found = 0
    for probability_benign, label in zip(p, labels, strict=True):
        if label == 0:
            total += 1
            found += probability_benign <= 0.5
    return found / total


EXERCISE = Exercise(
    identifier="losses.malignant_found",
    title="a report that is too good",
    level="repair",
    prompt=(
        "The symptom is in the cell above: the report says that the model finds every "
        "malignant tumour, and somebody who counts by hand finds four of 42 missed. The "
        "predictions are not to blame, the report is. Repair `malignant_found(p, labels)`: the "
        "share of the malignant tumours that are called malignant, that is, have p at most 0.5. "
        "`p` and `labels` are arrays or tensors of shape (rows,), and `p` is what the sigmoid gave "
        "for label 1. Example: p = 0.1, 0.9, 0.8, 0.7, 0.2 with the labels 0, 1, 0, 1, 1 gives 0.5."
    ),
    solution=malignant_found,
    broken=broken,
    cases=cases,
    hints=(
        "Which name stands at position 0 of target_names, and which at position 1?",
        "0 is malignant. And if p is the probability of label 1, which tumours are called "
        "malignant?",
        "Two of the comparisons take the other class for malignant.",
    ),
    passed="Write the class list down once, and derive every comparison from it.",
    mistakes=(
        Mistake(
            "turns the labels only",
            "Now these are the malignant tumours that were called benign: the missed ones. Of "
            "which label is p the probability?",
            answers=(turns_the_labels_only,),
        ),
        Mistake(
            "turns the prediction only",
            "This is the share of benign tumours that are called malignant: the false alarms.",
            answers=(turns_the_prediction_only, one_minus_the_old),
        ),
        Mistake(
            "divides by those that are called malignant",
            "That answers another question: of the tumours called malignant, how many are?",
            answers=(of_those_called,),
        ),
        Mistake(
            "gives the accuracy",
            "This is the share of all tumours that are called rightly. It hides how the malignant "
            "ones fare.",
            answers=(accuracy,),
        ),
        Mistake(
            "divides by all rows",
            "This is a share of all tumours. The share of the malignant ones was asked for.",
            answers=(of_all_rows,),
        ),
        Mistake(
            "does not look at the labels",
            "This is how many tumours are called malignant, rightly or not.",
            answers=(share_called,),
        ),
        Mistake(
            "leaves out the border",
            "Right but for p = 0.5 exactly, which counts as malignant here: at most 0.5.",
            answers=(leaves_out_the_border,),
        ),
        Mistake(
            "gives a number, not a share",
            "This is how many were found. A share is a part of a whole: of which?",
            answers=(counts,),
        ),
        Mistake(
            "counts those for which one of the two holds",
            "| is true where one of the two is: it counts benign tumours that are called malignant "
            "too, and missed ones.",
            answers=(one_or_the_other,),
        ),
    ),
    also_right=(with_the_labels_recoded, less_the_missed, by_a_list),
    by_hand=tuple(
        Asked(f"mended, p = {', '.join(map(str, p))}, labels {', '.join(map(str, labels))}",
              (np.array(p), np.array(labels)))
        for p, labels in ROWS[2:]
    ),
)

