"""What is public on one path is public on the other, with the same signature."""

import importlib
import inspect
import subprocess
import sys

import numpy as np
import parity_cases as cases
import pytest
import torch

import nnlib.numpy
import nnlib.torch

# What the course promises: every name, with its arguments as a reader writes them.
PROMISED = {
    "Module": "()", "Parameter": "(data)", "Sequential": "(*layers)", "Residual": "(module)",
    "tensor": "(data, dtype=None)", "no_grad": "()",
    "Dense": "(in_features, out_features, *, bias=True, init='he_normal', rng, dtype='float32')",
    "Flatten": "()",
    "Conv2D": "(in_channels, out_channels, kernel_size, *, stride=1, padding=0, bias=True, "
              "init='he_normal', rng, dtype='float32')",
    "MaxPool2D": "(pool_size, stride=None, padding=0)",
    "AvgPool2D": "(pool_size, stride=None, padding=0)",
    "GlobalAvgPool2D": "()",
    "Embedding": "(num_embeddings, embedding_dim, *, rng, dtype='float32')",
    "PositionalEncoding": "(max_len, embed_dim)",
    "RNN": "(input_size, hidden_size, *, return_sequences=False, rng, dtype='float32')",
    "LSTM": "(input_size, hidden_size, *, return_sequences=False, rng, dtype='float32')",
    "GRU": "(input_size, hidden_size, *, return_sequences=False, rng, dtype='float32')",
    "Dropout": "(p, *, rng)",
    "BatchNorm": "(num_features, *, momentum=0.1, eps=1e-05, dtype='float32')",
    "LayerNorm": "(features, *, eps=1e-05, dtype='float32')",
    "MultiHeadAttention": "(embed_dim, num_heads, *, rng, dtype='float32')",
    "TransformerBlock": "(embed_dim, num_heads, hidden_dim, *, norm='pre', dropout=0.0, rng, "
                        "dtype='float32')",
    "ReLU": "()", "LeakyReLU": "(negative_slope=0.01)", "PReLU": "(init=0.25, *, dtype='float32')",
    "ELU": "(alpha=1.0)", "GELU": "(approximate='none')", "SiLU": "()", "Sigmoid": "()",
    "Tanh": "()", "Softmax": "(axis=-1)",
    "relu": "(x)", "leaky_relu": "(x, negative_slope=0.01)", "elu": "(x, alpha=1.0)",
    "gelu": "(x, approximate='none')", "silu": "(x)", "sigmoid": "(x)", "tanh": "(x)",
    "softmax": "(x, axis=-1)", "log_softmax": "(x, axis=-1)",
    "MSELoss": "(*, reduction='mean')", "MAELoss": "(*, reduction='mean')",
    "HuberLoss": "(delta=1.0, *, reduction='mean')",
    "BCEWithLogitsLoss": "(*, reduction='mean')", "KLDivLoss": "(*, reduction='mean')",
    "CrossEntropyLoss": "(label_smoothing=0.0, *, reduction='mean')",
    "SGD": "(parameters, lr, *, momentum=0.0, nesterov=False, weight_decay=0.0)",
    "AdaGrad": "(parameters, lr=0.01, *, lr_decay=0.0, weight_decay=0.0, "
               "initial_accumulator_value=0.0, eps=1e-10)",
    "RMSprop": "(parameters, lr=0.01, *, alpha=0.99, eps=1e-08, weight_decay=0.0, momentum=0.0, "
               "centered=False)",
    "Adam": "(parameters, lr=0.001, *, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.0)",
    "AdamW": "(parameters, lr=0.001, *, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.01)",
    "clip_grad_norm": "(parameters, max_norm)", "clip_grad_value": "(parameters, clip_value)",
    "fit": "(model, loss_fn, optimizer, data, *, epochs, batch_size, validation=None, "
           "schedule=None, callbacks=(), rng, history=None)",
    "evaluate": "(model, loss_fn, data, *, batch_size=1024)",
    "predict": "(model, x, *, batch_size=1024)",
    "predict_class": "(model, x, *, batch_size=1024)",
    "predict_proba": "(model, x, *, batch_size=1024)",
    "summary": "(model, input_shape)",
    "activation_stats": "(model, x)",
    "batches": "(x, y, *, batch_size, rng=None, drop_last=False)",
    "History": "(train_loss, validation_loss, validation_accuracy, lr, steps)",
    "EarlyStopping": "(patience, *, restore_best=True)",
    "ProgressBar": "(*, file=None, description='training')",
    "Checkpoint": "(path, *, rng=None, every=1)",
}  # fmt: skip

PATH_FREE = {
    "schedules.StepLR": "(lr, *, step_size, gamma=0.1)",
    "schedules.ExponentialLR": "(lr, *, gamma)",
    "schedules.CosineLR": "(lr, *, epochs, min_lr=0.0)",
    "schedules.WarmupCosineLR": "(lr, *, epochs, warmup, start_factor=0.2, min_lr=0.0)",
    "schedules.ReduceLROnPlateau": "(lr, *, factor=0.1, patience=10, threshold=0.0001, min_lr=0.0)",
    "checkpoint.save": "(path, *, model, optimizer=None, rng=None, epoch=0, history=None)",
    "checkpoint.load": "(path, *, model, optimizer=None, rng=None)",
}

# Only the NumPy path has these, because there torch does the work.
BY_HAND_ONLY = {
    "keep", "kept", "add_grad",  # autograd remembers, and adds up
    "buffers",  # torch's has that name for a method; both list them in state_dict
    "training",  # torch sets it on the objects instead of the class
    # how an optimizer of ours is written
    "update", "blocks", "with_decay", "zeros", "counters", "slots",
    "reduce", "check",  # how a loss of ours is written
    "lowest",  # where a model's backward may end; torch works that out in each forward
}  # fmt: skip
ON_TORCH_ONLY = {
    "input_gradient", "unrecorded", "first_in_backward",  # what backward there is made of
    "has_slot", "has_fused_kernel",  # how an optimizer there is written
}  # fmt: skip

CLASSES = [name for name in nnlib.numpy.__all__ if inspect.isclass(getattr(nnlib.numpy, name))]


def public_names(module):
    """Names of the library's own that the package offers (submodules are not names to use)."""
    return {
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }


def parameters(function):
    """Names, kinds and defaults; annotations speak of each path's own arrays."""
    return [
        (parameter.name, parameter.kind, parameter.default)
        for parameter in inspect.signature(function).parameters.values()
    ]


def test_names_are_the_same():
    assert nnlib.numpy.__all__ == nnlib.torch.__all__
    assert public_names(nnlib.numpy) == set(nnlib.numpy.__all__)
    assert public_names(nnlib.torch) == set(nnlib.torch.__all__)


# torch's own no_grad and Parameter are used as they are; they take more than ours.
@pytest.mark.parametrize("name", sorted(set(nnlib.numpy.__all__) - {"no_grad", "Parameter"}))
def test_signatures_are_the_same(name):
    by_hand, on_torch = getattr(nnlib.numpy, name), getattr(nnlib.torch, name)
    assert parameters(by_hand) == parameters(on_torch)


def as_written(function):
    signature = inspect.signature(function)
    plain = [
        parameter.replace(
            annotation=inspect.Parameter.empty,
            # A dataclass shows its factories, which a reader does not write.
            default=inspect.Parameter.empty
            if "factory" in repr(parameter.default) else parameter.default,
        )
        for parameter in signature.parameters.values()
    ]  # fmt: skip
    return str(inspect.Signature(plain))


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
@pytest.mark.parametrize("name", PROMISED)
def test_every_promised_name_is_there_and_takes_what_was_promised(name, nn):
    torchs_own = {"no_grad": torch.no_grad, "Parameter": torch.nn.Parameter}
    if nn is nnlib.torch and name in torchs_own:
        assert getattr(nn, name) is torchs_own[name]
    else:
        assert as_written(getattr(nn, name)) == PROMISED[name]


def test_nothing_is_public_that_was_not_promised():
    assert set(nnlib.numpy.__all__) == set(PROMISED)


@pytest.mark.parametrize("name", PATH_FREE)
def test_what_both_paths_share_takes_what_was_promised(name):
    module, name = name.split(".")
    function = getattr(importlib.import_module(f"nnlib.{module}"), name)
    assert as_written(function) == PATH_FREE[f"{module}.{name}"]


def methods(cls):
    """Public methods, and those that Python's own syntax calls."""
    spoken = ("__len__", "__iter__", "__getitem__")
    return {
        name for name in dir(cls)
        if (name in spoken or not name.startswith("_")) and callable(getattr(cls, name))
    }  # fmt: skip


def what_a_call_sees(function):
    """Parameters without self, kinds and defaults included."""
    found = list(inspect.signature(function).parameters.values())
    return found[1:] if found and found[0].name == "self" else found


def assert_every_call_by_hand_works_on_torch(by_hand, on_torch, what):
    """The same parameters; torch's own methods may take more after them, all of it optional."""
    theirs = what_a_call_sees(on_torch)
    own = what_a_call_sees(by_hand)
    for place, parameter in enumerate(own):
        by_name = {p.name: p for p in theirs}
        assert parameter.name in by_name, f"{what} has no {parameter.name} on torch"
        other = by_name[parameter.name]
        assert other.default == parameter.default, f"{what}({parameter.name})"
        if parameter.kind is parameter.KEYWORD_ONLY:
            assert other.kind in (other.KEYWORD_ONLY, other.POSITIONAL_OR_KEYWORD), what
        else:
            assert other.kind is parameter.kind, f"{what}({parameter.name})"
            assert theirs.index(other) == place, f"{what}({parameter.name})"
    own_names = {p.name for p in own}
    for parameter in theirs:
        needed = parameter.default is parameter.empty and parameter.kind not in (
            parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD,
        )  # fmt: skip
        assert parameter.name in own_names or not needed, f"{what} needs {parameter.name} on torch"


@pytest.mark.parametrize("name", CLASSES)
def test_methods_take_the_same_arguments(name):
    by_hand, on_torch = getattr(nnlib.numpy, name), getattr(nnlib.torch, name)
    for method in sorted(methods(by_hand) - BY_HAND_ONLY):
        assert hasattr(on_torch, method), f"nnlib.torch.{name} lacks {method}"
        takes_anything = (name, method) == ("Module", "forward")  # torch's own, which only raises
        if not takes_anything:
            assert_every_call_by_hand_works_on_torch(
                getattr(by_hand, method), getattr(on_torch, method), f"{name}.{method}"
            )


@pytest.mark.parametrize("name", CLASSES)
def test_a_method_that_both_paths_write_has_one_signature(name):
    by_hand, on_torch = getattr(nnlib.numpy, name), getattr(nnlib.torch, name)
    for method, function in vars(by_hand).items():
        if method.startswith("_") or not inspect.isfunction(function):
            continue
        theirs = vars(on_torch).get(method)
        if inspect.isfunction(theirs) and method not in BY_HAND_ONLY | {"state_dict", "step"}:
            own, others = parameters(function), parameters(theirs)
            assert others[: len(own)] == own, f"{name}.{method}"
            added = {"strict", "assign"} if method == "load_state_dict" else set()
            assert {entry[0] for entry in others[len(own) :]} == added, f"{name}.{method}"


@pytest.mark.parametrize("name", CLASSES)
def test_what_a_class_adds_is_the_same(name):
    """Public attributes that each path's class itself defines, beyond its base class."""
    by_hand, on_torch = getattr(nnlib.numpy, name), getattr(nnlib.torch, name)

    def added(cls):
        spoken = ("__len__", "__iter__", "__getitem__")
        return {key for key in vars(cls) if not key.startswith("_") or key in spoken}

    lacking = [key for key in added(by_hand) - BY_HAND_ONLY if not hasattr(on_torch, key)]
    assert not lacking, f"nnlib.torch.{name} lacks {lacking}"
    if on_torch.__module__.startswith("nnlib"):
        # What the NumPy path sets in __init__ is a property on torch where it has to be.
        known = {"layers"} if name == "Sequential" else set()
        known |= ON_TORCH_ONLY
        lacking = [key for key in added(on_torch) - known if not hasattr(by_hand, key)]
        assert not lacking, f"nnlib.numpy.{name} lacks {lacking}"


@pytest.mark.parametrize("case", cases.LAYERS, ids=lambda case: case.name)
def test_objects_have_the_same_attributes_with_the_same_values(case):
    """Also of the layers inside: sizes, options, parameters, buffers, generators."""
    by_hand = case.make(nnlib.numpy, np.random.default_rng(0), "float64")
    on_torch = case.make(nnlib.torch, np.random.default_rng(0), "float64")
    for (name, one), (other_name, other) in zip(
        by_hand.named_modules(), on_torch.named_modules(), strict=True
    ):
        assert (name, type(one).__name__) == (other_name, type(other).__name__)
        assert one.extra_repr() == other.extra_repr()
        for key, value in vars(one).items():
            if key.startswith("_") or key in BY_HAND_ONLY:
                continue
            theirs = getattr(other, key)
            if isinstance(value, (bool, int, float, str, tuple, type(None))) and key != "layers":
                assert theirs == value, f"{type(one).__name__}.{key}"


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_everything_public_has_a_docstring(nn):
    for name in nn.__all__:
        assert (getattr(nn, name).__doc__ or "").strip(), name


def imported_by(statement):
    code = f"import sys; {statement}; print(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    return set(done.stdout.split())


def test_the_numpy_path_does_not_import_torch():
    modules = imported_by("import nnlib.numpy")
    assert "nnlib.numpy.dense" in modules
    assert not {"torch", "nnlib.torch"} & modules


def test_the_torch_path_does_not_import_the_numpy_path():
    modules = imported_by("import nnlib.torch")
    assert "nnlib.torch.dense" in modules
    assert "nnlib.numpy" not in modules


def test_the_path_free_modules_import_no_path():
    modules = imported_by(
        "import nnlib.training, nnlib.prediction, nnlib.summary, nnlib.callbacks, "
        "nnlib.checkpoint, nnlib.validation, nnlib.initializers, nnlib.batching"
    )
    assert not {"torch", "nnlib.torch", "nnlib.numpy"} & modules
