"""Who may import whom, seen from a fresh interpreter."""

import subprocess
import sys

import pytest

import nnlib.numpy

PATH_FREE = [
    *("validation", "initializers", "schedules", "batching", "gradcheck", "data", "layouts"),
    *("training", "prediction", "history", "callbacks", "summary", "checkpoint"),
]


def modules_after(statement):
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_numpy_path_imports_neither_torch_nor_scikit_learn():
    loaded = modules_after("import nnlib.numpy")
    assert "nnlib.numpy.dense" in loaded
    assert not loaded & {"torch", "nnlib.torch", "sklearn", "scipy", "matplotlib", "ipywidgets"}


def test_path_free_modules_import_neither_path():
    imports = "; ".join(f"import nnlib.{name}" for name in PATH_FREE)
    loaded = modules_after(imports)
    assert "nnlib.gradcheck" in loaded
    assert not {name for name in loaded if name.startswith(("nnlib.numpy", "nnlib.torch"))}
    assert not loaded & {"torch", "sklearn"}


def test_the_package_alone_imports_neither_path():
    assert {name for name in modules_after("import nnlib") if name.startswith("nnlib")} == {"nnlib"}


@pytest.mark.parametrize("name", nnlib.numpy.__all__)
def test_every_public_name_is_there_and_has_a_docstring(name):
    public = getattr(nnlib.numpy, name)
    assert len((public.__doc__ or "").strip()) > 20
