"""Exercises of a few lines for the tests of the machinery."""

from nnlib.exercises.attempting import observe
from nnlib.exercises.exercise import Case, Exercise


def asked(solution, *arguments, mistakes=()):
    """An exercise with these calls as its cases; the solution says what is expected."""
    return Exercise(
        identifier=f"chapter.{solution.__name__}", title="", level="compute", prompt="",
        solution=solution, hints=("One.", "Two."), mistakes=mistakes, passed="Right.",
        cases=lambda: [Case(one, solution(*one)) for one in arguments],
    )


def observed(exercise, answer):
    """What each case of the exercise shows of an answer."""
    return [observe(answer, case) for case in exercise.cases()]


def rate(spread, size):
    return spread / size
