"""What must hold for every loss and every function of the table of cases, on both paths."""

import numpy as np
import parity_cases as cases
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlib.numpy
import nnlib.torch

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
every_function = pytest.mark.parametrize("name", cases.FUNCTIONS)
few = settings(max_examples=4, deadline=None, derandomize=True)


def losses(*starts):
    chosen = [case for case in cases.LOSSES if case.name.startswith(starts or "")]
    return pytest.mark.parametrize("case", chosen, ids=lambda case: case.name)


def rng(seed):
    return np.random.default_rng(seed)


def to(nn, array):
    """An array as the path takes it (torch has no negative strides: there it is copied)."""
    return array if nn is nnlib.numpy else nn.Module().as_input(array)


def arrays(case, seed=1):
    return rng(seed).standard_normal(case.shape), case.target(rng(seed + 1))


def measure(loss_fn, nn, prediction, target):
    """Loss and gradient, as arrays."""
    value = loss_fn(to(nn, prediction), to(nn, target))
    return cases.as_array(value), cases.as_array(loss_fn.backward())


def backwards(a):
    flip = (slice(None, None, -1),) * a.ndim
    return a[flip].copy()[flip]


def with_gaps(a):
    larger = np.full([2 * n for n in a.shape], 9, a.dtype)
    view = larger[(slice(None, None, 2),) * a.ndim]
    view[...] = a
    return view


def test_every_loss_and_function_is_among_the_cases():
    of_the_table = {type(case.make(nnlib.numpy)).__name__ for case in cases.LOSSES}
    assert of_the_table == {name for name in nnlib.numpy.__all__ if name.endswith("Loss")}
    assert {function for function, _, _ in cases.FUNCTIONS.values()} == {
        "relu", "leaky_relu", "elu", "gelu", "silu", "sigmoid", "tanh", "softmax", "log_softmax",
    }  # fmt: skip


# --------------------------------------------------------------------------------------- losses


@both_paths
@losses()
def test_the_loss_of_a_batch_is_made_of_those_of_its_rows(case, nn):
    alone = case.name.startswith("KL") and len(case.shape) == 1  # one distribution is one row
    prediction, target = (a[None] if alone else a for a in arrays(case))
    loss_fn = case.make(nn)
    value, gradient = measure(loss_fn, nn, prediction, target)
    rows = [slice(n, n + 1) for n in range(len(prediction))]
    parts = [measure(loss_fn, nn, prediction[row], target[row]) for row in rows]
    weight = len(rows) if loss_fn.reduction == "mean" else 1
    gradients = np.concatenate([part[1] for part in parts]) / weight
    np.testing.assert_allclose(gradient, gradients, rtol=1e-12, atol=1e-15)
    values = [part[0] for part in parts]
    together = np.concatenate(values) if loss_fn.reduction == "none" else sum(values) / weight
    np.testing.assert_allclose(value, together, rtol=1e-12)


@both_paths
@losses()
def test_memory_layout_does_not_matter_and_nothing_is_changed(case, nn):
    prediction, target = arrays(case)
    expected = measure(case.make(nn), nn, prediction, target)
    for lay in (backwards, with_gaps):
        given_prediction, given_target = lay(prediction), lay(target)
        got = measure(case.make(nn), nn, given_prediction, given_target)
        np.testing.assert_allclose(got[0], expected[0], rtol=1e-12)
        np.testing.assert_allclose(got[1], expected[1], rtol=1e-12)
        np.testing.assert_array_equal(given_prediction, prediction)
        np.testing.assert_array_equal(given_target, target)


@both_paths
@losses()
def test_no_rows_have_no_mean_and_a_sum_of_zero(case, nn):
    prediction, target = (a[:0] for a in arrays(case))
    loss_fn = case.make(nn)
    if loss_fn.reduction == "mean":
        with pytest.raises(ValueError, match="the mean over nothing is not defined"):
            loss_fn(to(nn, prediction), to(nn, target))
        with pytest.raises(RuntimeError, match="expected a forward before it"):
            loss_fn.backward()
        return
    value, gradient = measure(loss_fn, nn, prediction, target)
    assert gradient.shape == prediction.shape
    assert value.sum() == 0


@both_paths
@losses()
def test_each_backward_uses_up_one_call(case, nn):
    prediction, target = (to(nn, a) for a in arrays(case))
    loss_fn = case.make(nn)

    def refused():
        with pytest.raises(RuntimeError, match="expected a forward before it"):
            loss_fn.backward()

    refused()
    loss_fn(prediction, target)
    loss_fn.backward()
    refused()
    loss_fn(prediction, target)
    with nn.no_grad():
        loss_fn(prediction, target)
    refused()


@both_paths
@losses("CrossEntropyLoss")
def test_cross_entropy_does_not_see_a_shift_of_the_logits(case, nn):
    @few
    @given(shift=st.floats(-500, 500), seed=st.integers(0, 2**16))
    def check(shift, seed):
        logits, target = arrays(case, seed)
        value, gradient = measure(case.make(nn), nn, logits, target)
        shifted, shifted_gradient = measure(case.make(nn), nn, logits + shift, target)
        np.testing.assert_allclose(shifted, value, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(shifted_gradient, gradient, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(gradient.sum(axis=-1), 0, atol=1e-14)  # so along it: no slope

    check()


@both_paths
@losses("MSELoss", "MAELoss", "HuberLoss")
def test_regression_losses_see_only_the_difference(case, nn):
    @few
    @given(seed=st.integers(0, 2**16))
    def check(seed):
        prediction, target = arrays(case, seed)
        move = rng(seed + 2).standard_normal(case.shape)
        value, gradient = measure(case.make(nn), nn, prediction, target)
        moved, moved_gradient = measure(case.make(nn), nn, prediction + move, target + move)
        np.testing.assert_allclose(moved, value, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(moved_gradient, gradient, rtol=1e-9, atol=1e-12)
        swapped, swapped_gradient = measure(case.make(nn), nn, target, prediction)
        np.testing.assert_allclose(swapped, value, rtol=1e-12)
        np.testing.assert_allclose(swapped_gradient, -gradient, rtol=1e-12)

    check()


@both_paths
@losses("BCEWithLogitsLoss")
def test_binary_cross_entropy_treats_both_classes_alike(case, nn):
    @few
    @given(seed=st.integers(0, 2**16))
    def check(seed):
        logits, p = rng(seed).standard_normal(case.shape), rng(seed + 1).random(case.shape)
        value, gradient = measure(case.make(nn), nn, logits, p)
        mirrored, mirrored_gradient = measure(case.make(nn), nn, -logits, 1 - p)
        np.testing.assert_allclose(mirrored, value, rtol=1e-9)
        np.testing.assert_allclose(mirrored_gradient, -gradient, rtol=1e-9, atol=1e-14)

    check()


# ------------------------------------------------------------------------------------ functions


@both_paths
@every_function
def test_a_function_takes_any_memory_layout_and_changes_nothing(name, nn):
    function, options, _ = cases.FUNCTIONS[name]

    def apply(x):
        return cases.as_array(getattr(nn, function)(to(nn, x), **options))

    values = rng(0).standard_normal((3, 4, 5))
    expected = apply(values)
    for lay in (backwards, with_gaps, np.asfortranarray):
        x = lay(values)
        np.testing.assert_allclose(apply(x), expected, rtol=1e-13)
        np.testing.assert_array_equal(x, values)
    for shape in ((0, 5), (3, 0, 2)):
        if "softmax" in name and shape[options.get("axis", -1)] == 0:
            continue  # a distribution over nothing: no such thing
        assert apply(np.zeros(shape)).shape == shape


@both_paths
@every_function
def test_a_function_is_its_module(name, nn):
    function, options, _ = cases.FUNCTIONS[name]
    modules = {
        "relu": "ReLU", "leaky_relu": "LeakyReLU", "elu": "ELU", "gelu": "GELU", "silu": "SiLU",
        "sigmoid": "Sigmoid", "tanh": "Tanh", "softmax": "Softmax",
    }  # fmt: skip
    x = to(nn, rng(0).standard_normal((3, 4)))
    by_function = cases.as_array(getattr(nn, function)(x, **options))
    if function == "log_softmax":  # which has no module: it is the logarithm of one
        by_function, function = np.exp(by_function), "softmax"
    by_module = cases.as_array(getattr(nn, modules[function])(**options)(x))
    np.testing.assert_allclose(by_function, by_module, rtol=1e-13)
