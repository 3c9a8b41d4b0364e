"""Every small change that `tools/mutants.py` may make to a file.

Most kinds come from mutmut: + to -, < to <=, `and` to `or`, True to False, a number one up, an
argument left out. Left out is what would only flatter the score: `x = None`, which crashes whoever
reads x. Added is what the code of a numerical library is made of: axes and counts one down, sums
for means, transposes, slices, statements and checks that are not there.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import libcst as cst
import libcst.matchers as m
from mutmut.mutation.mutators import mutation_operators

LEFT_OUT = {"operator_assignment", "operator_lambda"}
SILENT = {"__repr__", "extra_repr"}  # functions whose exact text is nobody's business here
PAIRS = [
    ("maximum", "minimum"), ("max", "min"), ("argmax", "argmin"), ("sum", "mean"), ("any", "all"),
    ("zeros", "ones"), ("zeros_like", "ones_like"), ("ceil", "floor"),
]  # fmt: skip
RESHAPE = m.Call(func=m.Attribute(attr=m.Name("reshape")))
SWAPPED = dict(PAIRS) | {two: one for one, two in PAIRS}


@dataclass(frozen=True)
class Mutant:
    """One change: `name` stays the same as long as the changed piece of code does."""

    name: str
    path: str
    function: str
    module: cst.Module
    node: cst.CSTNode
    changed: cst.CSTNode

    def source(self) -> str:
        return self.module.deep_replace(self.node, self.changed).code


# --- changes of our own ---------------------------------------------------------------------------


def drop_statement(node: cst.SimpleStatementLine):
    (first, *_) = node.body
    stores = isinstance(first, cst.Assign) and not isinstance(first.targets[0].target, cst.Name)
    calls = isinstance(first, cst.Expr) and isinstance(first.value, cst.Call)
    if stores or calls or isinstance(first, cst.AugAssign | cst.Raise):
        yield node.with_changes(body=[cst.Pass()])


def return_none(node: cst.Return):
    if node.value is not None and not node.value.deep_equals(cst.Name("None")):
        space = cst.SimpleWhitespace(" ")
        yield node.with_changes(value=cst.Name("None"), whitespace_after_return=space)


def negate_condition(node: cst.If | cst.CompIf):
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(test=cst.UnaryOperation(cst.Not(), test))


def one_less(node: cst.Integer):
    if node.evaluated_value > 0:
        yield node.with_changes(value=str(node.evaluated_value - 1))


def swap_name(node: cst.Attribute | cst.Call):
    part = node.attr if isinstance(node, cst.Attribute) else node.func
    if isinstance(part, cst.Name) and part.value in SWAPPED:
        other = cst.Name(SWAPPED[part.value])
        yield node.with_changes(**{"attr" if part is getattr(node, "attr", 0) else "func": other})


def drop_transpose(node: cst.Attribute):
    if node.attr.value == "T":
        yield node.value


def open_slice(node: cst.Slice):
    for end in ("lower", "upper"):
        if getattr(node, end) is not None:
            yield node.with_changes(**{end: None})


OPERATORS = [pair for pair in mutation_operators if pair[1].__name__ not in LEFT_OUT]
OPERATORS += [
    (cst.SimpleStatementLine, drop_statement), (cst.Return, return_none),
    ((cst.If, cst.CompIf), negate_condition), (cst.Integer, one_less),
    ((cst.Attribute, cst.Call), swap_name), (cst.Attribute, drop_transpose),
    (cst.Slice, open_slice),
]  # fmt: skip


# --- all changes of a file ------------------------------------------------------------------------


class Collector(cst.CSTVisitor):
    """Walk over a file and note every (function, node, changed node)."""

    def __init__(self):
        self.found = []
        self.inside = []
        self.raising = self.reshaping = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Import | cst.ImportFrom | cst.Decorator):
            return False
        if isinstance(node, cst.Expr) and isinstance(node.value, cst.BaseString):
            return False  # a docstring
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self.inside.append(node.name.value)
            if node.name.value in SILENT:
                return False
        self.raising += isinstance(node, cst.Raise)
        self.reshaping += m.matches(node, RESHAPE)
        for kind, operator in OPERATORS:
            if isinstance(node, kind):
                for changed in self.wanted(node, operator):
                    self.found.append((".".join(self.inside) or "module", node, changed))
        return True

    def on_leave(self, node: cst.CSTNode) -> None:
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self.inside.pop()
        self.raising -= isinstance(node, cst.Raise)
        self.reshaping -= m.matches(node, RESHAPE)

    def wanted(self, node: cst.CSTNode, operator) -> list[cst.CSTNode]:
        changes = list(operator(node))
        if operator.__name__ == "operator_string":  # of names, not prose, and one way is enough
            prose = self.raising or any(" " in changed.value for changed in changes)
            return [] if prose else changes[:1]
        if operator.__name__ == "operator_number" and self.reshaping:
            return [] if node.value == "1" else changes  # reshape(-2) is reshape(-1)
        if operator.__name__ == "operator_arg_removal":  # not: None in its place
            return [changed for changed in changes if len(changed.args) < len(node.args)]
        return changes


def mutants_of(path: str, root: Path) -> Iterator[Mutant]:
    module = cst.parse_module((root / path).read_text())
    collector = Collector()
    module.visit(collector)
    seen = Counter()
    for function, node, changed in collector.found:
        before, after = module.code_for_node(node), module.code_for_node(changed)
        key = f"{path} {function} {before} {after}"
        seen[key] += 1
        if before != after:
            name = sha256(f"{key} {seen[key]}".encode()).hexdigest()[:8]
            yield Mutant(name, path, function, module, node, changed)
