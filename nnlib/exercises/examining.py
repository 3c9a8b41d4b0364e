"""Judge a reader's answer: run it on every case and decide which of the outcomes it is."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import textwrap

from nnlib.exercises import attempting, comparing, diagnosing, surroundings
from nnlib.exercises.attempting import CourseFault, Observation, observe
from nnlib.exercises.diagnosing.evidence import parameter_names
from nnlib.exercises.diagnosing.parts import listed
from nnlib.exercises.exercise import Exercise, Mistake
from nnlib.exercises.outcomes import Failed, NotAttempted, NotChecked, Outcome, Passed, Raised


def examine(exercise: Exercise, answer) -> Outcome:
    """The outcome of `answer`. Never raises for anything that `answer` is or does."""
    if answer is None or answer is Ellipsis:
        return NotAttempted(f"Fill in the stub, run it, then run {exercise.check_line}")
    try:
        with surroundings.of_the_course():
            if exercise.asks_for_function:
                return _examine_function(exercise, answer)
            return _examine_value(exercise, answer)
    except CourseFault as fault:
        return NotChecked(_blame(fault))
    except Exception as error:              # an answer made of objects that cannot be read
        return Failed(
            f"{exercise.name} could not be read ({type(error).__name__}).",
            "Use plain numbers, text, lists, arrays or tensors.",
        )


def _examine_value(exercise: Exercise, answer) -> Outcome:
    (case,) = _cases(exercise)
    result = comparing.plain(answer)
    if isinstance(result, dict) and result and all(item is Ellipsis for item in result.values()):
        return NotAttempted(f"Replace each ... in {exercise.name}, then run both cells.")
    return _judge(exercise, [Observation(case, result=result)])


def _examine_function(exercise: Exercise, answer) -> Outcome:
    if not callable(answer):
        return Failed(
            f"{exercise.check_line} expected the function itself, "
            f"got {comparing.spell(comparing.plain(answer))}.",
            f"Pass {exercise.name} without {_marks(answer)}, so that the check can call it.",
        )
    cases = _cases(exercise)
    problem = attempting.signature_problem(answer, attempting.arguments_of(cases[0]))
    if problem:
        return Failed(
            f"{exercise.name} {problem}.",
            f"Keep the first line of the stub: {_first_line(exercise)}",
        )
    seen = attempting.observe_all(answer, cases)
    return dataclasses.replace(_outcome(exercise, answer, seen), printed=seen[0].printed)


def _cases(exercise: Exercise):
    """The cases; they are built outside every limit, and an error there is not the answer's."""
    surroundings.mend_import_of_torch()
    try:
        return exercise.cases()
    except Exception as error:
        raise CourseFault(f"{type(error).__name__}: {error}") from error


def _blame(fault: CourseFault) -> str:
    """Whose fault it is that nothing could be checked, and what to do."""
    if surroundings.torch_is_half_imported():
        return "an import of torch was interrupted and cannot be repeated. Restart the kernel."
    cause = fault.__cause__
    if isinstance(cause, ModuleNotFoundError) and cause.name == "torch":
        return "this exercise is about PyTorch, which is not installed here."
    said = str(fault).split("\n")[0]
    return f"the course itself has a fault here, and your answer was not run. ({said})"


def _outcome(exercise: Exercise, answer, seen: list[Observation]) -> Outcome:
    """The outcome of a function that was called on the cases."""
    last = seen[-1].error
    if isinstance(last, attempting.AskedForInput):
        return Failed(
            f"{exercise.name} asks for input, and while it is checked nobody is there to answer.",
            "Use the values that it is called with, and no input().",
        )
    if all(isinstance(item.error, NotImplementedError) for item in seen):
        return NotAttempted(f"Write the body of {exercise.name}, then run both cells.")
    if all(item.error is None and item.result is Ellipsis for item in seen):
        return NotAttempted(f"Replace the ... in {exercise.name}, then run both cells.")
    if all(item.error is None and item.result is None for item in seen):
        return NotAttempted(
            f"{exercise.name} returned None. If you have written it: is the return missing?"
        )
    usable, note = (seen, "") if isinstance(last, attempting.TookTooLong) else _usable(seen)
    if exercise.broken is not None and _behaves_like(exercise, exercise.broken, usable):
        if _is_untouched(exercise, answer):
            before = "does what it did before: find the cause and mend it."
            return NotAttempted(f"{exercise.name} {before}")
        known = _explanation(exercise, usable)
        return Failed(
            f"{exercise.name} still gives what it gave before.",
            known.hint if known else f"The cause lies elsewhere. For more, {_asking(exercise)}.",
            **({"mistake": known.name} if known else {"relation": "as before"}),
        )
    raised = next((item for item in usable if item.error is not None), None)
    if raised is not None:
        advice = _advice(exercise, usable)
        if isinstance(raised.error, SystemExit) and "mistake" not in advice:
            advice = {"hint": "exit() ends the whole program; a function ends with return."}
        return Raised(raised.error, _call(exercise, raised.case), raised.where, **advice)
    return _judge(exercise, usable, note)


def _marks(answer) -> str:
    """What makes of a function's name something else than the function."""
    return "quotation marks" if isinstance(answer, str) else "parentheses"


def _usable(seen):
    """The observations that count, and a note on those that do not.

    An answer written for one path alone is accepted: where every case of one path came back and
    the other path's raised, the first is judged and the second mentioned.
    """
    by_path = {}
    for item in seen:
        by_path.setdefault(item.case.path, []).append(item)
    whole = {path: items for path, items in by_path.items() if not any(i.error for i in items)}
    if len(by_path) < 2:
        return seen, ""
    if not whole or len(whole) == len(by_path):
        return seen, "Checked on both paths." if whole else ""
    left_out = ", ".join(str(path) for path in by_path if path not in whole)
    kept = [item for items in whole.values() for item in items]
    return kept, f"Checked on the {', '.join(whole)} path; it does not run on {left_out} input."


def _judge(exercise: Exercise, seen: list[Observation], note: str = "") -> Outcome:
    complaint = _complaint(exercise, seen)
    if complaint is None:
        return Passed(exercise.passed, note)
    advice = _advice(exercise, seen)
    return Failed(complaint, **(advice or {"hint": f"For more, {_asking(exercise)}."}))


def _advice(exercise: Exercise, seen: list[Observation]) -> dict[str, str]:
    """The hint of the known mistake, or else what can be told from the results; {} where nothing.

    In that order: a bank knows what a person was thinking, a diagnosis only what came of it.
    """
    known = _explanation(exercise, seen)
    if known:
        return {"hint": known.hint, "mistake": known.name}
    raised = any(item.error is not None for item in seen)
    if not raised and any(item.case.read is not None for item in seen):
        return {}                           # it would speak of what was read, not of what came back
    found = (diagnosing.of_error if raised else diagnosing.of_results)(exercise, seen)
    if found is None:
        return {}
    more = "" if raised else f" For more, {_asking(exercise)}."
    return {"hint": f"{found.text}{more}", "relation": found.name}


def _asking(exercise: Exercise) -> str:
    return f'run hint("{exercise.identifier}")'


def _complaint(exercise: Exercise, seen: list[Observation]) -> str | None:
    """The first thing that is wrong, as a sentence."""
    for item in seen:
        difference = exercise.judge(item.result, item.case.expected)
        if difference:
            return f"{_call(exercise, item.case)} {difference}."
    for item in seen:
        if item.changed_input:
            return (
                f"{_call(exercise, item.case)} gives the right result, "
                f"but it changes {_changed(exercise, item)}, which "
                f"{'was' if len(item.changed_input) == 1 else 'were'} passed in."
            )
    return None


def _explanation(exercise: Exercise, seen: list[Observation]) -> Mistake | None:
    """The first known mistake that explains what was observed.

    On the two paths the same text can do different things (`std` divides by N on one and by N - 1
    on the other), so a mistake that explains all of one path, and is wrong there, counts as well.
    So does one that explains the cases that came back, where others raised: a person with the same
    misconception may have guarded against an error or not.
    """
    for part in (seen, *_wrong_paths(exercise, seen), *_came_back(exercise, seen)):
        for mistake in exercise.mistakes:
            if _recognises_safely(exercise, mistake, part):
                return mistake
    return None


def _wrong_paths(exercise: Exercise, seen: list[Observation]) -> list[list[Observation]]:
    """The observations of each path alone, where an exercise has two and something is wrong."""
    paths = {item.case.path for item in seen}
    if len(paths) < 2:
        return []
    parts = [[item for item in seen if item.case.path == path] for path in sorted(paths)]
    return [part for part in parts if _complaint(exercise, part)]


def _came_back(exercise: Exercise, seen: list[Observation]) -> list[list[Observation]]:
    """The observations without an error, where there are several, some are wrong, others raised."""
    part = [item for item in seen if item.error is None]
    enough = 1 < len(part) < len(seen)
    return [part] if enough and _complaint(exercise, part) else []


def _recognises_safely(exercise: Exercise, mistake: Mistake, seen: list[Observation]) -> bool:
    """A `recognise` is written for likely results; what it can't read is not its mistake."""
    try:
        return recognises(exercise, mistake, seen)
    except Exception:
        return False


def recognises(exercise: Exercise, mistake: Mistake, seen: list[Observation]) -> bool:
    """Whether this mistake explains everything that was observed."""
    if mistake.recognise is not None:
        return mistake.recognise(seen)
    return _behaves_like(exercise, mistake.answers[0], seen)


def _behaves_like(exercise: Exercise, answer, seen: list[Observation]) -> bool:
    for item in seen:
        if exercise.asks_for_function:
            other = observe(answer, item.case)
        else:
            other = Observation(item.case, result=comparing.plain(answer))
        if type(other.error) is not type(item.error):
            return False
        if not set(other.changed_input) <= set(item.changed_input):
            return False            # the other way round is fine: writing in place comes on top
        if not comparing.same(other.result, item.result):
            return False
    return True


def _is_untouched(exercise: Exercise, answer) -> bool:
    """Whether a repair's function stands there as it was given, but for comments and blanks."""
    try:
        source = textwrap.dedent(inspect.getsource(answer))
        return ast.dump(ast.parse(source)) == ast.dump(ast.parse(exercise.stub))
    except (OSError, TypeError):            # a function whose source cannot be seen
        return True
    except SyntaxError:                     # a lambda in the middle of a line
        return False


def _changed(exercise: Exercise, item: Observation) -> str:
    """Names of the arguments that a call changed."""
    names = parameter_names(exercise)
    return listed([names[place] for place in item.changed_input])


def _call(exercise: Exercise, case) -> str:
    """The call as the reader would write it, with long arrays shortened."""
    if not exercise.asks_for_function:
        return exercise.name
    spelt = ", ".join(comparing.spell_argument(argument) for argument in case.make_arguments())
    return f"{exercise.name}({spelt})"


def _first_line(exercise: Exercise) -> str:
    lines = exercise.stub.splitlines()
    return next(line for line in lines if line.startswith(f"def {exercise.name}("))
