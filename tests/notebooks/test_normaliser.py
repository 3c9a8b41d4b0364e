"""tools/normalise_notebooks.py on small notebooks made here."""

import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from notebook_tools import ROOT, normaliser

PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
WIDGET = "import ipywidgets\nipywidgets.HTML('<b>shown</b>')"
SCRIPT = "from IPython.display import HTML, Javascript, display\ndisplay(Javascript('1'))\nHTML("
SCRIPT += "'<script>1</script>')"


def executed(*sources, folder):
    cells = [new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(sources)]
    notebook = new_notebook(cells=[new_markdown_cell("# Title", id="title"), *cells])
    normaliser.execute(notebook, folder)
    return notebook


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    """A notebook with a picture, a widget and scripts, run and normalised."""
    folder = tmp_path_factory.mktemp("rich")
    return normaliser.normalise(executed("print(1)", PLOT, WIDGET, SCRIPT, folder=folder))


def test_pictures_widgets_and_scripts_go(rich):
    kept = str([cell.outputs for cell in rich.cells if "outputs" in cell])
    for trace in ("image/png", "widget-view", "<script", "application/javascript"):
        assert trace not in kept


def test_outputs_stay_with_their_text(rich):
    printed, plot, widget, scripts = [cell.outputs for cell in rich.cells if "outputs" in cell]
    assert printed[0].text == "1\n"
    assert plot[0].data["text/plain"].startswith("<Figure size")
    assert widget[0].data["text/plain"] == "HTML(value='<b>shown</b>')"
    assert [set(output.data) for output in scripts] == [{"text/plain"}, {"text/plain"}]


def test_counts_and_ids_stay(rich):
    assert [cell.id for cell in rich.cells] == ["title", "cell-0", "cell-1", "cell-2", "cell-3"]
    assert [c.execution_count for c in rich.cells if c.cell_type == "code"] == [1, 2, 3, 4]


def test_only_known_metadata_stays():
    cell = new_code_cell("1", metadata={"tags": ["setup"], "collapsed": True, "execution": {}})
    notebook = new_notebook(cells=[cell], metadata={"widgets": {}, "authors": ["me"]})
    normaliser.normalise(notebook)
    assert notebook.cells[0].metadata == {"tags": ["setup"]}
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


def test_a_second_run_changes_no_byte(tmp_path):
    path = tmp_path / "twice.ipynb"
    notebook = executed("import numpy as np", "np.arange(3)", PLOT, folder=tmp_path)
    path.write_text(normaliser.text_of(normaliser.normalise(notebook)), encoding="utf-8")
    before = path.read_bytes()
    command = [sys.executable, str(ROOT / "tools/normalise_notebooks.py"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert path.read_bytes() == before
    assert "as it was" in done.stdout
    assert normaliser.is_normalised(path)


def test_stderr_is_refused_and_nothing_written(tmp_path):
    path = tmp_path / "loud.ipynb"
    cells = [new_code_cell("print(1)"), new_code_cell("import sys\nprint('ouch', file=sys.stderr)")]
    nbformat.write(new_notebook(cells=cells), path)
    before = path.read_bytes()
    command = [sys.executable, str(ROOT / "tools/normalise_notebooks.py"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "cell 1 ('import sys') writes to stderr:\nouch" in done.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda n: n.cells[1].outputs[0].data.update({"image/png": "AAAA"}),
        lambda n: n.cells[1].metadata.update({"execution": {"iopub.status.busy": "now"}}),
        lambda n: n.metadata.update({"widgets": {}}),
    ],
    ids=["picture", "times", "widget state"],
)
def test_check_sees_what_is_not_normalised(tmp_path, spoil):
    notebook = normaliser.normalise(executed("1 + 1", folder=tmp_path))
    path = tmp_path / "spoilt.ipynb"
    path.write_text(normaliser.text_of(notebook), encoding="utf-8")
    assert normaliser.is_normalised(path)
    spoil(notebook)
    nbformat.write(notebook, path)
    assert not normaliser.is_normalised(path)
