"""Repair, case I: the names of the classes in another order than the labels."""

import numpy as np

from nnlib.exercises.exercise import Case, Exercise, Mistake


def names_said(scores, folders):
    """The name that each row of scores means, and how sure the network is of it."""
    names = sorted(folders)              # as they were numbered for training
    best = np.argmax(scores, axis=1)               # (rows,)
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    sure = shifted.max(axis=1) / shifted.sum(axis=1)
    return [(names[place], float(p)) for place, p in zip(best, sure, strict=True)]


def broken(scores, folders):
    """The name that each row of scores means, and how sure the network is of it."""
    names = list(folders)                # as they were numbered for training
    best = np.argmax(scores, axis=1)               # (rows,)
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    sure = shifted.max(axis=1) / shifted.sum(axis=1)
    return [(names[place], float(p)) for place, p in zip(best, sure, strict=True)]


# --- answers with one misconception each ---


def scores_sorted_too(scores, folders):
    names, order = sorted(folders), np.argsort(folders)
    moved = np.asarray(scores)[:, order]
    shifted = np.exp(moved - moved.max(axis=1, keepdims=True))
    sure = shifted.max(axis=1) / shifted.sum(axis=1)
    return [(names[place], float(p)) for place, p in zip(moved.argmax(axis=1), sure, strict=True)]


def place_looked_up_twice(scores, folders):
    order = sorted(range(len(folders)), key=lambda place: folders[place])
    said = []
    for row in scores:
        row = [row[place] for place in order]
        p = np.exp(np.array(row) - max(row))
        said.append((sorted(folders)[int(np.argmax(row))], float(p.max() / p.sum())))
    return said


def names_of_the_listing(scores, folders):
    p = np.exp(scores - np.max(scores, axis=1)[:, None])
    p = p / p.sum(axis=1)[:, None]
    return [(folders[int(row.argmax())], float(row.max())) for row in p[:, :]]


def backwards(scores, folders):
    names = sorted(folders, reverse=True)
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    sure = shifted.max(axis=1) / shifted.sum(axis=1)
    return [(names[place], float(p)) for place, p in zip(scores.argmax(axis=1), sure, strict=True)]


def backwards_by_slice(scores, folders):
    names = sorted(folders)[::-1]
    said = []
    for row in scores:
        p = np.exp(row - row.max())
        said.append((names[int(np.argmax(p))], float(p.max() / p.sum())))
    return said


def backwards_by_place(scores, folders):
    names = np.sort(folders)
    p = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
    return [(str(names[-1 - row.argmax()]), float(row.max())) for row in p]


def numbers_for_names(scores, folders):
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    sure = shifted.max(axis=1) / shifted.sum(axis=1)
    return [(int(place), float(p)) for place, p in zip(scores.argmax(axis=1), sure, strict=True)]


def numbers_for_names_by_row(scores, folders):
    said = []
    for row in scores:
        p = np.exp(row - row.max())
        said.append((int(np.argmax(p)), float(p.max() / p.sum())))
    return said


def numbers_for_names_by_list(scores, folders):
    p = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
    return [(row.tolist().index(row.max()), float(row.max())) for row in p]


def score_for_certainty(scores, folders):
    names = sorted(folders)
    return [(names[int(row.argmax())], float(row.max())) for row in scores]


def score_for_certainty_by_arrays(scores, folders):
    names = np.sort(folders)[np.argmax(scores, axis=1)]
    return [(str(name), float(top)) for name, top in zip(names, np.max(scores, 1), strict=True)]


def score_for_certainty_by_pairs(scores, folders):
    said = []
    for row in scores:
        top, name = max(zip(row, sorted(folders), strict=True))
        said.append((name, float(top)))
    return said


def scores_moved(scores, folders):
    names, moved = list(folders), scores[:, np.argsort(folders)]
    shifted = np.exp(moved - moved.max(axis=1, keepdims=True))
    sure = shifted.max(axis=1) / shifted.sum(axis=1)
    return [(names[place], float(p)) for place, p in zip(moved.argmax(axis=1), sure, strict=True)]


def by_length(scores, folders):
    names = sorted(folders, key=len)
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    sure = shifted.max(axis=1) / shifted.sum(axis=1)
    return [(names[place], float(p)) for place, p in zip(scores.argmax(axis=1), sure, strict=True)]


def typed_in(scores, folders):
    names = ["eight", "five", "four", "nine", "one", "seven", "six", "three", "two", "zero"]
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    sure = shifted.max(axis=1) / shifted.sum(axis=1)
    return [(names[place], float(p)) for place, p in zip(scores.argmax(axis=1), sure, strict=True)]


def not_shifted(scores, folders):
    names = sorted(folders)
    with np.errstate(over="ignore", invalid="ignore"):
        p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return [(names[row.argmax()], float(row.max())) for row in p]


# --- how they are recognised ---


def _names(seen):
    """The names that were said, or None where one of the certainties is wrong."""
    pairs = [(got[1], right[1]) for item in seen
             for got, right in zip(item.result, item.case.expected, strict=True)]
    if not np.allclose(*np.transpose(pairs)):
        return None
    return [[name for name, _ in item.result] for item in seen]


def in_another_order(seen):
    """Whether the names are of the folders, in an order that has no hint of its own."""
    said = _names(seen)
    known = [[[name for name, _ in answer(*item.case.arguments)] for item in seen]
             for answer in (names_said, broken, backwards, scores_moved)]
    return said is not None and said not in known and all(
        set(names) <= set(item.case.arguments[1]) for names, item in zip(said, seen, strict=True))


def of_their_own(seen):
    """Whether the names are words that are not among the folders everywhere."""
    said = _names(seen)
    return said is not None and all(isinstance(name, str) for names in said for name in names) and (
        any(not set(names) & set(item.case.arguments[1])
            for names, item in zip(said, seen, strict=True)))


def overflows(seen):
    """Whether a certainty is no number, and all others are right."""
    pairs = [(got[1], right[1]) for item in seen
             for got, right in zip(item.result, item.case.expected, strict=True)]
    bad = [bool(np.isnan(got)) for got, _ in pairs]
    return any(bad) and all(nan or np.isclose(*pair) for nan, pair in zip(bad, pairs, strict=True))


# --- unusual and right ---


def by_pairs(scores, folders):
    """Each name beside its probability, and of these pairs the one that is largest."""
    said = []
    for row in scores:
        p = np.exp(row - np.logaddexp.reduce(row))
        sure, name = max(zip(p, sorted(folders), strict=True))
        said.append((name, float(sure)))
    return said


def cases():
    return [_case(0, ("two", "four", "one", "three"), 2), _case(1, ("b", "c", "a"), 3000),
            _case(2, ("rain", "fog", "sun", "hail", "snow"), 1)]


def _case(seed, folders, size):
    rng = np.random.default_rng(seed)
    scores = np.round(rng.normal(0, size, (4, len(folders))), 3)
    numbered = dict(enumerate(sorted(folders)))
    expected = []
    for row in scores.tolist():
        place = row.index(max(row))
        # One over the sum of e to the distances from the best score.
        expected.append((numbered[place], 1 / sum(np.exp(score - row[place]) for score in row)))
    return Case((scores, list(folders)), expected)


EXERCISE = Exercise(
    identifier="debugging.names_said",
    title="case I, numbers become names",
    level="repair",
    prompt=(
        "The code behind case I, on the machine that answers users. For training, the classes were "
        "numbered by their folders' names in alphabetical order. `folders` lists the same folders "
        "in the order in which this machine has them; column 0 of `scores` is class 0. The answers "
        "are sure and wrong. Mend it, so that each row gets its name and the probability of that, "
        "however large the scores are."
    ),
    solution=names_said,
    broken=broken,
    cases=cases,
    hints=(
        "The scores come from training, the names from this machine. Which order does each have?",
        "Only one of the two is in the wrong order. Do not move what is right.",
    ),
    passed="Numbers get their names from the order in which they were given: best from a list that "
           "travels with the weights.",
    mistakes=(
        Mistake(
            "calls each row as before",
            "Each row is called what it was called before. Whoever sorts the names and moves the "
            "scores by the same step makes two changes that cancel: the scores were in order.",
            answers=(scores_sorted_too, place_looked_up_twice, names_of_the_listing),
        ),
        Mistake(
            "moves the scores",
            "The scores were in order, the names were not: now the scores are out of order too.",
            answers=(scores_moved,),
        ),
        Mistake(
            "sorts by something else",
            "That is an order, and not the alphabetical one of `folders`.",
            answers=(by_length,),
            recognise=in_another_order,
        ),
        Mistake(
            "types the names in",
            "The names come from a list in the code: other folders have other names. They stand in "
            "`folders`.",
            answers=(typed_in,),
            recognise=of_their_own,
        ),
        Mistake(
            "lets exp overflow",
            "e to the power of a large score is infinite, and infinite by infinite is no number. "
            "The largest of a row can be taken off first.",
            answers=(not_shifted,),
            recognise=overflows,
        ),
        Mistake(
            "sorts backwards",
            "The names are in order, from the last one to the first. Class 0 is the first in the "
            "alphabet.",
            answers=(backwards, backwards_by_slice, backwards_by_place),
        ),
        Mistake(
            "gives numbers in place of names",
            "A user cannot do anything with the number of a class: asked is its name.",
            answers=(numbers_for_names, numbers_for_names_by_row, numbers_for_names_by_list),
        ),
        Mistake(
            "takes the score for a probability",
            "The names are right. But the largest score is no probability: it can lie above 1. "
            "A softmax makes one of it.",
            answers=(score_for_certainty, score_for_certainty_by_arrays,
                     score_for_certainty_by_pairs),
        ),
    ),
    also_right=(by_pairs,),
)
