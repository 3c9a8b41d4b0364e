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

from nnlib.exercises import attempting, catalogue
from nnlib.exercises.examining import examine
from nnlib.exercises.exercise import Exercise
from nnlib.exercises.outcomes import Passed

EXPLAINED = Path(__file__).resolve().parents[1] / "tests/support/equivalent_solutions.txt"
SECONDS = 1.0              # for one call: a mutant that takes longer has failed

ARITHMETIC = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,), ast.Mod: (ast.FloorDiv,), ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,), ast.BitOr: (ast.BitAnd,),
}
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.GtE), ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}
NAMES = {
    "max": ("min", "mean"), "min": ("max",), "sum": ("mean",), "mean": ("sum",), "any": ("all",),
    "all": ("any",), "zeros": ("ones",), "ones": ("zeros",), "argmax": ("argmin",),
    "argmin": ("argmax",), "maximum": ("minimum",), "minimum": ("maximum",), "ceil": ("floor",),
    "floor": ("ceil",), "log": ("log2",), "log1p": ("log",), "normal": ("uniform",),
}


@dataclass(frozen=True)
class Mutant:
    """A changed solution; `name` stays the same as long as the changed piece of it does."""

    name: str
    identifier: str
    before: str
    after: str
    source: str


# --- the changes of one node ----------------------------------------------------------------------


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Every node that may stand in the place of this one."""
    for kind, function in CHANGES:
        if isinstance(node, kind):
            yield from function(node)


def _with(node, **fields):
    changed = copy.deepcopy(node)
    for field, value in fields.items():
        setattr(changed, field, value)
    return changed


def _arithmetic(node):
    for other in ARITHMETIC.get(type(node.op), ()):
        yield _with(node, op=other())
    yield node.left
    yield node.right


def _comparison(node):
    if len(node.ops) == 1:
        for other in COMPARISONS.get(type(node.ops[0]), ()):
            yield _with(node, ops=[other()])


def _number(node):
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)
    elif isinstance(node.value, float):
        yield ast.Constant(node.value * 2 if node.value else 1.0)


def _sign(node):
    if isinstance(node.op, (ast.USub, ast.Not)):
        yield node.operand


def _logic(node):
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield _with(node, op=other)
    yield from node.values


def _choice(node):
    yield node.body
    yield node.orelse
    yield _with(node, body=node.orelse, orelse=node.body)


def _condition(node):
    yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
    yield _with(node, test=ast.Constant(value=True))
    yield _with(node, test=ast.Constant(value=False))


def _call(node):
    for place in range(len(node.args)):
        yield _with(node, args=node.args[:place] + node.args[place + 1 :])
    for place in range(len(node.keywords)):
        yield _with(node, keywords=node.keywords[:place] + node.keywords[place + 1 :])
    for place in range(len(node.args) - 1):
        first, second = node.args[place : place + 2]
        swapped = [*node.args[:place], second, first, *node.args[place + 2 :]]
        yield _with(node, args=swapped)
    if len(node.args) == 1:                            # exp(x) to x
        yield node.args[0]
    if isinstance(node.func, ast.Attribute) and not isinstance(node.func.value, ast.Name):
        yield node.func.value                          # (...).sum() to (...)


def _name(node):
    spelt = node.attr if isinstance(node, ast.Attribute) else node.id
    for other in NAMES.get(spelt, ()):
        yield _with(node, **{"attr" if isinstance(node, ast.Attribute) else "id": other})
    if spelt == "T":
        yield node.value
    if spelt == "rng":
        yield ast.parse("np.random.default_rng(0)", mode="eval").body


def _slice(node):
    for end in ("lower", "upper", "step"):
        if getattr(node, end) is not None:
            yield _with(node, **{end: None})


def _pair(node):
    """Exchange two neighbours of a tuple that is read: the results, a shape."""
    if isinstance(node.ctx, ast.Load):
        for place in range(len(node.elts) - 1):
            first, second = node.elts[place : place + 2]
            yield _with(node, elts=[*node.elts[:place], second, first, *node.elts[place + 2 :]])


def _dropped(node):
    stores = isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name)
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if (stores or not isinstance(node, ast.Assign)) and not docstring:
        yield ast.Pass()


def _updated(node):
    """`total += x` to `total = x` and to `total -= x`."""
    yield ast.Assign(targets=[node.target], value=node.value)
    for other in ARITHMETIC.get(type(node.op), ()):
        yield _with(node, op=other())


def _filter(node):
    for place in range(len(node.ifs)):
        yield _with(node, ifs=node.ifs[:place] + node.ifs[place + 1 :])


CHANGES = (
    (ast.BinOp, _arithmetic), (ast.Compare, _comparison), (ast.Constant, _number),
    (ast.UnaryOp, _sign), (ast.BoolOp, _logic), (ast.IfExp, _choice), (ast.If, _condition),
    (ast.Call, _call), ((ast.Attribute, ast.Name), _name), (ast.Slice, _slice), (ast.Tuple, _pair),
    ((ast.Assign, ast.AugAssign, ast.Expr), _dropped), (ast.AugAssign, _updated),
    (ast.comprehension, _filter),
)  # fmt: skip


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
