"""Compute: the accuracy of a model that has learned nothing but the most frequent answer."""

import collections

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def majority_accuracy(y_train, y_new):
    """Accuracy on y_new of always answering the most frequent class of y_train."""
    classes = sorted(set(y_train.tolist()))
    most_frequent = max(classes, key=lambda label: (y_train == label).sum())
    return float((y_new == most_frequent).sum()) / len(y_new)


# --- answers with one misconception each ---


def looks_at_the_new_labels(y_train, y_new):
    _, counts = np.unique(np.asarray(y_new), return_counts=True)
    return counts.max() / len(y_new)


def measures_on_training(y_train, y_new):
    _, counts = np.unique(np.asarray(y_train), return_counts=True)
    return counts.max() / len(y_train)


def one_over_the_number_of_classes(y_train, y_new):
    return 1 / len(np.unique(np.asarray(y_train)))


def largest_label(y_train, y_new):
    return np.mean(np.asarray(y_new) == np.asarray(y_train).max())


def the_class_itself(y_train, y_new):
    return int(np.bincount(np.asarray(y_train)).argmax())


def counts_without_dividing(y_train, y_new):
    return int(np.sum(np.asarray(y_new) == np.bincount(np.asarray(y_train)).argmax()))


def averages_the_labels(y_train, y_new):
    return float((y_new == round(float(sum(y_train)) / len(y_train))).sum()) / len(y_new)


def counts_objects(y_train, y_new):
    from collections import Counter

    label = Counter(y_train).most_common(1)[0][0]
    return sum(bool(y == label) for y in y_new) / len(y_new)


def place_among_the_classes(y_train, y_new):
    _, counts = np.unique(np.asarray(y_train), return_counts=True)
    return np.mean(np.asarray(y_new) == counts.argmax())


def row_by_row(y_train, y_new):
    both = min(len(y_train), len(y_new))
    return np.mean(np.asarray(y_train)[:both] == np.asarray(y_new)[:both])


# --- unusual and right ---


def by_bincount(y_train, y_new):
    return np.mean(np.asarray(y_new) == np.bincount(np.asarray(y_train)).argmax())


def by_counter(y_train, y_new):
    (label, _), = collections.Counter(np.asarray(y_train).tolist()).most_common(1)
    return sum(1 for y in np.asarray(y_new).tolist() if y == label) / len(y_new)


def with_torch(y_train, y_new):
    import torch

    label = torch.mode(torch.as_tensor(y_train)).values
    return (torch.as_tensor(y_new) == label).float().mean()


LABELS = [
    ([1, 1, 1, 0, 0], [1, 0, 0, 0]),
    ([0, 0, 1], [1, 1, 0, 0, 0]),
    ([2, 2, 0, 1, 2, 3], [2, 2, 3, 3, 3, 3, 0, 1]),
    ([0, 1, 1, 2, 1, 2], [1, 1, 1, 2, 2]),
    ([2, 0, 1, 0, 2, 0, 2, 2], [1, 2, 2, 0, 0, 1, 1, 1]),
    ([1, 3, 3], [3, 1, 3, 1, 1]),                        # no row has class 0 or 2
]


def cases():
    return [
        Case((_labels(path, train), _labels(path, new)), _oracle(train, new), path=path)
        for path in paths.available()
        for train, new in LABELS
    ]


def _labels(path, values):
    if path == "torch":
        import torch

        return torch.tensor(values)
    return np.array(values)


def _oracle(train, new):
    """By sorting: the longest run of equal labels is the most frequent class."""
    runs = {}
    for label in sorted(train):
        runs[label] = runs.get(label, "") + "|"
    label = max(runs, key=lambda name: len(runs[name]))
    return new.count(label) / len(new)


EXERCISE = Exercise(
    identifier="learning_loop.majority_accuracy",
    title="the baseline to beat",
    level="compute",
    prompt=(
        "A model that ignores its input and always answers the most frequent class of the training "
        "labels is the baseline for every accuracy. Write "
        "`majority_accuracy(y_train, y_new)`: the fraction of `y_new` that it gets right. Both are "
        "one-dimensional NumPy arrays, or torch tensors, of whole numbers from 0; no two classes "
        "are equally frequent. Example: `majority_accuracy(np.array([1, 1, 0]), "
        "np.array([1, 0, 0, 0]))` is 0.25."
    ),
    stub='''\
def majority_accuracy(y_train, y_new):
    """Accuracy on y_new of always answering the most frequent class of y_train."""
    return ...
''',
    solution=majority_accuracy,
    cases=cases,
    hints=(
        "Two steps: which class is most frequent in y_train? How often is it right on y_new?",
        "Count how often each class occurs in y_train; the class, not its count, is the answer "
        "that the model always gives.",
        "Compare every label of y_new with that one class: which fraction is equal?",
    ),
    passed=(
        "On the tumours it is 62.7 %: an accuracy of 65 % is hardly better than no model, however "
        "good it may sound."
    ),
    mistakes=(
        Mistake(
            "looks at the new labels",
            "The class was chosen by looking at y_new. A model cannot do that: it has to decide "
            "from y_train alone, and may be unlucky on new rows.",
            answers=(looks_at_the_new_labels,),
        ),
        Mistake(
            "measures on the training rows",
            "This is how often the class occurs in y_train. What counts is how often it is right "
            "on y_new.",
            answers=(measures_on_training,),
        ),
        Mistake(
            "guesses evenly",
            "One over the number of classes is the accuracy of guessing at random. Always giving "
            "the most frequent class is different where classes are not equally frequent.",
            answers=(one_over_the_number_of_classes,),
        ),
        Mistake(
            "takes the largest label for the most frequent",
            "The maximum of the labels is the class with the largest number, not the one that "
            "occurs most often: count them.",
            answers=(largest_label,),
        ),
        Mistake(
            "returns the class",
            "This is the most frequent class itself. Now compare it with every label of y_new: "
            "which fraction is equal?",
            answers=(the_class_itself,),
        ),
        Mistake(
            "counts without dividing",
            "This is how many are right. The accuracy is a fraction: divide by the number of rows "
            "of y_new.",
            answers=(counts_without_dividing,),
        ),
        Mistake(
            "takes the average of the labels",
            "Labels are names, and the average of names is none of them: with as many 0 as 2 it "
            "would be 1, which may not occur at all. Count each class.",
            answers=(averages_the_labels,),
        ),
        Mistake(
            "counts the elements of a tensor as objects",
            "Right for NumPy. The elements of a torch tensor are objects, and two equal ones still "
            "count as two different things: turn them into plain numbers first.",
            answers=(counts_objects,),
        ),
        Mistake(
            "takes a place among the classes for the class",
            "Right where every class from 0 occurs in y_train. argmax gives the place of the "
            "largest count, and np.unique skips the classes that are missing: which class has "
            "this place?",
            answers=(place_among_the_classes,),
        ),
        Mistake(
            "compares row by row",
            "This compares the first label of y_train with the first of y_new, and so on: they "
            "belong to different examples. Find one class in y_train, and compare it with all of "
            "y_new.",
            answers=(row_by_row,),
        ),
    ),
    also_right=(by_bincount, by_counter, with_torch),
    by_hand=(
        Asked(
            "training labels 0, 0, 1; new labels 1, 1, 0, 0, 0",
            (np.array([0, 0, 1]), np.array([1, 1, 0, 0, 0])),
        ),
        Asked(
            "training labels 0, 1, 1, 2, 1, 2; new labels 1, 1, 1, 2, 2",
            (np.array([0, 1, 1, 2, 1, 2]), np.array([1, 1, 1, 2, 2])),
        ),
    ),
)
