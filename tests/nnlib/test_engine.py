"""nnlib/engine.py: rules against torch and finite differences, and the usual faults of engines."""

import gc

import numpy as np
import pytest
import torch

from nnlib.engine import Value, backward_order, unbroadcast

A = np.array([[0.5, -1.2, 2.0], [1.5, 0.3, -0.7]])
B = np.array([[1.1, 0.4, -0.6], [-2.0, 0.9, 1.3]])
POSITIVE = np.abs(A) + 0.1


def user_behind(b):
    """Both factors are made from b, and one of them is b."""
    return b * (b + 1.0)


# name -> (a function of Values or tensors, its arguments)
OPERATIONS = {
    "add": (lambda a, b: a + b, (A, B)),
    "multiply": (lambda a, b: a * b, (A, B)),
    "subtract": (lambda a, b: a - b, (A, B)),
    "divide": (lambda a, b: a / b, (A, B)),
    "negate": (lambda a: -a, (A,)),
    "cube": (lambda a: a**3, (A,)),
    "root": (lambda a: a**0.5, (POSITIVE,)),
    "power of 0": (lambda a: a**0, (A,)),
    "matrix product": (lambda a, b: a @ b, (A, B.T.copy())),
    "exp": (lambda a: a.exp(), (A,)),
    "log": (lambda a: a.log(), (POSITIVE,)),
    "tanh": (lambda a: a.tanh(), (A,)),
    "sigmoid": (lambda a: a.sigmoid(), (A,)),
    "relu": (lambda a: a.relu(), (A,)),
    "sum": (lambda a: a.sum(), (A,)),
    "sum of columns": (lambda a: a.sum(0), (A,)),
    "sum of rows": (lambda a: a.sum(-1), (A,)),
    "mean": (lambda a: a.mean(), (A,)),
    "mean of rows": (lambda a: a.mean(1), (A,)),
    "entry": (lambda a: a[1, 2], (A,)),
    "columns, one twice": (lambda a: a[:, [0, 2, 0]], (A,)),
    "number on the left": (lambda a: 2.0 - 3.0 / (1.0 + a * 2.0) * 0.5, (POSITIVE,)),
    # broadcasting: what was repeated is summed back
    "a row to every row": (lambda a, b: a + b, (A, B[0].copy())),
    "a column to every column": (lambda a, b: a * b, (A, B[:, :1].copy())),
    "a number to all": (lambda a, b: a / b, (A, np.array(2.5))),
    "both are repeated": (lambda a, b: a * b, (A[:, :1].copy(), B[:1].copy())),
    "a row of one": (lambda a, b: a - b, (A, np.array([0.7]))),
    # the same value in two places
    "on both sides": (lambda a: a * a, (A,)),
    "over itself": (lambda a: a / a, (POSITIVE,)),
    "a matrix with itself": (lambda a: a @ a, (A[:, :2].copy(),)),
    "a diamond": (lambda a: a.exp() * a.tanh() + a, (A,)),
    "a user behind another": (lambda a: user_behind(2.0 * a), (A,)),
    "standardised": (lambda a: (a - a.mean()) / ((a - a.mean()) ** 2).mean() ** 0.5, (A,)),
}


def gradients(function, arrays, weight):
    values = [Value(array) for array in arrays]
    result = function(*values)
    (result * weight).sum().backward()
    return result.data, [value.grad for value in values]


@pytest.mark.parametrize(("function", "arrays"), OPERATIONS.values(), ids=OPERATIONS)
def test_a_rule_agrees_with_torch_and_with_finite_differences(function, arrays):
    rng = np.random.default_rng(0)
    weight = rng.normal(size=function(*map(Value, arrays)).data.shape)
    result, found = gradients(function, arrays, weight)

    tensors = [torch.tensor(array, requires_grad=True) for array in arrays]
    expected = function(*tensors)
    (expected * torch.tensor(weight)).sum().backward()
    np.testing.assert_allclose(result, expected.detach().numpy(), rtol=1e-12, atol=1e-14)
    for one, tensor in zip(found, tensors, strict=True):
        assert one.shape == tuple(tensor.shape)
        np.testing.assert_allclose(one, tensor.grad.numpy(), rtol=1e-10, atol=1e-12)

    h = 1e-6
    for place, array in enumerate(arrays):
        for index in np.ndindex(array.shape):
            ends = []
            for side in (h, -h):
                moved = [np.array(one) for one in arrays]
                moved[place][index] += side
                ends.append(float((function(*map(Value, moved)).data * weight).sum()))
            slope = (ends[0] - ends[1]) / (2 * h)
            assert found[place][index] == pytest.approx(slope, rel=1e-6, abs=1e-7)


def test_an_intermediate_value_that_is_used_twice():
    """The walk that passes on each arriving share at once gives 2 + 2 + 2 + ... instead."""
    a = Value(3.0)
    b = a + a
    c = b + b
    c.backward()
    assert a.grad == 4.0
    assert b.grad == 2.0


def test_the_order_puts_each_value_before_its_parents():
    a = Value(1.0)
    b = a * 2.0
    c = b + a
    d = b * c                              # nearest first would let b pass on before c
    order = backward_order(d)
    for value in order:
        for parent in value.parents:
            assert order.index(parent) > order.index(value)
    assert len(order) == len(set(map(id, order)))


def test_a_second_backward_adds_to_leaves_and_counts_nothing_twice():
    a = Value(2.0)
    b = a * a
    loss = b * 3.0
    loss.backward()
    assert a.grad == 12.0
    loss.backward()
    assert a.grad == 24.0                  # a walk that keeps b's gradient would give 36
    assert b.grad == 3.0
    a.grad = None
    loss.backward()
    assert a.grad == 12.0


def test_another_loss_on_the_same_leaf_adds_as_well():
    a = Value([1.0, -2.0])
    (a * a).sum().backward()
    (a * 5.0).sum().backward()
    np.testing.assert_array_equal(a.grad, [7.0, 1.0])


def test_a_leaf_that_takes_no_part_has_no_gradient():
    used, unused = Value(1.0), Value(1.0)
    (used * 2.0).backward()
    assert unused.grad is None
    assert used.grad == 2.0


def test_a_leaf_is_its_own_loss():
    a = Value(5.0)
    a.backward()
    assert a.grad == 1.0


def test_a_gradient_is_an_array_of_the_shape_of_its_value():
    a = Value(3.0)
    b = a * a
    for _ in range(2):
        b.backward()
        for value in (a, b):
            assert isinstance(value.grad, np.ndarray)
            assert value.grad.shape == ()


def test_powers_of_zero_have_the_slopes_of_torch():
    a, tensor = Value(0.0), torch.zeros((), dtype=torch.float64, requires_grad=True)
    with np.errstate(all="raise"):
        for x in (a, tensor):
            (x**0 + 3.0 * x**1 + 5.0 * x**2).backward()
    assert a.grad == tensor.grad == 3.0


def test_a_rule_uses_the_numbers_of_the_forward_pass():
    a, b = Value(A), Value(B)
    loss = (a * b + a**2 + (b**2).log() + a.relu() + b @ a.data.T @ a).sum()
    loss.backward()
    first = a.grad, b.grad
    for value in (a, b):
        value.data, value.grad = value.data + 1.0, None        # an update between two backwards
    loss.backward()
    for value, before in zip((a, b), first, strict=True):
        np.testing.assert_array_equal(value.grad, before)


@pytest.mark.parametrize("step", [lambda v: v * 1.0, lambda v: v + v * 0.0], ids=["row", "ladder"])
def test_fifty_thousand_values_in_a_row(step):
    a = Value(1.5)
    last = a
    for _ in range(50_000):
        last = step(last)
    last.backward()
    assert a.grad == 1.0
    del last
    gc.collect()                           # and a long row can be thrown away


def test_what_is_centred_and_summed_does_not_depend_on_its_values():
    x = Value(A)
    (x - x.mean()).sum().backward()
    np.testing.assert_allclose(x.grad, 0, atol=1e-15)


def test_a_moved_array_does_not_change_what_was_handed_out():
    a = Value([1.0, 2.0])
    a.sum().backward()
    first = a.grad
    a.sum().backward()
    np.testing.assert_array_equal(first, [1.0, 1.0])
    np.testing.assert_array_equal(a.grad, [2.0, 2.0])


def test_arrays_and_numbers_on_the_left():
    a = Value(A)
    for made in (B + a, B * a, B - a, B / a, 2.0 + a, 2.0 * a, 2.0 - a, 2.0 / a, B @ Value(A.T)):
        assert isinstance(made, Value)
    np.testing.assert_allclose((B - a).data, B - A)
    np.testing.assert_allclose((B @ Value(A.T)).data, B @ A.T)


def test_a_sigmoid_of_large_numbers_overflows_nowhere():
    with np.errstate(all="raise"):
        a = Value([-1000.0, 0.0, 1000.0])
        result = a.sigmoid()
        result.sum().backward()
    np.testing.assert_array_equal(result.data, [0.0, 0.5, 1.0])
    np.testing.assert_allclose(a.grad, [0.0, 0.25, 0.0])


@pytest.mark.parametrize(("shape", "to"), [
    ((2, 3), (3,)), ((2, 3), (1, 3)), ((2, 3), (2, 1)), ((2, 3), ()), ((4, 2, 3), (2, 1)),
    ((2, 3), (1, 1)), ((2, 3), (2, 3)), ((1, 3), (1, 3)), ((0, 3), (3,)),
])
def test_unbroadcast_is_the_way_back_of_broadcasting(shape, to):
    gradient = np.random.default_rng(0).normal(size=shape)
    ones = torch.zeros(to, dtype=torch.float64, requires_grad=True)
    (ones.expand(shape) * torch.tensor(gradient)).sum().backward()
    np.testing.assert_allclose(unbroadcast(gradient, to), ones.grad.numpy(), atol=1e-14)


# --- errors ---


def test_backward_from_many_numbers_is_refused():
    with pytest.raises(ValueError, match=r"starts from one number, not from shape \(2, 3\)"):
        (Value(A) * 2.0).backward()


def test_a_vector_in_a_matrix_product_is_refused():
    with pytest.raises(ValueError, match=r"two matrices here, not shapes \(2, 3\) and \(3,\)"):
        Value(A) @ Value(A[0])


def test_a_loop_over_a_value_is_refused():
    for value in (Value(A), Value(2.0)):
        with pytest.raises(TypeError, match="not iterable"):
            sum(value)


def test_a_value_as_an_exponent_is_refused():
    with pytest.raises(TypeError, match="exponent"):
        Value(2.0) ** Value(3.0)
