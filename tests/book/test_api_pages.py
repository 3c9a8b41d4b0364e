"""The library reference: every public name has its entry, and every entry names something."""

import importlib
import inspect
import re
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("module", ["data", "schedules", "initializers", "checkpoint", "gradcheck"])
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
