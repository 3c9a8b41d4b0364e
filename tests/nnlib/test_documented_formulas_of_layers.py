"""The formula in a layer's docstring is the one that the code computes, on both paths."""

import numpy as np
import parity_cases as cases
import pytest
from documented import Φ, assert_equal, assert_quoted, rng, σ

import nnlib.numpy
import nnlib.torch

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])


def state_of(layer):
    return {name: cases.as_array(value) for name, value in layer.state_dict().items()}


def shaken(layer):
    """Biases start at zeros: other values show whether they are in the right place."""
    draw = rng(7)
    layer.load_state_dict(
        {key: value + draw.uniform(0.1, 0.5, value.shape) for key, value in state_of(layer).items()}
    )
    return layer


@both_paths
def test_normalization(nn):
    x = rng(1).standard_normal((6, 4))
    for name, axis in (("BatchNorm", 0), ("LayerNorm", 1)):
        assert_quoted(name, "y = γ (x - μ) / √(σ² + ε) + β")
        layer = shaken(getattr(nn, name)(4, eps=0.1, dtype="float64"))
        γ, β = (state_of(layer)[key] for key in ("weight", "bias"))
        μ, variance = x.mean(axis, keepdims=True), x.var(axis, keepdims=True)
        assert_equal(layer(layer.as_input(x)), γ * (x - μ) / np.sqrt(variance + 0.1) + β)
    assert_quoted(
        "BatchNorm",
        "running_mean ← (1 - momentum) · running_mean + momentum · μ",
        "running_var ← (1 - momentum) · running_var + momentum · σ² n / (n - 1)",
    )
    layer = shaken(nn.BatchNorm(4, momentum=0.3, dtype="float64"))
    before = state_of(layer)
    before = {name: value.copy() for name, value in before.items()}
    layer(layer.as_input(x))
    after = state_of(layer)
    assert_equal(after["running_mean"], 0.7 * before["running_mean"] + 0.3 * x.mean(0))
    assert_equal(after["running_var"], 0.7 * before["running_var"] + 0.3 * x.var(0) * 6 / 5)


@both_paths
def test_recurrence(nn):
    assert_quoted("RNN", "h_t = tanh(x_t W_x + h_{t-1} W_h + b)")
    assert_quoted(
        "LSTM",
        "[i f g o] = x_t W_x + h_{t-1} W_h + b",
        "c_t = σ(f) ⊙ c_{t-1} + σ(i) ⊙ tanh(g)",
        "h_t = σ(o) ⊙ tanh(c_t)",
    )
    assert_quoted(
        "GRU",
        "[a_r a_z a_n] = x_t W_x + b_x",
        "[p_r p_z p_n] = h_{t-1} W_h + b_h",
        "r = σ(a_r + p_r) z = σ(a_z + p_z) n = tanh(a_n + r ⊙ p_n)",
        "h_t = (1 - z) ⊙ n + z ⊙ h_{t-1}",
    )

    def rnn(x, h, c, s):
        return np.tanh(x @ s["weight_x"] + h @ s["weight_h"] + s["bias"]), c

    def lstm(x, h, c, s):
        i, f, g, o = np.split(x @ s["weight_x"] + h @ s["weight_h"] + s["bias"], 4, axis=-1)
        c = σ(f) * c + σ(i) * np.tanh(g)
        return σ(o) * np.tanh(c), c

    def gru(x, h, c, s):
        a_r, a_z, a_n = np.split(x @ s["weight_x"] + s["bias_x"], 3, axis=-1)
        p_r, p_z, p_n = np.split(h @ s["weight_h"] + s["bias_h"], 3, axis=-1)
        r, z = σ(a_r + p_r), σ(a_z + p_z)
        return (1 - z) * np.tanh(a_n + r * p_n) + z * h, c

    x = rng(1).standard_normal((2, 6, 3))
    for name, step in (("RNN", rnn), ("LSTM", lstm), ("GRU", gru)):
        layer = shaken(getattr(nn, name)(3, 4, return_sequences=True, rng=rng(), dtype="float64"))
        h = c = np.zeros((2, 4))
        states = []
        for t in range(6):
            h, c = step(x[:, t], h, c, state_of(layer))
            states.append(h)
        assert_equal(layer(layer.as_input(x)), np.stack(states, axis=1))


@both_paths
def test_attention_and_transformer(nn):
    assert_quoted(
        "MultiHeadAttention",
        "p = softmax(q kᵀ / √d)",
        "head = p v",
        "y = [head_1 … head_n] W_o + b_o",
        "d = embed_dim / num_heads",
    )
    layer = shaken(nn.MultiHeadAttention(6, 3, rng=rng(), dtype="float64"))
    s, x = state_of(layer), rng(1).standard_normal((5, 6))
    q, k, v = (np.split(x @ s[f"weight_{n}"] + s[f"bias_{n}"], 3, axis=-1) for n in "qkv")
    heads = []
    for one in range(3):
        p = np.exp(q[one] @ k[one].T / np.sqrt(2))
        heads.append(p / p.sum(-1, keepdims=True) @ v[one])
    expected = np.concatenate(heads, axis=-1) @ s["weight_o"] + s["bias_o"]
    assert_equal(layer(layer.as_input(x[None])), expected[None])

    assert_quoted("TransformerBlock", "f(h) = GELU(h W_1 + b_1) W_2 + b_2")
    for norm, says in (
        ("pre", 'norm="pre": h = x + attention(norm1(x)) y = h + f(norm2(h))'),
        ("post", 'norm="post": h = norm1(x + attention(x)) y = norm2(h + f(h))'),
    ):
        assert_quoted("TransformerBlock", says)
        block = shaken(nn.TransformerBlock(6, 3, 4, norm=norm, rng=rng(), dtype="float64"))
        s, z = state_of(block), block.as_input(x[None])

        def f(h, block=block, s=s):
            h = cases.as_array(h)
            a = h @ s["dense1.weight"] + s["dense1.bias"]
            return block.as_input(a * Φ(a) @ s["dense2.weight"] + s["dense2.bias"])

        if norm == "pre":
            h = z + block.attention(block.norm1(z))
            expected = h + f(block.norm2(h))
        else:
            h = block.norm1(z + block.attention(z))
            expected = block.norm2(h + f(h))
        assert_equal(block(z), cases.as_array(expected))


def test_positions_and_clipping():
    assert_quoted(
        "PositionalEncoding",
        "P[t, 2k] = sin(t / 10000^(2k / embed_dim))",
        "P[t, 2k + 1] = cos(t / 10000^(2k / embed_dim))",
    )
    assert_quoted("clip_grad_norm", "‖g‖ = √Σ g²", "c = min(1, max_norm / (‖g‖ + 1e-6))")
    g = rng(1).standard_normal((2, 5))
    for nn in (nnlib.numpy, nnlib.torch):
        layer = nn.PositionalEncoding(7, 4)
        table = cases.as_array(layer(layer.as_input(np.zeros((1, 7, 4)))))[0]
        for t in range(7):
            for k in range(2):
                angle = t / 10000 ** (2 * k / 4)
                assert_equal(table[t, 2 * k : 2 * k + 2], [np.sin(angle), np.cos(angle)])
        parameters = [nn.Parameter(nn.tensor(np.zeros(5))) for _ in g]
        for parameter, gradient in zip(parameters, g, strict=True):
            parameter.grad = nn.tensor(gradient)
        norm = nn.clip_grad_norm(parameters, 0.5)
        assert norm == pytest.approx(np.sqrt((g**2).sum()), rel=1e-12)
        for parameter, gradient in zip(parameters, g, strict=True):
            assert_equal(parameter.grad, gradient * min(1, 0.5 / (norm + 1e-6)))


@both_paths
def test_dense_embedding_dropout_residual(nn):
    assert_quoted("Dense", "y = x W + b", "(xᵀ G)[i, j]", "dL/db[j] = Σ_n G[n, j]", "(G Wᵀ)[n, i]")
    x, g = rng(1).standard_normal((5, 3)), rng(2).standard_normal((5, 4))
    layer = shaken(nn.Dense(3, 4, rng=rng(), dtype="float64"))
    s = state_of(layer)
    assert_equal(layer(layer.as_input(x)), x @ s["weight"] + s["bias"])
    assert_equal(layer.backward(layer.as_input(g)), g @ s["weight"].T)
    assert_equal(layer.weight.grad, x.T @ g)
    assert_equal(layer.bias.grad, g.sum(axis=0))

    assert_quoted("Embedding", "y[..., :] = W[id[...], :]", "dL/dW[v, :] = Σ G[n, :]")
    layer = nn.Embedding(3, 4, rng=rng(), dtype="float64")
    ids = np.array([2, 0, 2, 2, 0])
    assert_equal(layer(layer.as_input(ids)), state_of(layer)["weight"][ids])
    layer.backward(layer.as_input(g))
    assert_equal(layer.weight.grad, [g[ids == v].sum(axis=0) for v in range(3)])

    assert_quoted("Dropout", "y = x · m / (1 - p)", "dL/dx = G · m / (1 - p)")
    layer = nn.Dropout(0.4, rng=rng())
    m = cases.as_array(layer(layer.as_input(np.ones((5, 4))))) != 0
    assert 0 < m.sum() < m.size
    assert_equal(layer.backward(layer.as_input(g)), g * m / (1 - 0.4))

    assert_quoted("Residual", "y = x + f(x)", "dL/dx = dL/dy + dL/dy · f'(x)")
    layer = nn.Residual(nn.Tanh())
    assert_equal(layer(layer.as_input(x)), x + np.tanh(x))
    assert_equal(layer.backward(layer.as_input(x)), x + x * (1 - np.tanh(x) ** 2))
