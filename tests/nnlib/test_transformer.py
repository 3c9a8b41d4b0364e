"""TransformerBlock: made of the parts it names, in the order that it says."""

import copy

import numpy as np
import pytest
import torch
from parity_cases import as_array, assert_close

import nnlib.numpy
import nnlib.torch
from nnlib.gradcheck import gradcheck

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
both_norms = pytest.mark.parametrize("norm", ["pre", "post"])
SHAPE = (3, 5, 6)
CAUSAL = np.tri(5, dtype=bool)


def rng(seed=0):
    return np.random.default_rng(seed)


def make(nn, norm="pre", dropout=0.0, dtype="float64"):
    """A block with other numbers than the ones and zeros that some parts start with."""
    block = nn.TransformerBlock(6, 2, 7, norm=norm, dropout=dropout, rng=rng(), dtype=dtype)
    state = {k: as_array(v) for k, v in block.state_dict().items()}
    block.load_state_dict({k: v + rng(9).uniform(-0.3, 0.3, v.shape) for k, v in state.items()})
    return block


def x_and_g():
    return rng(1).standard_normal(SHAPE), rng(2).standard_normal(SHAPE)


@both_paths
@both_norms
def test_it_is_its_parts(nn, norm):
    block, x = make(nn, norm), nn.tensor(x_and_g()[0])
    mask = nn.tensor(CAUSAL)

    def small_network(h):
        return block.dense2(block.activation(block.dense1(h)))

    with nn.no_grad():
        if norm == "pre":
            h = x + block.attention(block.norm1(x), mask)
            expected = h + small_network(block.norm2(h))
        else:
            h = block.norm1(x + block.attention(x, mask))
            expected = block.norm2(h + small_network(h))
    np.testing.assert_allclose(as_array(block(x, mask)), as_array(expected), rtol=1e-12)


@both_norms
@pytest.mark.parametrize("dropout", [0.0, 0.4])
def test_finite_differences(norm, dropout):
    block = make(nnlib.numpy, norm, dropout)
    assert gradcheck(block, x_and_g()[0], rng=rng(2)) < 1e-6


@both_norms
@pytest.mark.parametrize("dropout", [0.0, 0.4])
@pytest.mark.parametrize("mask", [None, CAUSAL], ids=["all", "causal"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_both_paths_agree(norm, dropout, mask, dtype):
    x, g = (array.astype(dtype) for array in x_and_g())
    results = []
    for nn in (nnlib.numpy, nnlib.torch):
        block = make(nn, norm, dropout, dtype)
        y = block(nn.tensor(x), mask=None if mask is None else nn.tensor(mask))
        dx = block.backward(nn.tensor(g))
        results.append([y, dx, *(parameter.grad for parameter in block.parameters())])
    for one, other in zip(*results, strict=True):
        assert_close(one, other, dtype)


@both_paths
@both_norms
def test_the_causal_mask_blocks_the_future(nn, norm):
    block, (x, _) = make(nn, norm), x_and_g()
    before = as_array(block(nn.tensor(x), nn.tensor(CAUSAL)))
    x[:, 3:] += 10
    after = as_array(block(nn.tensor(x), nn.tensor(CAUSAL)))
    np.testing.assert_array_equal(before[:, :3], after[:, :3])
    assert (before[:, 3:] != after[:, 3:]).any()
    upstream = np.zeros(SHAPE)
    upstream[:, 2] = rng(3).standard_normal((3, 6))
    gradient = as_array(block.backward(nn.tensor(upstream)))
    assert (gradient[:, 3:] == 0).all()
    assert (gradient[:, :3] != 0).all()


@both_paths
@both_norms
def test_dropout_is_on_both_halves_in_training_only(nn, norm):
    block, x = make(nn, norm, 0.5), nn.tensor(x_and_g()[0])
    positions = [copy.deepcopy(d.generator.bit_generator.state) for d in (block.dropout1,
                 block.dropout2)]  # fmt: skip
    assert positions[0]["state"] != positions[1]["state"]
    noisy = [as_array(block(x)).copy() for _ in range(2)]
    assert (noisy[0] != noisy[1]).any()
    for dropout, position in zip((block.dropout1, block.dropout2), positions, strict=True):
        assert dropout.generator.bit_generator.state != position
    block.eval()
    calm = as_array(block(x)).copy()
    np.testing.assert_array_equal(calm, as_array(block(x)))
    np.testing.assert_array_equal(calm, as_array(make(nn, norm)(x)))


@both_norms
def test_a_batch_is_its_rows_one_by_one(norm):
    block, (x, _) = make(nnlib.numpy, norm), x_and_g()
    alone = np.concatenate([block(x[i : i + 1], CAUSAL) for i in range(3)])
    np.testing.assert_allclose(block(x, CAUSAL), alone, rtol=1e-11)


@both_norms
def test_without_input_gradient_the_block_still_learns(norm):
    first, second = make(nnlib.numpy, norm), make(nnlib.numpy, norm)
    x, g = x_and_g()
    x_before, g_before = x.copy(), g.copy()
    first(x)
    assert first.backward(g).shape == SHAPE
    second(x)
    assert second.backward(g, input_grad=False) is None
    for one, other in zip(first.parameters(), second.parameters(), strict=True):
        np.testing.assert_array_equal(one.grad, other.grad)
    np.testing.assert_array_equal(x, x_before)
    np.testing.assert_array_equal(g, g_before)


@both_paths
@both_norms
def test_unusual_shapes(nn, norm):
    for shape in ((0, 5, 6), (2, 1, 6)):
        block = make(nn, norm)
        y = block(nn.tensor(np.ones(shape)))
        assert tuple(y.shape) == shape
        assert tuple(block.backward(nn.tensor(np.ones(shape))).shape) == shape


@both_paths
def test_blocks_stack_and_draw_different_weights(nn):
    parent, untouched = rng(3), rng(3)
    model = nn.Sequential(
        *(nn.TransformerBlock(6, 2, 7, dropout=0.1, rng=parent) for _ in range(2))
    )
    assert parent.random() == untouched.random()
    state = {name: as_array(value) for name, value in model.state_dict().items()}
    assert not np.array_equal(state["0.attention.weight_q"], state["1.attention.weight_q"])
    assert {value.dtype for value in state.values()} == {np.dtype("float32")}
    assert state["0.dense1.weight"].shape == (6, 7)
    assert nn.summary(model, (5, 6)).total == sum(value.size for value in state.values())


@pytest.mark.parametrize(("norm", "first"), [("pre", "norm1"), ("post", "attention")])
def test_the_first_layer_is_asked_for_no_gradient_that_nobody_needs(norm, first, monkeypatch):
    nn = nnlib.numpy
    block = nn.TransformerBlock(4, 2, 6, norm=norm, rng=rng())
    layer, asked = getattr(block, first), []
    ordinary = layer.backward

    def backward(grad_output, *, input_grad=True):
        asked.append(input_grad)
        return ordinary(grad_output, input_grad=input_grad)

    monkeypatch.setattr(layer, "backward", backward)
    x = rng(1).standard_normal((2, 3, 4)).astype("float32")
    for wanted in (True, False):
        block(x)
        block.backward(x, input_grad=wanted)
    assert asked == [True, False]


@both_paths
@pytest.mark.parametrize("name", ["embed_dim", "num_heads", "hidden_dim"])
def test_sizes_are_checked_under_their_names(nn, name):
    sizes = {"embed_dim": 4, "num_heads": 2, "hidden_dim": 6} | {name: 0}
    with pytest.raises(ValueError, match=f"^TransformerBlock expected {name} >= 1, got 0"):
        nn.TransformerBlock(**sizes, rng=rng())


def test_it_learns_to_copy_the_position_before():
    """A task that needs attention, trained alike on both paths: the same curve, and down."""
    x = rng(1).standard_normal((32, 6, 4))
    y = np.roll(x, 1, axis=1)
    y[:, 0] = 0
    curves = []
    for nn in (nnlib.numpy, nnlib.torch):
        parent = rng(4)
        model = nn.Sequential(
            nn.Dense(4, 8, rng=parent, dtype="float64"),
            nn.PositionalEncoding(6, 8),
            nn.TransformerBlock(8, 2, 16, rng=parent, dtype="float64"),
            nn.LayerNorm(8, dtype="float64"),
            nn.Dense(8, 4, rng=parent, dtype="float64"),
        )
        optimizer = nn.Adam(model.parameters(), lr=0.01)
        history = nn.fit(
            model, nn.MSELoss(), optimizer, (x, y), epochs=40, batch_size=16, rng=parent
        )
        curves.append(history.train_loss)
    np.testing.assert_allclose(*curves, rtol=1e-8)
    assert curves[0][-1] < 0.5 * curves[0][0]


def test_works_with_loss_backward_and_compiles():
    block, twin = make(nnlib.torch), make(nnlib.torch)
    x = torch.tensor(x_and_g()[0])
    block(x).square().sum().backward()
    torch.compile(twin, backend="aot_eager")(x).square().sum().backward()
    for one, other in zip(block.parameters(), twin.parameters(), strict=True):
        torch.testing.assert_close(one.grad, other.grad)
