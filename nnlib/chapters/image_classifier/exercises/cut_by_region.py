"""Build: which squares of a photograph lie wholly on one side of a border."""

import numpy as np

from nnlib.chapters.image_classifier.exercises._judging import (
    gives_what_one_of,
    judge_pair,
    two_lists,
)
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def cut_by_region(lefts, side, border):
    """Numbers of the squares wholly left of the border, and wholly from it on."""
    before = [row for row, left in enumerate(lefts) if left + side <= border]
    behind = [row for row, left in enumerate(lefts) if left >= border]
    return before, behind


# --- answers with one misconception each ---


def by_the_first_column(lefts, side, border):
    before = [row for row, left in enumerate(lefts) if left < border]
    behind = [row for row, left in enumerate(lefts) if left >= border]
    return before, behind


def by_the_last_column(lefts, side, border):
    before = [row for row, left in enumerate(lefts) if left + side <= border]
    behind = [row for row, left in enumerate(lefts) if left + side > border]
    return before, behind


def by_the_middle(lefts, side, border):
    before = [row for row, left in enumerate(lefts) if left + side / 2 <= border]
    behind = [row for row, left in enumerate(lefts) if left + side / 2 > border]
    return before, behind


def one_column_too_strict(lefts, side, border):
    before = [row for row, left in enumerate(lefts) if left + side < border]
    behind = [row for row, left in enumerate(lefts) if left >= border]
    return before, behind


def misses_the_first_behind(lefts, side, border):
    before = [row for row, left in enumerate(lefts) if left + side <= border]
    behind = [row for row, left in enumerate(lefts) if left > border]
    return before, behind


def one_column_too_generous(lefts, side, border):
    before = [row for row, left in enumerate(lefts) if left + side - 1 <= border]
    behind = [row for row, left in enumerate(lefts) if left >= border]
    return before, behind


def sides_swapped(lefts, side, border):
    before = [row for row, left in enumerate(lefts) if left + side <= border]
    behind = [row for row, left in enumerate(lefts) if left >= border]
    return behind, before


def columns_for_numbers(lefts, side, border):
    return [left for left in lefts if left + side <= border], [
        left for left in lefts if left >= border]


def counts_from_one(lefts, side, border):
    before = [row for row, left in enumerate(lefts, start=1) if left + side <= border]
    behind = [row for row, left in enumerate(lefts, start=1) if left >= border]
    return before, behind


def gap_on_the_right_too(lefts, side, border):
    before = [row for row, left in enumerate(lefts) if left + side <= border]
    behind = [row for row, left in enumerate(lefts) if left >= border + side]
    return before, behind


def how_many(lefts, side, border):
    before = sum(left + side <= border for left in lefts)
    behind = sum(left >= border for left in lefts)
    return before, behind


def places_by_value(lefts, side, border):
    before = [lefts.index(left) for left in lefts if left + side <= border]
    behind = [lefts.index(left) for left in lefts if left >= border]
    return before, behind


def sorted_first(lefts, side, border):
    lefts = sorted(lefts)
    before = [row for row, left in enumerate(lefts) if left + side <= border]
    behind = [row for row, left in enumerate(lefts) if left >= border]
    return before, behind


def stops_early(lefts, side, border):
    before, behind = [], []
    for row, left in enumerate(lefts):
        if left + side <= border:
            before.append(row)
        elif left >= border:
            behind.append(row)
        else:
            break
    return before, behind


def stops_on_the_left(lefts, side, border):
    before = []
    for row, left in enumerate(lefts):
        if left + side > border:
            break
        before.append(row)
    return before, [row for row, left in enumerate(lefts) if left >= border]


def wrapped_by_where(lefts, side, border):
    lefts = np.array(lefts)
    return np.where(lefts + side <= border), np.where(lefts >= border)


# --- unusual and right ---


def by_columns(lefts, side, border):
    before, behind = [], []
    for row, left in enumerate(lefts):
        columns = range(left, left + side)
        if all(column < border for column in columns):
            before.append(row)
        elif not any(column < border for column in columns):
            behind.append(row)
    return tuple(before), tuple(behind)


GIVEN = (
    ([0, 70, 30, 68, 100, 90], 32, 100),
    ([5, 8, 6, 10, 11, 9, 7], 4, 10),
    ([50, 0, 20, 18, 49, 19, 0, 32, 18, 50], 2, 20),
)


def oracle(lefts, side, border):
    """Lay out the columns, and look on which side each of them is."""
    sides = [{column < border for column in range(left, left + side)} for left in lefts]
    return ([row for row, found in enumerate(sides) if found == {True}],
            [row for row, found in enumerate(sides) if found == {False}])


def lets_straddlers_into_the_test(seen):
    """The left ones are right, and what the test region has too much begins before the border."""
    too_many = 0
    for item in seen:
        squares = set(range(len(item.case.make_arguments()[0])))
        pair = two_lists(item.result)
        if pair is None:
            return False
        (before, behind), (right, wanted) = pair, item.case.expected
        extra = set(behind) - set(wanted)
        if before != right or not set(wanted) <= set(behind) or behind != sorted(behind):
            return False
        if not extra <= squares - set(right):
            return False
        too_many += len(extra)
    return too_many > 0


EXERCISE = Exercise(
    identifier="image_classifier.cut_by_region",
    title="no pixel on both sides",
    level="build",
    prompt=(
        "Squares are cut out of a photograph; number i covers the `side` columns that start at "
        "`lefts[i]`. Training gets the region left of column `border`, the test the region from "
        "`border` on. Write `cut_by_region(lefts, side, border)`: the numbers (from 0) of the "
        "squares that lie wholly left, and of those wholly in the test region, as a pair of "
        "ascending lists, `before` and `behind`. A square that lies in both belongs to neither. "
        "Example: `cut_by_region([0, 5, 20], 10, 12)` is `([0], [2])`."
    ),
    stub='''\
def cut_by_region(lefts, side, border):
    """Numbers of the squares wholly left of the border, and wholly from it on."""
    return ...
''',
    solution=cut_by_region,
    judge=judge_pair,
    cases=lambda: [Case(given, oracle(*given)) for given in GIVEN],
    hints=(
        "Which is the last column of a square? On which side must it lie, on which the first?",
        "A square from column 90 with 10 columns ends at 99. Does it touch column 100?",
        "Two questions for each square, and a square may fail both.",
    ),
    passed="Squares that straddle the border would carry training pixels into the test.",
    mistakes=(
        Mistake("looks at the first column only", "A square that begins left of the border and "
                "ends right of it is among the left ones here.", answers=(by_the_first_column,)),
        Mistake("looks at the last column only", "A square that begins left of the border and ends "
                "right of it is among the test ones here: it brings training pixels along.",
                answers=(by_the_last_column,), recognise=lets_straddlers_into_the_test),
        Mistake("goes by the middle", "A square whose middle lies on one side may still have "
                "pixels on the other.", answers=(by_the_middle,)),
        Mistake("refuses the last that fits", "A square that ends right before the border still "
                "lies wholly left of it.", answers=(one_column_too_strict,)),
        Mistake("refuses the first that fits", "A square that begins with the very first column of "
                "the test region lies wholly in it.", answers=(misses_the_first_behind,)),
        Mistake("lets one column across", "A square among the left ones reaches one column too "
                "far: count its columns on your fingers.", answers=(one_column_too_generous,)),
        Mistake("exchanges the two", "The left squares come first, then those of the test region.",
                answers=(sides_swapped,)),
        Mistake("returns columns", "These are the columns where squares begin. Asked are the "
                "numbers of the squares, their places in the list.",
                answers=(columns_for_numbers,)),
        Mistake("counts from one", "The first square has the number 0.",
                answers=(counts_from_one,)),
        Mistake("leaves a gap behind the border", "Right of the border too many are missing: a "
                "square that begins there overlaps none of the left ones.",
                answers=(gap_on_the_right_too,)),
        Mistake("finds equal ones once", "Two squares may begin at the same column, and index "
                "finds the first of them only.", answers=(places_by_value,)),
        Mistake("sorts first", "These are places in a sorted list. Asked are those in the list as "
                "it was handed in.", answers=(sorted_first,)),
        Mistake("stops at the first that straddles", "Squares further on in the list are missing: "
                "one that does not fit ends nothing.", answers=(stops_early, stops_on_the_left),
                recognise=gives_what_one_of(stops_early, stops_on_the_left)),
        Mistake("returns what where wraps", "np.where returns a tuple, one array for each axis. "
                "The numbers are inside it.", answers=(wrapped_by_where,)),
        Mistake("counts only", "That is how many there are. Asked is which.",
                answers=(how_many,)),
    ),
    also_right=(by_columns,),
    by_hand=(
        Asked("lefts 0 70 30 68 100 90, side 32, border 100: the numbers left, then those in the "
              "test region", GIVEN[0]),
        Asked("lefts 5 8 6 10 11 9 7, side 4, border 10: the numbers left, then those in the test "
              "region", GIVEN[1]),
    ),
)
