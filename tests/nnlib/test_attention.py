"""MultiHeadAttention: against the formula one query at a time, and its masks."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from parity_cases import LAYERS, as_array, assert_close

import nnlib.numpy
import nnlib.torch
from nnlib.gradcheck import gradcheck

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
BATCH, TIME, WIDTH, HEADS = 3, 5, 6, 2


def rng(seed=0):
    return np.random.default_rng(seed)


def make(nn, width=WIDTH, heads=HEADS, seed=0, dtype="float64"):
    """A layer whose biases are not the zeros they start as."""
    layer = nn.MultiHeadAttention(width, heads, rng=rng(seed), dtype=dtype)
    state = {k: as_array(v) for k, v in layer.state_dict().items()}
    for name in state:
        state[name] = state[name] + rng(9).uniform(-0.5, 0.5, state[name].shape)
    layer.load_state_dict(state)
    return layer


def masks():
    some = rng(5).random((BATCH, HEADS, TIME, TIME)) > 0.5
    some[0, 0, 0] = False  # a query that may attend to nothing
    return {
        "none": None,
        "all": np.ones((TIME, TIME), bool),
        "nothing": np.zeros((1, 1), bool),
        "causal": np.tri(TIME, dtype=bool),
        "padding": np.arange(TIME) < np.array([[1], [5], [3]])[:, None],
        "an empty sequence": np.arange(TIME) < np.array([[0], [5], [3]])[:, None],
        "each sequence": some[:, 0],
        "each head": some,
        "one head": some[:, :1],
        "heads of one sequence": some[:1],
    }


every_mask = pytest.mark.parametrize("mask", masks().values(), ids=masks().keys())


def given_to(nn, mask):
    return None if mask is None else nn.tensor(mask)


def naive(layer, x, mask):
    """One sequence, one head and one query at a time."""
    state = {name: as_array(value) for name, value in layer.state_dict().items()}
    q, k, v = (x @ state[f"weight_{n}"] + state[f"bias_{n}"] for n in "qkv")
    size = x.shape[-1] // layer.num_heads
    gathered = np.zeros_like(x)
    for row in range(len(x)):
        for head in range(layer.num_heads):
            part = slice(head * size, (head + 1) * size)
            for i in range(x.shape[1]):
                keys = [j for j in range(x.shape[1]) if mask is None or mask[row, head, i, j]]
                if not keys:
                    continue
                scores = np.array([q[row, i, part] @ k[row, j, part] for j in keys])
                p = np.exp(scores / np.sqrt(size))
                p /= p.sum()
                gathered[row, i, part] = sum(
                    p_j * v[row, j, part] for p_j, j in zip(p, keys, strict=True)
                )
    return gathered @ state["weight_o"] + state["bias_o"]


def full(mask):
    """A mask with all four axes."""
    if mask is None:
        return None
    mask = mask[:, None] if mask.ndim == 3 else mask
    return np.broadcast_to(mask, (BATCH, HEADS, TIME, TIME))


@both_paths
@every_mask
def test_the_formula(nn, mask):
    layer, x = make(nn), rng(1).standard_normal((BATCH, TIME, WIDTH))
    y = as_array(layer(nn.tensor(x), mask=given_to(nn, mask)))
    np.testing.assert_allclose(y, naive(layer, x, full(mask)), rtol=1e-10, atol=1e-12)


@every_mask
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_both_paths_agree_under_every_mask(mask, dtype):
    x = rng(1).standard_normal((BATCH, TIME, WIDTH)).astype(dtype)
    upstream = rng(2).standard_normal(x.shape).astype(dtype)
    results = []
    for nn in (nnlib.numpy, nnlib.torch):
        layer = make(nn, dtype=dtype)
        y = layer(nn.tensor(x), given_to(nn, mask))
        dx = layer.backward(nn.tensor(upstream))
        results.append([y, dx, *(parameter.grad for parameter in layer.parameters())])
    for one, other in zip(*results, strict=True):
        assert_close(one, other, dtype)


def test_the_causal_mask_is_that_of_torch():
    case = next(case for case in LAYERS if case.name == "MultiHeadAttention")
    layer = make(nnlib.numpy)
    twin = case.twin(layer.state_dict())
    x = rng(1).standard_normal((BATCH, TIME, WIDTH))
    causal = np.tri(TIME, dtype=bool)
    assert_close(layer(x, causal), twin(torch.tensor(x), torch.tensor(causal)), "float64")


class Masked(nnlib.numpy.Module):
    """Attention with a fixed mask, as a layer of one input."""

    def __init__(self, inner, mask):
        self.inner, self.mask = inner, mask

    def forward(self, x):
        return self.inner(x, self.mask)

    def backward(self, grad_output, *, input_grad=True):
        return self.inner.backward(grad_output, input_grad=input_grad)


@every_mask
def test_finite_differences(mask):
    layer = Masked(make(nnlib.numpy), mask)
    x = rng(1).standard_normal((BATCH, TIME, WIDTH))
    assert gradcheck(layer, x, rng=rng(2)) < 1e-6


@both_paths
def test_the_causal_mask_blocks_the_future(nn):
    layer, x = make(nn), rng(1).standard_normal((BATCH, TIME, WIDTH))
    causal = nn.tensor(np.tri(TIME, dtype=bool))
    before = as_array(layer(nn.tensor(x), causal))
    for t in range(TIME - 1):
        changed = x.copy()
        changed[:, t + 1 :] += 10
        after = as_array(layer(nn.tensor(changed), causal))
        np.testing.assert_array_equal(before[:, : t + 1], after[:, : t + 1])
        assert (before[:, t + 1 :] != after[:, t + 1 :]).any()
        upstream = np.zeros(x.shape)
        upstream[:, t] = 1
        gradient = as_array(layer.backward(nn.tensor(upstream)))
        assert (gradient[:, t + 1 :] == 0).all()
        assert (gradient[:, : t + 1] != 0).all()


@both_paths
def test_a_query_that_may_attend_to_nothing_gets_the_output_bias(nn):
    layer, x = make(nn), nn.tensor(rng(1).standard_normal((BATCH, TIME, WIDTH)))
    mask = np.ones((TIME, TIME), bool)
    mask[2] = False
    y = as_array(layer(x, nn.tensor(mask)))
    np.testing.assert_allclose(y[:, 2], np.tile(as_array(layer.bias_o.data), (BATCH, 1)))
    dx = as_array(layer.backward(nn.tensor(np.ones(y.shape))))
    assert np.isfinite(y).all()
    assert np.isfinite(dx).all()


@both_paths
def test_hidden_keys_do_not_matter_even_where_they_are_huge(nn):
    layer, x = make(nn), rng(1).standard_normal((BATCH, TIME, WIDTH))
    mask = nn.tensor(np.arange(TIME)[None, :] < 3)
    before = as_array(layer(nn.tensor(x), mask))
    x[:, 3:] *= 1e6
    after = as_array(layer(nn.tensor(x), mask))
    np.testing.assert_allclose(before[:, :3], after[:, :3], rtol=1e-12)


@both_paths
def test_large_scores_do_not_overflow(nn):
    layer = make(nn, dtype="float32")
    x = nn.tensor((1e3 * rng(1).standard_normal((BATCH, TIME, WIDTH))).astype("float32"))
    assert np.isfinite(as_array(layer(x))).all()
    assert np.isfinite(as_array(layer.backward(x))).all()


@settings(deadline=None)
@given(seed=st.integers(0, 1000), heads=st.sampled_from([1, 2, 3, 6]))
def test_without_a_mask_the_order_of_positions_is_not_seen(seed, heads):
    layer = make(nnlib.numpy, heads=heads)
    x, order = rng(seed).standard_normal((2, TIME, WIDTH)), rng(seed).permutation(TIME)
    np.testing.assert_allclose(layer(x[:, order]), layer(x)[:, order], rtol=1e-9, atol=1e-12)


@every_mask
def test_a_batch_is_its_rows_one_by_one(mask):
    layer, x = make(nnlib.numpy), rng(1).standard_normal((BATCH, TIME, WIDTH))
    mask = full(mask)
    alone = [layer(x[i : i + 1], None if mask is None else mask[i : i + 1]) for i in range(BATCH)]
    np.testing.assert_allclose(layer(x, mask), np.concatenate(alone), rtol=1e-11)


@both_paths
@pytest.mark.parametrize("shape", [(0, 5, 6), (3, 0, 6), (1, 1, 6)])
def test_unusual_shapes(nn, shape):
    layer = make(nn)
    y = layer(nn.tensor(np.ones(shape)))
    assert tuple(y.shape) == shape
    assert tuple(layer.backward(nn.tensor(np.ones(shape))).shape) == shape


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_dtype_stays(dtype):
    layer = make(nnlib.numpy, dtype=dtype)
    x = np.ones((BATCH, TIME, WIDTH), dtype)
    arrays = [layer(x, np.tri(TIME, dtype=bool)), layer.backward(x)]
    arrays += [parameter.grad for parameter in layer.parameters()]
    assert {str(array.dtype) for array in arrays} == {dtype}


def test_what_is_handed_over_is_left_alone_in_every_memory_order():
    layer, mask = make(nnlib.numpy), np.tri(TIME, dtype=bool)
    mask.flags.writeable = False
    x, g = (rng(seed).standard_normal((BATCH, TIME, WIDTH)) for seed in (1, 2))
    y = layer(x, mask)
    y_before, gradient = y.copy(), layer.backward(g)
    np.testing.assert_array_equal(y, y_before)
    for order in (np.asfortranarray, lambda a: np.ascontiguousarray(a[::-1, ::-1])[::-1, ::-1]):
        strange_x, strange_g = order(x), order(g)
        strange_x.flags.writeable = strange_g.flags.writeable = False
        np.testing.assert_allclose(layer(strange_x, mask), y, rtol=1e-12)
        np.testing.assert_allclose(layer.backward(strange_g), gradient, rtol=1e-9, atol=1e-12)


def test_without_input_gradient_the_layer_still_learns():
    first, second = make(nnlib.numpy), make(nnlib.numpy)
    x, g = (rng(seed).standard_normal((BATCH, TIME, WIDTH)) for seed in (1, 2))
    first(x)
    first.backward(g)
    second(x)
    assert second.backward(g, input_grad=False) is None
    for one, other in zip(first.parameters(), second.parameters(), strict=True):
        np.testing.assert_array_equal(one.grad, other.grad)
        assert one.grad.flags.c_contiguous


@both_paths
def test_names_layouts_and_first_values(nn):
    parent, untouched = rng(3), rng(3)
    layer = nn.MultiHeadAttention(8, 2, rng=parent)
    assert parent.random() == untouched.random()
    state = {name: as_array(value) for name, value in layer.state_dict().items()}
    assert list(state) == [f"{kind}_{name}" for kind in ("weight", "bias") for name in "qkvo"]
    for name, value in state.items():
        assert value.dtype == np.float32
        if "weight" in name:
            assert value.shape == (8, 8)
            assert 0.8 * np.sqrt(6 / 16) < np.abs(value).max() <= np.sqrt(6 / 16)
        else:
            np.testing.assert_array_equal(value, np.zeros(8))
    assert not np.array_equal(state["weight_q"], state["weight_k"])
    assert repr(layer) == "MultiHeadAttention(8, 2)"


def test_a_mask_of_the_other_path_is_refused():
    x = np.zeros((BATCH, TIME, WIDTH))
    with pytest.raises(TypeError, match="expected mask to be a NumPy array, got Tensor"):
        make(nnlib.numpy)(x, torch.ones(TIME, TIME, dtype=torch.bool))
    with pytest.raises(TypeError, match="expected mask to be a torch tensor, got ndarray"):
        make(nnlib.torch)(torch.tensor(x), np.ones((TIME, TIME), bool))
