"""One table of everything that has two paths: it drives the parity tests.

A new layer, loss or optimizer gets its line here, and with it is compared in values, gradients and
error sentences with the other path and with plain ``torch.nn``.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

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
    with ``True`` where the twin keeps the transpose.
    """

    name: str
    make: Callable
    shape: tuple
    twin: Callable
    twin_names: dict
    values: Callable = np.random.Generator.standard_normal  # called with the generator and shape


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


def _loss_cases():
    for reduction in ("mean", "sum", "none"):
        options = {"reduction": reduction}

        def mse(nn, options=options):
            return nn.MSELoss(**options)

        def bce(nn, options=options):
            return nn.BCEWithLogitsLoss(**options)

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
}  # fmt: skip


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
