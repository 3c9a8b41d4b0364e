"""Every small change that `tools/mutate_solutions.py` may make to a node of a solution.

An operator, a comparison, a number, an operand or an argument left out or exchanged, a condition
turned round, a line dropped: what a reader may get wrong. Nodes are those of Python's own `ast`.
"""

import ast
import copy
from collections.abc import Iterator

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
