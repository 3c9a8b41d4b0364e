"""Every exercise: its stub, its solution, and its bank of wrong and unusual answers."""

import inspect
import linecache

import numpy as np
import pytest
from chapter_paraphrases import paraphrases

from nnlib.chapters import ORDER, PRACTICE
from nnlib.exercises import catalogue, comparing
from nnlib.exercises.attempting import Observation, observe
from nnlib.exercises.examining import examine, recognises
from nnlib.exercises.exercise import LEVELS
from nnlib.exercises.outcomes import Failed, NotAttempted, Passed, Raised

EXERCISES = catalogue.exercises()
MISTAKES = [(exercise, mistake) for exercise in EXERCISES for mistake in exercise.mistakes]
BANK = [(exercise, mistake, answer) for exercise, mistake in MISTAKES for answer in mistake.answers]
RIGHT = [(exercise, answer) for exercise in EXERCISES for answer in exercise.also_right]


def name(value):
    """Readable test ids; a dictionary as an answer stays a number."""
    return getattr(value, "identifier", None) or getattr(value, "__name__", None) or (
        getattr(value, "name", None)
    )


def evaluated(exercise, source):
    """What a notebook cell with this source defines under the exercise's name."""
    cell = f"<cell {exercise.identifier} {hash(source)}>"
    linecache.cache[cell] = len(source), None, source.splitlines(keepends=True), cell
    namespace = {"np": np}
    exec(compile(source, cell, "exec"), namespace)
    return namespace[exercise.name]


def observed(exercise, answer):
    cases = exercise.cases()
    if not exercise.asks_for_function:
        return [Observation(cases[0], result=comparing.plain(answer))]
    return [observe(answer, case) for case in cases]


def recognised(exercise, answer):
    """Names of all mistakes that claim this answer."""
    seen = observed(exercise, answer)
    return [mistake.name for mistake in exercise.mistakes if recognises(exercise, mistake, seen)]


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_the_stub_is_not_attempted(exercise):
    assert isinstance(examine(exercise, evaluated(exercise, exercise.stub)), NotAttempted)


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_the_solution_as_printed_passes(exercise):
    outcome = examine(exercise, evaluated(exercise, exercise.solution_source()))
    assert isinstance(outcome, Passed), str(outcome)


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_no_mistake_claims_the_solution(exercise):
    assert recognised(exercise, exercise.solution) == []


@pytest.mark.parametrize(("exercise", "mistake", "answer"), BANK, ids=name)
def test_a_wrong_answer_fails_with_its_own_hint_and_no_other(exercise, mistake, answer):
    outcome = examine(exercise, answer)
    assert isinstance(outcome, (Failed, Raised)), str(outcome)
    assert str(outcome).endswith(f"\nHint: {mistake.hint}")
    assert recognised(exercise, answer) == [mistake.name]


@pytest.mark.parametrize(("exercise", "mistake", "answer"), BANK, ids=name)
def test_a_wrong_answer_is_complete_and_its_source_stands_alone(exercise, mistake, answer):
    """No member is None, a constant or all crash, and it can be typed into the stub as it is."""
    if exercise.asks_for_function:
        results = [item.result for item in observed(exercise, answer)]
        assert not all(item.error for item in observed(exercise, answer))
        assert not all(comparing.same(results[0], result) for result in results[1:])
    typed = evaluated(exercise, exercise.source_of(answer))
    assert examine(exercise, typed).hint == mistake.hint


@pytest.mark.parametrize(("exercise", "answer"), RIGHT, ids=name)
def test_an_unusual_right_answer_passes(exercise, answer):
    outcome = examine(exercise, answer)
    assert isinstance(outcome, Passed), str(outcome)


@pytest.mark.parametrize(("exercise", "answer", "expected"), paraphrases("WRONG"), ids=name)
def test_a_misconception_is_recognised_however_it_is_written(exercise, answer, expected):
    outcome = examine(exercise, answer)
    assert isinstance(outcome, (Failed, Raised)), str(outcome)
    assert outcome.mistake == expected


@pytest.mark.parametrize(("exercise", "answer"), paraphrases("RIGHT"), ids=name)
def test_other_right_answers_pass(exercise, answer):
    outcome = examine(exercise, answer)
    assert isinstance(outcome, Passed), str(outcome)


def test_a_diagnosis_in_the_words_of_the_chapter_gets_the_same_hints():
    exercise = catalogue.find("learning_rate.diagnosis")
    swapped = {"A": "too slow", "B": "good fit", "C": "overfit", "D": "dead"}
    assert examine(exercise, swapped).mistake == "confuses too low with too high"
    assert examine(exercise, {**swapped, "D": "tired"}).mistake is None


@pytest.mark.parametrize("of", [2.5, 3.5, 9.0, 11.0, 40.0, 1000.0])
def test_a_share_of_the_bottom_is_told_from_the_bottom(of):
    """Too near, right, or too far, whatever the number that the reader divides by."""
    def answer(rates, losses):
        return rates[np.nanargmin(losses)] / of

    outcome = examine(catalogue.find("learning_rate.pick_rate"), answer)
    expected = "stays too close to the bottom" if of < 3 else "goes too far down"
    assert isinstance(outcome, Passed) if 3 < of < 10 else outcome.mistake == expected


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_an_exercise_has_all_its_parts(exercise):
    assert exercise.level in LEVELS
    assert len(exercise.mistakes) >= 3
    assert len(exercise.hints) >= 2
    assert exercise.also_right
    texts = [mistake.hint for mistake in exercise.mistakes]
    assert len(set(texts)) == len(texts)
    for text in (exercise.prompt, exercise.passed, *exercise.hints, *texts):
        assert text.rstrip().endswith((".", "?")), text
    assert exercise.stub.endswith("\n")
    assert exercise.identifier.count(".") == 1
    assert exercise.name.isidentifier()


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_stub_and_solution_have_the_same_head(exercise):
    """Whoever keeps the stub's first line can be checked, and the docstring says the same."""
    stub = evaluated(exercise, exercise.stub)
    if exercise.asks_for_function:
        assert inspect.signature(stub) == inspect.signature(exercise.solution)
        assert stub.__doc__ == exercise.solution.__doc__
    else:
        assert list(stub) == list(exercise.solution)


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_no_line_of_a_cell_runs_out_of_the_page(exercise):
    """A notebook cell in the built page shows 84 characters."""
    for line in (*exercise.stub.splitlines(), *exercise.solution_source().splitlines()):
        assert len(line) <= 84, line


@pytest.mark.parametrize("chapter", ORDER)
def test_a_chapter_has_exercises_to_predict_to_compute_and_to_build(chapter):
    levels = {exercise.level for exercise in catalogue.exercises(chapter)}
    assert {"predict", "compute", "build"} <= levels <= set(LEVELS)


@pytest.mark.parametrize("room", PRACTICE)
def test_a_page_of_practice_has_exercises_of_two_levels_or_more(room):
    levels = {exercise.level for exercise in catalogue.exercises(room)}
    assert len(levels) >= 2
    assert levels <= set(LEVELS)
