"""What is said of an error that the reader's own function raised."""

import math

import numpy as np
import pytest
import torch
from small_exercises import asked, rate

from nnlib.exercises import attempting
from nnlib.exercises.examining import examine

ARRAYS = asked(lambda x, w: x @ w, (np.ones((2, 3)), np.ones(3)))


def scalar_only(x, w):
    return math.exp(x)


def undefined(x, w):
    return weigths @ x                                                            # noqa: F821


def capital(x, w):
    return X @ w                                                                  # noqa: F821


def before_assignment(x, w):
    for row in x:
        total = total + row                                                       # noqa: F821
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
    (lambda x, w: w[3], "no index 3 where there are 3 entries: they count from 0 to 2"),
    (lambda x, w: w[-4], "no index -4 where there are 3 entries: below 0 they count from the end"),
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
