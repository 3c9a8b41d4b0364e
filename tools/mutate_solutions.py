"""Do the checks of the exercises bite? Change each solution in small ways and see which still pass.

A mutant is an exercise's solution with one change: an operator, a comparison, a number, an operand
or an argument left out or exchanged, a condition turned round, a line dropped. It is put through
`check` as a reader's answer would be. One that passes is a wrong answer that the cases let through:
add the case that tells it apart, or, where it is as right as the solution, say why in
tests/support/equivalent_solutions.txt.

    python tools/mutate_solutions.py                              every exercise
    python tools/mutate_solutions.py --only weights tensors.one_hot --count 200 --seed 1

It changes syntax trees and not text, as tools/mutation.py does for the library, but with Python's
own `ast`: the tests run a sample, and libcst is not among what they install.
"""

import argparse
import ast
import copy
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from solution_changes import changes

from nnlib.exercises import attempting, catalogue
from nnlib.exercises.examining import examine
from nnlib.exercises.exercise import Exercise
from nnlib.exercises.outcomes import Passed

EXPLAINED = Path(__file__).resolve().parents[1] / "tests/support/equivalent_solutions.txt"
SECONDS = 1.0              # for one call: a mutant that takes longer has failed


@dataclass(frozen=True)
class Mutant:
    """A changed solution; `name` stays the same as long as the changed piece of it does."""

    name: str
    identifier: str
    before: str
    after: str
    source: str


# --- the mutants of a solution --------------------------------------------------------------------


def mutants_of(exercise: Exercise) -> list[Mutant]:
    """Every mutant of the solution, each once."""
    source = textwrap.dedent(exercise.solution_source())
    tree = ast.parse(source)
    seen, found = {ast.unparse(tree)}, []
    for path in _paths(tree.body[0]):
        for changed in changes(_at(tree.body[0], path)):
            mutated = copy.deepcopy(tree)
            _put(mutated.body[0], path, copy.deepcopy(changed))
            try:
                text = ast.unparse(ast.fix_missing_locations(mutated))
            except Exception:                          # a tree that is no program
                continue
            if text not in seen:
                seen.add(text)
                found.append(_mutant(exercise, ast.unparse(tree), text))
    return found


def _mutant(exercise, before: str, after: str) -> Mutant:
    old, new = before.splitlines(), after.splitlines()
    pairs = [(a, b) for a, b in zip(old, new, strict=False) if a != b]
    first = pairs[0] if pairs else (old[-1], "")
    key = f"{exercise.identifier} {first[0].strip()} {first[1].strip()}"
    name = sha256(key.encode()).hexdigest()[:8]
    return Mutant(name, exercise.identifier, first[0].strip(), first[1].strip(), after)


def _paths(node, path=()) -> Iterator[tuple]:
    """Places of all nodes below a function's body, as (field, index) steps."""
    fields = [("body", node.body)] if isinstance(node, ast.FunctionDef) and not path else (
        ast.iter_fields(node))
    for field, value in fields:
        parts = value if isinstance(value, list) else [value]
        for index, part in enumerate(parts):
            if isinstance(part, ast.AST):
                step = (field, index if isinstance(value, list) else None)
                yield (*path, step)
                yield from _paths(part, (*path, step))


def _at(node, path):
    for field, index in path:
        node = getattr(node, field)
        node = node if index is None else node[index]
    return node


def _put(node, path, new):
    *way, (field, index) = path
    parent = _at(node, way)
    if index is None:
        setattr(parent, field, new)
    else:
        getattr(parent, field)[index] = new


# --- which pass -----------------------------------------------------------------------------------


def passes(mutant: Mutant) -> bool:
    """Whether the check takes the mutant for a right answer."""
    exercise = catalogue.find(mutant.identifier)
    namespace = dict(exercise.solution.__globals__)
    try:
        exec(compile(mutant.source, f"<{mutant.name}>", "exec"), namespace)
    except Exception:                                  # no program, or no name of that kind
        return False
    return isinstance(examine(exercise, namespace[exercise.name]), Passed)


def draw(mutants: list[Mutant], count: int, seed: int) -> list[Mutant]:
    """The first in a seeded order, which no mutant elsewhere changes."""
    def place(mutant):
        return sha256(f"{seed} {mutant.name} {mutant.source}".encode()).digest()

    return sorted(mutants, key=place)[:count]


def explanations() -> dict[str, str]:
    lines = EXPLAINED.read_text().splitlines() if EXPLAINED.exists() else []
    return dict(line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))


def all_mutants(only=()) -> list[Mutant]:
    """Those of every exercise with a function, or of these chapters and exercises."""
    return [
        mutant
        for exercise in catalogue.exercises() if exercise.asks_for_function
        if not only or exercise.identifier in only or exercise.identifier.split(".")[0] in only
        for mutant in mutants_of(exercise)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", default=[], help="chapters, ids of exercises")
    parser.add_argument("--count", type=int, default=10**6, help="how many, of a seeded order")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    attempting.SECONDS = SECONDS
    known, counts = explanations(), {}
    for mutant in draw(all_mutants(options.only), options.count, options.seed):
        outcome = "explained" if mutant.name in known else "passed" if passes(mutant) else "failed"
        counts.setdefault(mutant.identifier, Counter())[outcome] += 1
        if outcome == "passed":
            print(f"{mutant.name} {mutant.identifier}\n- {mutant.before}\n+ {mutant.after}\n",
                  flush=True)
    for identifier, count in sorted(counts.items()):
        print(f"{identifier:40}", *(f"{n:4} {kind}" for kind, n in sorted(count.items())))
    total = sum(counts.values(), Counter())
    print(f"{total.total()} mutants:", dict(total))
    sys.exit(1 if total["passed"] else 0)


if __name__ == "__main__":
    main()
