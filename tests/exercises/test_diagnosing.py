"""What is said of a wrong answer that no bank foresaw: each relation, and none for a right one."""

import dataclasses
import math
import warnings

import numpy as np
import pytest
import torch

from nnlib.exercises import attempting, catalogue, comparing, diagnosing
from nnlib.exercises.attempting import Observation, observe
from nnlib.exercises.diagnosing import numbers
from nnlib.exercises.diagnosing.evidence import Pair
from nnlib.exercises.examining import examine
from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.outcomes import Failed, NotAttempted, Passed

# --- small exercises to be wrong in ---


def asked(solution, *arguments, mistakes=()):
    """An exercise with these calls as its cases; the solution says what is expected."""
    return Exercise(
        identifier=f"chapter.{solution.__name__}", title="", level="compute", prompt="",
        solution=solution, hints=("One.", "Two."), mistakes=mistakes, passed="Right.",
        cases=lambda: [Case(one, solution(*one)) for one in arguments],
    )


def rate(spread, size):
    return spread / size


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
    return x.sum()


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
FIRST = asked(total, (np.array([1.5, 2.0, 7.0]),), (np.array([2.5, 8.0, 3.0, 1.0]),))
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
    (RATE, lambda s, n: s // n, "whole part", "rounded down"),
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
    (SCALED, lambda x: (3 * x - 1)[:, None], "axis", "an axis of length 1 too many"),
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
    (BOTH, lambda x, w: np.append((x * w).sum(), 2 * w), "one row", "np.append"),
    (BOTH, lambda x, w: 2 * w, "one of several", "the second of the 2 results alone"),
    (STEPS, lambda n, k: n // k, "1 less", "(where n is not a multiple of k)"),
    (STEPS, lambda n, k: n // k + 1, "1 more", "where n is a multiple of size"),
    (STEPS, lambda n, k: n / k, "too small", "where n is not a multiple of size"),
    (PATH, lambda w, lr, n: path(w, lr, n)[1:], "one short", "misses its first entry"),
    (PATH, lambda w, lr, n: path(w, lr, n)[-1], "only the last", "is the last entry"),
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
    (FIRST, lambda x: x[1:].sum(), "offset", "minus x[0]"),
    (FIRST, lambda x: x.sum() + x[-1], "offset", "plus x[-1]"),
    (TINY, lambda x: np.array([1.0, 3e-16]) * x, "close", "its small ones have wrong digits"),
    (ERROR, lambda a, b: a + b, "some cases", 'wrong exactly where "error" is expected'),
    (PATH, lambda w, lr, n: path(w, lr, n)[:2] + [9.0] * (n - 1), "places",
     "right in the first 2 entries"),
]
# The stubs' parameter names are those of the solution, whatever the wrong answer calls its own.
WRONG = [(e, f, name, said.replace("multiple of k", "multiple of size"))
         for e, f, name, said in WRONG]


def observed(exercise, answer):
    return [observe(answer, case) for case in exercise.cases()]


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


def test_dictionaries_are_described_as_a_whole():
    axes = catalogue.find("tensors.number_of_axes")
    right = dict(axes.solution)
    names = list(right)
    assert of_value(axes, {n: v + 1 for n, v in right.items()}).name == "offset"
    assert of_value(axes, right | {names[2]: right[names[3]], names[3]: right[names[2]]}).name == (
        "exchanged")
    assert of_value(axes, right | {names[0]: "0"}).name == "text"
    assert of_value(axes, right | {names[0]: [0]}).name == "wrapped"
    assert of_value(axes, 3).name == "no dictionary"
    renamed = {(n if n != names[0] else "loss"): v for n, v in right.items()}
    assert of_value(axes, renamed).name == "names"
    sorting = catalogue.find("learning_rate.chosen_or_learned")
    assert of_value(sorting, dict.fromkeys(sorting.solution, "learned")).name == "all alike"
    assert of_value(sorting, {**sorting.solution, next(iter(sorting.solution)): ["x"]}).name == (
        "wrapped")


# --- raised ---

ARRAYS = asked(lambda x, w: x @ w, (np.ones((2, 3)), np.ones(3)))


def scalar_only(x, w):
    return math.exp(x)


def undefined(x, w):
    return weigths @ x                                                            # noqa: F821


def capital(x, w):
    return X @ w                                                                  # noqa: F821


def before_assignment(x, w):
    for row in x:
        total = total + row                                                       # noqa: F823
    return total


def without_end(x, w):
    return without_end(x, w)


def of_a_tensor(x, w):
    return torch.as_tensor(x).astype("float32")


def from_a_dictionary(x, w):
    return {"a": x}["b"]


def needs_a_module(x, w):
    import no_such_module  # noqa: F401


def asserts(x, w):
    assert x is w


ERRORS = [
    (lambda x, w: w @ x, "Two shapes do not fit together"),
    (lambda x, w: x + np.ones(2), "The shapes (2,3) and (2,) do not fit together"),
    (lambda x, w: x + np.ones(2), "Passed in were x (2, 3), w (3,)."),
    (lambda x, w: torch.as_tensor(x) @ torch.as_tensor(x), "2x3 and 2x3 do not fit"),
    (lambda x, w: torch.ones(2) + torch.ones(3), "one is 2 long where the other is 3"),
    (lambda x, w: x.reshape(5), "exactly the numbers that there are"),
    (lambda x, w: x if x > 0 else w, "A condition gets a whole array"),
    (lambda x, w: w[3], "no index 3 where there are 3 entries"),
    (lambda x, w: w[0, 1], "more indices than axes"),
    (lambda x, w: w.shape[1], "A shape has no such entry"),
    (lambda x, w: w.sum(axis=1), "There is no such axis"),
    (lambda x, w: [1, 2][5], "An index is past the end"),
    (lambda x, w: w[1.0], "An index has to be a whole number"),
    (lambda x, w: [w for _ in range(2.0)], "An index has to be a whole number"),
    (lambda x, w: w @ torch.ones(3), "NumPy arrays and torch tensors are mixed"),
    (lambda x, w: torch.exp(w), "NumPy arrays and torch tensors are mixed"),
    (lambda x, w: np.sum(torch.ones(3), axis=0), "one of them does not know this argument"),
    (of_a_tensor, "a tensor says to(torch.float64)"),
    (lambda x, w: x.clone(), "an array says copy()"),
    (lambda x, w: [1.0, 2.0].sum(), "A list has no .sum"),
    (lambda x, w: (3.0).sum(), "A number has no .sum"),
    (lambda x, w: [1].sort() + 1, "Something is None here"),
    (lambda x, w: [1].sort()[0], "Something is None here"),
    (lambda x, w: x.sum * 2, "A function is used like a number"),
    (lambda x, w: [1.0] - [2.0], "Lists and tuples do not calculate"),
    (lambda x, w: [1.0] * 2.0, "Lists and tuples do not calculate"),
    (lambda x, w: "3" - 1, "Text is used like a number"),
    (lambda x, w: x(0), "is no function"),
    (lambda x, w: len(3.0), "no entries and no length"),
    (scalar_only, "A function for one number"),
    (lambda x, w: math.log(-1), "refuse 0 and negative numbers"),
    (lambda x, w: math.exp(1000), "too large for a float"),
    (lambda x, w: 1 / 0, "divided by 0"),
    (undefined, "weigths is defined nowhere"),
    (capital, "Capitals count"),
    (before_assignment, "total is read before it has a value"),
    (without_end, "calls itself without an end"),
    (from_a_dictionary, "There is no entry 'b'"),
    (lambda x, w: [a for a, b in [(1, 2, 3)]], "not as many names on the left"),
    (lambda x, w: np.softmax(x), "numpy has no softmax"),
    (lambda x, w: torch.ones(2, requires_grad=True).numpy(), ".detach()"),
    (lambda x, w: torch.ones(2, 2) @ torch.ones(2, dtype=torch.float64), "bring both to one dtype"),
    (lambda x, w: torch.arange(3).mean(), "make floats of them first"),
    (lambda x, w: torch.ones(2).sum().backward(), "Autograd follows tensors"),
    (lambda x, w: -[1.0], "Lists and tuples do not calculate"),
    (lambda x, w: rate(x), "called with too few values"),
    (lambda x, w: rate(x, w, 1), "called with too many values"),
    (needs_a_module, "NumPy is enough"),
    (asserts, "An assert of yours"),
    (lambda x, w: next(iter([])), "asks for more than there is"),
    (lambda x, w: np.ones(10**16), "does not fit into memory"),
]


@pytest.mark.parametrize("number", range(len(ERRORS)))
def test_a_raised_error_is_said_in_other_words(number):
    answer, said = ERRORS[number]
    outcome = examine(ARRAYS, answer)
    assert said in outcome.hint, str(outcome)
    assert outcome.relation.startswith("raises ")


def test_a_loop_without_an_end_is_asked_about_its_condition(monkeypatch):
    monkeypatch.setattr(attempting, "SECONDS", 0.1)

    def answer(x, w):
        while True:
            pass

    assert "Does the condition of a loop ever become false" in examine(ARRAYS, answer).hint


def test_np_that_is_not_imported_is_named():
    answer = eval("lambda x, w: np.dot(x, w)", {})
    assert "import numpy as np" in examine(ARRAYS, answer).hint


def test_the_argument_that_is_0_is_named():
    exercise = asked(lambda n, size: 0.0 if size == 0 else n / size, (4, 2), (4, 0))
    hint = examine(exercise, lambda n, size: n / size).hint
    assert "In this call size is 0." in hint
    assert "It raises in 1 of 2 cases." in hint


def test_an_error_of_its_own_gets_no_hint():
    def answer(x, w):
        raise ValueError("mine")

    assert examine(ARRAYS, answer).hint == ""


# --- what was passed in stays as it was ---


def step(w, grad, lr):
    return w - lr * grad


def in_place(w, grad, lr):
    w -= lr * grad
    return w


STEP = asked(
    step, (np.ones(2), np.array([1.0, 2.0]), 0.5), (np.zeros(2), np.ones(2), 0.25),
    mistakes=(Mistake("changes w", "w was changed.", answers=(in_place,)),),
)


def test_the_argument_that_was_changed_is_named():
    def changes_the_gradient(w, grad, lr):
        grad *= lr
        return w - grad

    outcome = examine(STEP, changes_the_gradient)
    assert outcome.mistake is None
    assert "it changes grad, which was passed in" in outcome.complaint
    assert outcome.relation == "in place"
    assert "grad of the caller changed" in outcome.hint
    assert examine(STEP, in_place).mistake == "changes w"

    def changes_both(w, grad, lr):
        w -= lr * grad
        grad *= 0
        return w

    outcome = examine(STEP, changes_both)
    assert "it changes w and grad" in outcome.complaint
    assert outcome.mistake == "changes w"


def test_places_of_changed_arguments_are_counted():
    observation = attempting.observe(in_place, STEP.cases()[0])
    assert observation.changed_input == (0,)


# --- hints that misled ---


def test_a_bank_comes_before_a_diagnosis():
    known = Mistake("turned", "Turned round.", answers=(lambda s, n: -s / n,))
    exercise = asked(rate, (2.0, 4), (3.0, 7), mistakes=(known,))
    outcome = examine(exercise, lambda s, n: -s / n)
    assert (outcome.mistake, outcome.relation) == ("turned", None)


def test_a_recognise_that_raises_hides_nothing():
    known = Mistake("x", "X.", answers=(rate,), recognise=lambda seen: seen[0].result["a"])
    exercise = asked(rate, (2.0, 4), (3.0, 7), mistakes=(known,))
    assert examine(exercise, lambda s, n: -s / n).relation == "sign"


def test_two_results_in_one_array_are_not_told_to_be_a_list():
    outcome = examine(
        catalogue.find("weights.perceptron_step"),
        lambda w, b, x, y, lr: np.append(np.asarray(w), b),
    )
    assert "should be 2 results (2 numbers, a number (1)), got 3 numbers" in outcome.complaint


def test_a_mistake_is_recognised_where_the_paths_differ():
    """std divides by N on one path and by N - 1 on the other: each row by itself, on both."""
    def standardise(x_train, x_new):
        def rows(x):
            return (x - x.mean(axis=1)[:, None]) / x.std(axis=1)[:, None]
        return rows(x_train), rows(x_new)

    outcome = examine(catalogue.find("tensors.standardise"), standardise)
    assert outcome.mistake == "standardises rows"


def test_a_broken_function_that_runs_on_one_path_alone_is_still_the_broken_one():
    def mean_squared_error(prediction, target):
        return np.mean((prediction - target) ** 2)

    outcome = examine(catalogue.find("tensors.mean_squared_error"), mean_squared_error)
    assert isinstance(outcome, NotAttempted)


def test_values_of_a_dictionary_in_lists_are_read():
    exercise = catalogue.find("learning_rate.chosen_or_learned")
    outcome = examine(exercise, {name: [word] for name, word in exercise.solution.items()})
    assert "takes only" in outcome.complaint
    assert outcome.relation == "wrapped"


def test_the_name_in_quotation_marks_is_told_so():
    outcome = examine(catalogue.find("learning_rate.sgd_step"), "sgd_step")
    assert "without quotation marks" in outcome.hint


def test_tensors_and_tuples_are_spelt_as_what_they_are():
    assert comparing.spell_argument(torch.zeros(4, 3)) == "a tensor of shape (4, 3)"
    assert comparing.spell_argument((4, 3)) == "(4, 3)"
    assert comparing.spell_argument((4,)) == "(4,)"
    assert comparing.difference([4, 1], (4, 3)) == "should be (4, 3), got (4, 1)"
    assert comparing.difference([4, 1], [4, 3]) == "is wrong at index 1: it should be 3, got 1"


def test_signs_in_the_names_of_a_dictionary_stay_as_they_are():
    exercise = catalogue.find("tensors.number_of_axes")
    assert '"8×8": 2' in exercise.source_of({"8×8": 2})


def test_gradients_cleared_before_the_step_are_among_the_causes_that_are_named():
    def one_epoch(model, loss_fn, optimizer, batches):
        losses = []
        for x, y in batches:
            losses.append(loss_fn(model(x), y).item())
            model.backward(loss_fn.backward())
            optimizer.zero_grad()
            optimizer.step()
        return losses

    outcome = examine(catalogue.find("learning_loop.one_epoch"), one_epoch)
    assert "cleared between backward and step" in outcome.hint


def test_the_right_answers_of_these_exercises_pass():
    for exercise in {id(one[0]): one[0] for one in WRONG}.values():
        assert isinstance(examine(exercise, exercise.solution), Passed)
