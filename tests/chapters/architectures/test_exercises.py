"""Answers that stand in a dictionary, worked out by the library; and what chance can do."""

import itertools

import numpy as np
import pytest

import nnlib.numpy as nn
from nnlib.chapters.architectures import recipes
from nnlib.chapters.architectures.exercises import (
    continue_text,
    costs,
    next_id,
    shape_trace,
    tells_order,
)
from nnlib.exercises import attempting, catalogue
from nnlib.exercises.examining import examine

WIDTH = 6


def test_the_shapes_and_parameters_are_those_of_the_library():
    rng = np.random.default_rng(0)
    layers = [nn.Conv2D(1, 6, 5, rng=rng), nn.ReLU(), nn.MaxPool2D(2), nn.Conv2D(6, 16, 5, rng=rng),
              nn.ReLU(), nn.MaxPool2D(2), nn.Flatten(), nn.Dense(256, 120, rng=rng), nn.ReLU(),
              nn.Dense(120, 10, rng=rng)]
    x, shapes = np.zeros((1, 28, 28, 1), "float32"), []
    for layer in layers:
        x = layer(x)
        shapes.append(x.shape)
    sizes = [sum(p.data.size for p in layer.parameters()) for layer in layers]
    assert list(shape_trace.TRACE.values()) == [
        shapes[0][1], shapes[2][1], shapes[3][1], shapes[5][3], shapes[6][1], sizes[3], sizes[7],
    ]


def test_costs_are_counted_one_by_one():
    def pairs(places, seen=lambda query, key: True):
        return sum(seen(q, k) for q, k in itertools.product(range(places), repeat=2))

    four_times = next(n for n in itertools.count(1) if n * n * 32 == 4 * n * 32 * 32)
    assert list(costs.COSTS.values()) == [
        pairs(50), pairs(100), 4 * pairs(50), pairs(50, lambda q, k: k <= q),
        pairs(100) * 32, 100 * sum(32 for _ in range(32)), four_times,
        100, 1, 100,
    ]


def weights(*shape):
    return np.random.default_rng(sum(shape)).normal(size=shape).astype("float32")


def networks():
    """The networks of the exercise, in its order, with three words embedded; up to the last."""
    attention = nn.MultiHeadAttention(WIDTH, 2, rng=np.random.default_rng(0))
    rnn = nn.RNN(WIDTH, WIDTH, rng=np.random.default_rng(0))
    pairs = recipes.causal_conv(nn)(WIDTH, 5, 2, rng=np.random.default_rng(0))
    single = recipes.causal_conv(nn)(WIDTH, 5, 1, rng=np.random.default_rng(0))
    return {
        tells_order.MEAN: lambda x: x.mean(axis=1),
        tells_order.FLAT: lambda x: x.reshape(1, -1) @ weights(3 * WIDTH, 2),
        tells_order.RNN: lambda x: rnn(x)[:, -1],
        tells_order.SINGLE: lambda x: np.maximum(single(x), 0).mean(axis=1),
        tells_order.PAIRS: lambda x: np.maximum(pairs(x), 0).mean(axis=1),
        tells_order.ATTENTION: lambda x: attention(x).mean(axis=1),
        tells_order.POSITIONS: lambda x: attention(x + weights(3, WIDTH)).mean(axis=1),
    }


@pytest.mark.parametrize("name", tells_order.ANSWERS)
def test_the_order_of_the_words_is_told_or_not(name):
    words = weights(1, 3, WIDTH)
    network = networks()[name]
    same = np.allclose(network(words), network(words[:, [1, 0, 2]]), atol=1e-6)
    assert same == (tells_order.ANSWERS[name] == "no")


def test_who_draws_by_chance_is_told_so_whatever_comes_of_it():
    def unseeded(scores, temperature, u):
        p = np.exp(scores / temperature - (scores / temperature).max())
        return int(np.random.default_rng(next(seeds)).choice(len(p), p=p / p.sum()))

    for start in range(5):
        seeds = itertools.count(1000 * start)
        assert examine(next_id.EXERCISE, unseeded).mistake == "has no use for u"


def test_a_rule_reads_what_it_cannot_know():
    """Text, nothing, one number, lists within a list, an array: no rule says yes to these."""
    for exercise in catalogue.exercises("architectures"):
        if exercise.asks_for_function:
            for strange in ("text", None, 3.5, [[1], [2, 3]], np.full((2, 3), 0.5)):
                outcome = examine(exercise, lambda *given, strange=strange: strange)
                assert getattr(outcome, "mistake", None) is None, (exercise.name, strange)


def test_the_stand_in_of_the_form_is_that_of_the_page():
    """Its best guess is the sum so far, counting from 0 again after 4."""
    for case in continue_text.EXERCISE.cases()[:2]:
        adds_up, ids, count, window = case.make_arguments()
        written = list(case.expected)
        assert written[: len(ids)] == ids
        for end in range(len(ids), len(ids) + count):
            seen = written[max(0, end - window) : end]
            assert written[end] == sum(seen) % 5 == adds_up(seen)[-1].argmax()
        assert attempting.observe(continue_text.EXERCISE.broken, case).result.tolist() != written
