"""What is said of a wrong answer that no bank foresaw: each relation, and none for a right one."""

import dataclasses
import math
import warnings

import numpy as np
import pytest
import torch
from small_exercises import asked, observed, rate

from nnlib.exercises import catalogue, comparing, diagnosing
from nnlib.exercises.attempting import Observation
from nnlib.exercises.diagnosing import numbers
from nnlib.exercises.diagnosing.evidence import Pair
from nnlib.exercises.examining import examine
from nnlib.exercises.outcomes import Failed, Passed

# --- small exercises to be wrong in ---


def loss(x, y):
    return ((x - y) ** 2).mean()


def scaled(x):
    return 3.0 * x - 1.0


def signed(x):
    return 2.0 * x


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def probability(z):
    return 1 / (1 + math.exp(-z))


def table(x):
    return x + 1.0


def both(x, w):
    value = (x * w).sum()
    slope = 2 * w
    return value, slope


def lowest_and_highest(x):
    low, high, total = x.min(), x.max(), x.sum()
    return low, high, total


def steps(n, size):
    return -(-n // size)


def path(w, lr, n):
    values = [w]
    for _ in range(n):
        values.append(values[-1] * (1 - lr))
    return values


def column_sum(x):
    return x.sum(axis=0)


def batches(x, size):
    return [(x[i : i + size], x[i : i + size] + 1) for i in range(0, len(x), size)]


def total(x):
    return sum(x)


def tiny(x):
    return np.array([1.0, 2e-16]) * x


def added(a, b):
    return "error" if a < 0 or b < 0 else a + b


def strict(exercise):
    """The same, with a judge that compares each number by its own size."""
    def judge(got, expected):
        right = np.shape(got) == np.shape(expected) and np.allclose(got, expected, 1e-9, 0)
        return None if right else "is wrong"

    return dataclasses.replace(exercise, judge=judge)


RNG = np.random.default_rng(0)
VECTORS = [(RNG.normal(size=n), RNG.normal(size=n)) for n in (3, 5, 8)]
TABLES = [(RNG.normal(size=shape),) for shape in ((2, 3), (4, 3), (3, 5))]
LINES = [(RNG.normal(size=n),) for n in (3, 4, 6)]

RATE = asked(rate, (2.0, 4), (3.0, 7), (0.5, 3))
LOSS = asked(loss, *VECTORS)
THREE = asked(lowest_and_highest, *LINES)
SCALED = asked(scaled, *LINES)
SIGNED = asked(signed, *LINES)
SOFTMAX = asked(softmax, *TABLES)
PROBABILITY = asked(probability, (0.3,), (-2.0,), (1.5,))
TABLE = asked(table, *TABLES)
SQUARES = asked(table, *[(RNG.normal(size=(n, n)),) for n in (2, 3)])
BOTH = asked(both, *VECTORS)
STEPS = asked(steps, (10, 4), (9, 3), (7, 2), (8, 4), (11, 4))
PATH = asked(path, (2.0, 0.1, 3), (1.0, 0.5, 5), (4.0, 0.3, 7))
COLUMNS = asked(column_sum, *TABLES)

BATCHES = asked(batches, (np.arange(5.0), 2), (np.arange(7.0) ** 2, 3))
FIRST = asked(total, ((15, 20, 70),), ((25, 81, 30, 11),))
TINY = strict(asked(tiny, (2.0,), (3.0,), (5.0,)))
ERROR = asked(added, (1.0, 2.0), (-1.0, 2.0), (3.0, -1.0), (4.0, 1.0), (-1.0, -2.0))

# (exercise, wrong answer, name of the relation, words that have to be said)
WRONG = [
    (RATE, lambda s, n: -s / n, "sign", "with the sign turned"),
    (RATE, lambda s, n: 2 * s / n, "factor", "twice the expected one"),
    (RATE, lambda s, n: s / n / 2, "factor", "half of the expected one"),
    (RATE, lambda s, n: 100 * s / n, "percent", "100 times"),
    (RATE, lambda s, n: 7.5 * s / n, "factor", "7.5 times the expected one"),
    (RATE, lambda s, n: s / n**2, "factor", "divided by size (4 in the first of them)"),
    (RATE, lambda s, n: s / n**0.5, "factor", "times the root of size"),
    (RATE, lambda s, n: s / (n - 1), "factor", "times size / (size - 1)"),
    (RATE, lambda s, n: s, "argument", "is spread itself"),
    (RATE, lambda s, n: s / n + 0.25, "offset", "0.25 more than expected"),
    (RATE, lambda s, n: s / n - s, "factor", "times (1 - size)"),
    (RATE, lambda s, n: s / n + n, "offset", "plus size"),
    (RATE, lambda s, n: (s / n) ** 2, "square", "the square of the expected one"),
    (RATE, lambda s, n: (s / n) ** 0.5, "root", "the root of the expected one"),
    (RATE, lambda s, n: n / s, "reciprocal", "1 divided by the expected one"),
    (RATE, lambda s, n: 1 - s / n, "one minus", "1 minus the expected one"),
    (RATE, lambda s, n: math.exp(s / n), "exponential", "e to the power of the expected one"),
    (RATE, lambda s, n: math.log(s / n), "logarithm", "the logarithm of the expected one"),
    (RATE, lambda s, n: round(s / n, 2), "rounded", "rounded to 2 decimals"),
    (RATE, lambda s, n: s // n, "zero", "make 0 of every share"),
    (LOSS, lambda x, y: ((x - y) ** 2).sum() // len(x), "whole part", "rounded down"),
    (RATE, lambda s, n: np.array([s / n]), "array of one", "array of shape (1,)"),
    (RATE, lambda s, n: [s / n], "array of one", "array of shape (1,)"),
    (RATE, lambda s, n: f"{s / n}", "text", "a number written as text"),
    (RATE, lambda s, n: s > n, "truth", "True or False"),
    (RATE, lambda s, n: [s, None], "none", "None among its parts"),
    (RATE, lambda s, n: np.array([s]).sum, "not called", "was not called"),
    (RATE, lambda s, n: float("nan"), "nan", "NaN"),
    (RATE, lambda s, n: float("inf"), "inf", "infinite"),
    (RATE, lambda s, n: s / n if n > 3 else -s / n, "sign",
     "In 1 of 3 cases (where spread is not a whole number)"),
    (RATE, lambda s, n: 0.4321, "constant", "whatever is passed in"),
    (RATE, lambda s, n: s / n + 1e-4, "offset", "0.0001 more"),
    (RATE, lambda s, n: s / n * (1 + n / 1e4), "close", "is close, within"),
    (RATE, lambda s, n: s / n * 1.3**s, "too large", "too large throughout"),
    (LOSS, lambda x, y: ((x - y) ** 2).sum(), "factor", "times len(x) (3 in the first of them)"),
    (LOSS, lambda x, y: (x - y) ** 2, "no mean", "its mean is what is expected"),
    (LOSS, lambda x, y: ((x - y) ** 2).mean() / len(x), "factor", "divided by len(x)"),
    (LOSS, lambda x, y: -((x - y) ** 2).mean(), "sign", "sign turned"),
    (SCALED, lambda x: 3 * x, "1 more", "1 more than expected"),
    (SCALED, lambda x: 2 * x - 1, "offset", "minus x"),
    (SCALED, lambda x: (3 * x - 1)[::-1], "reversed", "in reverse order"),
    (SCALED, lambda x: np.sort(3 * x - 1), "sorted", "but sorted"),
    (SCALED, lambda x: np.roll(3 * x - 1, 1), "shifted", "one place too late"),
    (SCALED, lambda x: (3 * x - 1)[:, None], "axis", "(3, 1) for (3,) (in the first of them)"),
    (SCALED, lambda x: (3 * x - 1).sum(), "sum taken", "the sum of the expected numbers"),
    (SCALED, lambda x: (3 * x - 1)[1:], "one short", "misses its first entry"),
    (SCALED, lambda x: (3 * x - 1)[:-1], "one short", "misses its last entry"),
    (SCALED, lambda x: np.append(3 * x - 1, 7.0), "one too many", "one more after them"),
    (SCALED, lambda x: np.add.outer(3 * x - 1, 5 * x), "broadcast", "broadcast to such a table"),
    (SCALED, lambda x: np.append(3 * x[:-1] - 1, 9.0), "places", "right but for the last entry"),
    (SIGNED, lambda x: 2 * abs(x), "no sign", "without its sign"),
    (SIGNED, lambda x: 2 * np.maximum(x, 0), "cut at 0", "0 wherever a negative number"),
    (SIGNED, lambda x: np.where(x > 0, 2 * x, 0.1 * x**2), "places", "exactly where x is negative"),
    (SOFTMAX, lambda z: softmax(softmax(z)), "softmax", "softmax of the expected one"),
    (SOFTMAX, lambda z: z, "argument", "is z itself"),
    (SOFTMAX, lambda z: z + 1, "softmax missing", "holds logits"),
    (SOFTMAX, lambda z: np.exp(z), "softmax missing", "do not sum to 1"),
    (SOFTMAX, lambda z: np.log(softmax(z)), "logarithm", "the logarithm of the expected one"),
    (SOFTMAX, lambda z: 1 - softmax(z), "one minus", "1 minus"),
    (SOFTMAX, lambda z: softmax(z)[:, ::-1], "reversed", "each row in reverse order"),
    (PROBABILITY, lambda z: z * 1.0, "logit", "the logit"),
    (PROBABILITY, lambda z: probability(probability(z)), "sigmoid", "sigmoid of the expected"),
    (TABLE, lambda x: (x + 1).T, "transpose", "is transposed"),
    (SQUARES, lambda x: (x + 1).T, "transpose", "is transposed"),
    (TABLE, lambda x: (x + 1).ravel(), "shape", "the right numbers in the shape (6,)"),
    (TABLE, lambda x: (x + 1).reshape(x.shape[::-1]), "shape", "in the shape (3, 2)"),
    (TABLE, lambda x: (x + 1).mean(axis=0), "mean taken", "along axis 0"),
    (TABLE, lambda x: np.cumsum(x + 1, axis=0), "added up", "adds up"),
    (TABLE, lambda x: (x + 1)[:, [1, 0, *range(2, x.shape[1])]], "other order",
     "not in their places"),
    (COLUMNS, lambda x: x.sum(axis=0, keepdims=True), "axis", "an axis of length 1 too many"),
    (COLUMNS, lambda x: x, "no sum", "its sum along axis 0 is what is expected"),
    (COLUMNS, lambda x: x.mean(axis=0), "factor", "divided by len(x)"),
    (COLUMNS, lambda x: x.sum(axis=1), "shape", "axis 0 is 2 long instead of 3"),
    (BOTH, lambda x, w: ((x * w).sum(), -2 * w), "sign", "The first result (value) is right"),
    (BOTH, lambda x, w: ((x * w).sum(), -2 * w), "sign", "the second result (slope) is the exp"),
    (BOTH, lambda x, w: ((x * w).mean(), 2 * w), "factor", "The second result (slope) is right"),
    (BOTH, lambda x, w: (2 * w, (x * w).sum()), "order of results", "in another order"),
    (THREE, lambda x: (x.min(), x.sum(), x.max()), "order of results", "in another order"),
    (BOTH, lambda x, w: np.append((x * w).sum(), 2 * w), "one row", "np.append"),
    (BOTH, lambda x, w: 2 * w, "one of several", "the second of the 2 results alone"),
    (STEPS, lambda n, k: n // k, "1 less", "(where n is not a multiple of k)"),
    (STEPS, lambda n, k: 20 if n % k else n // k, "too large", "In 3 of 5 cases"),
    (STEPS, lambda n, k: n // k + 1, "1 more", "where n is a multiple of size"),
    (STEPS, lambda n, k: n / k, "too small", "where n is not a multiple of size"),
    (PATH, lambda w, lr, n: path(w, lr, n)[1:], "one short", "misses its first entry"),
    (PATH, lambda w, lr, n: path(w, lr, n)[-1], "only the last", "is the last entry"),
    (PATH, lambda w, lr, n: path(w, lr, n)[:1], "only the first", "return stand inside the loop"),
    (PATH, lambda w, lr, n: [w] * (n + 1), "first everywhere", "repeats the first entry"),
    (PATH, lambda w, lr, n: path(w, lr, n + 1), "one too many", "one more after them"),
    (PATH, lambda w, lr, n: path(w, lr, n)[::2] if n % 2 else None, "every second",
     "at equal distances, from the first on"),
    (PATH, lambda w, lr, n: path(w, lr, n)[1::2], "every second", "up to the last"),
    (BATCHES, lambda x, size: [(x[i : i + size] + 1, x[i : i + size]) for i in
                               range(0, len(x), size)], "order of results", "other way round"),
    (BATCHES, lambda x, size: batches(x, size)[:-1], "number of parts", "has 2 parts where 3"),
    (BATCHES, lambda x, size: [*batches(x, size)[:-1], (x[:1], x[:1])], "places",
     "right but for its last part"),
    (FIRST, lambda x: sum(x[1:]), "offset", "minus x[0]"),
    (FIRST, lambda x: sum(x) + x[-1], "offset", "plus x[-1]"),
    (TINY, lambda x: np.array([1.0, 3e-16]) * x, "close", "its small ones have wrong digits"),
    (ERROR, lambda a, b: a + b, "some cases", 'wrong exactly where "error" is expected'),
    (PATH, lambda w, lr, n: path(w, lr, n)[:2] + [9.0] * (n - 1), "places",
     "right in the first 2 entries"),
]
# The stubs' parameter names are those of the solution, whatever the wrong answer calls its own.
WRONG = [(e, f, name, said.replace("multiple of k", "multiple of size"))
         for e, f, name, said in WRONG]


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_each_relation_is_seen_and_said(number):
    exercise, answer, name, said = WRONG[number]
    found = diagnosing.of_results(exercise, observed(exercise, answer))
    assert found is not None
    assert (found.name, said in found.text) == (name, True), found.text
    outcome = examine(exercise, answer)
    assert isinstance(outcome, Failed)
    assert outcome.relation == name
    assert outcome.hint.startswith(found.text)


def test_text_that_is_expected_in_some_cases_is_named():
    """Where the arguments do not tell the cases apart."""
    solution = lambda x: "error" if x[0] == 3 else x[0]                           # noqa: E731
    exercise = asked(solution, ([1, 5],), ([3, 5],), ([3, 7],), ([2, 7],), ([4, 5],), ([1, 7],))
    found = diagnosing.of_results(exercise, observed(exercise, lambda x: x[0] if x[1] > 5 else 9))
    assert "is right in 2 of 6 cases" in found.text
    assert 'In 2 of the others "error" is expected' in found.text


def test_of_two_wrong_results_the_one_with_an_exact_relation_is_spoken_of():
    found = diagnosing.of_results(
        BOTH, observed(BOTH, lambda x, w: ((x * w).sum() * (1.5 + x[0] ** 2), -2 * w))
    )
    assert found.text.startswith("In all 3 cases the second result (slope) is the expected one "
                                 "with the sign turned.")


def test_a_lambda_has_names_of_parameters_too():
    found = diagnosing.of_results(RATE, observed(RATE, lambda a, b: a / b**2))
    assert "size" in found.text


# --- nothing is said of what is right, or was never observed ---


@pytest.mark.parametrize("exercise", catalogue.exercises(), ids=lambda e: e.identifier)
def test_a_right_answer_is_never_diagnosed(exercise):
    for answer in (exercise.solution, *exercise.also_right):
        if exercise.asks_for_function:
            seen = observed(exercise, answer)
        else:
            seen = [Observation(exercise.cases()[0], result=comparing.plain(answer))]
        seen = [item for item in seen if item.error is None]
        assert diagnosing.of_results(exercise, seen) is None


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_no_rule_speaks_of_the_solution_itself(number):
    """Not only is a right answer kept away from the rules: none of them would say anything."""
    exercise = WRONG[number][0]
    if exercise is TINY:
        return                                         # told apart by its judge alone
    pairs = diagnosing.pairs_of(exercise, observed(exercise, exercise.solution))
    for rule in (numbers.find, diagnosing.arrays.find, diagnosing.shapes.find,
                 diagnosing.positions.find, diagnosing.kinds.find):
        assert rule(pairs) is None


@pytest.mark.parametrize("results", [
    (2.0, 4.0, 9.5),          # twice the first, the square of the second
    (1.0, 1.0, 2.0),
])
def test_a_relation_of_some_cases_is_not_said_of_all(results):
    pairs = [Pair(got, expected, {}, False)
             for got, expected in zip(results, (1.0, 2.0, 3.0), strict=True)]
    assert numbers.find(pairs) is None


def test_one_number_decides_between_few_relations_only():
    """4 for 2 is twice, the square and 2 more: only what is likely is said."""
    assert numbers.find([Pair(4.0, 2.0, {}, False)]).name == "factor"
    assert numbers.find([Pair(9.0, 3.0, {}, False)]) is None
    assert numbers.find([Pair(9.0, 3.0, {}, False), Pair(4.0, 2.0, {}, False)]).name == "square"
    assert numbers.find([Pair(0.0, 0.0, {}, True)]) is None


def test_small_numbers_are_compared_by_their_own_size():
    pairs = [Pair(3e-9, 1e-9, {}, False), Pair(5e-9, 2e-9, {}, False)]
    assert numbers.find(pairs) is None
    assert numbers.find([Pair(2e-9, 1e-9, {}, False), Pair(4e-9, 2e-9, {}, False)]).name == "factor"


def test_a_judge_of_properties_is_not_compared_with_what_it_is_given():
    """`first_weights` is told the shape; random weights are no multiple of it."""
    exercise = catalogue.find("weights.first_weights")
    answer = lambda fan_in, fan_out, rng: np.zeros((fan_in, fan_out))    # noqa: E731
    assert diagnosing.of_results(exercise, observed(exercise, answer)) is None


def test_the_table_is_plain_data():
    for row in numbers.as_data():
        assert set(row) == {"name", "steps", "clause", "advice", "of_one"}
        for operation, number in row["steps"]:
            assert operation in numbers.OPERATIONS
            assert number is None or isinstance(number, (int, float))


# --- it never hurts ---


@pytest.mark.parametrize("exercise", [RATE, LOSS, TABLE, BOTH, PATH], ids=lambda e: e.name)
@pytest.mark.parametrize("result", [
    True, 10**400, 1j, "text", [], {}, [[1, 2], [3]], [None], np.zeros((0, 3)), np.zeros((2, 3, 4)),
    np.array(["a"]), np.array([np.nan, 1.0]), object(), torch.zeros(2), [..., 1], {"a": 1},
])
def test_strange_results_are_survived_without_a_warning(exercise, result):
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        seen = [Observation(case, result=comparing.plain(result)) for case in exercise.cases()]
        diagnosing.of_results(exercise, seen)


def test_a_rule_that_raises_says_nothing(monkeypatch):
    def broken(pairs):
        raise RuntimeError("a rule went wrong")

    monkeypatch.setattr(diagnosing, "EXACT", (broken, numbers.find))
    assert diagnosing.of_results(RATE, observed(RATE, lambda s, n: -s / n)).name == "sign"


# --- dictionaries: how it is wrong, and never where ---

VALUES = [exercise for exercise in catalogue.exercises() if not exercise.asks_for_function]


def of_value(exercise, answer):
    case = exercise.cases()[0]
    return diagnosing.of_results(exercise, [Observation(case, result=comparing.plain(answer))])


@pytest.mark.parametrize("exercise", VALUES, ids=lambda e: e.identifier)
def test_a_diagnosis_of_a_dictionary_tells_no_entry(exercise):
    names = list(exercise.solution)
    words = sorted(set(map(str, exercise.solution.values())))
    for name in names:
        for word in exercise.solution.values():
            answer = exercise.solution | {name: word}
            found = of_value(exercise, answer)
            if found is None:
                continue
            assert not any(f'"{other}"' in found.text for other in names if other != word)
            given = str(word)
            told = [one for one in words if f'"{one.lower()}"' in found.text.lower()]
            assert told in ([], [given]), found.text        # only what the reader wrote


def test_an_answer_in_words_that_only_its_exercise_reads_is_not_counted():
    """The chapter says "too slow" for what the options call "too low"."""
    exercise = catalogue.find("learning_rate.diagnosis")
    answer = {"A": "too slow", "B": "good fit", "C": "good fit", "D": "overfit"}
    assert "has 1 of 4 right" in examine(exercise, answer).complaint
    assert of_value(exercise, answer) is None
    in_options = {"A": "too low", "B": "good", "C": "good", "D": "overfitting"}
    assert of_value(exercise, in_options) is not None


def test_places_written_as_text_are_counted_as_numbers():
    exercise = catalogue.find("learning_loop.pipeline_order")
    first, second, *_ = exercise.solution
    turned = exercise.solution | {first: exercise.solution[second],
                                  second: exercise.solution[first]}
    written = {name: str(place) for name, place in turned.items()}
    assert of_value(exercise, turned).name == "exchanged"
    assert of_value(exercise, written) == of_value(exercise, turned)


def test_dictionaries_are_described_as_a_whole():
    axes = catalogue.find("tensors.number_of_axes")
    right = dict(axes.solution)
    names = list(right)
    assert of_value(axes, {n: v + 1 for n, v in right.items()}).name == "offset"
    assert of_value(axes, right | {names[2]: right[names[3]], names[3]: right[names[2]]}).name == (
        "exchanged")
    assert of_value(axes, right | {names[0]: 97}).name == "nowhere"
    assert "has 97, which fits no entry" in of_value(axes, right | {names[0]: 97}).text
    known = next(n for n in names if right[n] != right[names[0]])
    assert of_value(axes, right | {names[0]: right[known]}).name == "too often"
    assert "Leave out the quotation marks" in of_value(axes, right | {names[0]: "0"}).text
    formula = of_value(axes, right | {names[0]: "0", names[1]: "2a"})
    assert 'no whole number, "2a"' in formula.text
    assert "quotation" not in formula.text
    for grouped in ("4,500", " 1 234 500"):
        said = of_value(axes, right | {names[0]: grouped, names[1]: "2"}).text
        assert "quotation marks and what parts the thousands" in said
    assert of_value(axes, right | {names[0]: [0]}).name == "wrapped"
    assert of_value(axes, 3).name == "no dictionary"
    renamed = {(n if n != names[0] else "loss"): v for n, v in right.items()}
    assert of_value(axes, renamed).name == "names"
    sorting = catalogue.find("learning_rate.chosen_or_learned")
    assert of_value(sorting, dict.fromkeys(sorting.solution, "learned")).name == "all alike"
    assert of_value(sorting, {**sorting.solution, next(iter(sorting.solution)): ["x"]}).name == (
        "wrapped")


def test_what_holds_for_every_entry_of_a_dictionary_is_said_once():
    sides = catalogue.find("architectures.tells_order")
    truths = {name: word == "yes" for name, word in sides.solution.items()}
    assert of_value(sides, truths).name == "truth"
    assert "something else stands at: every entry" in examine(sides, truths).complaint
    wrapped = of_value(sides, {name: [word] for name, word in sides.solution.items()})
    assert "has a list or an array for each entry" in wrapped.text
    first, second, *_ = sides.solution
    some = of_value(sides, sides.solution | {first: ["no"], second: ["yes"]}).text
    assert f"for: {first}; {second}. Each entry" in some


def test_a_large_number_is_written_out():
    axes = catalogue.find("tensors.number_of_axes")
    large = axes.solution | {next(iter(axes.solution)): 12_345_678}
    assert "has 12345678, which fits no entry" in of_value(axes, large).text


def test_the_right_answers_of_these_exercises_pass():
    for exercise in {id(one[0]): one[0] for one in WRONG}.values():
        assert isinstance(examine(exercise, exercise.solution), Passed)


# --- no claim about cases in which it does not hold ---


def diagnosis(solution, answer, *cases):
    exercise = asked(solution, *cases)
    return diagnosing.of_results(exercise, observed(exercise, answer))


def test_none_is_counted_where_it_is():
    def answer(x):
        return 2.0 * x if x < 0 else None

    found = diagnosis(signed, answer, (-1.0,), (2.0,), (3.0,))
    assert found.text.startswith("In 2 of 3 cases (where x is positive")
    assert "is None" in found.text


def test_a_number_out_of_range_is_counted_where_it_is():
    found = diagnosis(probability, lambda z: max(z, 0.0) + 0.1, (-1.0,), (0.0,), (2.0,), (3.0,))
    assert found.text.startswith("In 2 of 4 cases your result is above 1, and every")


def test_a_relation_that_right_results_share_is_told_of_the_wrong_ones():
    """A transpose, where a symmetric matrix is its own."""
    square, wide = np.array([[1.0, 2.0], [2.0, 1.0]]), np.arange(4.0).reshape(2, 2)
    found = diagnosis(table, lambda x: x.T + 1.0, (square,), (wide,), (wide + 1,))
    assert found.text.startswith("In 2 of 3 cases")


def test_text_that_is_expected_elsewhere_is_no_wrong_kind():
    def fits(a, b):
        return "error" if a > b else a + b

    found = diagnosis(fits, lambda a, b: "error" if a > 1 else a + b,
                      (1, 2), (2, 3), (3, 1), (4, 9))
    assert found.name != "text"


def test_a_list_of_arrays_has_relations_too():
    def gradients(x):
        return [x, 2 * x[:1]]

    def turned(x):
        return [-x, -2 * x[:1]]

    def as_many_times(x):
        return [len(x) * x, len(x) * 2 * x[:1]]

    rows = [(np.array([1.0, 2.0]),), (np.array([3.0, -1.0, 5.0]),)]
    assert diagnosis(gradients, turned, *rows).name == "sign"
    assert "len(x)" in diagnosis(gradients, as_many_times, *rows).text


def test_too_small_is_said_of_negative_numbers_by_their_size():
    found = diagnosis(scaled, lambda x: (3.0 * x - 1.0) * (0.4 + 0.1 * x / (1 + x * x)),
                      (-1.0,), (-2.0,), (-4.0,))
    assert "is too close to 0 throughout" in found.text


def test_a_generators_method_of_another_name_is_named():
    def drawn(shape, rng):
        return rng.standard_normal(shape)

    def answer(shape, rng):
        return rng.randn(*shape)

    exercise = asked(drawn, ((2, 3), np.random.default_rng(0)))
    found = diagnosing.of_error(exercise, observed(exercise, answer))
    assert "standard_normal(shape)" in found.text
