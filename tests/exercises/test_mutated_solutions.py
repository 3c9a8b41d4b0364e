"""Small changes of the solutions fail their checks: `tools/mutate_solutions.py` on a sample."""

import ast
import importlib
import pathlib
import sys

import pytest

from nnlib.exercises import attempting, catalogue
from nnlib.exercises.exercise import Case, Exercise

TOOLS = pathlib.Path(__file__).parents[2] / "tools"
COUNT, SEED = 120, 0


@pytest.fixture(scope="module")
def tool():
    """The tool, imported as its script imports what lies beside it."""
    sys.path.insert(0, str(TOOLS))
    try:
        return importlib.import_module("mutate_solutions")
    finally:
        sys.path.remove(str(TOOLS))


def halves(x, sizes, flag):
    """Half of x, more or less."""
    total = 0
    for size in sizes[1:]:
        total += size
    return (x - total) / 2 if flag and x > 1 else max(x, total)


def weak(x, y):
    """The larger one."""
    return x if x > y else y


def an_exercise(solution, *cases):
    return Exercise(
        identifier=f"chapter.{solution.__name__}", title="", level="compute", prompt="",
        solution=solution, cases=lambda: list(cases), hints=(), mistakes=(), passed="Right.",
    )


def test_every_kind_of_change_is_made(tool):
    sources = "\n".join(m.source for m in tool.mutants_of(an_exercise(halves)))
    for changed in (
        "total = 1", "for size in sizes[:]", "sizes[2:]", "total = size", "total -= size",
        "(x + total) / 2", "(x - total) * 2", "x / 2 if", "total / 2 if", "(x - total) / 3",
        "(x - total) / 1", "flag or x > 1", "x >= 1", "x < 1", "flag and x > 2", "2 if flag else",
        "2 if x > 1 else", "min(x, total)", "max(total, x)", "max(x)", "return max(x, total)",
        "pass",
    ):
        assert changed in sources, changed
    assert '"""' in sources                            # the docstring stays


def test_mutants_are_programs_and_none_is_the_solution(tool):
    exercise = an_exercise(halves)
    mutants = tool.mutants_of(exercise)
    original = ast.unparse(ast.parse(exercise.solution_source()))
    assert len({mutant.source for mutant in mutants}) == len(mutants)
    assert original not in {mutant.source for mutant in mutants}
    for mutant in mutants:
        compile(mutant.source, "mutant", "exec")
        assert mutant.before != mutant.after


def test_a_mutant_that_the_cases_let_through_passes(tool, monkeypatch):
    """Cases with x above y cannot tell the larger of two from the first."""
    few, more = (Case((3, 1), 3), Case((2, 0), 2)), (Case((3, 1), 3), Case((0, 2), 2))
    for cases, let_through in ((few, True), (more, False)):
        exercise = an_exercise(weak, *cases)
        monkeypatch.setattr(tool.catalogue, "find", lambda identifier, e=exercise: e)
        first = [m for m in tool.mutants_of(exercise) if m.after == "return x"]
        assert [tool.passes(mutant) for mutant in first] == [let_through]


def test_the_order_of_the_sample_is_that_of_the_seed(tool):
    mutants = tool.mutants_of(an_exercise(halves))
    assert tool.draw(mutants, 5, 0) == tool.draw(mutants[::-1], 5, 0)
    assert tool.draw(mutants, 5, 0) != tool.draw(mutants, 5, 1)
    assert len(tool.draw(mutants, 5, 0)) == 5


def test_every_explanation_is_of_a_mutant_that_there_is_and_that_passes(tool, monkeypatch):
    monkeypatch.setattr(attempting, "SECONDS", tool.SECONDS)
    mutants = {mutant.name: mutant for mutant in tool.all_mutants()}
    for name, why in tool.explanations().items():
        assert name in mutants, f"{name} {why}: no solution has this line any more"
        assert tool.passes(mutants[name]), f"{name} {why}: it fails now, so it is not equivalent"


@pytest.mark.parametrize("part", range(4))
def test_a_sample_of_changed_solutions_fails(tool, monkeypatch, part):
    monkeypatch.setattr(attempting, "SECONDS", tool.SECONDS)
    sample = tool.draw(tool.all_mutants(), COUNT, SEED)[part::4]
    known = tool.explanations()
    passed = [m for m in sample if m.name not in known and tool.passes(m)]
    assert passed == [], "\n".join(f"{m.identifier}: {m.before} -> {m.after}" for m in passed)


def test_exercises_that_ask_for_a_value_have_no_mutants(tool):
    with_mutants = {mutant.identifier for mutant in tool.all_mutants()}
    assert with_mutants == {e.identifier for e in catalogue.exercises() if e.asks_for_function}
