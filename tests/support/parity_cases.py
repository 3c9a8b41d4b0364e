"""One table of everything that has two paths: it drives the parity tests.

A new layer, loss or optimizer gets its line here, and with it is compared in values, gradients and
error sentences with the other path and with plain ``torch.nn``.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional as F

TOLERANCE = {"float64": 1e-10, "float32": 1e-5}


def assert_close(got, expected, dtype, what=""):
    """Same shape, same dtype, finite, and equal within the dtype's tolerance (never NaN-blind)."""
    got, expected = as_array(got), as_array(expected)
    assert got.shape == expected.shape, f"{what}: shape {got.shape} against {expected.shape}"
    assert got.dtype == expected.dtype == np.dtype(dtype), f"{what}: {got.dtype}, {expected.dtype}"
    assert np.isfinite(got).all(), f"{what}: not finite"
    assert np.isfinite(expected).all(), f"{what}: expected is not finite"
    if got.size:
        scale = max(1.0, float(np.abs(expected).max()))
        difference = float(np.abs(got - expected).max())
        assert difference <= TOLERANCE[dtype] * scale, f"{what}: differs by {difference:.3g}"


def as_array(value):
    """A tensor or array as an array."""
    return value.detach().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)


# -------------------------------------------------------------------------------------- layers


@dataclass(frozen=True)
class LayerCase:
    """A layer, an input for it, and the same thing in plain ``torch.nn``.

    ``make(nn, rng, dtype)`` builds it on a path. ``twin(state)`` builds the plain torch module from
    its state (by our names and layouts), and ``twin_names`` maps our parameter names to the twin's,
    with ``True`` where the twin keeps the transpose, or the order of the twin's axes that is ours,
    or a function that cuts ours out of what the twin packs together.
    """

    name: str
    make: Callable
    shape: tuple
    twin: Callable
    twin_names: dict
    values: Callable = np.random.Generator.standard_normal  # called with the generator and shape

    def input(self, rng, dtype):
        """An input of ``dtype``, or of integers where the layer takes those."""
        values = self.values(rng, self.shape)
        return values.astype(dtype) if values.dtype.kind == "f" else values


def in_our_layout(gradient, layout):
    """A gradient of the twin with its axes in our order; see ``LayerCase.twin_names``."""
    if callable(layout):
        return layout(gradient)
    if isinstance(layout, tuple):
        return gradient.permute(layout)
    return gradient.T if layout else gradient


def _linear(state, prefix=""):
    weight = torch.tensor(state[f"{prefix}weight"]).T.contiguous()
    bias = state.get(f"{prefix}bias")
    linear = torch.nn.Linear(*reversed(weight.shape), bias=bias is not None, dtype=weight.dtype)
    linear.load_state_dict(
        {"weight": weight} if bias is None else {"weight": weight, "bias": torch.tensor(bias)}
    )
    return linear


class _Shortcut(torch.nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return x + self.inner(x)


def _with_zeros(rng, shape):
    values = rng.standard_normal(shape)
    values.flat[::3] = 0.0  # a ReLU has no derivative there: both paths must take the same side
    return values


def _large(rng, shape):
    return rng.uniform(-80, 80, shape)  # e^80 and its square fit float64, not float32


def _mlp(nn, rng, dtype):
    return nn.Sequential(
        nn.Flatten(),
        nn.Dense(12, 8, rng=rng, dtype=dtype),
        nn.Tanh(),
        nn.Residual(nn.Sequential(nn.Dense(8, 8, rng=rng, dtype=dtype), nn.ReLU())),
        nn.Dense(8, 5, bias=False, init="glorot_uniform", rng=rng, dtype=dtype),
    )


def _mlp_twin(state):
    return torch.nn.Sequential(
        torch.nn.Flatten(),
        _linear(state, "1."),
        torch.nn.Tanh(),
        _Shortcut(torch.nn.Sequential(_linear(state, "3.module.0."), torch.nn.ReLU())),
        _linear(state, "4."),
    )


_DENSE = {"weight": ("weight", True), "bias": ("bias", False)}


def _dense_case(name, shape, out_features=5, **options):
    def make(nn, rng, dtype):
        return nn.Dense(shape[-1], out_features, rng=rng, dtype=dtype, **options)

    names = _DENSE if options.get("bias", True) else {"weight": ("weight", True)}
    return LayerCase(name, make, shape, _linear, names)


def _plain_case(name, layer, shape, twin, values=LayerCase.values, **options):
    """A layer without parameters; ``twin`` is a torch.nn module."""
    return LayerCase(
        name, lambda nn, rng, dtype: getattr(nn, layer)(**options), shape, lambda state: twin, {},
        values,
    )  # fmt: skip


class _ChannelsLast(torch.nn.Module):
    """A torch module for (batch, channels, height, width), given images in our layout."""

    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, x):
        return self.module(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)


class _GlobalAverage(torch.nn.Module):
    def forward(self, x):
        return torch.nn.AdaptiveAvgPool2d(1)(x.permute(0, 3, 1, 2)).flatten(1)


class _Sinusoids(torch.nn.Module):
    """The formula of the positions, entry by entry, in float64."""

    def forward(self, x):
        table = torch.zeros(x.shape[1:], dtype=torch.float64)
        for t in range(table.shape[0]):
            for column in range(table.shape[1]):
                angle = t / 10000 ** ((column - column % 2) / table.shape[1])
                table[t, column] = np.cos(angle) if column % 2 else np.sin(angle)
        return x + table.to(x.dtype)


def _conv_case(name, shape, kernel_size, out_channels=4, **options):
    def make(nn, rng, dtype):
        return nn.Conv2D(shape[-1], out_channels, kernel_size, rng=rng, dtype=dtype, **options)

    def twin(state):
        weight = torch.tensor(state["weight"]).permute(3, 2, 0, 1)
        conv = torch.nn.Conv2d(shape[-1], out_channels, kernel_size, dtype=weight.dtype, **sizes)
        conv.load_state_dict({**{k: torch.tensor(v) for k, v in state.items()}, "weight": weight})
        return _ChannelsLast(conv)

    sizes = {k: v for k, v in options.items() if k != "init"}
    names = {"weight": ("module.weight", (2, 3, 1, 0)), "bias": ("module.bias", False)}
    if not options.get("bias", True):
        del names["bias"]
    return LayerCase(name, make, shape, twin, names)


def _pool_cases(name, shape, values=LayerCase.values, **options):
    """One case for each kind of pooling."""
    sizes = {"kernel_size" if k == "pool_size" else k: v for k, v in options.items()}
    for layer, twin in (("MaxPool2D", torch.nn.MaxPool2d), ("AvgPool2D", torch.nn.AvgPool2d)):
        twin = _ChannelsLast(twin(**sizes))
        yield _plain_case(f"{layer}{name}", layer, shape, twin, values, **options)


def _few_values(rng, shape):
    return rng.integers(0, 3, shape).astype("float64")  # so that windows have several maxima


def _embedding_case(name, shape, ids=7, dim=4):
    def make(nn, rng, dtype):
        return nn.Embedding(ids, dim, rng=rng, dtype=dtype)

    def twin(state):
        return torch.nn.Embedding.from_pretrained(torch.tensor(state["weight"]), freeze=False)

    def values(rng, shape):
        return rng.integers(0, ids, shape)

    return LayerCase(name, make, shape, twin, {"weight": ("weight", False)}, values)


def _prelu_twin(state):
    twin = torch.nn.PReLU(dtype=torch.tensor(state["weight"]).dtype)
    twin.load_state_dict({"weight": torch.tensor(state["weight"])})
    return twin


def _rectifier_cases():
    for name, options, twin in (
        ("LeakyReLU", {}, torch.nn.LeakyReLU()),
        ("LeakyReLU", {"negative_slope": 0.3}, torch.nn.LeakyReLU(0.3)),
        ("ELU", {}, torch.nn.ELU()),
        ("ELU", {"alpha": 0.6}, torch.nn.ELU(0.6)),
        ("GELU", {}, torch.nn.GELU()),
        ("GELU", {"approximate": "tanh"}, torch.nn.GELU("tanh")),
        ("SiLU", {}, torch.nn.SiLU()),
    ):
        label = "-".join([name, *map(str, options.values())])
        yield _plain_case(label, name, (3, 4, 5), twin, _with_zeros, **options)
        yield _plain_case(f"{label}-large", name, (6, 7), twin, _large, **options)
        yield _plain_case(f"{label}-empty", name, (0, 7), twin, **options)
    for label, shape in (("PReLU", (3, 4, 5)), ("PReLU-empty", (0, 7))):
        yield LayerCase(
            label, lambda nn, rng, dtype: nn.PReLU(0.1, dtype=dtype), shape, _prelu_twin,
            {"weight": ("weight", False)}, _with_zeros,
        )  # fmt: skip


class _Dropped(torch.nn.Module):
    """The mask as the docstring defines it: by the first child of the layer's generator."""

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        uniform = np.random.default_rng(0).spawn(1)[0].random(tuple(x.shape), dtype=np.float32)
        return torch.where(torch.tensor(uniform) < self.p, 0.0, x / (1 - self.p))


def _batch_norm_case(name, shape, **options):
    def twin(state):
        kind = torch.nn.BatchNorm1d if len(shape) == 2 else torch.nn.BatchNorm2d
        norm = kind(shape[-1], dtype=torch.tensor(state["weight"]).dtype, **options)
        norm.load_state_dict({k: torch.tensor(v) for k, v in state.items()}, strict=False)
        return norm if len(shape) == 2 else _ChannelsLast(norm)

    prefix = "" if len(shape) == 2 else "module."
    return LayerCase(
        name,
        lambda nn, rng, dtype: nn.BatchNorm(shape[-1], dtype=dtype, **options),
        shape,
        twin,
        {name: (f"{prefix}{name}", False) for name in ("weight", "bias")},
    )


def _layer_norm_case(name, shape, **options):
    def twin(state):
        norm = torch.nn.LayerNorm(shape[-1], dtype=torch.tensor(state["weight"]).dtype, **options)
        norm.load_state_dict({k: torch.tensor(v) for k, v in state.items()})
        return norm

    return LayerCase(
        name,
        lambda nn, rng, dtype: nn.LayerNorm(shape[-1], dtype=dtype, **options),
        shape,
        twin,
        {"weight": ("weight", False), "bias": ("bias", False)},
    )


class _States(torch.nn.Module):
    """A recurrent torch module that returns what ours returns."""

    def __init__(self, inner, return_sequences):
        super().__init__()
        self.inner = inner
        self.return_sequences = return_sequences

    def forward(self, x):
        states, _ = self.inner(x)
        return states if self.return_sequences else states[:, -1]


def _recurrent_case(kind, name, shape, hidden=5, return_sequences=False):
    def make(nn, rng, dtype):
        return getattr(nn, kind)(
            shape[-1], hidden, return_sequences=return_sequences, rng=rng, dtype=dtype
        )

    def twin(state):
        state = {k: torch.tensor(v) for k, v in state.items()}
        dtype = state["weight_x"].dtype
        inner = getattr(torch.nn, kind)(shape[-1], hidden, batch_first=True, dtype=dtype)
        first = state.get("bias", state.get("bias_x"))
        inner.load_state_dict(
            {
                "weight_ih_l0": state["weight_x"].T,
                "weight_hh_l0": state["weight_h"].T,
                "bias_ih_l0": first,
                "bias_hh_l0": state.get("bias_h", torch.zeros_like(first)),
            }
        )
        inner.bias_hh_l0.requires_grad_("bias_h" in state)  # else ours has one bias
        return _States(inner, return_sequences)

    names = {
        "weight_x": ("inner.weight_ih_l0", True),
        "weight_h": ("inner.weight_hh_l0", True),
        "bias": ("inner.bias_ih_l0", False),
    }
    if kind == "GRU":
        names["bias_x"] = names.pop("bias")
        names["bias_h"] = ("inner.bias_hh_l0", False)
    return LayerCase(name, make, shape, twin, names)


def _recurrent_cases():
    for kind in ("RNN", "LSTM", "GRU"):
        yield _recurrent_case(kind, kind, (4, 6, 3))
        yield _recurrent_case(kind, f"{kind}-sequences", (4, 6, 3), return_sequences=True)
        yield _recurrent_case(kind, f"{kind}-one-of-each", (1, 1, 1), 1, return_sequences=True)


def _loaded_attention(state, heads, prefix=""):
    """A ``torch.nn.MultiheadAttention`` with our weights: it packs q, k and v into one."""
    state = {
        k.removeprefix(prefix): torch.tensor(v) for k, v in state.items() if k.startswith(prefix)
    }
    attention = torch.nn.MultiheadAttention(
        len(state["weight_q"]), heads, batch_first=True, dtype=state["weight_q"].dtype
    )
    attention.load_state_dict(
        {
            "in_proj_weight": torch.cat([state[f"weight_{name}"].T for name in "qkv"]),
            "in_proj_bias": torch.cat([state[f"bias_{name}"] for name in "qkv"]),
            "out_proj.weight": state["weight_o"].T,
            "out_proj.bias": state["bias_o"],
        }
    )
    return attention


def _attention_names(prefix, twin_prefix):
    names = {}
    for kind, transposed in (("weight", True), ("bias", False)):
        for part, name in enumerate("qkv"):
            names[f"{prefix}{kind}_{name}"] = (
                f"{twin_prefix}in_proj_{kind}",
                lambda packed, part=part: packed.chunk(3)[part].t(),  # a vector stays itself
            )
        names[f"{prefix}{kind}_o"] = (f"{twin_prefix}out_proj.{kind}", transposed)
    return names


class SelfAttention(torch.nn.Module):
    """torch's attention of a sequence to itself; its masks mean the opposite of ours."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x, mask=None):
        hidden = None if mask is None else ~mask
        return self.inner(x, x, x, attn_mask=hidden, need_weights=False)[0]


def _attention_case(name, shape, heads):
    return LayerCase(
        name,
        lambda nn, rng, dtype: nn.MultiHeadAttention(shape[-1], heads, rng=rng, dtype=dtype),
        shape,
        lambda state: SelfAttention(_loaded_attention(state, heads)),
        _attention_names("", "inner."),
    )


def _transformer_case(name, shape, heads, hidden, **options):
    def make(nn, rng, dtype):
        return nn.TransformerBlock(shape[-1], heads, hidden, rng=rng, dtype=dtype, **options)

    def twin(state):
        block = torch.nn.TransformerEncoderLayer(
            shape[-1], heads, hidden, 0.0, "gelu", batch_first=True,
            norm_first=options.get("norm", "pre") == "pre",
            dtype=torch.tensor(state["norm1.bias"]).dtype,
        )  # fmt: skip
        block.self_attn = _loaded_attention(state, heads, "attention.")
        block.linear1, block.linear2 = _linear(state, "dense1."), _linear(state, "dense2.")
        for norm in ("norm1", "norm2"):
            values = {k: torch.tensor(state[f"{norm}.{k}"]) for k in ("weight", "bias")}
            getattr(block, norm).load_state_dict(values)
        return block

    names = _attention_names("attention.", "self_attn.")
    for part, twin_part, transposed in (
        ("norm1", "norm1", False), ("norm2", "norm2", False),
        ("dense1", "linear1", True), ("dense2", "linear2", True),
    ):  # fmt: skip
        names[f"{part}.weight"] = (f"{twin_part}.weight", transposed)
        names[f"{part}.bias"] = (f"{twin_part}.bias", False)
    return LayerCase(name, make, shape, twin, names)


LAYERS = [
    _dense_case("Dense", (6, 7)),
    _dense_case("Dense-one-row", (1, 7), 1),
    _dense_case("Dense-empty-batch", (0, 7)),
    _dense_case("Dense-sequence", (3, 4, 7), init="lecun_uniform"),
    _dense_case("Dense-no-bias", (6, 7), bias=False),
    _plain_case("Flatten", "Flatten", (3, 2, 4, 5), torch.nn.Flatten()),
    _plain_case("Flatten-rows", "Flatten", (3, 4), torch.nn.Flatten()),
    _plain_case("ReLU", "ReLU", (6, 7), torch.nn.ReLU(), _with_zeros),
    _plain_case("Sigmoid", "Sigmoid", (6, 7), torch.nn.Sigmoid()),
    _plain_case("Sigmoid-large", "Sigmoid", (6, 7), torch.nn.Sigmoid(), _large),
    _plain_case("Tanh", "Tanh", (6, 7), torch.nn.Tanh()),
    _plain_case("Tanh-large", "Tanh", (6, 7), torch.nn.Tanh(), _large),
    _plain_case("Softmax", "Softmax", (4, 3, 7), torch.nn.Softmax(-1)),
    _plain_case("Softmax-axis", "Softmax", (4, 3, 7), torch.nn.Softmax(1), axis=1),
    _plain_case("Softmax-large", "Softmax", (6, 7), torch.nn.Softmax(-1), _large),
    _conv_case("Conv2D", (3, 7, 8, 3), 3),
    _conv_case("Conv2D-one-channel", (2, 6, 6, 1), 3, 1),
    _conv_case("Conv2D-1x1", (2, 5, 4, 3), 1),
    _conv_case("Conv2D-whole-image", (2, 4, 5, 3), (4, 5)),
    _conv_case("Conv2D-no-bias", (2, 6, 5, 3), (3, 2), bias=False, init="glorot_uniform"),
    _conv_case("Conv2D-stride", (2, 8, 9, 2), 3, stride=2),
    _conv_case("Conv2D-gaps", (2, 9, 8, 2), 2, stride=(3, 4)),
    _conv_case("Conv2D-padding", (2, 5, 6, 2), (3, 2), padding=(1, 2), stride=(2, 1)),
    _conv_case("Conv2D-wide-padding", (2, 4, 3, 2), 2, padding=(3, 2), stride=(1, 2)),
    _conv_case("Conv2D-larger-than-the-image", (2, 2, 3, 2), 4, padding=2),
    _conv_case("Conv2D-same", (2, 5, 6, 2), (3, 5), padding="same"),
    _conv_case("Conv2D-same-even", (2, 5, 6, 2), (4, 2), padding="same"),
    _conv_case("Conv2D-empty-batch", (0, 5, 6, 2), 3),
    *_pool_cases("", (2, 6, 8, 3), pool_size=2),
    *_pool_cases("-leftover", (2, 7, 8, 3), pool_size=(2, 3)),
    *_pool_cases("-overlapping", (2, 8, 7, 3), pool_size=3, stride=2, padding=1),
    *_pool_cases("-everywhere", (2, 5, 6, 2), pool_size=(3, 2), stride=1, padding=(1, 1)),
    *_pool_cases("-gaps", (2, 9, 8, 2), pool_size=(2, 1), stride=(3, 2), padding=(1, 0)),
    *_pool_cases("-ties", (2, 8, 8, 3), _few_values, pool_size=3, stride=2, padding=1),
    *_pool_cases("-empty-batch", (0, 6, 6, 3), pool_size=2),
    _plain_case("GlobalAvgPool2D", "GlobalAvgPool2D", (3, 5, 4, 6), _GlobalAverage()),
    _embedding_case("Embedding", (4, 6)),
    _embedding_case("Embedding-rows", (5,)),
    _embedding_case("Embedding-one-id", (3, 2, 2), ids=1, dim=1),
    _embedding_case("Embedding-empty-batch", (0, 3)),
    LayerCase(
        "PositionalEncoding",
        lambda nn, rng, dtype: nn.PositionalEncoding(50, 6),
        (2, 40, 6),
        lambda state: _Sinusoids(),
        {},
    ),
    LayerCase(
        "PositionalEncoding-odd",
        lambda nn, rng, dtype: nn.PositionalEncoding(5, 7),
        (2, 5, 7),
        lambda state: _Sinusoids(),
        {},
    ),
    *_rectifier_cases(),
    _plain_case(
        "Dropout-nothing",
        "Dropout",
        (6, 7),
        torch.nn.Identity(),
        p=0.0,
        rng=np.random.default_rng(0),
    ),
    *(
        LayerCase(
            f"Dropout-{p}-{len(shape)}d",
            lambda nn, rng, dtype, p=p: nn.Dropout(p, rng=rng),
            shape,
            lambda state, p=p: _Dropped(p) if p < 1 else torch.nn.Dropout(p),
            {},
        )
        for p, shape in (
            (0.3, (6, 7)),
            (0.9, (6, 7)),
            (1.0, (6, 7)),
            (0.5, (3, 4, 5, 2)),
            (0.5, (0, 7)),
        )
    ),
    _batch_norm_case("BatchNorm", (6, 7)),
    _batch_norm_case("BatchNorm-two-rows", (2, 7)),
    _batch_norm_case("BatchNorm-image", (3, 4, 5, 6)),
    _batch_norm_case("BatchNorm-one-image", (1, 4, 5, 6)),
    _batch_norm_case("BatchNorm-options", (6, 7), momentum=0.3, eps=0.1),
    _layer_norm_case("LayerNorm", (6, 7)),
    _layer_norm_case("LayerNorm-sequence", (3, 4, 7)),
    _layer_norm_case("LayerNorm-eps", (6, 7), eps=0.1),
    _layer_norm_case("LayerNorm-empty-batch", (0, 7)),
    *_recurrent_cases(),
    _attention_case("MultiHeadAttention", (3, 5, 6), 2),
    _attention_case("MultiHeadAttention-one-head", (3, 5, 6), 1),
    _attention_case("MultiHeadAttention-one-position", (3, 1, 6), 6),
    _attention_case("MultiHeadAttention-one-feature", (1, 5, 1), 1),
    _transformer_case("TransformerBlock", (3, 5, 6), 2, 7),
    _transformer_case("TransformerBlock-post", (3, 5, 6), 3, 7, norm="post"),
    LayerCase(
        "Residual",
        lambda nn, rng, dtype: nn.Residual(nn.Dense(7, 7, rng=rng, dtype=dtype)),
        (6, 7),
        lambda state: _Shortcut(_linear(state, "module.")),
        {"module.weight": ("inner.weight", True), "module.bias": ("inner.bias", False)},
    ),
    LayerCase(
        "Sequential",
        _mlp,
        (6, 3, 4),
        _mlp_twin,
        {
            "1.weight": ("1.weight", True),
            "1.bias": ("1.bias", False),
            "3.module.0.weight": ("3.inner.0.weight", True),
            "3.module.0.bias": ("3.inner.0.bias", False),
            "4.weight": ("4.weight", True),
        },
    ),
]


# ----------------------------------------------------------------------------------- functions

# name: (function of the path, its options, the same in plain torch)
FUNCTIONS = {
    "relu": ("relu", {}, torch.relu),
    "sigmoid": ("sigmoid", {}, torch.sigmoid),
    "tanh": ("tanh", {}, torch.tanh),
    "leaky_relu": ("leaky_relu", {}, F.leaky_relu),
    "leaky_relu-slope": ("leaky_relu", {"negative_slope": 0.3}, lambda x: F.leaky_relu(x, 0.3)),
    "elu": ("elu", {}, F.elu),
    "elu-alpha": ("elu", {"alpha": 0.6}, lambda x: F.elu(x, 0.6)),
    "gelu": ("gelu", {}, F.gelu),
    "gelu-tanh": ("gelu", {"approximate": "tanh"}, lambda x: F.gelu(x, approximate="tanh")),
    "silu": ("silu", {}, F.silu),
    "softmax": ("softmax", {}, lambda x: torch.softmax(x, -1)),
    "softmax-axis": ("softmax", {"axis": 0}, lambda x: torch.softmax(x, 0)),
    "log_softmax": ("log_softmax", {}, lambda x: torch.log_softmax(x, -1)),
    "log_softmax-axis": ("log_softmax", {"axis": 0}, lambda x: torch.log_softmax(x, 0)),
}


# -------------------------------------------------------------------------------------- losses


@dataclass(frozen=True)
class LossCase:
    """A loss, shapes and a target for it, and the same loss in plain ``torch.nn``.

    ``target(rng)`` makes the target; ``last_to_one`` says that torch wants the classes on axis 1.
    """

    name: str
    make: Callable
    shape: tuple
    target: Callable
    twin: Callable
    last_to_one: bool = False


def _labels(*shape, classes):
    return lambda rng: rng.integers(0, classes, shape)


def _probabilities(*shape):
    return lambda rng: rng.dirichlet(np.ones(shape[-1]), shape[:-1])


def _values(*shape):
    return lambda rng: rng.standard_normal(shape)


def _equal(*shape):
    """The very prediction that the tests draw, in two of three places: kinks of the losses."""

    def target(rng):
        prediction = np.random.default_rng(1).standard_normal(shape)
        prediction.flat[::3] += 1.0
        return prediction

    return target


def _one_hot(*shape):
    return lambda rng: np.eye(shape[-1])[rng.integers(0, shape[-1], shape[:-1])]


class _PlainDivergence(torch.nn.Module):
    """Our reductions in torch's words: sum the last axis, then reduce what is left."""

    def __init__(self, reduction):
        super().__init__()
        self.reduction = reduction

    def forward(self, prediction, target):
        rows = prediction.numel() // prediction.shape[-1]
        if self.reduction == "none":
            return F.kl_div(prediction, target, reduction="none").sum(-1)
        total = F.kl_div(prediction, target, reduction="sum")
        return total / rows if self.reduction == "mean" else total


def _loss_cases():
    for reduction in ("mean", "sum", "none"):
        options = {"reduction": reduction}

        def mse(nn, options=options):
            return nn.MSELoss(**options)

        def bce(nn, options=options):
            return nn.BCEWithLogitsLoss(**options)

        def mae(nn, options=options):
            return nn.L1Loss(**options) if nn is torch.nn else nn.MAELoss(**options)

        def huber(nn, options=options):
            return nn.HuberLoss(delta=0.7, **options)

        def divergence(nn, options=options):
            plain = nn is torch.nn
            return _PlainDivergence(**options) if plain else nn.KLDivLoss(**options)

        yield LossCase(f"MAELoss-{reduction}", mae, (6, 3), _values(6, 3), mae)
        yield LossCase(f"MAELoss-equal-{reduction}", mae, (6, 3), _equal(6, 3), mae)
        yield LossCase(f"HuberLoss-{reduction}", huber, (6, 3), _values(6, 3), huber)
        for shape in ((6, 4), (3, 5, 4), (4,)):
            name = f"KLDivLoss-{reduction}-{len(shape)}d"
            yield LossCase(name, divergence, shape, _probabilities(*shape), divergence)
            name = f"{name}-one-hot"
            yield LossCase(name, divergence, shape, _one_hot(*shape), divergence)
        yield LossCase(f"BCEWithLogitsLoss-{reduction}", bce, (6, 1), _values(6, 1), bce)
        yield LossCase(f"MSELoss-{reduction}", mse, (6, 3), _values(6, 3), mse)
        yield LossCase(f"MSELoss-1d-{reduction}", mse, (6,), _values(6), mse)
        for smoothing in (0.0, 0.2):
            options = {"reduction": reduction, "label_smoothing": smoothing}

            def cross_entropy(nn, options=options):
                return nn.CrossEntropyLoss(**options)

            name = f"CrossEntropyLoss-{reduction}-{smoothing}"
            for kind, shape, target in (
                ("labels", (6, 4), _labels(6, classes=4)),
                ("rows", (6, 4), _probabilities(6, 4)),
                ("sequence-labels", (3, 5, 4), _labels(3, 5, classes=4)),
                ("sequence-rows", (3, 5, 4), _probabilities(3, 5, 4)),
            ):
                yield LossCase(f"{name}-{kind}", cross_entropy, shape, target, cross_entropy, True)


LOSSES = list(_loss_cases())


# ---------------------------------------------------------------------------------- optimizers

OPTIMIZERS = {
    "SGD": ("SGD", {"lr": 0.1}),
    "SGD-decay": ("SGD", {"lr": 0.1, "weight_decay": 0.05}),
    "SGD-momentum": ("SGD", {"lr": 0.05, "momentum": 0.9}),
    "SGD-momentum-decay": ("SGD", {"lr": 0.05, "momentum": 0.8, "weight_decay": 0.05}),
    "SGD-nesterov": ("SGD", {"lr": 0.05, "momentum": 0.9, "nesterov": True}),
    "SGD-nesterov-decay": (
        "SGD", {"lr": 0.05, "momentum": 0.9, "nesterov": True, "weight_decay": 0.05},
    ),
    "Adam": ("Adam", {"lr": 0.01}),
    "Adam-default": ("Adam", {}),
    "Adam-betas": ("Adam", {"lr": 0.01, "betas": (0.7, 0.95)}),
    "Adam-eps": ("Adam", {"lr": 0.01, "eps": 1e-2}),
    "Adam-decay": ("Adam", {"lr": 0.01, "weight_decay": 0.05}),
    "AdamW": ("AdamW", {"lr": 0.01}),
    "AdamW-default": ("AdamW", {}),
    "AdamW-no-decay": ("AdamW", {"lr": 0.01, "weight_decay": 0.0}),
    "AdamW-all": (
        "AdamW", {"lr": 0.01, "betas": (0.7, 0.95), "eps": 1e-2, "weight_decay": 0.3},
    ),
    "AdaGrad": ("AdaGrad", {"lr": 0.1}),
    "AdaGrad-default": ("AdaGrad", {}),
    "AdaGrad-all": (
        "AdaGrad",
        {
            "lr": 0.1, "lr_decay": 0.2, "weight_decay": 0.05, "initial_accumulator_value": 0.3,
            "eps": 1e-2,
        },
    ),
    "RMSprop": ("RMSprop", {"lr": 0.01}),
    "RMSprop-default": ("RMSprop", {}),
    "RMSprop-decay": ("RMSprop", {"lr": 0.01, "weight_decay": 0.05}),
    "RMSprop-momentum": ("RMSprop", {"lr": 0.01, "momentum": 0.8}),
    "RMSprop-centered": ("RMSprop", {"lr": 0.01, "centered": True}),
    "RMSprop-all": (
        "RMSprop",
        {
            "lr": 0.01, "alpha": 0.8, "eps": 1e-2, "weight_decay": 0.05, "momentum": 0.7,
            "centered": True,
        },
    ),
}  # fmt: skip

# Where torch.optim spells the name in another way.
TORCH_OPTIMIZERS = {"AdaGrad": "Adagrad"}


def torch_optimizer(name):
    """The class of ``torch.optim`` for one of our names."""
    return getattr(torch.optim, TORCH_OPTIMIZERS.get(name, name))


# -------------------------------------------------------------------------------------- errors


def _forward(make, *shape, dtype="float32"):
    def call(nn, rng):
        make(nn, rng)(nn.tensor(np.zeros(shape, dtype)))

    return call


def _loss(make, prediction, target):
    def call(nn, rng):
        make(nn)(nn.tensor(prediction), nn.tensor(target))

    return call


def _dense(nn, rng):
    return nn.Dense(3, 2, rng=rng)


def _bad_grad(shape, dtype="float32"):
    def call(nn, rng):
        layer = _dense(nn, rng)
        layer(nn.tensor(np.zeros((4, 3), "float32")))
        layer.backward(nn.tensor(np.zeros(shape, dtype)))

    return call


def _conv(nn, rng):
    return nn.Conv2D(3, 2, 3, rng=rng)


def _conv_grad(shape, dtype):
    def call(nn, rng):
        layer = _conv(nn, rng)
        layer(nn.tensor(np.zeros((2, 6, 6, 3), "float32")))
        layer.backward(nn.tensor(np.zeros(shape, dtype)))

    return call


def _pool_forward(*shape, dtype="float32", **options):
    def call(name):
        return _forward(lambda nn, rng: getattr(nn, name)(3, **options), *shape, dtype=dtype)

    return call


def _pool(*sizes):
    return lambda name: lambda nn, rng: getattr(nn, name)(*sizes)


def _pool_grad(name):
    def call(nn, rng):
        layer = getattr(nn, name)(3)
        layer(nn.tensor(np.zeros((2, 6, 6, 3), "float32")))
        layer.backward(nn.tensor(np.zeros((2, 2, 2, 1), "float32")))

    return call


_POOL_ERRORS = [
    ("rank", ValueError, _pool_forward(6, 6, 3)),
    ("integers", TypeError, _pool_forward(2, 6, 6, 3, dtype="uint8")),
    ("small-image", ValueError, _pool_forward(2, 2, 6, 3)),
    ("small-image-with-padding", ValueError, _pool_forward(2, 6, 0, 3, padding=1)),
    ("no-channels", ValueError, _pool_forward(2, 6, 6, 0)),
    ("size-0", ValueError, _pool(0)),
    ("size-text", TypeError, _pool("2")),
    ("stride-0", ValueError, _pool(2, 0)),
    ("padding-negative", ValueError, _pool(2, 2, -1)),
    ("padding-half", ValueError, _pool(3, 1, 2)),
    ("padding-half-across", ValueError, _pool((4, 3), 1, (2, 2))),
    ("padding-same", TypeError, _pool(2, 2, "same")),
    ("grad-shape", ValueError, _pool_grad),
]


def _ids(ids):
    return lambda nn, rng: nn.Embedding(5, 2, rng=rng)(nn.tensor(ids))


def _positions(nn, rng):
    return nn.PositionalEncoding(5, 4)


def _backward_only(nn, rng):
    _dense(nn, rng).backward(nn.tensor(np.zeros((4, 2), "float32")))


def _backward_twice(nn, rng):
    model = nn.Sequential(_dense(nn, rng), nn.ReLU())
    model(nn.tensor(np.zeros((4, 3), "float32")))
    gradient = nn.tensor(np.ones((4, 2), "float32"))
    model.backward(gradient)
    model.backward(gradient)


def _model_grad_shape(nn, rng):
    model = nn.Sequential(_dense(nn, rng), nn.Residual(nn.Sequential(nn.ReLU())))
    model(nn.tensor(np.zeros((4, 3), "float32")))
    model.backward(nn.tensor(np.ones((2, 4), "float32")))


def _backward_under_no_grad(nn, rng):
    layer = _dense(nn, rng)
    with nn.no_grad():
        layer(nn.tensor(np.zeros((4, 3), "float32")))
    layer.backward(nn.tensor(np.zeros((4, 2), "float32")))


def _loss_backward_twice(nn, rng):
    loss_fn = nn.MSELoss()
    loss_fn(nn.tensor([1.0]), nn.tensor([2.0]))
    loss_fn.backward()
    loss_fn.backward()


def _shared_layer(nn, rng):
    layer = _dense(nn, rng)
    nn.Sequential(layer, nn.ReLU(), layer)


def _shared_deep(nn, rng):
    layer = nn.Dense(3, 3, rng=rng)
    nn.Sequential(layer, nn.Residual(nn.Sequential(layer)))


def _wrong_state(nn, rng):
    _dense(nn, rng).load_state_dict({"weight": np.zeros((2, 3)), "scale": np.zeros(2)})


def _optimizer(name, **options):
    return lambda nn, rng: getattr(nn, name)(_dense(nn, rng).parameters(), **options)


def _set_rate(nn, rng):
    nn.SGD(_dense(nn, rng).parameters(), lr=0.1).lr = -1.0


def _foreign_optimizer_state(nn, rng):
    adam = nn.Adam(_dense(nn, rng).parameters())
    nn.SGD(_dense(nn, rng).parameters(), lr=0.1).load_state_dict(adam.state_dict())


def _optimizer_state_of_other_shapes(nn, rng):
    state = nn.Adam(nn.Dense(5, 2, rng=rng).parameters()).state_dict()
    nn.Adam(_dense(nn, rng).parameters()).load_state_dict(state)


def _rmsprop_state_of_other_options(nn, rng):
    state = nn.RMSprop(_dense(nn, rng).parameters(), momentum=0.9, centered=True).state_dict()
    nn.RMSprop(_dense(nn, rng).parameters()).load_state_dict(state)


def _no_parameters(nn, rng):
    nn.SGD(nn.ReLU().parameters(), lr=0.1)


def _same_parameter_twice(nn, rng):
    layer = _dense(nn, rng)
    nn.SGD([layer.weight, layer.weight], lr=0.1)


def _batches(rows=10, targets=10, **options):
    return lambda nn, rng: nn.batches(np.zeros((rows, 3), "float32"), np.zeros(targets), **options)


def _cross_entropy(nn):
    return nn.CrossEntropyLoss()


_LOGITS = np.zeros((4, 3), "float32")

ERRORS = {
    "dense-features": (ValueError, _forward(_dense, 4, 5)),
    "dense-no-batch": (ValueError, _forward(_dense, 3)),
    "dense-float64-in-float32": (TypeError, _forward(_dense, 4, 3, dtype="float64")),
    "dense-integers": (TypeError, _forward(_dense, 4, 3, dtype="int64")),
    "dense-float32-in-float64": (
        TypeError, _forward(lambda nn, rng: nn.Dense(3, 2, rng=rng, dtype="float64"), 4, 3),
    ),
    "dense-zero-features": (ValueError, lambda nn, rng: nn.Dense(0, 2, rng=rng)),
    "dense-float-features": (TypeError, lambda nn, rng: nn.Dense(3, 2.0, rng=rng)),
    "dense-init-name": (ValueError, lambda nn, rng: nn.Dense(3, 2, init="he", rng=rng)),
    "dense-seed-for-rng": (TypeError, lambda nn, rng: nn.Dense(3, 2, rng=0)),
    "dense-dtype": (TypeError, lambda nn, rng: nn.Dense(3, 2, rng=rng, dtype="int64")),
    "astype": (TypeError, lambda nn, rng: _dense(nn, rng).astype("float16")),
    "flatten-number": (ValueError, _forward(lambda nn, rng: nn.Flatten())),
    "relu-integers": (TypeError, _forward(lambda nn, rng: nn.ReLU(), 2, 2, dtype="int64")),
    "sigmoid-integers": (TypeError, _forward(lambda nn, rng: nn.Sigmoid(), 2, 2, dtype="int64")),
    "tanh-integers": (TypeError, _forward(lambda nn, rng: nn.Tanh(), 2, 2, dtype="int64")),
    "softmax-integers": (TypeError, _forward(lambda nn, rng: nn.Softmax(), 2, 2, dtype="int64")),
    "log_softmax-integers": (TypeError, lambda nn, rng: nn.log_softmax(nn.tensor([1, 2]))),
    "conv-rank": (ValueError, _forward(_conv, 4, 6, 6)),
    "conv-channels-first": (ValueError, _forward(_conv, 4, 3, 6, 6)),
    "conv-integer-images": (TypeError, _forward(_conv, 4, 6, 6, 3, dtype="uint8")),
    "conv-float64-in-float32": (TypeError, _forward(_conv, 4, 6, 6, 3, dtype="float64")),
    "conv-small-image": (ValueError, _forward(_conv, 4, 6, 1, 3)),
    "conv-small-image-with-padding": (
        ValueError,
        _forward(lambda nn, rng: nn.Conv2D(3, 2, 5, padding=1, rng=rng), 4, 2, 9, 3),
    ),
    "conv-no-pixels": (
        ValueError, _forward(lambda nn, rng: nn.Conv2D(3, 2, 2, padding=1, rng=rng), 4, 0, 6, 3),
    ),
    "conv-grad-shape": (ValueError, _conv_grad((2, 2, 4, 4), "float32")),
    "conv-grad-dtype": (TypeError, _conv_grad((2, 4, 4, 2), "float64")),
    "conv-stride-0": (ValueError, lambda nn, rng: nn.Conv2D(3, 2, 3, stride=0, rng=rng)),
    "conv-stride-pair": (ValueError, lambda nn, rng: nn.Conv2D(3, 2, 3, stride=(1, 0), rng=rng)),
    "conv-kernel-0": (ValueError, lambda nn, rng: nn.Conv2D(3, 2, (3, 0), rng=rng)),
    "conv-kernel-float": (TypeError, lambda nn, rng: nn.Conv2D(3, 2, 3.0, rng=rng)),
    "conv-kernel-true": (TypeError, lambda nn, rng: nn.Conv2D(3, 2, True, rng=rng)),
    "conv-kernel-triple": (TypeError, lambda nn, rng: nn.Conv2D(3, 2, (3, 3, 3), rng=rng)),
    "conv-padding-negative": (ValueError, lambda nn, rng: nn.Conv2D(3, 2, 3, padding=-1, rng=rng)),
    "conv-padding-word": (ValueError, lambda nn, rng: nn.Conv2D(3, 2, 3, padding="full", rng=rng)),
    "conv-same-stride": (
        ValueError, lambda nn, rng: nn.Conv2D(3, 2, 3, padding="same", stride=2, rng=rng),
    ),
    "conv-channels-0": (ValueError, lambda nn, rng: nn.Conv2D(0, 2, 3, rng=rng)),
    "conv-out-channels": (TypeError, lambda nn, rng: nn.Conv2D(3, 2.0, 3, rng=rng)),
    "conv-dtype": (TypeError, lambda nn, rng: nn.Conv2D(3, 2, 3, rng=rng, dtype="float16")),
    "conv-seed-for-rng": (TypeError, lambda nn, rng: nn.Conv2D(3, 2, 3, rng=1)),
    "conv-init-name": (ValueError, lambda nn, rng: nn.Conv2D(3, 2, 3, init="he", rng=rng)),
    **{
        f"{name}-{mistake}": (kind, call(name))
        for name in ("MaxPool2D", "AvgPool2D")
        for mistake, kind, call in _POOL_ERRORS
    },
    "global-average-rank": (ValueError, _forward(lambda nn, rng: nn.GlobalAvgPool2D(), 4, 6, 3)),
    "global-average-no-pixels": (
        ValueError, _forward(lambda nn, rng: nn.GlobalAvgPool2D(), 4, 0, 6, 3),
    ),
    "global-average-integers": (
        TypeError, _forward(lambda nn, rng: nn.GlobalAvgPool2D(), 4, 6, 6, 3, dtype="int64"),
    ),
    "embedding-minus-1": (IndexError, _ids([[0, 2], [-1, 1]])),
    "embedding-high": (IndexError, _ids([[0, 5], [1, 1]])),
    "embedding-low-and-high": (IndexError, _ids([[9, 5], [-3, -2]])),
    "embedding-floats": (TypeError, _ids([[0.0, 1.0]])),
    "embedding-bool": (TypeError, _ids([[True, False]])),
    "embedding-number": (ValueError, _ids(3)),
    "embedding-ids-0": (ValueError, lambda nn, rng: nn.Embedding(0, 4, rng=rng)),
    "embedding-dim": (TypeError, lambda nn, rng: nn.Embedding(4, 2.5, rng=rng)),
    "embedding-dtype": (TypeError, lambda nn, rng: nn.Embedding(4, 2, rng=rng, dtype="int64")),
    "embedding-seed-for-rng": (TypeError, lambda nn, rng: nn.Embedding(4, 2, rng=3)),
    "positions-rank": (ValueError, _forward(_positions, 3, 4)),
    "positions-features": (ValueError, _forward(_positions, 2, 3, 5)),
    "positions-too-long": (ValueError, _forward(_positions, 2, 6, 4)),
    "positions-integers": (TypeError, _forward(_positions, 2, 3, 4, dtype="int64")),
    "positions-max-len": (ValueError, lambda nn, rng: nn.PositionalEncoding(0, 4)),
    "positions-dim": (TypeError, lambda nn, rng: nn.PositionalEncoding(4, "4")),
    "leaky_relu-integers": (TypeError, lambda nn, rng: nn.leaky_relu(nn.tensor([1, 2]))),
    "elu-integers": (TypeError, lambda nn, rng: nn.elu(nn.tensor([1, 2]))),
    "gelu-integers": (TypeError, lambda nn, rng: nn.gelu(nn.tensor([1, 2]))),
    "silu-integers": (TypeError, lambda nn, rng: nn.silu(nn.tensor([1, 2]))),
    "silu-layer-integers": (TypeError, _forward(lambda nn, rng: nn.SiLU(), 2, 2, dtype="int64")),
    "prelu-integers": (TypeError, _forward(lambda nn, rng: nn.PReLU(), 2, 2, dtype="int64")),
    "prelu-float64": (TypeError, _forward(lambda nn, rng: nn.PReLU(), 2, 2, dtype="float64")),
    "leaky-relu-slope": (ValueError, lambda nn, rng: nn.LeakyReLU(-0.1)),
    "leaky-relu-slope-text": (TypeError, lambda nn, rng: nn.LeakyReLU("0.1")),
    "leaky_relu-slope": (ValueError, lambda nn, rng: nn.leaky_relu(nn.tensor([1.0]), -0.1)),
    "elu-alpha": (ValueError, lambda nn, rng: nn.ELU(float("nan"))),
    "elu-function-alpha": (ValueError, lambda nn, rng: nn.elu(nn.tensor([1.0]), -1)),
    "gelu-approximate": (ValueError, lambda nn, rng: nn.GELU("erf")),
    "gelu-function-approximate": (ValueError, lambda nn, rng: nn.gelu(nn.tensor([1.0]), True)),
    "prelu-init": (ValueError, lambda nn, rng: nn.PReLU(float("inf"))),
    "prelu-init-name": (TypeError, lambda nn, rng: nn.PReLU("he_normal")),
    "prelu-dtype": (TypeError, lambda nn, rng: nn.PReLU(dtype="int64")),
    "residual-shape": (ValueError, _forward(lambda nn, rng: nn.Residual(_dense(nn, rng)), 4, 3)),
    "sequential-empty": (ValueError, lambda nn, rng: nn.Sequential()),
    "sequential-class": (TypeError, lambda nn, rng: nn.Sequential(_dense(nn, rng), nn.ReLU)),
    "sequential-function": (TypeError, lambda nn, rng: nn.Sequential(nn.relu)),
    "residual-class": (TypeError, lambda nn, rng: nn.Residual(nn.ReLU)),
    "layer-twice": (ValueError, _shared_layer),
    "layer-twice-deep": (ValueError, _shared_deep),
    "grad-shape": (ValueError, _bad_grad((4, 3))),
    "model-grad-shape": (ValueError, _model_grad_shape),
    "grad-dtype": (TypeError, _bad_grad((4, 2), "float64")),
    "backward-first": (RuntimeError, _backward_only),
    "backward-twice": (RuntimeError, _backward_twice),
    "backward-no-grad": (RuntimeError, _backward_under_no_grad),
    "loss-backward-first": (RuntimeError, lambda nn, rng: nn.CrossEntropyLoss().backward()),
    "loss-backward-twice": (RuntimeError, _loss_backward_twice),
    "state": (ValueError, _wrong_state),
    "mse-column": (
        ValueError, _loss(lambda nn: nn.MSELoss(), _LOGITS[:, :1], np.zeros(4, "float32")),
    ),
    "mse-dtype": (TypeError, _loss(lambda nn: nn.MSELoss(), _LOGITS, np.zeros((4, 3)))),
    "mse-integers": (
        TypeError, _loss(lambda nn: nn.MSELoss(), np.zeros(3, "int64"), np.zeros(3, "int64")),
    ),
    "bce-shapes": (
        ValueError,
        _loss(lambda nn: nn.BCEWithLogitsLoss(), _LOGITS[:, :1], np.zeros(4, "float32")),
    ),
    "bce-labels": (
        TypeError, _loss(lambda nn: nn.BCEWithLogitsLoss(), _LOGITS[:, 0], np.zeros(4, "int64")),
    ),
    "mae-column": (
        ValueError, _loss(lambda nn: nn.MAELoss(), _LOGITS[:, :1], np.zeros(4, "float32")),
    ),
    "mae-dtype": (TypeError, _loss(lambda nn: nn.MAELoss(), _LOGITS, np.zeros((4, 3)))),
    "mae-integers": (
        TypeError, _loss(lambda nn: nn.MAELoss(), np.zeros(3, "int64"), np.zeros(3, "int64")),
    ),
    "mae-empty": (ValueError, _loss(lambda nn: nn.MAELoss(), _LOGITS[:0], _LOGITS[:0])),
    "huber-column": (
        ValueError, _loss(lambda nn: nn.HuberLoss(), _LOGITS[:, :1], np.zeros(4, "float32")),
    ),
    "huber-dtype": (TypeError, _loss(lambda nn: nn.HuberLoss(), _LOGITS, np.zeros((4, 3)))),
    "huber-empty": (ValueError, _loss(lambda nn: nn.HuberLoss(), _LOGITS[:0], _LOGITS[:0])),
    "huber-delta": (ValueError, lambda nn, rng: nn.HuberLoss(0.0)),
    "huber-reduction": (ValueError, lambda nn, rng: nn.HuberLoss(reduction="batchmean")),
    "kl-rows": (ValueError, _loss(lambda nn: nn.KLDivLoss(), _LOGITS, _LOGITS[:, :2])),
    "kl-labels": (ValueError, _loss(lambda nn: nn.KLDivLoss(), _LOGITS, np.zeros(4, "int64"))),
    "kl-dtype": (TypeError, _loss(lambda nn: nn.KLDivLoss(), _LOGITS, np.zeros((4, 3)))),
    "kl-number": (
        ValueError, _loss(lambda nn: nn.KLDivLoss(), np.float32(1.0), np.float32(1.0)),
    ),
    "kl-empty": (ValueError, _loss(lambda nn: nn.KLDivLoss(), _LOGITS[:0], _LOGITS[:0])),
    "kl-batchmean": (ValueError, lambda nn, rng: nn.KLDivLoss(reduction="batchmean")),
    "mse-empty": (ValueError, _loss(lambda nn: nn.MSELoss(), _LOGITS[:0], _LOGITS[:0])),
    "mse-reduction": (ValueError, lambda nn, rng: nn.MSELoss(reduction="max")),
    "cross-entropy-label-high": (IndexError, _loss(_cross_entropy, _LOGITS, [0, 1, 3, 2])),
    "cross-entropy-label-negative": (IndexError, _loss(_cross_entropy, _LOGITS, [0, 1, -1, 2])),
    "cross-entropy-label-minus-100": (IndexError, _loss(_cross_entropy, _LOGITS, [0, 1, -100, 2])),
    "cross-entropy-label-shape": (ValueError, _loss(_cross_entropy, _LOGITS, [[0], [1], [1], [2]])),
    "cross-entropy-rows-shape": (
        ValueError, _loss(_cross_entropy, _LOGITS, np.zeros((4, 2), "float32")),
    ),
    "cross-entropy-rows-dtype": (TypeError, _loss(_cross_entropy, _LOGITS, np.zeros((4, 3)))),
    "cross-entropy-bool": (TypeError, _loss(_cross_entropy, _LOGITS, np.zeros(4, bool))),
    "cross-entropy-empty": (
        ValueError, _loss(_cross_entropy, _LOGITS[:0], np.zeros(0, "int64")),
    ),
    "cross-entropy-smoothing": (
        ValueError, lambda nn, rng: nn.CrossEntropyLoss(label_smoothing=1.5),
    ),
    "cross-entropy-number": (
        ValueError, _loss(_cross_entropy, np.float32(1.0), np.int64(0)),
    ),
    "sgd-lr": (ValueError, _optimizer("SGD", lr=-0.1)),
    "sgd-lr-nan": (ValueError, _optimizer("SGD", lr=float("nan"))),
    "sgd-lr-text": (TypeError, _optimizer("SGD", lr="0.1")),
    "sgd-momentum": (ValueError, _optimizer("SGD", lr=0.1, momentum=1.5)),
    "sgd-decay": (ValueError, _optimizer("SGD", lr=0.1, weight_decay=-1)),
    "sgd-nesterov": (ValueError, _optimizer("SGD", lr=0.1, nesterov=True)),
    "sgd-set-lr": (ValueError, _set_rate),
    "sgd-no-parameters": (ValueError, _no_parameters),
    "sgd-parameter-twice": (ValueError, _same_parameter_twice),
    "sgd-module": (TypeError, lambda nn, rng: nn.SGD([_dense(nn, rng)], lr=0.1)),
    "adam-lr": (ValueError, _optimizer("Adam", lr=-0.1)),
    "adam-beta1": (ValueError, _optimizer("Adam", betas=(1.0, 0.9))),
    "adam-beta2": (ValueError, _optimizer("Adam", betas=(0.9, -0.1))),
    "adam-eps": (ValueError, _optimizer("Adam", eps=-1.0)),
    "adamw-lr": (ValueError, _optimizer("AdamW", lr=-0.1)),
    "adamw-beta1": (ValueError, _optimizer("AdamW", betas=(1.0, 0.9))),
    "adamw-beta2": (ValueError, _optimizer("AdamW", betas=(0.9, -0.1))),
    "adamw-eps": (ValueError, _optimizer("AdamW", eps=-1.0)),
    "adamw-decay": (ValueError, _optimizer("AdamW", weight_decay=-1.0)),
    "adagrad-lr": (ValueError, _optimizer("AdaGrad", lr=-0.1)),
    "adagrad-lr-decay": (ValueError, _optimizer("AdaGrad", lr_decay=-0.1)),
    "adagrad-decay": (ValueError, _optimizer("AdaGrad", weight_decay=float("nan"))),
    "adagrad-start": (ValueError, _optimizer("AdaGrad", initial_accumulator_value=-1)),
    "adagrad-eps": (ValueError, _optimizer("AdaGrad", eps=-1.0)),
    "rmsprop-lr": (ValueError, _optimizer("RMSprop", lr=-0.1)),
    "rmsprop-alpha": (ValueError, _optimizer("RMSprop", alpha=1.0)),
    "rmsprop-eps": (ValueError, _optimizer("RMSprop", eps=-1.0)),
    "rmsprop-decay": (ValueError, _optimizer("RMSprop", weight_decay=-1.0)),
    "rmsprop-momentum": (ValueError, _optimizer("RMSprop", momentum=1.0)),
    "rmsprop-no-parameters": (ValueError, lambda nn, rng: nn.RMSprop([])),
    "rmsprop-state-of-momentum": (ValueError, _rmsprop_state_of_other_options),
    "optimizer-foreign-state": (ValueError, _foreign_optimizer_state),
    "optimizer-state-shapes": (ValueError, _optimizer_state_of_other_shapes),
    "clip-norm": (ValueError, lambda nn, rng: nn.clip_grad_norm([], 0.0)),
    "clip-value": (ValueError, lambda nn, rng: nn.clip_grad_value([], -1.0)),
    "batches-size": (ValueError, _batches(batch_size=0)),
    "batches-float": (TypeError, _batches(batch_size=2.5)),
    "batches-rows": (ValueError, _batches(targets=9, batch_size=2)),
    "batches-nothing-left": (ValueError, _batches(batch_size=11, drop_last=True)),
    "batches-seed": (TypeError, _batches(batch_size=2, rng=0)),
}  # fmt: skip


def _mask(mask):
    def call(nn, rng):
        layer = nn.MultiHeadAttention(6, 2, rng=rng)
        layer(nn.tensor(np.zeros((3, 5, 6), "float32")), nn.tensor(mask))

    return call


def _recurrent(kind, **options):
    return lambda nn, rng: getattr(nn, kind)(3, 2, rng=rng, **options)


def _grad_of(make, x_shape, grad_shape, dtype="float32"):
    def call(nn, rng):
        layer = make(nn, rng)
        layer(nn.tensor(np.zeros(x_shape, "float32")))
        layer.backward(nn.tensor(np.zeros(grad_shape, dtype)))

    return call


def _twice(make, *shape):
    def call(nn, rng):
        layer = make(nn, rng)
        y = layer(nn.tensor(np.zeros(shape, "float32")))
        gradient = nn.tensor(np.ones(tuple(y.shape), "float32"))
        layer.backward(gradient)
        layer.backward(gradient)

    return call


def _sequence_errors():
    """Errors of dropout, normalization, recurrence and attention."""
    for p in (1.0001, -0.1, 1.5, float("nan")):
        yield f"dropout-{p}", ValueError, lambda nn, rng, p=p: nn.Dropout(p, rng=rng)
    yield "dropout-p-text", TypeError, lambda nn, rng: nn.Dropout("0.5", rng=rng)
    yield "dropout-seed", TypeError, lambda nn, rng: nn.Dropout(0.5, rng=0)

    makers = {
        "dropout": (lambda nn, rng: nn.Dropout(0.5, rng=rng), (4, 3)),
        "dropout-nothing": (lambda nn, rng: nn.Dropout(0.0, rng=rng), (4, 3)),
        "batchnorm": (lambda nn, rng: nn.BatchNorm(3), (4, 3)),
        "layernorm": (lambda nn, rng: nn.LayerNorm(3), (4, 3)),
        "rnn": (_recurrent("RNN"), (4, 5, 3)),
        "lstm": (_recurrent("LSTM"), (4, 5, 3)),
        "gru": (_recurrent("GRU", return_sequences=True), (4, 5, 3)),
        "attention": (lambda nn, rng: nn.MultiHeadAttention(6, 2, rng=rng), (4, 5, 6)),
        "block": (lambda nn, rng: nn.TransformerBlock(6, 2, 7, rng=rng), (4, 5, 6)),
        "block-post": (
            lambda nn, rng: nn.TransformerBlock(6, 2, 7, norm="post", rng=rng), (4, 5, 6),
        ),
    }  # fmt: skip
    for name, (make, shape) in makers.items():
        yield f"{name}-integers", TypeError, _forward(make, *shape, dtype="int64")
        yield f"{name}-grad-shape", ValueError, _grad_of(make, shape, (4, 99))
        yield f"{name}-twice", RuntimeError, _twice(make, *shape)
        if "dropout" in name:
            continue
        yield f"{name}-float64", TypeError, _forward(make, *shape, dtype="float64")
        yield f"{name}-features", ValueError, _forward(make, *shape[:-1], 8)
        yield f"{name}-axes", ValueError, _forward(make, shape[-1])
        if len(shape) == 3:
            yield f"{name}-rows", ValueError, _forward(make, 4, shape[-1])
    for kind in ("RNN", "LSTM", "GRU"):
        for argument in ("input_size", "hidden_size"):
            options = {"input_size": 3, "hidden_size": 2, argument: 0}
            yield (
                f"{kind}-{argument}",
                ValueError,
                lambda nn, rng, kind=kind, options=options: getattr(nn, kind)(**options, rng=rng),
            )
        yield f"{kind}-dtype", TypeError, _recurrent(kind, dtype="float16")
        yield f"{kind}-no-steps", ValueError, _forward(_recurrent(kind), 4, 0, 3)
        yield f"{kind}-last-grad", ValueError, _grad_of(_recurrent(kind), (4, 5, 3), (4, 5, 2))

    def norm(name, **options):
        return lambda nn, rng: getattr(nn, name)(3, **options)

    yield "batchnorm-one-row", ValueError, _forward(norm("BatchNorm"), 1, 3)
    yield "batchnorm-one-pixel", ValueError, _forward(norm("BatchNorm"), 1, 1, 1, 3)
    yield "batchnorm-no-rows", ValueError, _forward(norm("BatchNorm"), 0, 3)
    yield "batchnorm-momentum", ValueError, norm("BatchNorm", momentum=1.1)
    yield "batchnorm-eps", ValueError, norm("BatchNorm", eps=0.0)
    yield "layernorm-eps", ValueError, norm("LayerNorm", eps=-1.0)
    yield "batchnorm-dtype", TypeError, norm("BatchNorm", dtype="int64")
    yield "layernorm-dtype", TypeError, norm("LayerNorm", dtype="int64")
    yield "batchnorm-zero", ValueError, lambda nn, rng: nn.BatchNorm(0)
    yield "layernorm-zero", ValueError, lambda nn, rng: nn.LayerNorm(0)

    yield "attention-heads", ValueError, lambda nn, rng: nn.MultiHeadAttention(6, 4, rng=rng)
    yield "attention-no-heads", ValueError, lambda nn, rng: nn.MultiHeadAttention(6, 0, rng=rng)
    yield "attention-width", TypeError, lambda nn, rng: nn.MultiHeadAttention(6.0, 2, rng=rng)
    for shape in ((5,), (5, 4), (2, 5, 5), (3, 3, 5, 5), (1, 3, 2, 5, 5)):
        yield f"mask-{len(shape)}d", ValueError, _mask(np.ones(shape, bool))
    yield "mask-numbers", TypeError, _mask(np.ones((5, 5), "float32"))
    block = {
        "heads": {"num_heads": 4}, "hidden": {"hidden_dim": 0}, "norm": {"norm": "middle"},
        "dropout": {"dropout": 1.5}, "embed": {"embed_dim": -6},
    }  # fmt: skip
    for name, options in block.items():
        options = {"embed_dim": 6, "num_heads": 2, "hidden_dim": 7, **options}
        yield (
            f"block-{name}",
            ValueError,
            lambda nn, rng, options=options: nn.TransformerBlock(**options, rng=rng),
        )


ERRORS |= {name: (kind, call) for name, kind, call in _sequence_errors()}
