"""Embedding and PositionalEncoding, and models that begin with token ids."""

import copy
import re

import numpy as np
import parity_cases as cases
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlib.numpy
import nnlib.numpy as nn
import nnlib.torch
from nnlib.gradcheck import gradcheck

both_paths = pytest.mark.parametrize("path", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
INTEGERS = ("int8", "uint8", "int16", "int32", "int64")


def rng(seed=0):
    return np.random.default_rng(seed)


def embedding(path=nn, ids=5, dim=3, dtype="float64"):
    return path.Embedding(ids, dim, rng=rng(7), dtype=dtype)


def raises(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}")


# ------------------------------------------------------------------------------------- Embedding


@both_paths
def test_by_hand(path):
    layer = embedding(path, 3, 2)
    layer.load_state_dict({"weight": np.array([[1.0, 2], [3, 4], [5, 6]])})
    y = layer(path.tensor([[2, 0], [2, 2]]))
    np.testing.assert_array_equal(cases.as_array(y), [[[5, 6], [1, 2]], [[5, 6], [5, 6]]])
    upstream = path.tensor(np.array([[[1.0, 10], [2, 20]], [[3, 30], [4, 40]]]))
    assert layer.backward(upstream) is None
    np.testing.assert_array_equal(cases.as_array(layer.weight.grad), [[2, 20], [0, 0], [8, 80]])


@settings(max_examples=40, deadline=None)
@given(
    shape=st.lists(st.integers(0, 4), min_size=1, max_size=3),
    ids=st.integers(1, 6),
    dim=st.integers(1, 3),
    seed=st.integers(0, 99),
)
def test_is_a_dense_layer_on_one_hot_rows(shape, ids, dim, seed):
    tokens = rng(seed).integers(0, ids, shape)
    layer = nn.Embedding(ids, dim, rng=rng(seed), dtype="float64")
    one_hot = np.eye(ids)[tokens.reshape(-1)]
    y = layer(tokens)
    np.testing.assert_array_equal(y, (one_hot @ layer.weight.data).reshape(*shape, dim))
    g = rng(seed).standard_normal(y.shape)
    layer.backward(g)
    np.testing.assert_allclose(layer.weight.grad, one_hot.T @ g.reshape(-1, dim), atol=1e-12)


def test_finite_differences():
    tokens = np.array([[0, 3, 3], [1, 0, 3]])
    assert gradcheck(embedding(), tokens, rng=rng(4)) < 1e-7
    model = nn.Sequential(
        embedding(), nn.PositionalEncoding(4, 3), nn.Flatten(), nn.Dense(9, 2, rng=rng())
    )
    assert gradcheck(model, tokens, rng=rng(4)) < 1e-7


@pytest.mark.parametrize("dtype", INTEGERS)
@both_paths
def test_every_kind_of_integer(path, dtype):
    layer, tokens = embedding(path), np.array([[0, 4], [2, 2]])
    y = cases.as_array(layer(path.tensor(tokens.astype(dtype))))
    np.testing.assert_array_equal(y, cases.as_array(layer.weight.data)[tokens])
    layer.backward(path.tensor(np.ones((2, 2, 3))))
    expected = np.repeat([[1.0], [0], [2], [0], [1]], 3, axis=1)
    np.testing.assert_array_equal(cases.as_array(layer.weight.grad), expected)


@pytest.mark.parametrize(
    ("tokens", "wrong"),
    [([[0, -1]], -1), ([[4, 5]], 5), ([[-5, 2]], -5), ([[100, 0], [-2, 3]], -2)],
)
@both_paths
def test_ids_outside_the_table_raise(path, tokens, wrong):
    layer = embedding(path)
    with raises(
        IndexError, f"Embedding expected ids from 0 to 4, got {wrong}: the table has 5 rows"
    ):
        layer(path.tensor(tokens))
    layer(path.tensor([[0, 4]]))  # the ends of the range are inside


@both_paths
def test_other_errors(path):
    layer = embedding(path)
    with raises(TypeError, "Embedding expected integer ids, got float32"):
        layer(path.tensor([[1.0]]))
    with raises(TypeError, "Embedding expected integer ids, got bool"):
        layer(path.tensor([[True]]))
    with raises(ValueError, "Embedding expected input of shape (batch, ...), got ()"):
        layer(path.tensor(1))
    layer(path.tensor([[1, 2]]))
    with raises(
        ValueError, "Embedding.backward expected grad_output of shape (1, 2, 3), got (1, 2, 1)"
    ):
        layer.backward(path.tensor(np.zeros((1, 2, 1))))
    layer(path.tensor([[1, 2]]))
    layer.backward(path.tensor(np.zeros((1, 2, 3))))
    with raises(RuntimeError, "Embedding.backward expected a forward before it"):
        layer.backward(path.tensor(np.zeros((1, 2, 3))))


def test_lists_and_other_arrays_are_refused():
    with raises(TypeError, "Embedding expected input to be a NumPy array, got list"):
        embedding()([[1]])
    with raises(TypeError, "Embedding expected input to be a torch tensor, got ndarray"):
        embedding(nnlib.torch)(np.array([[1]]))


@both_paths
def test_first_vectors_are_standard_normal_and_rounded_from_float64(path):
    layer = path.Embedding(200, 50, rng=rng(1))
    weight = cases.as_array(layer.weight.data)
    assert weight.dtype == np.float32
    assert weight.std() == pytest.approx(1.0, abs=0.02)
    precise = cases.as_array(path.Embedding(200, 50, rng=rng(1), dtype="float64").weight.data)
    np.testing.assert_array_equal(weight, precise.astype("float32"))
    parent, untouched = rng(3), rng(3)
    path.Embedding(2, 2, rng=parent)
    assert parent.random() == untouched.random()


def test_the_output_is_no_view_of_the_table_and_ids_stay_as_they_are():
    layer, tokens = embedding(), np.array([[3, 1, 3, 0]])[:, ::-1]
    before, weight = tokens.copy(), layer.weight.data.copy()
    y = layer(tokens)
    y += 1
    g = rng(1).standard_normal((4, 1, 3)).transpose(1, 0, 2)[..., ::-1]
    kept = g.copy()
    layer.backward(g)
    np.testing.assert_array_equal(layer.weight.data, weight)
    np.testing.assert_array_equal(tokens, before)
    np.testing.assert_array_equal(g, kept)
    np.testing.assert_allclose(layer.weight.grad[3], g[0, 1] + g[0, 3])


def test_gradients_add_up_and_keep_their_dtype():
    layer = embedding(dtype="float32")
    for count in (1, 2):
        y = layer(np.array([[1, 1]]))
        layer.backward(np.ones_like(y), input_grad=count == 1)
        assert (layer.weight.grad[1] == 2 * count).all()
    assert (y.dtype, layer.weight.grad.dtype) == (np.float32, np.float32)


def test_repr():
    for path in (nnlib.numpy, nnlib.torch):
        assert repr(embedding(path)) == "Embedding(5, 3)"
        assert repr(path.PositionalEncoding(10, 4)) == "PositionalEncoding(10, 4)"


# --------------------------------------------------------------------------- models that take ids


def text_model(path, dtype="float64"):
    r = rng(0)
    return path.Sequential(
        path.Embedding(6, 4, rng=r, dtype=dtype),
        path.PositionalEncoding(8, 4),
        path.Flatten(),
        path.Dense(20, 2, rng=r, dtype=dtype),
    )


@both_paths
def test_summary_of_a_model_that_takes_ids(path):
    table = path.summary(text_model(path), (5,))
    assert str(table) == (
        "Layer                   Output shape    Parameters\n"
        "--------------------------------------------------\n"
        "0  Embedding            (batch, 5, 4)           24\n"
        "1  PositionalEncoding   (batch, 5, 4)            0\n"
        "2  Flatten              (batch, 20)              0\n"
        "3  Dense                (batch, 2)              42\n"
        "--------------------------------------------------\n"
        "Total                                           66"
    )
    with raises(ValueError, "PositionalEncoding expected sequences of at most max_len=8"):
        path.summary(text_model(path), (9,))

    class Refuses(path.Module):
        def forward(self, x):
            raise TypeError(f"takes no {x.dtype}")

    with pytest.raises(TypeError, match=r"takes no .*float32"):  # not what the second try said
        path.summary(Refuses(), (3,))


def test_a_model_of_ids_trains_alike_on_both_paths():
    tokens = rng(1).integers(0, 6, (60, 5))
    labels = (tokens[:, 0] > tokens[:, -1]).astype("int64")

    def losses(path):
        model = text_model(path)
        optimizer, loss_fn = path.Adam(model.parameters(), lr=0.02), path.CrossEntropyLoss()
        history = path.fit(
            model, loss_fn, optimizer, (tokens, labels), epochs=15, batch_size=20, rng=rng(1)
        )
        assert path.predict_class(model, tokens).shape == (60,)
        return np.array(history.train_loss)

    by_hand, on_torch = losses(nnlib.numpy), losses(nnlib.torch)
    assert by_hand[-1] < 0.6 * by_hand[0]
    np.testing.assert_allclose(by_hand, on_torch, rtol=1e-10)


@both_paths
def test_layers_below_an_embedding_get_no_gradient(path):
    model = path.Sequential(path.Flatten(), embedding(path), path.Flatten())
    y = model(path.tensor([[[0, 1], [2, 3]]]))
    assert tuple(y.shape) == (1, 12)
    assert model.backward(path.tensor(np.ones((1, 12)))) is None
    assert cases.as_array(model[1].weight.grad).sum() == 12


def test_embedding_works_with_torch():
    layer = embedding(nnlib.torch)
    tokens = torch.tensor([[1, 3]])
    y = copy.deepcopy(layer)(tokens)
    layer(tokens).sum().backward()
    assert layer.weight.grad.sum() == 6
    meta = copy.deepcopy(layer).to("meta")(tokens.to("meta"))  # shapes alone: no id to look at
    assert meta.shape == y.shape


# -------------------------------------------------------------------------------------- positions


@both_paths
def test_positions_by_hand(path):
    y = cases.as_array(path.PositionalEncoding(3, 4)(path.tensor(np.zeros((1, 3, 4)))))
    np.testing.assert_allclose(
        y[0],
        [
            [0, 1, 0, 1],
            [np.sin(1), np.cos(1), np.sin(0.01), np.cos(0.01)],
            [np.sin(2), np.cos(2), np.sin(0.02), np.cos(0.02)],
        ],
        rtol=1e-14,
    )


def test_a_step_along_the_sequence_is_a_rotation():
    table = nn.PositionalEncoding(30, 6)(np.zeros((1, 30, 6)))[0].reshape(30, 3, 2)
    for k in range(3):
        angle = 4 / 10000 ** (2 * k / 6)
        turn = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
        np.testing.assert_allclose(table[4:, k], table[:-4, k] @ turn, atol=1e-12)


@both_paths
def test_positions_are_not_part_of_the_state(path):
    layer = path.PositionalEncoding(4, 2)
    assert len(layer.state_dict()) == 0
    assert list(layer.parameters()) == []


@both_paths
def test_positions_keep_their_digits_when_the_dtype_changes_and_comes_back(path):
    model = path.Sequential(embedding(path, 4, 6), path.PositionalEncoding(9, 6))
    tokens = path.tensor([[0, 1, 2, 3, 3, 2, 1, 0, 0]])
    model[0].load_state_dict({"weight": np.zeros((4, 6))})
    before = cases.as_array(model(tokens))
    small = cases.as_array(model.astype("float32")(tokens))
    assert small.dtype == np.float32
    np.testing.assert_array_equal(small, before.astype("float32"))
    after = cases.as_array(model.astype("float64")(tokens))
    assert after.dtype == np.float64
    np.testing.assert_array_equal(after, before)


@both_paths
def test_positions_pass_the_gradient_and_change_nothing(path):
    layer = path.PositionalEncoding(5, 3)
    x, g = rng(1).standard_normal((2, 4, 3)), rng(2).standard_normal((2, 4, 3))
    given_x, given_g = path.tensor(x), path.tensor(g)
    y = cases.as_array(layer(given_x))
    np.testing.assert_array_equal(cases.as_array(layer.backward(given_g)), g)
    np.testing.assert_array_equal(cases.as_array(given_x), x)
    np.testing.assert_allclose(y[0] - x[0], y[1] - x[1], atol=1e-14)
    layer(given_x)
    assert layer.backward(given_g, input_grad=False) is None
    assert layer(path.tensor(x[:, :0])).shape == (2, 0, 3)


def test_position_errors():
    layer = nn.PositionalEncoding(5, 4)
    with raises(
        ValueError,
        "PositionalEncoding expected input of shape (batch, sequence, 4), got (5, 4): "
        "the last of three axes must equal embed_dim=4",
    ):
        layer(np.zeros((5, 4)))
    with raises(
        ValueError,
        "PositionalEncoding expected sequences of at most max_len=5, got (2, 6, 4): "
        "their length is 6",
    ):
        layer(np.zeros((2, 6, 4)))
    with raises(TypeError, "PositionalEncoding expected float32 or float64 input, got int64"):
        layer(np.zeros((2, 3, 4), "int64"))
    layer(np.zeros((2, 3, 4)))
    with raises(ValueError, "PositionalEncoding.backward expected grad_output of shape (2, 3, 4)"):
        layer.backward(np.zeros((2, 4, 4)))
