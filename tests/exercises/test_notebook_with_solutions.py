"""The notebooks as a reader works through them: with every solution, and with wrong answers."""

import exercise_notebooks as notebooks
import pytest

from nnlib.exercises import catalogue

EXERCISES = {exercise.identifier: exercise for exercise in catalogue.exercises()}
WITH_EXERCISES = [
    path for path in sorted(notebooks.BOOK.glob("*.ipynb"))
    if notebooks.stub_cells(notebooks.read(path))
]


# One group a notebook: the tests of a notebook share its one run, in one process.
@pytest.fixture(
    scope="module",
    params=[
        pytest.param(path, id=path.stem, marks=pytest.mark.xdist_group(path.stem))
        for path in WITH_EXERCISES
    ],
)
def notebook(request):
    return notebooks.read(request.param)


@pytest.fixture(scope="module")
def executed(notebook):
    """The notebook run once, in two parts: with the solutions, then over again with wrong answers.

    The second part runs, in the same kernel, the cells that name an exercise: its stub, its check,
    and whatever uses the reader's answer. Other cells cannot tell the difference.
    """
    solutions = {name: exercise.solution_source() for name, exercise in EXERCISES.items()}
    wrong = {
        name: exercise.source_of(exercise.mistakes[0].answers[0])
        for name, exercise in EXERCISES.items()
    }
    names = [EXERCISES[identifier].name for identifier in notebooks.stub_cells(notebook)]
    whole = notebooks.with_answers(notebook, solutions)
    whole.cells += notebooks.cells_that_name(notebooks.with_answers(notebook, wrong), names)
    done = notebooks.run(whole)
    first, second = done.copy(), done.copy()
    first.cells = done.cells[: len(notebook.cells)]
    second.cells = done.cells[len(notebook.cells) :]
    return first, second


def outcomes(executed):
    """{exercise id: what its check cell printed}."""
    return {
        identifier: notebooks.printed(executed.cells[notebooks.check_cell(executed, identifier)])
        for identifier in notebooks.stub_cells(executed)
    }


def test_every_exercise_is_in_exactly_one_notebook_and_in_the_order_of_its_chapter():
    found = [
        identifier
        for path in WITH_EXERCISES
        for identifier in notebooks.stub_cells(notebooks.read(path))
    ]
    assert sorted(found) == sorted(EXERCISES)
    for chapter in catalogue.chapters():
        listed = [exercise.identifier for exercise in catalogue.exercises(chapter)]
        assert [identifier for identifier in found if identifier in listed] == listed


def test_stub_and_prompt_are_those_of_the_exercise(notebook):
    markdown = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    for identifier, index in notebooks.stub_cells(notebook).items():
        exercise = EXERCISES[identifier]
        assert notebook.cells[index].source.rstrip() == exercise.stub.rstrip()
        assert any(exercise.as_markdown() in source for source in markdown), identifier


def test_a_check_a_hint_and_a_solution_follow_each_stub(notebook):
    for identifier, index in notebooks.stub_cells(notebook).items():
        assert notebooks.check_cell(notebook, identifier) > index
        later = "\n".join(
            cell.source for cell in notebook.cells[index:] if cell.cell_type == "code"
        )
        for line in (EXERCISES[identifier].check_line, f'hint("{identifier}"',
                     f'solution("{identifier}")'):
            assert line in later


def test_with_the_solutions_every_check_passes(notebook, executed):
    with_solutions, _ = executed
    assert notebooks.complaints(with_solutions) == []
    said = outcomes(with_solutions)
    assert said.keys() == notebooks.stub_cells(notebook).keys()
    for identifier, text in said.items():
        assert text.startswith("Passed. "), f"{identifier}: {text}"


def test_with_wrong_answers_no_cell_breaks(notebook, executed):
    _, with_wrong_answers = executed
    assert notebooks.complaints(with_wrong_answers) == []
    said = outcomes(with_wrong_answers)
    assert said.keys() == notebooks.stub_cells(notebook).keys()
    for identifier, text in said.items():
        assert text.startswith("Not yet: "), f"{identifier}: {text}"
        said = " ".join(text.split())                  # it is wrapped
        assert said.endswith(f"Hint: {EXERCISES[identifier].mistakes[0].hint}")
