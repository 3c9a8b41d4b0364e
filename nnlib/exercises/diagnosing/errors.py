"""What a raised error means in the reader's terms, with what was passed in."""

from __future__ import annotations

import re

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.diagnosing.evidence import parameter_names
from nnlib.exercises.outcomes import what_it_says

# What arrays of one path have and those of the other do not, and how that one says it.
TENSOR_SAYS = {
    "copy": "clone()", "astype": "to(torch.float64)", "transpose": "permute(...)",
    "size": "numel()", "repeat": "repeat_interleave(...)", "ptp": "max() - min()",
    "tolist": "tolist()", "fill": "fill_(...)", "sort": "sort().values",
    "nonzero": "nonzero()", "concatenate": "torch.cat(...)", "take": "index_select(...)",
}
ARRAY_SAYS = {
    "clone": "copy()", "unsqueeze": "[:, None]", "permute": "transpose(...)", "numpy": "nothing",
    "detach": "nothing: it is an array already", "view": "reshape(...)", "item": "float(...)",
    "to": "astype(...)", "float": 'astype("float64")', "exp": "np.exp(...)", "abs": "np.abs(...)",
    "log": "np.log(...)", "sqrt": "np.sqrt(...)", "numel": "size", "t": "T", "dim": "ndim",
    "softmax": "np.exp(...) and a division", "sigmoid": "1 / (1 + np.exp(-x))",
    "double": 'astype("float64")', "long": "astype(int)", "square": "** 2", "pow": "** 2",
}
BOTH_PATHS = "The same function is called with arrays of both paths"


def explain(exercise, item) -> str | None:
    """One or two sentences on the error of this observation; None where it says itself."""
    text = what_it_says(item.error)
    kind = type(item.error).__name__
    passed = _passed(exercise, item.case)
    for kinds, pattern, answer in RULES:
        found = re.search(pattern, text)
        if (not kinds or kind in kinds.split()) and found:
            return answer(found, passed) if callable(answer) else answer
    return None


def _passed(exercise, case) -> dict[str, object]:
    names = parameter_names(exercise)
    return dict(zip(names, case.make_arguments(), strict=False))


def _shapes(passed) -> str:
    """The shapes of the arrays that were passed in, as 'x (3, 2), w (2,)'."""
    told = [
        f"{name} {tuple(int(n) for n in np.shape(comparing.plain(value)))}"
        for name, value in passed.items()
        if isinstance(value, np.ndarray) or hasattr(value, "detach")
    ]
    return f" Passed in were {', '.join(told)}." if told else ""


def _fit(found, passed):
    shapes = re.findall(r"\((?:\d+,? ?)*\)|\b\d+x\d+\b", found.string)
    both = " and ".join(shapes[:2])
    named = f"The shapes {both} do not fit together." if len(shapes) > 1 else (
        "Two shapes do not fit together.")
    return f"{named}{_shapes(passed)} Write the shape behind each line of yours."


def _lengths(found, passed):
    first, second = found.groups()
    return (f"Two shapes do not fit together: one is {first} long where the other is {second}."
            f"{_shapes(passed)} Around @, the last axis on the left is as long as the last but "
            "one on the right; elsewhere axes are compared from the last, and 1 fits everything.")


def _outside(found, passed):
    index, _, length = found.groups()
    count = f"they count from 0 to {int(length) - 1}"
    if int(index) < 0:
        count = f"below 0 they count from the end, from -1 to -{length}"
    return f"There is no index {index} where there are {length} entries: {count}.{_shapes(passed)}"


def _other_path(found, passed):
    owner, name = found.groups()
    if owner == "Tensor":
        says = TENSOR_SAYS.get(name)
        advice = f"a tensor says {says}" if says else f"a tensor has no .{name}"
    else:
        says = ARRAY_SAYS.get(name)
        advice = f"an array says {says}" if says else f"an array has no .{name}"
    return (f"{BOTH_PATHS}, and {advice}. Operators, .sum, .mean, .reshape and indices are the "
            "same on both.")


OF_GENERATORS = {                          # what np.random has, and what a Generator calls it
    "randn": "standard_normal(shape)", "rand": "random(shape)", "randint": "integers(low, high)",
    "seed": "... of another np.random.default_rng(seed)",
}


def _no_such(found, passed):
    owner, name = found.groups()
    if owner in ("list", "tuple") and name in ("shape", "sum", "mean", "max", "T", "size", "ndim"):
        return (f"A {owner} has no .{name}: arrays have. Use len(...), sum(...) and a loop, or "
                "make an array of it with np.array(...).")
    if owner in ("float", "int", "bool"):
        return f"A number has no .{name}: something that you take for an array is one number here."
    if owner == "NoneType":
        return NOTHING
    if owner.endswith("Generator"):
        known = OF_GENERATORS.get(name)
        return known and f"A generator has no .{name}: write rng.{known}."
    return None


def _zero(found, passed):
    zeros = [name for name, value in passed.items() if comparing.is_real(value) and value == 0]
    said = f" In this call {' and '.join(zeros)} is 0." if zeros else ""
    return f"Something was divided by 0.{said} What should come out in that case?"


def _undefined(found, passed):
    name = found.group(1)
    modules = {"np": "import numpy as np", "torch": "import torch", "math": "import math",
               "plt": "import matplotlib.pyplot as plt", "nn": "import nnlib.numpy as nn"}
    if name in modules:
        return f"{name} is not there: run the cell with {modules[name]} first, or write it here."
    if passed and name.lower() in {other.lower() for other in passed}:
        return f"Capitals count: the parameters are {', '.join(passed)}."
    given = f" The parameters are {', '.join(passed)}." if passed else ""
    return (f"{name} is defined nowhere: is it a slip of the pen, or from a cell that was not "
            f"run?{given}")


def _calls(found, passed):
    what = found.group(1)
    return (f"Round brackets behind something of type {what} call it, and it is no function. "
            "For an index use square brackets; for a product write *.")


def _mixed(found, passed):
    kinds = {kind.rsplit(".", 1)[-1] for kind in found.groups() if kind}
    if "NoneType" in kinds:
        return NOTHING
    if kinds & {"function", "method", "builtin_function_or_method", "type"}:
        return "A function is used like a number: call it, with parentheses behind its name."
    if kinds & {"Tensor"} and kinds & {"ndarray"}:
        return MIXED
    if kinds & {"list", "tuple", "dict", "set"}:
        return ("Lists and tuples do not calculate entry by entry, arrays do: np.array(...), or a "
                "loop over the entries.")
    if "str" in kinds:
        return "Text is used like a number: convert it, or leave out the quotation marks."
    return None


def _unpacked(found, passed):
    return (f"{found.group(0).capitalize()}: there are not as many names on the left as values on "
            f"the right.{_shapes(passed)} Print what stands on the right.")


def _missing_key(found, passed):
    return f"There is no entry {found.group(0)}: print the keys that there are."


NOTHING = ("Something is None here: a function without a return gives None, and so do calls that "
           "change a thing in place, such as list.append or .sort; .grad is None before backward.")
MIXED = ("NumPy arrays and torch tensors are mixed. Keep to operators and methods that both have, "
         "or make one of the other: np.asarray(tensor), torch.as_tensor(array).")
TRUTH = ("A condition gets a whole array, and an array is not one truth. Say for all or for any of "
         "its entries: (...).all(), (...).any(), or choose entry by entry, with np.where(...). "
         "Between arrays write & and |, with parentheses, for `and` and `or`.")
INDEX = ("An index has to be a whole number: / always gives one with a point, // does not, and "
         "int(...) makes one of a number that is whole.")
ONE_NUMBER = ("A function for one number, such as float() or those of math, gets a whole array. "
              "Those of np and torch take arrays.")

# (kinds of error, or "" for any; a pattern in its text; what it means)
RULES = (
    ("TookTooLong", r"",
     "Does the condition of a loop ever become false, and does the loop change what it asks for?"),
    ("", r"truth value of an array|Boolean value of Tensor", TRUTH),
    ("", r"size (\d+) is different from (\d+)", _lengths),
    ("", r"tensor a \((\d+)\) must match the size of tensor b \((\d+)\)", _lengths),
    ("", r"cannot reshape array of size (\d+) into shape|shape '.*' is invalid for input of size",
     lambda found, passed: "A new shape has to hold exactly the numbers that there are: the "
     f"product of its lengths stays the same.{_shapes(passed)}"),
    ("", r"shapes? .*\(.*\).*\(.*\)|not aligned|cannot be multiplied|could not broadcast|"
     r"must match exactly|must match except|same shape|inconsistent tensor size", _fit),
    ("", r"axis -?\d+ is out of bounds|Dimension out of range", lambda found, passed:
     "There is no such axis: axes count from 0, so a flat array has axis 0 alone."
     + _shapes(passed)),
    ("IndexError", r"too many indices", lambda found, passed:
     "There are more indices than axes." + _shapes(passed)),
    ("IndexError", r"index (-?\d+) is out of bounds for (axis|dimension) \d+ with size (\d+)",
     _outside),
    ("IndexError", r"tuple index out of range", lambda found, passed:
     "A shape has no such entry: a flat array has shape[0] alone." + _shapes(passed)),
    ("IndexError", r"out of (range|bounds)",
     "An index is past the end: the last one is the length minus 1."),
    ("", r"indices must be integers|valid indices|must be of integer|be interpreted as an integer|"
     r"used as indices|index must be", INDEX),
    ("", r"only (length-1|0-dimensional) arrays|can only convert an array of size 1|only one "
     r"element tensors|scalar variable|elements? cannot be converted to Scalar", ONE_NUMBER),
    ("", r"must be Tensor, not|expected np.ndarray|expected Tensor|argument '\w+' .*must be Tensor",
     MIXED),
    ("", r"Can't call numpy\(\) on Tensor that requires grad",
     "A tensor that is part of a graph: take it out with .detach() before NumPy gets it."),
    ("", r"same dtype|expected .* scalar type|Found dtype|result type .* can't be cast|"
     r"Cannot cast ufunc",
     "Two kinds of numbers meet, say float32 and float64, or whole numbers and others: bring both "
     "to one dtype."),
    ("", r"could not infer output dtype|only supported for floating|must be floating",
     "Whole numbers are averaged here: make floats of them first."),
    ("", r"does not require grad|requires grad|backward through the graph",
     "Autograd follows tensors made with requires_grad=True, through one forward for one backward; "
     "this exercise needs none of it."),
    ("AttributeError", r"'(Tensor|numpy\.ndarray)' object has no attribute '(\w+)'", _other_path),
    ("AttributeError", r"'([\w.]+)' object has no attribute '(\w+)'", _no_such),
    ("AttributeError", r"module '([\w.]+)' has no attribute '(\w+)'", lambda found, passed:
     f"{found.group(1)} has no {found.group(2)}: is it spelt otherwise, or from another module?"),
    ("", r"'NoneType' object", NOTHING),
    ("TypeError", r"unsupported operand type\(s\) for .*: '([\w.]+)' and '([\w.]+)'", _mixed),
    ("TypeError", r"can't multiply sequence by non-int|can only concatenate", (
     "Lists and tuples do not calculate entry by entry, arrays do: np.array(...), or a loop over "
     "the entries.")),
    ("TypeError", r"bad operand type for .*: '([\w.]+)'()", _mixed),
    ("TypeError", r"'([\w.]+)' object is not callable", _calls),
    ("TypeError", r"'(\w+)' object is not (subscriptable|iterable)|len\(\) of|has no len|"
     r"iteration over a 0-d|does not support item assignment", lambda found, passed:
     "Something that you take for a list or an array is one thing here: it has no entries and no "
     "length." + _shapes(passed)),
    ("TypeError", r"unexpected keyword argument '(\w+)'|got an unexpected keyword|received an "
     r"invalid combination", lambda found, passed:
     f"{BOTH_PATHS}: one of them does not know this argument. Torch says dim where NumPy says "
     "axis. The methods x.sum(axis=0), x.mean(axis=0) and so on are the same on both."),
    ("TypeError", r"missing \d+ required positional",
     "A function is called with too few values: which does it ask for?"),
    ("TypeError", r"takes \d+ positional arguments? but",
     "A function is called with too many values: are they meant as one list?"),
    ("ValueError TypeError", r"(not enough|too many) values to unpack.*|cannot unpack", _unpacked),
    ("ValueError", r"math domain error|expected a (positive|nonnegative)",
     "math.log and math.sqrt refuse 0 and negative numbers: which of yours became so small?"),
    ("OverflowError", r"", "A number is too large for a float: e to the power of more than 709."),
    ("ZeroDivisionError", r"", _zero),
    ("UnboundLocalError", r"variable '?(\w+)'?", lambda found, passed:
     f"{found.group(1)} is read before it has a value: set it before the loop or the if, since a "
     "name that is assigned anywhere in a function belongs to that function."),
    ("NameError", r"name '(\w+)' is not defined", _undefined),
    ("KeyError", r".+", _missing_key),
    ("RecursionError", r"",
     "The function calls itself without an end: when does it return without a further call?"),
    ("ModuleNotFoundError ImportError", r"", "What is imported is not installed here; NumPy is "
     "enough for this exercise."),
    ("AssertionError", r"", "An assert of yours does not hold in this call."),
    ("StopIteration", r"", "next(...) asks for more than there is."),
    ("MemoryError", r"", "An array was asked for that does not fit into memory: which length is "
     "so large?"),
)
