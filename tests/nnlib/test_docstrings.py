"""Every public docstring says what a reader needs: shapes, errors, a formula, a source."""

import inspect
import re

import pytest

import nnlib.numpy
import nnlib.torch

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])


def names_of(base):
    found = []
    for name in nnlib.numpy.__all__:
        thing = getattr(nnlib.numpy, name)
        if inspect.isclass(thing) and issubclass(thing, base) and thing is not base:
            found.append(name)
    return found


MODULES = names_of(nnlib.numpy.Module)  # layers and losses
OPTIMIZERS = ["SGD", "AdaGrad", "RMSprop", "Adam", "AdamW"]
FUNCTIONS = ["relu", "leaky_relu", "elu", "gelu", "silu", "sigmoid", "tanh", "softmax",
             "log_softmax"]  # fmt: skip
COMPUTES_NOTHING = {"Flatten", "Sequential"}  # no formula of somebody's to cite


def says(nn, name):
    return inspect.getdoc(getattr(nn, name))


def has_section(text, heading):
    return re.search(rf"^{heading}\n-{{{len(heading)}}}$", text, re.MULTILINE)


@both_paths
@pytest.mark.parametrize("name", MODULES + FUNCTIONS)
def test_shapes(name, nn):
    assert has_section(says(nn, name), "Shapes")


@both_paths
@pytest.mark.parametrize(
    "name", [*MODULES, *FUNCTIONS, *OPTIMIZERS, "clip_grad_norm", "clip_grad_value", "batches"]
)
def test_errors(name, nn):
    text = says(nn, name)
    assert has_section(text, "Raises")
    after = text[has_section(text, "Raises").end() :]
    assert re.search(r"^(Value|Type|Index|Runtime)Error\n +\S", after, re.MULTILINE)


@pytest.mark.parametrize("name", [*MODULES, *OPTIMIZERS, "clip_grad_norm"])
def test_source(name):
    cited = re.search(r"\(((18|19|20)\d\d)\)", says(nnlib.numpy, name))
    assert cited or name in COMPUTES_NOTHING


@pytest.mark.parametrize("name", [*MODULES, *OPTIMIZERS, "clip_grad_norm"])
def test_formula(name):
    text = says(nnlib.numpy, name)
    assert re.search(r"``[^`]*[=←][^`]*``|^ +\S.* (=|←) ", text, re.MULTILINE) or name == "Flatten"


@both_paths
@pytest.mark.parametrize("name", [*MODULES, *OPTIMIZERS])
def test_every_argument_is_described(name, nn):
    text = says(nn, name)
    for argument in inspect.signature(getattr(nn, name)).parameters:
        described = rf"^(.*, )?\*?{argument}\b.* : "
        assert re.search(described, text, re.MULTILINE), f"{name} says nothing of {argument}"
