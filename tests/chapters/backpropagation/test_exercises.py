"""What the prompts of the exercises say is so."""

import numpy as np
import pytest
import torch

from nnlib.chapters.backpropagation.exercises import gain_rule, gradient_of, sweep, users_first
from nnlib.chapters.backpropagation.exercises import whole_derivative as derivatives
from nnlib.engine import Value, as_value, backward_order
from nnlib.exercises import catalogue
from nnlib.exercises.examining import examine
from nnlib.exercises.outcomes import NotAttempted, Passed


def test_the_recursion_to_be_repaired_says_what_its_prompt_says():
    prompt = gradient_of.EXERCISE.prompt
    assert gradient_of.broken(*gradient_of.doubled_twice()) == 6
    assert "says 6," in prompt
    once_more = gradient_of.broken(*gradient_of.doubled_three_times())
    assert f"says {once_more:g} for 8" in prompt
    assert gradient_of.broken(*gradient_of.a_chain()) == 42               # right on a chain


def test_the_rule_to_be_repaired_gives_the_gain_as_many_rows_as_the_batch():
    x, gain = np.ones((4, 3)), np.ones(3)
    _, found = gain_rule.broken(np.ones((4, 3)), x, gain)
    assert found.shape == (4, 3)
    grown = gain - 0.1 * found
    assert grown.shape == (4, 3)
    with pytest.raises(ValueError, match="broadcast"):
        x[:2] * grown


def test_all_derivatives_are_those_of_autograd():
    for program, expected in derivatives.DERIVATIVES.items():
        a = torch.tensor(3.0, requires_grad=True)
        names = {"a": a, "relu": torch.relu}
        for line in program.split(";"):
            exec(line.strip(), names)
        names["c"].backward()
        assert a.grad == expected, program
        assert derivatives.VALUES[program] == (names["c"] if expected else 0), program


def test_one_way_alone_gives_what_the_bank_says():
    """The numbers of the mistake are sums of some of the ways, and not of all."""
    for program, number in derivatives.ONE_WAY:
        assert number != derivatives.DERIVATIVES[program]


def test_both_orders_of_the_example_pass_and_the_third_does_not():
    graph = {"L": "ca", "c": "ab", "a": "", "b": ""}
    assert users_first.judge(list("Lcab"), graph) is None
    assert users_first.judge(list("Lcba"), graph) is None
    assert users_first.judge(list("Lacb"), graph) == (
        "has a before c, which was made from it: L, a, c, b")


def test_the_order_and_the_sweep_together_are_the_engine():
    """Steps 3 and 4 on a network of Values give what `backward` gives."""
    rng = np.random.default_rng(0)
    x, w = Value(rng.normal(size=(5, 2))), Value(rng.normal(size=(2, 3)))
    hidden = (x @ w).tanh()
    loss = (hidden * hidden + hidden.exp()).sum()
    order = users_first.users_first(loss)
    assert set(order) == set(backward_order(loss))
    found = dict(zip(order, sweep.sweep(order), strict=True))
    loss.backward()
    for value in (x, w):
        np.testing.assert_allclose(found[value], value.grad, rtol=1e-12)


def test_the_solution_of_the_order_fails_on_a_very_deep_graph_as_it_says():
    value = Value(1.0)
    for _ in range(50_000):
        value = value + 1.0
    assert len(backward_order(value)) == 100_001
    with pytest.raises(RecursionError):
        users_first.users_first(value)


def of_letters(graph):
    """The Values of a graph that is told in letters, L first: {letter: Value}, after its backward.

    What each is made from is told after it, and the inputs last.
    """
    values = {}
    for name, formula in reversed([line.split(" = ") for line in graph.split(", ")]):
        code = formula.replace("·", "*").replace("−", "-").replace("²", "**2")
        values[name] = as_value(eval(code, {}, values))
    values["L"].backward()
    return dict(reversed(values.items()))


@pytest.mark.parametrize("graph", sweep.GRADIENTS)
def test_a_graph_of_the_sweep_is_told_as_it_is(graph):
    make, expected = sweep.GRADIENTS[graph]
    told, (order,) = of_letters(graph), make()
    assert [float(value.grad) for value in told.values()] == expected
    assert [float(value.data) for value in told.values()] == [float(v.data) for v in order]
    said = sweep.judge([0.0] * len(expected), np.array(expected))
    assert said.endswith(f"for {graph}")
    assert sweep.judge(expected, np.array(expected)) is None


@pytest.mark.parametrize("graph", gradient_of.DERIVATIVES)
def test_a_graph_to_be_gone_back_is_told_as_it_is(graph):
    make, expected = gradient_of.DERIVATIVES[graph]
    asked, formulas = graph.split(" of ")
    told, (leaf, last) = of_letters(formulas), make()
    assert float(told[asked.removeprefix("dL/d")].grad) == expected
    assert told["L"].data == last.data
    assert told[asked.removeprefix("dL/d")].data == leaf.data
    assert gradient_of.judge(0.5, expected).endswith(f"for {graph}")


def test_a_prepared_class_that_is_not_filled_in_is_not_attempted():
    exercise = catalogue.find("backpropagation.binarise")
    namespace = {}
    exec(exercise.stub, namespace)
    assert isinstance(examine(exercise, namespace["binarise"]), NotAttempted)
    forward = "return torch.where(x < 0, -1.0, 1.0).to(x.dtype)"
    exec(exercise.stub.replace("return ...", forward, 1), namespace)
    outcome = examine(exercise, namespace["binarise"])
    assert not isinstance(outcome, (NotAttempted, Passed))
