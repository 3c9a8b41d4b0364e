"""RNN, LSTM, GRU: against the equations step by step, through time, and edge by edge."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from parity_cases import as_array

import nnlib.numpy
import nnlib.torch
from nnlib.gradcheck import gradcheck

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
KINDS = ["RNN", "LSTM", "GRU"]
every_kind = pytest.mark.parametrize("kind", KINDS)


def rng(seed=0):
    return np.random.default_rng(seed)


def make(nn, kind, inputs=3, hidden=4, seed=0, dtype="float64", **options):
    """A layer whose biases are not the zeros they start as."""
    layer = getattr(nn, kind)(inputs, hidden, rng=rng(seed), dtype=dtype, **options)
    state = layer.state_dict()
    for name, value in state.items():
        if "bias" in name:
            state[name] = rng(9).uniform(-1, 1, value.shape)
    layer.load_state_dict(state)
    return layer


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def naive(kind, state, x):
    """The equations of the docstrings, one sequence, one step and one gate at a time."""
    state = {name: as_array(value) for name, value in state.items()}
    hidden = len(state["weight_h"])
    outputs = np.zeros((*x.shape[:2], hidden))
    for row in range(len(x)):
        h, c = np.zeros(hidden), np.zeros(hidden)
        for t in range(x.shape[1]):
            a = x[row, t] @ state["weight_x"] + state.get("bias", state.get("bias_x"))
            p = h @ state["weight_h"]
            if kind == "RNN":
                h = np.tanh(a + p)
            elif kind == "LSTM":
                i, f, g, o = np.split(a + p, 4)
                c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
                h = sigmoid(o) * np.tanh(c)
            else:
                (a_r, a_z, a_n), (p_r, p_z, p_n) = np.split(a, 3), np.split(p + state["bias_h"], 3)
                r, z = sigmoid(a_r + p_r), sigmoid(a_z + p_z)
                h = (1 - z) * np.tanh(a_n + r * p_n) + z * h
            outputs[row, t] = h
    return outputs


@both_paths
@every_kind
@settings(deadline=None, max_examples=15)
@given(
    batch=st.integers(1, 4), time=st.integers(1, 6), inputs=st.integers(1, 4),
    hidden=st.integers(1, 4), seed=st.integers(0, 1000),
)  # fmt: skip
def test_the_equations(nn, kind, batch, time, inputs, hidden, seed):
    layer = make(nn, kind, inputs, hidden, seed, return_sequences=True)
    x = rng(seed).standard_normal((batch, time, inputs))
    expected = naive(kind, layer.state_dict(), x)
    np.testing.assert_allclose(as_array(layer(nn.tensor(x))), expected, rtol=1e-9, atol=1e-12)
    layer.return_sequences = False
    last = as_array(layer(nn.tensor(x)))
    np.testing.assert_allclose(last, expected[:, -1], rtol=1e-9, atol=1e-12)


@both_paths
@every_kind
@pytest.mark.parametrize("return_sequences", [False, True])
@pytest.mark.parametrize("shape", [(2, 5, 3), (3, 1, 3), (1, 2, 3)])
def test_finite_differences(nn, kind, return_sequences, shape):
    layer = make(nn, kind, return_sequences=return_sequences)
    assert gradcheck(layer, rng(1).standard_normal(shape), rng=rng(2)) < 1e-6


@every_kind
def test_finite_differences_inside_a_model(kind):
    nn = nnlib.numpy
    model = nn.Sequential(
        make(nn, kind, return_sequences=True), nn.Tanh(), make(nn, kind, 4, 3),
        nn.Dense(3, 2, rng=rng()),
    )  # fmt: skip
    assert gradcheck(model, rng(1).standard_normal((2, 4, 3)), rng=rng(2)) < 1e-6


@every_kind
@pytest.mark.parametrize("return_sequences", [False, True])
def test_a_batch_is_its_rows_one_by_one(kind, return_sequences):
    layer = make(nnlib.numpy, kind, return_sequences=return_sequences)
    x = rng(1).standard_normal((5, 6, 3))
    alone = np.concatenate([layer(x[i : i + 1]) for i in range(5)])
    np.testing.assert_allclose(layer(x), alone, rtol=1e-12)


@both_paths
@every_kind
def test_no_state_sees_the_future(nn, kind):
    layer = make(nn, kind, return_sequences=True)
    x = rng(1).standard_normal((2, 6, 3))
    before = as_array(layer(nn.tensor(x)))
    changed = x.copy()
    changed[:, 3:] += 10
    after = as_array(layer(nn.tensor(changed)))
    np.testing.assert_array_equal(before[:, :3], after[:, :3])
    assert (before[:, 3:] != after[:, 3:]).all()
    upstream = np.zeros((2, 6, 4))
    upstream[:, 2] = 1
    gradient = as_array(layer.backward(nn.tensor(upstream)))
    assert (gradient[:, 3:] == 0).all()
    assert (gradient[:, :3] != 0).all()


@both_paths
@every_kind
def test_every_forward_starts_from_zeros(nn, kind):
    layer = make(nn, kind)
    x = nn.tensor(rng(1).standard_normal((2, 4, 3)))
    np.testing.assert_array_equal(as_array(layer(x)).copy(), as_array(layer(x)))


@both_paths
@every_kind
def test_the_last_state_gets_the_gradient_of_the_last_step(nn, kind):
    last, every = make(nn, kind), make(nn, kind, return_sequences=True)
    x = nn.tensor(rng(1).standard_normal((2, 4, 3)))
    upstream = rng(2).standard_normal((2, 4))
    padded = np.zeros((2, 4, 4))
    padded[:, -1] = upstream
    np.testing.assert_array_equal(as_array(last(x)), as_array(every(x))[:, -1])
    gradients = [
        as_array(layer.backward(nn.tensor(g))) for layer, g in ((last, upstream), (every, padded))
    ]
    np.testing.assert_allclose(*gradients, rtol=1e-12)


@both_paths
@every_kind
def test_an_empty_batch(nn, kind):
    for return_sequences, shape in ((False, (0, 4)), (True, (0, 5, 4))):
        layer = make(nn, kind, return_sequences=return_sequences)
        y = layer(nn.tensor(np.zeros((0, 5, 3))))
        assert tuple(y.shape) == shape
        assert tuple(layer.backward(nn.tensor(np.zeros(shape))).shape) == (0, 5, 3)
        assert all((as_array(p.grad) == 0).all() for p in layer.parameters())


@both_paths
@every_kind
def test_large_inputs_saturate_and_stay_finite(nn, kind):
    layer = make(nn, kind, dtype="float32")
    x = nn.tensor((1e4 * rng(1).standard_normal((3, 5, 3))).astype("float32"))
    y = as_array(layer(x))
    assert np.isfinite(y).all()
    assert (np.abs(y) <= 1).all() or kind == "LSTM"
    assert np.isfinite(as_array(layer.backward(nn.tensor(np.ones((3, 4), "float32"))))).all()


@every_kind
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_dtype_stays(kind, dtype):
    layer = make(nnlib.numpy, kind, dtype=dtype, return_sequences=True)
    y = layer(np.ones((2, 3, 3), dtype))
    dx = layer.backward(np.ones((2, 3, 4), dtype))
    arrays = [y, dx, *(p.grad for p in layer.parameters()), *(p.data for p in layer.parameters())]
    assert {str(array.dtype) for array in arrays} == {dtype}


@every_kind
@pytest.mark.parametrize("return_sequences", [False, True])
def test_what_is_handed_over_is_left_alone_in_every_memory_order(kind, return_sequences):
    layer = make(nnlib.numpy, kind, return_sequences=return_sequences)
    x, g = rng(1).standard_normal((3, 5, 3)), rng(2).standard_normal((3, 5, 4))
    g = g if return_sequences else g[:, 0]
    y, gradient = layer(x), layer.backward(g)
    for order in (np.asfortranarray, lambda a: np.ascontiguousarray(a[::-1, ::-1])[::-1, ::-1]):
        strange_x, strange_g = order(x), order(g)
        strange_x.flags.writeable = strange_g.flags.writeable = False
        np.testing.assert_array_equal(layer(strange_x), y)
        np.testing.assert_array_equal(layer.backward(strange_g), gradient)


@every_kind
@pytest.mark.parametrize("return_sequences", [False, True])
def test_changing_the_output_does_not_change_the_way_back(kind, return_sequences):
    layer = make(nnlib.numpy, kind, return_sequences=return_sequences)
    x = rng(1).standard_normal((3, 5, 3))
    g = rng(2).standard_normal(layer(x).shape)
    expected = layer.backward(g)
    layer(x)[:] = 7
    np.testing.assert_array_equal(layer.backward(g), expected)


@every_kind
def test_without_input_gradient_the_layer_still_learns(kind):
    first, second = make(nnlib.numpy, kind), make(nnlib.numpy, kind)
    x, g = rng(1).standard_normal((2, 4, 3)), rng(2).standard_normal((2, 4))
    first(x)
    first.backward(g)
    second(x)
    assert second.backward(g, input_grad=False) is None
    for one, other in zip(first.parameters(), second.parameters(), strict=True):
        np.testing.assert_array_equal(one.grad, other.grad)


@both_paths
def test_names_layouts_and_first_values(nn):
    shapes = {
        "RNN": {"weight_x": (3, 4), "weight_h": (4, 4), "bias": (4,)},
        "LSTM": {"weight_x": (3, 16), "weight_h": (4, 16), "bias": (16,)},
        "GRU": {"weight_x": (3, 12), "weight_h": (4, 12), "bias_x": (12,), "bias_h": (12,)},
    }
    for kind, expected in shapes.items():
        parent, untouched = rng(3), rng(3)
        layer = getattr(nn, kind)(3, 4, rng=parent)
        assert parent.random() == untouched.random()
        state = {name: as_array(value) for name, value in layer.state_dict().items()}
        assert {name: value.shape for name, value in state.items()} == expected
        assert all((value == 0).all() for name, value in state.items() if "bias" in name)
        for name in ("weight_x", "weight_h"):
            bound = np.sqrt(6 / sum(expected[name]))
            assert 0.7 * bound < np.abs(state[name]).max() <= bound
        assert {value.dtype for value in state.values()} == {np.dtype("float32")}
        assert repr(layer) == f"{kind}(3, 4, return_sequences=False)"


@pytest.mark.parametrize("kind", ["LSTM", "GRU"])
def test_an_open_gate_remembers(kind):
    """What gates are for: a first input still there 60 steps later, and its gradient too."""
    layer = getattr(nnlib.numpy, kind)(1, 1, rng=rng(), dtype="float64")
    for parameter in layer.parameters():
        parameter.data[:] = 0
    if kind == "LSTM":
        layer.weight_x.data[:] = [[20, 0, 5, 0]]  # the input opens i and is what g says
        layer.bias.data[:] = [-10, 10, 0, 10]  # f and o are open
    else:
        layer.weight_x.data[:] = [[0, -30, 5]]  # the input closes z, which else is open
        layer.bias_x.data[:] = [0, 12, 0]
    x = np.zeros((1, 60, 1))
    x[0, 0] = 1
    assert layer(x)[0, 0] > 0.7
    layer.backward(np.ones((1, 1)))
    blocks = {"LSTM": 2, "GRU": 2}
    assert layer.weight_x.grad[0, blocks[kind]] > 1e-5


def test_torch_runs_one_fused_kernel_and_not_a_loop():
    for kind in KINDS:
        layer = make(nnlib.torch, kind)
        with torch.profiler.profile() as profile:
            layer(torch.zeros(2, 30, 3, dtype=torch.float64))
        names = {"RNN": "aten::rnn_tanh", "LSTM": "aten::lstm", "GRU": "aten::gru"}
        calls = {event.key: event.count for event in profile.key_averages()}
        assert calls[names[kind]] == 1


@pytest.mark.parametrize("kind", ["LSTM", "GRU"])
def test_whole_trainings_agree(kind):
    """Was the first number of the sequence positive? The same curve on both paths, and down."""
    x = rng(1).standard_normal((64, 8, 1))
    y = (x[:, 0, 0] > 0).astype(np.int64)
    curves = []
    for nn in (nnlib.numpy, nnlib.torch):
        parent = rng(2)
        model = nn.Sequential(
            getattr(nn, kind)(1, 8, return_sequences=True, rng=parent, dtype="float64"),
            getattr(nn, kind)(8, 8, rng=parent, dtype="float64"),
            nn.Dense(8, 2, rng=parent, dtype="float64"),
        )
        optimizer = nn.Adam(model.parameters(), lr=0.01)
        history = nn.fit(
            model, nn.CrossEntropyLoss(), optimizer, (x, y), epochs=30, batch_size=16, rng=parent
        )
        curves.append(history.train_loss)
    np.testing.assert_allclose(*curves, rtol=1e-10)
    assert curves[0][-1] < 0.5 * curves[0][0]
