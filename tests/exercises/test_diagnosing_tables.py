"""Every row of the tables of `nnlib.exercises.diagnosing` has an example that shows it.

The rules are given results beside expected ones, as they come from the cases of an exercise.
"""

import math

import numpy as np
import pytest

from nnlib.exercises.diagnosing import amounts, arrays, cases, numbers, positions, shapes
from nnlib.exercises.diagnosing.evidence import Pair

NUMBERS = [0.37, -1.26, 2.714, -0.0815]
SHARES = [0.3712345678, 0.1267654321, 0.8912345678]
LARGE = [12.3712345678, 3.1267654321, 40.8912345678]

# (words that have to be said, expected numbers, what the result is then)
OF_NUMBERS = [
    ("with the sign turned", NUMBERS, lambda e: -e),
    ("without its sign", NUMBERS, lambda e: e if e > 0 else -e),
    ("is 0 wherever a negative number is expected", NUMBERS, lambda e: max(e, 0.0)),
    ("is 1 more than expected", NUMBERS, lambda e: e + 1),
    ("is 1 less than expected", NUMBERS, lambda e: e - 1),
    ("rounded down", [2.5, -1.5, 7.25], lambda e: e // 1),
    ("without what is behind the point", [2.5, -1.5, 7.25], int),
    ("rounded up", [2.25, -1.5, 7.25], math.ceil),
    *(
        (f"rounded to {decimals} decimals",
         [e * 10.0 ** min(0, 4 - decimals) for e in SHARES] if decimals else [*LARGE, 5.8],
         lambda e, d=decimals: round(e, d))
        for decimals in range(9)
    ),
    ("1 minus the expected one", SHARES, lambda e: 1 - e),
    ("is twice the expected one", NUMBERS, lambda e: e + e),
    ("is half of the expected one", NUMBERS, lambda e: e / 2),
    ("is minus two times the expected one", NUMBERS, lambda e: -e - e),
    ("is minus half of the expected one", NUMBERS, lambda e: -e / 2),
    ("is 100 times the expected one", NUMBERS, lambda e: e * 100),
    ("is a hundredth of the expected one", NUMBERS, lambda e: e / 100),
    ("divided by ln 2 = 0.693", [math.log(3), math.log(5)], lambda e: math.log2(math.exp(e))),
    ("times ln 2 = 0.693", [math.log2(3), math.log2(5)], lambda e: math.log(2**e)),
    ("divided by ln 10 = 2.303", [math.log(3), math.log(5)], lambda e: math.log10(math.exp(e))),
    ("is the square of the expected one", NUMBERS, lambda e: e * e),
    ("is the root of the expected one", SHARES, math.sqrt),
    ("is 1 divided by the expected one", NUMBERS, lambda e: 1 / e),
    ("is the logarithm of the expected one", SHARES, math.log),
    ("is minus the logarithm of the expected one", SHARES, lambda e: -math.log(e)),
    ("is e to the power of the expected one", NUMBERS, math.exp),
    ("is e to the power of minus the expected one", NUMBERS, lambda e: math.exp(-e)),
    ("is the sigmoid of the expected one", NUMBERS, lambda e: 1 / (1 + math.exp(-e))),
    ("is the logit", SHARES, lambda e: math.log(e) - math.log(1 - e)),
    ("is the tanh of the expected one", NUMBERS, math.tanh),
]


def pairs_of(expected, result, arguments=()):
    arguments = arguments or [{}] * len(expected)
    return [
        Pair(result(one), one, given, False) for one, given in zip(expected, arguments, strict=True)
    ]


@pytest.mark.parametrize(("said", "expected", "result"), OF_NUMBERS)
def test_each_row_of_the_numbers_is_found(said, expected, result):
    found = numbers.find(pairs_of(expected, result))
    assert found is not None
    assert said in found.clause
    # One number more that is something else, and nothing is claimed of all.
    other = [*pairs_of(expected, result), Pair(0.777, 0.6, {}, False)]
    assert numbers.find(other) is None


def test_no_row_of_the_numbers_is_without_an_example():
    found = [numbers.find(pairs_of(expected, result)) for _, expected, result in OF_NUMBERS]
    assert {row.clause for row in numbers.RELATIONS} == {one.clause for one in found}


# --- whole arrays ---

WIDE = [np.array([[0.5, -2.0, 1.25], [3.0, 0.75, 0.1]]), np.array([[1.0, 4.0], [-0.5, 2.5]])]
FLAT = [np.array([0.5, -2.0, 1.25, 3.0]), np.array([2.0, 7.0, 0.25])]
ROWS = [np.array([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]]), np.array([[0.25, 0.75], [0.6, 0.4]])]


def softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=1)[:, None]


OF_ARRAYS = [
    ("in reverse order", WIDE, lambda e: e[::-1]),
    ("each row in reverse order", WIDE, lambda e: e[:, ::-1]),
    ("but sorted", FLAT, lambda e: np.array(sorted(e))),
    ("but sorted from the largest down", FLAT, lambda e: np.array(sorted(e, reverse=True))),
    ("one place too late", FLAT, lambda e: np.concatenate([e[-1:], e[:-1]])),
    ("one place too early", FLAT, lambda e: np.concatenate([e[1:], e[:1]])),
    ("one place too far along the last axis", [WIDE[0], WIDE[0] + 1],
     lambda e: np.hstack([e[:, -1:], e[:, :-1]])),
    ("one place too early along the last axis", [WIDE[0], WIDE[0] + 1],
     lambda e: np.hstack([e[:, 1:], e[:, :1]])),
    ("is the softmax of the expected one", WIDE, softmax),
    ("is the log-softmax of the expected one", WIDE, lambda e: np.log(softmax(e))),
    ("divided by its sum", FLAT, lambda e: e / sum(e)),
    ("each row divided by its sum", WIDE, lambda e: e / e.sum(axis=1)[:, None]),
    ("divided by its maximum", FLAT, lambda e: e / max(abs(e))),
    ("divided by its length", FLAT, lambda e: e / sum(e**2) ** 0.5),
    ("less its own mean", FLAT, lambda e: e - sum(e) / len(e)),
    ("the mean of each row taken off", WIDE, lambda e: e - e.mean(axis=1)[:, None]),
    ("adds up", FLAT, lambda e: np.array([sum(e[: i + 1]) for i in range(len(e))])),
    ("the mean of the expected numbers in every place", FLAT,
     lambda e: np.array([sum(e) / len(e)] * len(e))),
    ("the sum of the expected numbers in every place", FLAT, lambda e: np.array([sum(e)] * len(e))),
    ("repeats the first entry", FLAT, lambda e: np.array([e[0]] * len(e))),
    ("repeats the last entry", FLAT, lambda e: np.array([e[-1]] * len(e))),
    ("holds logits", ROWS, lambda e: np.log(e) + 2.0),
    ("that do not sum to 1", ROWS, lambda e: e * np.array([[2.0], [5.0]])),
    ("the right proportions, but does not sum to 1", [r / 2 for r in ROWS],
     lambda e: e * (3.0 + len(e))),
    ("each column's mean is left in", [w - w.mean(axis=0) for w in WIDE],
     lambda e: e + np.arange(1.0, e.shape[1] + 1)),
    ("holds the changes", FLAT, lambda e: np.array([e[0], *(e[1:] - e[:-1])])),
]


@pytest.mark.parametrize(("said", "expected", "result"), OF_ARRAYS)
def test_each_row_of_the_arrays_is_found(said, expected, result):
    pairs = pairs_of(expected, result)
    found = arrays.find(pairs)
    assert found is not None
    assert said in found.clause
    other = Pair(expected[0] * np.linspace(1, 2, expected[0].size).reshape(expected[0].shape),
                 expected[0], {}, False)
    assert arrays.find([*pairs, other]) is None


def test_no_row_of_the_arrays_is_without_an_example():
    clauses = {arrays.find(pairs_of(expected, result)).clause for _, expected, result in OF_ARRAYS}
    for row in (*arrays.OF_THE_EXPECTED, *arrays.OF_THE_RESULT):
        assert row[2] in clauses


# --- factors and offsets with a name ---

EXPECTED = [1.7, -0.6, 2.3]
Q = [3.0, 4.0, 7.0]
OF_FACTORS = [
    ("times q", lambda e, q: e * q), ("divided by q", lambda e, q: e / q),
    ("times minus q", lambda e, q: -e * q), ("divided by minus q", lambda e, q: -e / q),
    ("times 2 · q", lambda e, q: 2 * q * e), ("times q / 2", lambda e, q: q * e / 2),
    ("times 2 / q", lambda e, q: 2 * e / q), ("divided by 2 · q", lambda e, q: e / q / 2),
    ("times the square of q", lambda e, q: e * q * q),
    ("divided by the square of q", lambda e, q: e / q / q),
    ("times the root of q", lambda e, q: e * math.sqrt(q)),
    ("divided by the root of q", lambda e, q: e / math.sqrt(q)),
    ("times q / (q - 1)", lambda e, q: e * q / (q - 1)),
    ("times (q - 1) / q", lambda e, q: e * (q - 1) / q),
    ("times the root of q / (q - 1)", lambda e, q: e * math.sqrt(q / (q - 1))),
    ("times the root of (q - 1) / q", lambda e, q: e * math.sqrt((q - 1) / q)),
    ("times q / (q + 1)", lambda e, q: e * q / (q + 1)),
    ("times (q + 1) / q", lambda e, q: e * (q + 1) / q),
    ("times (1 - q)", lambda e, q: e * (1 - q)), ("divided by (1 - q)", lambda e, q: e / (1 - q)),
    ("plus q", lambda e, q: e + q), ("minus q", lambda e, q: e - q),
    ("plus 2 · q", lambda e, q: e + 2 * q), ("minus 2 · q", lambda e, q: e - 2 * q),
    ("plus q / 2", lambda e, q: e + q / 2), ("minus q / 2", lambda e, q: e - q / 2),
]


def with_q(function, names=("q",)):
    return [
        Pair(function(e, q), e, dict.fromkeys(names, q), False)
        for e, q in zip(EXPECTED, Q, strict=True)
    ]


@pytest.mark.parametrize(("said", "function"), OF_FACTORS)
def test_each_factor_and_offset_is_found_and_named(said, function):
    found = amounts.find(with_q(function))
    assert f"is the expected one {said} (3 in the first of them)" in found.clause
    other = [*with_q(function), Pair(0.91, 0.6, {"q": 5.0}, False)]
    assert amounts.find(other) is None


def test_no_factor_or_offset_is_without_an_example():
    said = {one for one, _ in OF_FACTORS}
    assert {form.format("q") for form, _ in (*amounts.FACTORS, *amounts.OFFSETS)} == said


def test_two_arguments_together_are_named():
    pairs = [
        Pair(e + a * b, e, {"a": a, "b": b}, False)
        for e, a, b in ((1.7, 0.3, 5.0), (-0.6, 0.7, 11.0), (2.3, 0.9, 13.0))
    ]
    assert "plus a · b" in amounts.find(pairs).clause


@pytest.mark.parametrize(("said", "length"), [
    ("len(x)", len), ("x.shape[1]", lambda x: x.shape[1]), ("x.size", lambda x: x.size),
])
def test_lengths_are_named_as_a_reader_writes_them(said, length):
    tables = [np.ones((2, 5)), np.ones((3, 7)), np.ones((4, 9))]
    pairs = [Pair(e * length(x), e, {"x": x}, False)
             for e, x in zip(EXPECTED, tables, strict=True)]
    assert f"times {said} " in amounts.find(pairs).clause


def test_the_number_of_classes_is_an_axis_of_the_result():
    pairs = [Pair(e * e.shape[1], e, {}, False) for e in WIDE]
    assert "times the length of axis 1 of the result (3" in amounts.find(pairs).clause


# --- sums, means, maxima and products ---


@pytest.mark.parametrize(("name", "function"), [
    ("sum", sum), ("mean", lambda e: sum(e) / len(e)), ("maximum", max), ("product", math.prod),
])
def test_one_number_for_many_and_many_for_one(name, function):
    assert shapes.find(pairs_of(FLAT, function)).clause == f"is the {name} of the expected numbers"
    many = [Pair(values, function(values), {}, False) for values in FLAT]
    assert f"its {name} is what is expected" in shapes.find(many).clause


# --- which places are wrong ---


def spoilt(places):
    """Square tables in which these places, and no others, are wrong."""
    tables = [np.arange(1.0, 10.0).reshape(3, 3), 5 - np.arange(16.0).reshape(4, 4)]
    made = []
    for expected in tables:
        got = expected.copy()
        got[places(expected)] = 77.7
        made.append(Pair(got, expected, {"x": expected / 2}, False))
    return made


def mark(*index):
    def places(table):
        marked = np.zeros(table.shape, dtype=bool)
        marked[index] = True
        return marked

    return places


def but(places):
    return lambda table: ~places(table)


def diagonal(table):
    return np.eye(len(table), dtype=bool)


OF_PLACES = [
    ("right but for the first entry", mark(0)),
    ("right but for the last entry", mark(-1)),
    ("right in the first entry and wrong in all others", but(mark(0))),
    ("right in the last entry and wrong in all others", but(mark(-1))),
    ("right but for the first column", mark(..., 0)),
    ("right but for the last column", mark(..., -1)),
    ("right in the first column and wrong in all others", but(mark(..., 0))),
    ("right in the last column and wrong in all others", but(mark(..., -1))),
    ("wrong on the diagonal only", diagonal),
    ("right on the diagonal only", but(diagonal)),
]


@pytest.mark.parametrize(("said", "places"), OF_PLACES)
def test_each_kind_of_place_is_found(said, places):
    assert said in positions.find(spoilt(places)).clause
    assert positions.find([*spoilt(places), *spoilt(mark(1, slice(0, 2)))[:1]]) is None


def test_no_kind_of_place_is_without_an_example():
    assert [f"is {said}" for said, _ in OF_PLACES] == [clause for clause, _, _ in positions.PLACES]


X = np.array([-40.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 40.0])
OF_VALUES = [
    ("negative", lambda x: x < 0), ("positive", lambda x: x > 0), ("0", lambda x: x == 0),
    ("not 0", lambda x: x != 0), ("at least 0", lambda x: x >= 0), ("at most 0", lambda x: x <= 0),
    ("above 1 or below -1", lambda x: (x > 1) | (x < -1)), ("1", lambda x: x == 1),
    ("above 30 or below -30", lambda x: (x > 30) | (x < -30)),
]


@pytest.mark.parametrize(("said", "wrong"), OF_VALUES)
def test_each_kind_of_value_is_found(said, wrong):
    expected = X * 3 + 5
    got = np.where(wrong(X), 123.4, expected)
    found = positions.find([Pair(got, expected, {"x": X}, False)])
    assert f"wrong exactly where x is {said}" in found.clause


def test_no_kind_of_value_is_without_an_example():
    assert [said for said, _ in OF_VALUES] == [word for word, _ in positions.VALUES]


# --- what the wrong cases have in common ---

# (said, a value for which it holds, values for which it does not)
OF_CASES = [
    ("v is 0", 0, (3, -3)), ("v is negative", -2.5, (0, 2)), ("v is 1", 1, (0, 2, 40)),
    ("v is positive", 2.5, (0, -3)), ("v is at least 1", 1, (0, 0.5)), ("v is above 1", 3, (1, 0)),
    ("v is not a whole number", 0.5, (1, -2)), ("v is a whole number", 2, (0.5, 1.5)),
    ("v is larger than 30, or smaller than -30", -31, (30, -30)), ("v is odd", 3, (2, 0)),
    ("v is even", 2, (3, 5)), ("v is not 0", -1, (0,)), ("v is not 1", 2, (1,)),
    ("v is True", True, (False,)), ("v is False", False, (True,)),
    ("v is empty", np.zeros(0), (np.ones(1),)), ("v has one entry", np.ones(1), (np.ones(2),)),
    ("v has one row", np.ones((1, 2)), (np.ones((2, 2)),)),
    ("v has more than one entry", np.ones(2), (np.ones(1),)),
    ("v has more than one row", np.ones((2, 2)), (np.ones((1, 2)),)),
    ("v has more than two entries", np.arange(3.0), (np.arange(2.0),)),
    ("v has as many rows as columns", np.ones((2, 2)), (np.ones((2, 3)), np.ones((3, 2)))),
    ("v has more rows than columns", np.ones((3, 2)), (np.ones((2, 2)),)),
    ("v has more columns than rows", np.ones((2, 3)), (np.ones((2, 2)),)),
    ("v has NaN or infinity in it", np.array([np.nan, 1]), (np.ones(2),)),
    ("v has negative numbers", np.array([-1.0, 2]), (np.array([1.0, 0]),)),
    ("v has no negative numbers", np.array([1.0, 0]), (np.array([-1.0, 2]),)),
    ("v has only negative numbers", np.array([-1.0, -2]), (np.array([-1.0, 2]),)),
    ("v has a 0", np.array([0.0, 2]), (np.array([1.0, 2]),)),
    ("v has no 0", np.array([1.0, 2]), (np.array([0.0, 2]),)),
    ("v has large numbers", np.array([31.0, -2]), (np.array([30.0, 2]),)),
    ("v has equal numbers", np.array([1.0, 1, 2]), (np.array([1.0, 2, 3]),)),
    ("v has its largest number twice", np.array([1.0, 2, 2]), (np.array([1.0, 1, 2]),)),
    ("v is constant", np.array([2.0, 2]), (np.array([2.0, 3]),)),
    ("v has one axis", np.ones(2), (np.ones((1, 2)),)),
    ("v has more than one axis", np.ones((1, 2)), (np.ones(2),)),
]


def with_v(value):
    return Pair(0, "x", {"v": value}, False)


@pytest.mark.parametrize(("said", "value", "others"), OF_CASES)
def test_each_question_to_one_argument_tells_its_cases_apart(said, value, others):
    questions = {one: test for _, one, test in cases._questions(with_v(value))}
    assert questions[said](with_v(value))
    for other in others:
        assert not questions[said](with_v(other))
    assert cases.common([with_v(value)], [with_v(other) for other in others])


def test_what_is_hardly_ever_a_reason_is_not_told_beside_a_better_one():
    def pair(a, b, flags):
        return Pair(0, 1.0, {"a": a, "b": b, "flags": np.array(flags)}, False)

    wrong, right = [pair(3.5, 2, [1, 1, 0])], [pair(-0.5, 3, [1, 0, 0])]
    assert cases.common(wrong, right) == "a is positive"
    assert cases.common([pair(1.0, 2, [1])], [pair(1.0, 3, [1])]) == "b is even"


def test_no_question_is_without_an_example():
    said = {one for one, _, _ in OF_CASES}
    asked = {form.format("v") for form, _ in (*cases.OF_NUMBERS, *cases.PARITY, *cases.OF_ARRAYS)}
    assert asked | {"v is True", "v is False"} == said


@pytest.mark.parametrize(("said", "pair", "others"), [
    ("a is as large as b", (2, 2), [(2, 3), (3, 2)]),
    ("a is not as large as b", (2, 3), [(2, 2)]),
    ("a is smaller than b", (2, 3), [(2, 2), (3, 2)]),
    ("a is larger than b", (3, 2), [(2, 2), (2, 3)]),
    ("a is not a multiple of b", (7, 2), [(6, 2), (4, 2)]),
    ("a is a multiple of b", (6, 2), [(7, 2), (5, 2)]),
    ("a and b are equally long", (np.ones(2), np.zeros(2)), [(np.ones(2), np.zeros(3))]),
    ("a and b are not equally long", (np.ones(2), np.zeros(3)), [(np.ones(2), np.zeros(2))]),
])
def test_each_question_to_two_arguments_tells_its_cases_apart(said, pair, others):
    def with_both(values):
        return Pair(0, 1, dict(zip("ab", values, strict=True)), False)

    questions = {one: test for _, one, test in cases._questions(with_both(pair))}
    assert questions[said](with_both(pair))
    assert not any(questions[said](with_both(other)) for other in others)


def test_what_holds_for_a_right_case_too_is_not_said():
    wrong, right = [with_v(-2.0), with_v(-3.0)], [with_v(-1.0), with_v(4.0)]
    assert "negative" not in cases.common(wrong, right)
    assert cases.common(wrong, [with_v(4.0)]).startswith("v is negative")
    assert cases.common(wrong, []) == ""
