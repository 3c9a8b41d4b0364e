"""Each mistake is tried in three wordings: the bank's own answers, and those by other hands.

That each of them gets the hint of its mistake is asserted in `test_banks.py`. Here they are
counted: a copy under other names is no further wording, and the same value is not either.
"""

import functools
import inspect
import itertools
import types

import pytest
from chapter_paraphrases import paraphrases

from nnlib.exercises import catalogue, sorting
from nnlib.exercises.examining import examine

ROOMS = ("backpropagation", "optimizers", "generalisation", "inference", "image_classifier",
         "architectures", "debugging")
ENOUGH = 3
MISTAKES = [
    pytest.param(exercise, mistake, id=f"{exercise.identifier}: {mistake.name}")
    for room in ROOMS for exercise in catalogue.exercises(room) for mistake in exercise.mistakes
]


@functools.cache
def by_other_hands():
    """{(identifier, mistake): answers} of all chapters."""
    found = {}
    for exercise, answer, mistake in paraphrases("WRONG"):
        found.setdefault((exercise.identifier, mistake), []).append(answer)
    return found


def makings(answer):
    """What an answer is made of; the names of an answer and of its variables are not among it."""
    if isinstance(answer, staticmethod):
        answer = answer.__func__
    if inspect.isclass(answer):
        written = (types.FunctionType, staticmethod)
        return tuple(makings(part) for part in vars(answer).values() if isinstance(part, written))
    if isinstance(answer, types.CodeType):
        return answer.co_code, answer.co_names, tuple(map(makings, answer.co_consts))
    if isinstance(answer, types.FunctionType):
        around = [cell.cell_contents for cell in answer.__closure__ or ()]
        others = [one for one in around if one is not answer]          # it may call itself
        return makings(answer.__code__), makings(others), makings(answer.__defaults__)
    if isinstance(answer, dict):
        return tuple((name, sorting.word(answer[name])) for name in sorted(answer))
    if isinstance(answer, (list, tuple)):
        return tuple(map(makings, answer))
    return repr(answer)


def values_of(exercise, mistake):
    """Different values that make this mistake, by its rule: not all of them, if more are enough.

    A rule says which words, at which names, may be wrong, or which two places are turned round; a
    mistake without a rule is one value.
    """
    if mistake.recognise is None:
        return [mistake.answers[0]]
    expected, rule = exercise.solution, mistake.recognise.data()
    rows = [
        row
        for pairs in rule.get("only", ())
        for row in itertools.product(*(
            [right, *(word for place, word in pairs if place == i)]
            for i, right in enumerate(expected.values())
        ))
    ] or itertools.permutations(expected.values())
    values = (dict(zip(expected, row, strict=True)) for row in rows)
    made = (one for one in values if getattr(examine(exercise, one), "mistake", "") == mistake.name)
    return list(itertools.islice(made, ENOUGH))


@pytest.mark.parametrize(("exercise", "mistake"), MISTAKES)
def test_a_mistake_is_tried_in_three_wordings(exercise, mistake):
    wordings = [*mistake.answers, *by_other_hands().get((exercise.identifier, mistake.name), ())]
    possible = ENOUGH if exercise.asks_for_function else len(values_of(exercise, mistake))
    assert len(set(map(makings, wordings))) >= min(ENOUGH, possible)


def test_a_copy_is_no_further_wording_and_other_makings_are():
    def twice(function):
        return lambda x: function(x) * 2

    def squared(x):
        return x * x

    def also_squared(y):
        return y * y

    def cubed(x):
        return x * x * x

    assert makings(squared) == makings(also_squared) != makings(cubed)
    assert makings(twice(squared)) == makings(twice(also_squared)) != makings(twice(cubed))
    assert makings({"a": " Mean", "b": 2}) == makings({"b": 2.0, "a": "mean"})
    assert makings({"a": "mean"}) != makings({"a": "median"})
