"""The score and the pre-test in a real JupyterLab, where the kernel counts."""

import nbformat
import pytest
from live_lab import OpenNotebook, lab
from nbformat.v4 import new_code_cell, new_notebook
from notebook_tools import normaliser

QUIZ = """\
quiz = widgets.Quiz([
    widgets.Question("One?", ["a", "b"], answer=1, feedback=["no", "yes"],
                     section=("The one", "little.ipynb#one")),
    widgets.Question("Two?", ["c", "d"], answer=0, feedback=["yes", "no"]),
], name="Part", score=True)
quiz"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    cells = [
        new_code_cell("from nnlib import widgets\nfrom nnlib.chapters import where_to_start"),
        new_code_cell(QUIZ, metadata={"tags": ["hide-input"]}),
        new_code_cell("widgets.Score([quiz])"),
        new_code_cell("where_to_start.pre_test()"),
        new_code_cell("'the end'"),
    ]
    nbformat.write(normaliser.normalise(new_notebook(cells=cells)), folder / "little.ipynb")
    return folder


@pytest.fixture
def notebook(browser, folder, tmp_path_factory):
    with lab(folder, tmp_path_factory.mktemp("jupyter")) as address:
        opened = OpenNotebook(browser, address, folder / "little.ipynb")
        opened.run_all()
        yield opened
        opened.close()


def test_the_kernel_counts_and_advises(notebook):
    quiz, score, pre_test = (notebook.cells.nth(place) for place in (1, 2, 3))
    quiz.locator("input[type=radio]").nth(0).check()
    quiz.get_by_text("1 of 2 answered, 0 right at the first choice.").wait_for()
    link = quiz.locator("a.nn-section")
    assert link.get_attribute("target") == "_blank"           # the answers stay where they are
    quiz.locator("input[type=radio]").nth(1).check()          # too late to count
    quiz.locator("input[type=radio]").nth(2).check()
    quiz.get_by_text("2 of 2 answered, 1 right at the first choice.").wait_for()
    score.locator("tr", has_text="Part").get_by_text("2 of 2").wait_for()
    assert score.locator("tr", has_text="Together").locator("td").last.inner_text() == "1"

    pre_test.get_by_role("button", name="Skip them").click()
    pre_test.get_by_text("The questions stay here.").wait_for()
    pre_test.get_by_role("button", name="Answer eight short questions").click()
    pre_test.get_by_text("0 of 8 answered.").wait_for()
    for question in pre_test.locator(".nn-placement-question").all():
        question.locator("input").last.check()
    pre_test.locator(".nn-advice").get_by_text("Why: question 3").wait_for()
