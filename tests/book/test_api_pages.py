"""The library reference: every public name has its entry, and every entry names something."""

import importlib
import inspect
import re
from pathlib import Path

import pytest
import torch
from sklearn.neural_network import MLPClassifier

import nnlib.numpy

API = Path(__file__).resolve().parents[2] / "book" / "api"
DIRECTIVE = re.compile(
    r"^\.\. (currentmodule|autoclass|autofunction|automodule):: ([\w.]+)(?:\((.*)\))?$", re.M
)


def entries():
    """What the pages document: names with their spelt-out signature or "", and whole modules."""
    names, modules = {}, set()
    for page in sorted(API.glob("*.md")):
        for block in re.findall(r"```\{eval-rst\}\n(.*?)```", page.read_text(), re.DOTALL):
            current = None
            for directive, target, signature in DIRECTIVE.findall(block):
                if directive == "currentmodule":
                    current = target
                elif directive == "automodule":
                    modules.add(target)
                else:
                    assert current, f"{page.name}: {target} stands before any currentmodule"
                    names[f"{current}.{target}"] = signature
    return names, modules


NAMES, MODULES = entries()


def test_pages_were_found():
    assert len(NAMES) > 30
    assert "nnlib.schedules" in MODULES


@pytest.mark.parametrize("module", ["nnlib.numpy", "nnlib.widgets", "nnlib.exercises"])
def test_every_public_name_is_in_the_reference(module):
    public = {f"{module}.{name}" for name in importlib.import_module(module).__all__}
    assert not public - set(NAMES) - MODULES, "without an entry in book/api"


@pytest.mark.parametrize("module", [
    "data", "schedules", "initializers", "checkpoint", "gradcheck", "engine"])
def test_what_both_paths_share_is_in_the_reference(module):
    assert f"nnlib.{module}" in MODULES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_entry_exists_and_says_what_it_is(name):
    module, _, attribute = name.rpartition(".")
    thing = getattr(importlib.import_module(module), attribute)
    assert name in {f"{module}.{public}" for public in importlib.import_module(module).__all__}
    assert (thing.__doc__ or "").strip(), f"{name} has no docstring"


@pytest.mark.parametrize("name", sorted(name for name, signature in NAMES.items() if signature))
def test_a_signature_that_is_spelt_out_is_the_real_one(name):
    # Widgets inherit a constructor that hides their own from Sphinx, so their pages spell it out.
    module, _, attribute = name.rpartition(".")
    parameters = inspect.signature(getattr(importlib.import_module(module), attribute).__init__)
    real = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in parameters.parameters.values()
        if parameter.name != "self" and not parameter.name.startswith("_")
    ]
    assert f"({NAMES[name]})" == str(inspect.Signature(real))


@pytest.mark.parametrize("module", sorted(MODULES))
def test_every_whole_module_exists_and_says_what_it_is(module):
    assert (importlib.import_module(module).__doc__ or "").strip()


def test_the_overview_links_every_page():
    linked = set(re.findall(r"\]\((\w+\.md)\)", (API / "index.md").read_text()))
    assert linked == {page.name for page in API.glob("*.md")} - {"index.md"}


# ---------------------------------------------------------------- which convention who follows

CONVENTIONS = (API / "conventions.md").read_text(encoding="utf-8")


def code_blocks():
    return re.findall(r"^```python\n(.*?)^```", CONVENTIONS, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("block", code_blocks(), ids=["layouts", "recurrence", "attention"])
def test_weights_carried_over_to_pytorch_give_the_same_numbers(block, capsys):
    exec(compile(block, "conventions.md", "exec"), {})
    assert capsys.readouterr().out == "True\n"


def table(heading):
    """Rows of the table under a heading: the first cell, then the others by the column's name."""
    section = CONVENTIONS.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    names = rows[0]
    assert all(len(row) == len(names) for row in rows), "a row has another number of cells"
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows[2:]}


@pytest.mark.parametrize(
    "heading", ["Layouts", "What the words mean", "Default values", "First weights"]
)
def test_every_cell_of_a_table_of_conventions_says_something(heading):
    rows = table(heading)
    assert len(rows) >= 6
    assert all(cell for row in rows.values() for cell in row.values())


def default(thing, name):
    return inspect.signature(thing).parameters[name].default


# Where each number of the table is, for the libraries that are installed.
DEFAULTS = {
    "momentum of BatchNorm": (("BatchNorm", "momentum"), (torch.nn.BatchNorm1d, "momentum")),
    "ε of BatchNorm": (("BatchNorm", "eps"), (torch.nn.BatchNorm1d, "eps")),
    "ε of LayerNorm": (("LayerNorm", "eps"), (torch.nn.LayerNorm, "eps")),
    "rate of Adam": (("Adam", "lr"), (torch.optim.Adam, "lr"), "learning_rate_init"),
    "β₂ of Adam": (("Adam", "betas"), (torch.optim.Adam, "betas"), "beta_2"),
    "ε of Adam": (("Adam", "eps"), (torch.optim.Adam, "eps"), "epsilon"),
    "weight decay of AdamW": (
        ("AdamW", "weight_decay"), (torch.optim.AdamW, "weight_decay"),
    ),
    "memory of RMSprop": (("RMSprop", "alpha"), (torch.optim.RMSprop, "alpha")),
    "ε of AdaGrad": (("AdaGrad", "eps"), (torch.optim.Adagrad, "eps")),
    "first sum of squares in AdaGrad": (
        ("AdaGrad", "initial_accumulator_value"),
        (torch.optim.Adagrad, "initial_accumulator_value"),
    ),
    "momentum of SGD": (("SGD", "momentum"), (torch.optim.SGD, "momentum"), "momentum"),
    "slope of LeakyReLU": (
        ("LeakyReLU", "negative_slope"), (torch.nn.LeakyReLU, "negative_slope"),
    ),
    "threshold of the Huber loss": (("HuberLoss", "delta"), (torch.nn.HuberLoss, "delta")),
}  # fmt: skip


@pytest.mark.parametrize("name", table("Default values"))
def test_default_values_are_those_of_the_installed_libraries(name):
    row = table("Default values")[name]
    (ours, our_name), (theirs, their_name), *scikit = DEFAULTS[name]
    found = {
        "nnlib": default(getattr(nnlib.numpy, ours), our_name),
        "PyTorch": default(theirs, their_name),
    }
    if scikit:
        found["scikit-learn"] = default(MLPClassifier, scikit[0])
    else:
        assert row["scikit-learn"] == "–"
    for library, value in found.items():
        value = value[1] if isinstance(value, tuple) else value  # of both betas the second
        assert float(row[library]) == value, library
