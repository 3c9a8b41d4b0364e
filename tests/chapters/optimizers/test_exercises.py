"""Answers that stand in a dictionary, worked out by the library's own optimizers."""

import numpy as np
import pytest

import nnlib.numpy as nn
from nnlib.chapters.optimizers.exercises import first_moves, whose_state

MAKERS = {
    "sgd": lambda w: nn.SGD([w], lr=0.01),
    "momentum": lambda w: nn.SGD([w], lr=0.01, momentum=0.9),
    "adagrad": lambda w: nn.AdaGrad([w], lr=0.01),
    "rmsprop": lambda w, **options: nn.RMSprop([w], lr=0.01, **options),
    "adam": lambda w: nn.Adam([w], lr=0.01),
}


def after(method, gradients, **options):
    """The weight, which starts at 0, and what is stored for it."""
    w = nn.Parameter(np.zeros(1))
    optimizer = MAKERS[method](w, **options)
    for g in gradients:
        w.grad = np.array([g])
        optimizer.step()
    stored = [
        array[0]
        for slot in optimizer.slots if slot != "steps"
        for array in getattr(optimizer, slot)
    ]
    return w.data[0], stored


@pytest.mark.parametrize("name", first_moves.MOVES)
def test_the_first_moves(name):
    method = name.split(" ")[0].lower()
    options = {"alpha": float(name.split(" = ")[1][:-1])} if method == "rmsprop" else {}
    moved, _ = after(method, [4.0], **options)
    assert moved == pytest.approx(-float(first_moves.MOVES[name]), rel=1e-6)


def parsed(name):
    """The thousand gradients and the stored numbers that an entry names."""
    gradients, stored = name.replace("−", "-").removeprefix("gradients ").split(": ")
    first, second, *_ = gradients.split(", ")
    numbers = stored.removeprefix("stored ").split(" and ")
    return [float(first), float(second)] * 500, [] if stored == "nothing stored" else numbers


@pytest.mark.parametrize("name", whose_state.STATES)
def test_one_method_stores_this_and_no_other(name):
    gradients, numbers = parsed(name)
    fits = [
        method for method in MAKERS
        if [f"{number:.2f}" for number in after(method, gradients)[1]] == numbers
    ]
    assert fits == [whose_state.STATES[name]]
