"""What must hold for every layer of the table of cases, on both paths, whatever the numbers.

The kernels and formulas have their own tests; these are the laws that all layers share: a backward
is linear, a batch is its rows, memory layouts do not matter, one backward belongs to one forward.
"""

import copy

import numpy as np
import parity_cases as cases
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlib.numpy
import nnlib.torch
from nnlib import checkpoint

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
few = settings(max_examples=3, deadline=None, derandomize=True)
factors = st.floats(-3, 3, allow_subnormal=False)
seeds = st.integers(0, 2**16)


def rng(seed):
    return np.random.default_rng(seed)


# Cases of the table that differ from a neighbour in numbers or sizes only: the laws skip them.
ALIKE = ("-large", "-rows", "-one-row", "-one-channel", "-gaps", "-everywhere", "-wide-padding",
         "-no-bias", "-1x1", "-eps", "-options", "-0.3", "-0.6", "-0.9-2d", "-one-head", "-ties",
         "-one-position", "-one-feature", "-one-of-each", "-one-id", "-odd", "-two-rows",
         "-nothing")  # fmt: skip


def named(*starts):
    """The cases of these layers, or of all, that have rows."""
    return [
        case for case in cases.LAYERS
        if case.name.startswith(starts or "") and not case.name.endswith(ALIKE)
        and 0 not in case.shape
    ]  # fmt: skip


def test_every_kind_of_layer_is_among_the_cases():
    layers = {type(case.make(nnlib.numpy, rng(0), "float64")).__name__ for case in named()}
    public = vars(nnlib.numpy).items()
    losses = {name for name, value in public if name.endswith("Loss")}
    modules = {name for name, value in public
               if isinstance(value, type) and issubclass(value, nnlib.numpy.Module)}  # fmt: skip
    assert layers == modules - losses - {"Module"}


def every(items):
    return pytest.mark.parametrize("case", items, ids=lambda case: case.name)


def build(case, nn, mode="train"):
    """A layer of the case with biases and statistics that are not the plain first ones."""
    layer = case.make(nn, rng(0), "float64")
    shaken = rng(1)
    layer.load_state_dict(
        {
            name: cases.as_array(value) + shaken.uniform(-0.5, 0.5, value.shape)
            for name, value in layer.state_dict().items()
        }
    )
    return getattr(layer, mode)()


def output(layer, x):
    """The output for an array, of a copy: so that masks do not change from call to call."""
    return cases.as_array(copy.deepcopy(layer)(layer.as_input(x)))


def gradients(layer, x, upstream):
    """Gradients of the input (where there is one) and of each parameter, by name."""
    layer = copy.deepcopy(layer)
    layer(layer.as_input(x))
    found = {"input": layer.backward(layer.as_input(upstream))}
    found |= {name: parameter.grad for name, parameter in layer.named_parameters()}
    return {name: cases.as_array(g) for name, g in found.items() if g is not None}


def assert_equal_gradients(got, expected, rtol=1e-9):
    assert got.keys() == expected.keys()
    for name, gradient in expected.items():
        np.testing.assert_allclose(got[name], gradient, rtol=rtol, atol=1e-10, err_msg=name)


# ------------------------------------------------------------------------------------ linearity


@both_paths
@every(named())
def test_backward_is_linear_in_the_upstream_gradient(case, nn):
    layer = build(case, nn)

    @few
    @given(a=factors, b=factors, seed=seeds)
    def check(a, b, seed):
        draw = rng(seed)
        x = case.input(draw, "float64")
        shape = output(layer, x).shape
        g, h = draw.standard_normal((2, *shape))
        of_g, of_h = gradients(layer, x, g), gradients(layer, x, h)
        together = {name: a * of_g[name] + b * of_h[name] for name in of_g}
        assert_equal_gradients(gradients(layer, x, a * g + b * h), together)

    check()


AFFINE = ("Dense", "Flatten", "Conv2D", "AvgPool2D", "GlobalAvgPool2D", "PositionalEncoding",
          "Dropout", "Residual")  # fmt: skip


@both_paths
@every(named(*AFFINE) + named("BatchNorm"))
def test_what_is_a_sum_of_multiples_is_affine_in_its_input(case, nn):
    layer = build(case, nn, "eval" if case.name.startswith("BatchNorm") else "train")

    @few
    @given(a=factors, b=factors, seed=seeds)
    def check(a, b, seed):
        x, y = rng(seed).standard_normal((2, *case.shape))
        of_zero = output(layer, np.zeros(case.shape))
        expected = a * output(layer, x) + b * output(layer, y) + (1 - a - b) * of_zero
        np.testing.assert_allclose(output(layer, a * x + b * y), expected, rtol=1e-9, atol=1e-10)

    check()


@both_paths
@every(named("ReLU", "LeakyReLU", "PReLU", "MaxPool2D"))
def test_what_chooses_scales_with_its_input(case, nn):
    layer = build(case, nn)

    @few
    @given(a=st.floats(0.01, 100), seed=seeds)
    def check(a, seed):
        x = case.input(rng(seed), "float64")
        np.testing.assert_allclose(output(layer, a * x), a * output(layer, x), rtol=1e-12)

    check()


# ------------------------------------------------------------------- shifts, and rows of sum one


@both_paths
@every(named("MaxPool2D"))
def test_a_brighter_image_has_brighter_maxima(case, nn):
    layer = build(case, nn)

    @few
    @given(shift=st.floats(-100, 100), seed=seeds)
    def check(shift, seed):
        x = case.input(rng(seed), "float64")
        expected = output(layer, x) + shift  # also below 0: padding never wins
        np.testing.assert_allclose(output(layer, x + shift), expected, rtol=1e-12, atol=1e-12)

    check()


@both_paths
@pytest.mark.parametrize("axis", [-1, 0, 1])
@pytest.mark.parametrize("way", ["module", "function", "logarithm"])
def test_softmax_sums_to_one_and_does_not_see_a_shift(nn, axis, way):
    @few
    @given(shift=st.floats(-500, 500), scale=st.floats(0.1, 300), seed=seeds)
    def check(shift, scale, seed):
        x = scale * rng(seed).standard_normal((3, 4, 5))
        upstream = rng(seed + 1).standard_normal(x.shape)

        def probabilities(x):
            if way == "module":
                return output(nn.Softmax(axis=axis), x)
            if way == "function":
                return cases.as_array(nn.softmax(nn.tensor(x), axis=axis))
            return np.exp(cases.as_array(nn.log_softmax(nn.tensor(x), axis=axis)))

        p = probabilities(x)
        assert ((p >= 0) & (p <= 1)).all()
        np.testing.assert_allclose(p.sum(axis=axis), 1, rtol=1e-12)
        np.testing.assert_allclose(probabilities(x + shift), p, rtol=1e-9, atol=1e-12)
        if way == "module":  # a shift changes nothing, so the gradient has no part along it
            slopes = gradients(nn.Softmax(axis=axis), x, upstream)["input"]
            np.testing.assert_allclose(slopes.sum(axis=axis), 0, atol=1e-12)

    check()


# ---------------------------------------------------------------------- a batch is its rows


@both_paths
@every(named())
def test_a_batch_is_its_rows_one_by_one(case, nn):
    layer = build(case, nn, "eval")
    x = case.input(rng(2), "float64")
    y = output(layer, x)
    upstream = rng(3).standard_normal(y.shape)
    whole = gradients(layer, x, upstream)
    rows = [slice(n, n + 1) for n in range(len(x))]
    each = [gradients(layer, x[row], upstream[row]) for row in rows]
    for row, one in zip(rows, each, strict=True):
        np.testing.assert_allclose(output(layer, x[row]), y[row], rtol=1e-9, atol=1e-12)
        if "input" in whole:
            np.testing.assert_allclose(one["input"], whole["input"][row], rtol=1e-9, atol=1e-12)
    for name in whole.keys() - {"input"}:
        total = sum(one[name] for one in each)
        np.testing.assert_allclose(whole[name], total, rtol=1e-9, atol=1e-10, err_msg=name)


@both_paths
def test_batch_normalization_in_training_is_the_exception(nn):
    layer = build(next(case for case in cases.LAYERS if case.name == "BatchNorm"), nn)
    x = rng(2).standard_normal((6, 7))
    assert np.abs(output(layer, x)[:3] - output(layer, x[:3])).max() > 0.1


# ---------------------------------------------------------------------------- memory layouts


def backwards(a):
    """Negative strides along every axis (torch has none: there `as_input` copies)."""
    flip = (slice(None, None, -1),) * a.ndim
    return a[flip].copy()[flip]


def with_gaps(a):
    """Every second entry of a larger array."""
    larger = np.full([2 * n for n in a.shape], 99, a.dtype)
    view = larger[(slice(None, None, 2),) * a.ndim]
    view[...] = a
    return view


@both_paths
@every(named())
def test_memory_layout_does_not_matter_and_nothing_is_changed(case, nn):
    layer = build(case, nn)
    values = case.input(rng(2), "float64")
    y = output(layer, values)
    upstream_values = rng(3).standard_normal(y.shape)
    expected = gradients(layer, values, upstream_values)
    for lay in (backwards, with_gaps):
        x, upstream = lay(values), lay(upstream_values)
        assert not x.flags.c_contiguous
        np.testing.assert_allclose(output(layer, x), y, rtol=1e-12, atol=1e-12)
        assert_equal_gradients(gradients(layer, x, upstream), expected, rtol=1e-11)
        np.testing.assert_array_equal(x, values)
        np.testing.assert_array_equal(upstream, upstream_values)


@both_paths
@every(named())
def test_an_upstream_gradient_that_repeats_one_number(case, nn):
    """Autograd of a plain sum hands back one number with strides of zero."""
    layer = build(case, nn)
    x = case.input(rng(2), "float64")
    shape = output(layer, x).shape
    expected = gradients(layer, x, np.full(shape, 0.7))
    repeated = np.broadcast_to(np.array(0.7), shape)
    if nn is nnlib.torch:
        repeated = torch.tensor(0.7, dtype=torch.float64).expand(shape)
    assert_equal_gradients(gradients(layer, x, repeated), expected, rtol=1e-11)


@both_paths
@every(named())
def test_no_rows_give_no_rows_and_gradients_of_zero(case, nn):
    layer = build(case, nn, "eval" if case.name.startswith("BatchNorm") else "train")
    x = case.input(rng(2), "float64")
    full = output(layer, x)
    x = x[:0]
    y = output(layer, x)
    assert y.shape == (0, *full.shape[1:])
    assert y.dtype == np.float64
    found = gradients(layer, x, np.zeros(y.shape))
    if x.dtype.kind == "f":
        assert found.pop("input").shape == x.shape
    assert found.keys() == case.twin_names.keys()
    for name, parameter in layer.named_parameters():
        np.testing.assert_array_equal(found[name], np.zeros(parameter.shape), err_msg=name)


# ------------------------------------------------------------------ one backward for each forward


@both_paths
@every(named())
def test_each_backward_uses_up_one_forward(case, nn):
    layer = build(case, nn)
    x = layer.as_input(case.input(rng(2), "float64"))
    upstream = layer.as_input(rng(3).standard_normal(tuple(copy.deepcopy(layer)(x).shape)))

    def refused():
        before = [None if p.grad is None else cases.as_array(p.grad).copy()
                  for p in layer.parameters()]  # fmt: skip
        with pytest.raises(RuntimeError, match="expected a forward before it"):
            layer.backward(upstream)
        for parameter, gradient in zip(layer.parameters(), before, strict=True):
            assert (parameter.grad is None) == (gradient is None)
            if gradient is not None:
                np.testing.assert_array_equal(cases.as_array(parameter.grad), gradient)

    refused()  # no forward yet
    layer(x)
    layer.backward(upstream)
    refused()
    layer(x)
    with nn.no_grad():
        layer(x)  # the later forward kept nothing, and the earlier one is over
    refused()


@both_paths
@every([case for case in named() if case.twin_names])
def test_forward_and_backward_twice_double_the_gradients(case, nn):
    layer = build(case, nn)
    x = layer.as_input(case.input(rng(2), "float64"))
    upstream = layer.as_input(rng(3).standard_normal(tuple(copy.deepcopy(layer)(x).shape)))
    first = layer(x)
    input_gradient = layer.backward(upstream)
    once = {name: cases.as_array(p.grad).copy() for name, p in layer.named_parameters()}
    np.testing.assert_array_equal(cases.as_array(layer(x)), cases.as_array(first))
    again = layer.backward(upstream)  # the input's own is not added up: it is returned anew
    if input_gradient is not None:
        np.testing.assert_allclose(cases.as_array(again), cases.as_array(input_gradient), 1e-12)
    for name, parameter in layer.named_parameters():
        np.testing.assert_allclose(
            cases.as_array(parameter.grad), 2 * once[name], rtol=1e-12, atol=1e-15, err_msg=name
        )


# ------------------------------------------------------------------------------ saving, loading


@both_paths
@every([case for case in named() if case.twin_names])
def test_saved_and_loaded_on_the_other_path_it_is_the_same_layer(case, nn, tmp_path):
    other = nnlib.torch if nn is nnlib.numpy else nnlib.numpy
    layer, taker = build(case, nn), case.make(other, rng(9), "float64")
    checkpoint.save(tmp_path / "layer.npz", model=layer)
    checkpoint.load(tmp_path / "layer.npz", model=taker)
    for name, value in layer.state_dict().items():
        np.testing.assert_array_equal(taker.state_dict()[name], cases.as_array(value), name)
    x = case.input(rng(2), "float64")
    expected = output(layer.eval(), x)
    np.testing.assert_allclose(output(taker.eval(), x), expected, rtol=1e-9, atol=1e-12)
