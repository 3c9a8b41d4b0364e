"""The formula in a docstring is the one that the code computes, on both paths.

Each entry quotes the docstring and, beside it, transcribes the quotation word for word. A docstring
that is edited without the code, or code without its docstring, no longer fits its entry. Layers
are in `test_documented_formulas_of_layers.py`.
"""

import numpy as np
import pytest
from documented import Φ, assert_equal, assert_quoted, rng, σ, φ

import nnlib.numpy
import nnlib.torch

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])

# ------------------------------------------------------------- element by element, and its slope

ELEMENTWISE = {
    "ReLU": (
        {}, "y = max(x, 0)", lambda x: np.maximum(x, 0),
        "``dL/dx = dL/dy`` where x > 0, else 0", lambda x, y: x > 0,
    ),
    "LeakyReLU": (
        {"negative_slope": 0.2}, "``y = x`` where x > 0, else ``a x`` with a = negative_slope",
        lambda x: np.where(x > 0, x, 0.2 * x),
        "``dL/dx = dL/dy`` where x > 0, else ``a · dL/dy``", lambda x, y: np.where(x > 0, 1, 0.2),
    ),
    "ELU": (
        {"alpha": 0.7}, "``y = x`` where x > 0, else ``α (e^x - 1)``",
        lambda x: np.where(x > 0, x, 0.7 * (np.exp(x) - 1)),
        "``dL/dx = dL/dy`` where x > 0, else ``dL/dy · α e^x``",
        lambda x, y: np.where(x > 0, 1, 0.7 * np.exp(x)),
    ),
    "GELU": (
        {}, "y = x Φ(x)", lambda x: x * Φ(x),
        "dL/dx = dL/dy · (Φ(x) + x φ(x))", lambda x, y: Φ(x) + x * φ(x),
    ),
    "SiLU": (
        {}, "y = x σ(x)", lambda x: x * σ(x),
        "dL/dx = dL/dy · σ(x) (1 + x (1 - σ(x)))", lambda x, y: σ(x) * (1 + x * (1 - σ(x))),
    ),
    "Sigmoid": (
        {}, "y = σ(x)", σ, "dL/dx = dL/dy · y (1 - y)", lambda x, y: y * (1 - y),
    ),
    "Tanh": (
        {}, "y = tanh(x)", np.tanh, "dL/dx = dL/dy · (1 - y²)", lambda x, y: 1 - y**2,
    ),
}  # fmt: skip


@both_paths
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_activation(name, nn):
    options, says, value, says_slope, slope = ELEMENTWISE[name]
    assert_quoted(name, says, says_slope)
    x, upstream = 2 * rng(1).standard_normal((2, 40))
    layer = getattr(nn, name)(**options)
    y = layer(layer.as_input(x))
    assert_equal(y, value(x))
    assert_equal(layer.backward(layer.as_input(upstream)), upstream * slope(x, value(x)))


@both_paths
def test_gelu_by_tanh(nn):
    assert_quoted(
        "GELU",
        "y = ½ x (1 + t)",
        "dy/dx = ½ (1 + t) + ½ x (1 - t²) √(2/π) (1 + 3 · 0.044715 x²)",
    )
    assert_quoted("gelu", "½ (1 + tanh(√(2/π) (x + 0.044715 x³)))")
    x = 2 * rng(1).standard_normal(40)
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    layer = nn.GELU("tanh")
    assert_equal(layer(layer.as_input(x)), 0.5 * x * (1 + t))
    slope = 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)
    assert_equal(layer.backward(layer.as_input(np.ones(40))), slope)


@both_paths
def test_softmax(nn):
    assert_quoted("Softmax", "y_i = e^x_i / Σ_j e^x_j", "dL/dx_j = y_j (dL/dy_j - Σ_i dL/dy_i y_i)")
    assert_quoted("log_softmax", "x_i - log Σ_j e^x_j")
    x, g = rng(1).standard_normal((2, 3, 5))
    y = np.exp(x) / np.exp(x).sum(-1, keepdims=True)
    layer = nn.Softmax()
    assert_equal(layer(layer.as_input(x)), y)
    assert_equal(layer.backward(layer.as_input(g)), y * (g - (g * y).sum(-1, keepdims=True)))
    logarithm = x - np.log(np.exp(x).sum(-1, keepdims=True))
    assert_equal(nn.log_softmax(nn.tensor(x)), logarithm)


# --------------------------------------------------------------------------------------- losses

M = 15
LOSSES = {
    "MSELoss": (
        "L = (1/M) Σ (prediction - target)²", lambda z, t: ((z - t) ** 2).sum() / M,
        "dL/dprediction = 2 (prediction - target) / M", lambda z, t: 2 * (z - t) / M,
    ),
    "MAELoss": (
        "L = (1/M) Σ |prediction - target|", lambda z, t: np.abs(z - t).sum() / M,
        "dL/dprediction = sign(prediction - target) / M", lambda z, t: np.sign(z - t) / M,
    ),
    "HuberLoss": (
        "h(e) = e²/2 where |e| ≤ δ h(e) = δ (|e| - δ/2) elsewhere",
        lambda z, t: np.where(abs(z - t) <= 1, (z - t) ** 2 / 2, abs(z - t) - 1 / 2).sum() / M,
        "dL/dprediction = e / M", lambda z, t: np.clip(z - t, -1, 1) / M,
    ),
    "BCEWithLogitsLoss": (
        "L = -(1/M) Σ [t ln p + (1 - t) ln(1 - p)]",
        lambda z, t: -(t * np.log(σ(z)) + (1 - t) * np.log(1 - σ(z))).sum() / M,
        "dL/dz = (σ(z) - t) / M", lambda z, t: (σ(z) - t) / M,
    ),
    "KLDivLoss": (
        "L = (1/N) Σ t (ln t - z)", lambda z, t: (t * (np.log(t) - z)).sum() / 3,
        "dL/dz = -t / N", lambda z, t: -t / 3,
    ),
    "CrossEntropyLoss": (
        "L_n = Σ_j t_j (log Σ_k e^z_k - z_j)",
        lambda z, t: (t * (np.log(np.exp(z).sum(-1, keepdims=True)) - z)).sum() / 3,
        "dL_n/dz = p Σ_j t_j - t",
        lambda z, t: (np.exp(z) / np.exp(z).sum(-1, keepdims=True) * t.sum(-1, keepdims=True) - t)
        / 3,
    ),
}  # fmt: skip


@both_paths
@pytest.mark.parametrize("name", LOSSES)
def test_loss(name, nn):
    says, value, says_slope, slope = LOSSES[name]
    assert_quoted(name, says, says_slope)
    z, t = 2 * rng(1).standard_normal((3, 5)), rng(2).dirichlet(np.ones(5), 3)
    loss_fn = getattr(nn, name)()
    assert_equal(loss_fn(nn.tensor(z), nn.tensor(t)), value(z, t))
    assert_equal(loss_fn.backward(), slope(z, t))


@both_paths
def test_label_smoothing(nn):
    assert_quoted("CrossEntropyLoss", "(1 - ε) · target + ε / C")
    z, t = rng(1).standard_normal((3, 5)), rng(2).dirichlet(np.ones(5), 3)
    smoothed = 0.9 * t + 0.1 / 5
    expected = LOSSES["CrossEntropyLoss"][1](z, smoothed)
    assert_equal(nn.CrossEntropyLoss(0.1)(nn.tensor(z), nn.tensor(t)), expected)


# ---------------------------------------------------------------------------------- optimizers


def sgd(w, gradients, η=0.1, m=0.9, λ=0.01):
    v = 0
    for g in gradients:
        g = g + λ * w
        v = m * v + g
        w = w - η * v
    return w


def nesterov(w, gradients, η=0.1, m=0.9, λ=0.01):
    v = 0
    for g in gradients:
        g = g + λ * w
        v = m * v + g
        w = w - η * (g + m * v)
    return w


def adagrad(w, gradients, η=0.1, d=0.2, ε=1e-3):
    s = 0.3
    for t, g in enumerate(gradients, start=1):
        s = s + g**2
        w = w - η / (1 + (t - 1) * d) * g / (np.sqrt(s) + ε)
    return w


def rmsprop(w, gradients, η=0.1, α=0.9, ε=1e-3, μ=0.8):
    v = m = u = 0
    for g in gradients:
        v = α * v + (1 - α) * g**2
        m = α * m + (1 - α) * g
        q = g / (np.sqrt(v - m**2) + ε)
        u = μ * u + q
        w = w - η * u
    return w


def adam(w, gradients, η=0.1, β1=0.8, β2=0.95, ε=1e-3, λ=0.0):
    m = v = 0
    for t, g in enumerate(gradients, start=1):
        w = w - η * λ * w
        m = β1 * m + (1 - β1) * g
        v = β2 * v + (1 - β2) * g**2
        w = w - η * (m / (1 - β1**t)) / (np.sqrt(v / (1 - β2**t)) + ε)
    return w


def adamw(w, gradients):
    return adam(w, gradients, λ=0.3)


RULES = {
    "SGD": (
        sgd, {"momentum": 0.9, "weight_decay": 0.01},
        ["g ← g + λ w", "v ← β v + g", "w ← w - η v"],
    ),
    "SGD with nesterov": (
        nesterov, {"momentum": 0.9, "weight_decay": 0.01, "nesterov": True},
        ["with nesterov, w ← w - η (g + β v)"],
    ),
    "AdaGrad": (
        adagrad, {"lr_decay": 0.2, "initial_accumulator_value": 0.3, "eps": 1e-3},
        ["s ← s + g²", "w ← w - η / (1 + (t - 1) d) · g / (√s + ε)"],
    ),
    "RMSprop": (
        rmsprop, {"alpha": 0.9, "eps": 1e-3, "momentum": 0.8, "centered": True},
        ["v ← α v + (1 - α) g²", "m ← α m + (1 - α) g", "g / (√(v - m²) + ε)", "u ← μ u + q"],
    ),
    "Adam": (
        adam, {"betas": (0.8, 0.95), "eps": 1e-3},
        ["m ← β₁ m + (1 - β₁) g", "v ← β₂ v + (1 - β₂) g²", "m̂ = m / (1 - β₁ᵗ)",
         "v̂ = v / (1 - β₂ᵗ)", "w ← w - η m̂ / (√v̂ + ε)"],
    ),
    "AdamW": (
        adamw, {"betas": (0.8, 0.95), "eps": 1e-3, "weight_decay": 0.3},
        ["w ← w - η λ w", "w ← w - η m̂ / (√v̂ + ε)"],
    ),
}  # fmt: skip


@both_paths
@pytest.mark.parametrize("name", RULES)
def test_update_rule(name, nn):
    rule, options, quotations = RULES[name]
    assert_quoted(name.split()[0], *quotations)
    start, gradients = rng(1).standard_normal(6), rng(2).standard_normal((7, 6))
    parameter = nn.Parameter(nn.tensor(start))
    optimizer = getattr(nn, name.split()[0])([parameter], lr=0.1, **options)
    for gradient in gradients:
        parameter.grad = nn.tensor(gradient)
        optimizer.step()
    assert_equal(parameter.data, rule(start, gradients))
