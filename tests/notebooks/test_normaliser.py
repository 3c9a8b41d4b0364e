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


SOURCE_HIDDEN = {"jupyter": {"source_hidden": True}, "cellView": "form"}
OUTPUTS_HIDDEN = {"jupyter": {"outputs_hidden": True}, "collapsed": True}
CELL_HIDDEN = {
    "jupyter": {"source_hidden": True, "outputs_hidden": True},
    "cellView": "form",
    "collapsed": True,
}


@pytest.mark.parametrize(
    ("source", "tags", "hidden"),
    [
        ("widgets.Predict('?', ['a', 'b'], answer=0)", ["hide-input"], SOURCE_HIDDEN),
        ("figures.frame()", ["hide-input"], SOURCE_HIDDEN),
        ("print(1)", ["hide-output"], OUTPUTS_HIDDEN),
        ("print(1)", ["hide-input", "hide-output"], CELL_HIDDEN),
        ("print(1)", ["hide-cell"], CELL_HIDDEN),
        ('hint("weights.neuron")', ["hide-cell"], {}),
        ('solution("weights.neuron")', ["hide-cell"], {}),
        ("print(1)", ["exercise:weights.neuron"], {}),
        ("print(1)", [], {}),
    ],
)
def test_what_the_book_folds_live_notebooks_fold(source, tags, hidden):
    # Whatever stands there beforehand: what is hidden follows from the tags and the source alone.
    before = {"tags": tags, "jupyter": {"source_hidden": not hidden}, "cellView": "both"}
    cell = new_code_cell(source, metadata=before)
    normaliser.normalise(new_notebook(cells=[cell]))
    assert cell.metadata == {"tags": tags, **hidden}
    normaliser.normalise(new_notebook(cells=[cell]))
    assert cell.metadata == {"tags": tags, **hidden}


def test_a_question_gets_the_title_that_stands_for_its_source_in_colab():
    sources = ["widgets.Predict('?', ['a'], answer=0)", "Quiz([])", "print('Quiz(')"]
    cells = [new_code_cell(source) for source in sources]
    for _ in range(2):
        normaliser.normalise(new_notebook(cells=cells))
        assert [cell.source for cell in cells] == [
            f"# @title Predict\n{sources[0]}", f"# @title Quiz\n{sources[1]}", sources[2]
        ]


def test_a_hint_or_a_solution_is_not_kept(tmp_path):
    exercise = "from nnlib.exercises import hint, solution"
    asking = ['hint("learning_rate.sgd_step")', 'solution("learning_rate.sgd_step")']
    notebook = executed(exercise, *asking, "print(2)", folder=tmp_path)
    shown = [cell.outputs for cell in notebook.cells[2:4]]
    assert "Hint 1 of 3" in str(shown[0])
    assert "def sgd_step" in str(shown[1])
    normaliser.normalise(notebook)
    for cell in notebook.cells[2:4]:
        assert (cell.outputs, cell.execution_count) == ([], None)
    assert notebook.cells[4].execution_count == 4          # the others keep their place


def test_rewriting_runs_nothing_and_gives_what_a_run_gives(tmp_path):
    path = tmp_path / "moved.ipynb"
    cells = [
        new_code_cell("from nnlib.exercises import hint", id="a"),
        new_code_cell('hint("learning_rate.sgd_step")', id="b", metadata={"tags": ["hide-cell"]}),
        new_code_cell("print(2)", id="c", metadata={"tags": ["hide-input"]}),
    ]
    notebook = new_notebook(cells=cells)
    normaliser.execute(notebook, tmp_path)
    nbformat.write(notebook, path)
    before = nbformat.read(path, as_version=4)
    run = [sys.executable, str(ROOT / "tools/normalise_notebooks.py"), str(path)]
    subprocess.run([*run, "--rewrite"], check=True, capture_output=True)
    rewritten = path.read_bytes()
    assert rewritten == normaliser.text_of(normaliser.normalise(before)).encode()
    done = subprocess.run(run, check=True, capture_output=True, text=True)
    assert "as it was" in done.stdout
    # What the code no longer prints is still there after a rewriting: nothing was run.
    path.write_bytes(rewritten.replace(b"print(2)", b"print(3)"))
    subprocess.run([*run, "--rewrite"], check=True, capture_output=True)
    assert nbformat.read(path, as_version=4).cells[2].outputs[0].text == "2\n"


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
        lambda n: n.cells[1].metadata.update({"tags": ["hide-input"]}),
        lambda n: n.cells[1].update({"source": 'hint("weights.neuron")'}),
    ],
    ids=["picture", "times", "widget state", "unfolded source", "a kept hint"],
)
def test_check_sees_what_is_not_normalised(tmp_path, spoil):
    notebook = normaliser.normalise(executed("1 + 1", folder=tmp_path))
    path = tmp_path / "spoilt.ipynb"
    path.write_text(normaliser.text_of(notebook), encoding="utf-8")
    assert normaliser.is_normalised(path)
    spoil(notebook)
    nbformat.write(notebook, path)
    assert not normaliser.is_normalised(path)
