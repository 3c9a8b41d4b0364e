"""How a case is diagnosed: one cause, and the one measurement that proves it."""

from __future__ import annotations

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words_of

CAUSE, PROOF = "cause", "measurement"


def diagnosis(letter, title, *, causes, proofs, hints, passed):
    """Make the exercise of a case.

    `causes` and `proofs` are {what can be chosen: the symptom that speaks against it}, in the order
    of the menu; None stands at the right one. Who names a wrong cause hears what contradicts it,
    whatever measurement was chosen with it.
    """
    solution = {CAUSE: _right(causes), PROOF: _right(proofs)}
    mistakes = []
    for cause, against in causes.items():
        if against is not None:
            pairs = {(CAUSE, cause), *((PROOF, proof) for proof in proofs if proofs[proof])}
            answers = tuple({CAUSE: cause, PROOF: proof}
                            for proof in sorted(proofs, key=lambda one: one != solution[PROOF]))
            rule = only_these_wrong(solution, pairs, needs={(CAUSE, cause)})
            mistakes.append(Mistake(f"says: {cause}", against, answers, rule))
    for proof, against in proofs.items():
        if against is not None:
            rule = only_these_wrong(solution, {(PROOF, proof)})
            answers = ({CAUSE: solution[CAUSE], PROOF: proof},)
            mistakes.append(Mistake(f"measures: {proof}", against, answers, rule))
    name = f"case_{letter.lower()}"
    return Exercise(
        identifier=f"debugging.{name}",
        title=f"case {letter}, {title}",
        level="predict",
        prompt=(
            "Which cause fits all that you have seen, and which single measurement proves it? "
            f"Replace each `...` by one of these. Causes: {_listed(causes)}. Measurements: "
            f"{_listed(proofs)}."
        ),
        stub=f'{name} = {{\n    "{CAUSE}": ...,\n    "{PROOF}": ...,\n}}\n',
        solution=solution,
        cases=lambda: [Case((), solution)],
        judge=judge_words_of(**{CAUSE: tuple(causes), PROOF: tuple(proofs)}),
        hints=hints,
        passed=passed,
        mistakes=tuple(mistakes),
        also_right=({key: f" {said.upper()} " for key, said in solution.items()},),
    )


def _right(options):
    (right,) = (option for option, against in options.items() if against is None)
    return right


def _listed(options):
    return ", ".join(f'`"{option}"`' for option in options)
