"""Ten layers of one activation: how large the gradient is that each layer gets."""

from __future__ import annotations

import itertools

import numpy as np

import nnlib.numpy
from nnlib import widgets
from nnlib.widgets import plots

# Where each curve's name stands: a layer, and points from there.
PLACES = {"Sigmoid": (3, (8, -8)), "Tanh": (5, (-6, -13)), "ReLU": (7, (-8, 10)),
          "GELU": (6, (0, -12))}


class SigmoidMinusHalf(nnlib.numpy.Sigmoid):
    """A sigmoid moved down by one half, so that 0 gives 0; its slopes are the sigmoid's."""

    def forward(self, x):
        return super().forward(x) - np.asarray(0.5, dtype=x.dtype)


def deep_network(activation, *, nn=nnlib.numpy, layers=10, width=32, seed=0, dtype="float32"):
    """Return a 64 -> 32 -> ... -> 10 network with one activation in all hidden layers, and its rng.

    Glorot's first weights for sigmoid and tanh, He's for the others, as is customary. With
    "Sigmoid - ½" the sigmoid's outputs are centred at zero.
    """
    rng = np.random.default_rng(seed)
    init = "glorot_normal" if activation in ("Sigmoid", "Sigmoid - ½", "Tanh") else "he_normal"
    sizes = [64, *[width] * (layers - 1), 10]
    layer = SigmoidMinusHalf if activation == "Sigmoid - ½" else getattr(nn, activation)
    parts = []
    for n, m in itertools.pairwise(sizes):
        parts += [nn.Dense(n, m, init=init, rng=rng, dtype=dtype), layer()]
    return nn.Sequential(*parts[:-1]), rng           # no activation after the last layer


def scaled(model, factor):
    """Multiply the weights of all layers but the last by `factor`; return the model."""
    state = {name: model.as_numpy(value) for name, value in model.state_dict().items()}
    for name in list(state)[:-2]:                       # the last two are the last layer's
        state[name] = state[name] * np.asarray(factor, dtype=state[name].dtype)
    model.load_state_dict(state)
    return model


def weight_gradients(model, loss_fn, x, y):
    """Return the length of the loss's gradient for the weights of each dense layer, in order."""
    model.zero_grad()
    loss_fn(model(x), y)
    model.backward(loss_fn.backward())
    return np.array([
        float(np.linalg.norm(model.as_numpy(p.grad)))
        for name, p in model.named_parameters() if name.endswith("weight") and p.grad.ndim == 2
    ])


def gradient_frame(lengths):
    """Draw the gradient's length by layer; `lengths` is {activation: ten numbers}."""
    figure, ax = plots.figure(480, 280)
    roles = ("loss", "prediction", "gradient", "weight")
    markers = ("o", "s", "^", "D")
    ends = []
    for (name, values), role, marker in zip(lengths.items(), roles, markers, strict=False):
        ax.semilogy(range(1, len(values) + 1), values, marker=marker, markersize=4,
                    color=plots.COLORS[role], linestyle=plots.role(role)["linestyle"])
        ends.append(f"{name} {values[0]:.1e} at layer 1 and {values[-1]:.1e} at layer "
                    f"{len(values)}")
    for i, (name, values) in enumerate(lengths.items()):
        where, offset = PLACES[name]
        plots.direct_label(ax, where, values[where - 1], name, roles[i], xytext=offset)
    ax.set(xlabel="layer (1 is next to the input)", title="length of the gradient",
           xticks=range(1, 11), ylim=(3e-7, 5))
    ax.minorticks_off()
    return widgets.frame(figure, alt="Length of the weight gradient before training, by layer: "
                         + "; ".join(ends) + ".")
