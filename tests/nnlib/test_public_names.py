"""What is public on one path is public on the other, with the same signature."""

import inspect
import subprocess
import sys

import pytest

import nnlib.numpy
import nnlib.torch

# Methods of modules: torch's own take more arguments, so these must accept what the others do.
MODULE_METHODS = (
    "forward", "backward", "parameters", "named_parameters", "zero_grad", "train", "eval",
    "astype", "state_dict", "load_state_dict", "as_input", "as_numpy", "no_grad",
    "children", "named_children", "named_modules", "extra_repr",
)  # fmt: skip
OPTIMIZER_METHODS = ("step", "zero_grad", "state_dict", "load_state_dict")
CLASSES = [
    name for name in nnlib.numpy.__all__ if inspect.isclass(getattr(nnlib.numpy, name))
]


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


@pytest.mark.parametrize("name", CLASSES)
def test_methods_take_the_same_arguments(name):
    by_hand, on_torch = getattr(nnlib.numpy, name), getattr(nnlib.torch, name)
    is_module = issubclass(by_hand, nnlib.numpy.Module)
    methods = MODULE_METHODS if is_module else OPTIMIZER_METHODS
    for method in methods:
        assert hasattr(by_hand, method) == hasattr(on_torch, method), f"{name}.{method}"
        if hasattr(by_hand, method):
            theirs = {entry[0]: entry for entry in parameters(getattr(on_torch, method))}
            for entry in parameters(getattr(by_hand, method)):
                catches_all = any(key in theirs for key in ("args", "input"))
                assert theirs.get(entry[0]) == entry or catches_all, f"{name}.{method}({entry[0]})"


@pytest.mark.parametrize("name", CLASSES)
def test_what_a_class_adds_is_the_same(name):
    """Public attributes that each path's class itself defines, beyond its base class."""
    by_hand, on_torch = getattr(nnlib.numpy, name), getattr(nnlib.torch, name)
    for attribute in vars(by_hand):
        if attribute.startswith("_") and attribute not in ("__len__", "__iter__", "__getitem__"):
            continue
        if attribute in ("keep", "kept", "buffers", "add_grad", "update", "training"):
            continue  # what torch does itself; there training is an attribute of the objects
        assert hasattr(on_torch, attribute), f"nnlib.torch.{name} lacks {attribute}"


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
