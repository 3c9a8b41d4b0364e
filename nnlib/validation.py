"""The checks of both paths, and the sentences they raise with.

Nothing here touches an array: a check gets shapes, dtype names and plain numbers, so the NumPy path
and the torch path say the same words about the same mistake. Every sentence names the object, what
it expected and what came.

Which exception means what: ``ValueError`` a shape or an argument, ``TypeError`` a kind of object or
a dtype, ``IndexError`` a class or token id, ``RuntimeError`` calls in the wrong order.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral, Real

import numpy as np

FLOAT_DTYPES = ("float32", "float64")
REDUCTIONS = ("mean", "sum", "none")

Shape = Sequence[int]


def show(shape: Shape) -> str:
    """Write a shape as Python writes a tuple, also for ``torch.Size``: ``(32, 10)``, ``(5,)``."""
    return str(tuple(int(size) for size in shape))


# ------------------------------------------------------------------------------------- arguments


def check_positive_int(owner: str, argument: str, value) -> int:
    """Raise unless ``value`` is an integer of at least 1 (``True`` is not one); return it."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{owner} expected {argument} to be an integer, got {value!r}")
    if value < 1:
        raise ValueError(f"{owner} expected {argument} >= 1, got {value}")
    return int(value)


def check_at_least(owner: str, argument: str, value, lowest: float = 0.0) -> float:
    """Raise unless ``value`` is a finite number of at least ``lowest``; return it as a float.

    A plain float is what the arithmetic wants: a NumPy float64 scalar would turn float32 arrays
    into float64 ones (NEP 50), a Python float does not.
    """
    value = _number(owner, argument, value)
    if not value >= lowest:  # written so that nan fails too
        raise ValueError(f"{owner} expected {argument} >= {lowest:g}, got {value:g}")
    if math.isinf(value):
        raise ValueError(f"{owner} expected a finite {argument}, got {value:g}")
    return value


def check_above(owner: str, argument: str, value, bound: float = 0.0) -> float:
    """Raise unless ``value`` is a finite number above ``bound``; return it as a float."""
    value = _number(owner, argument, value)
    if not value > bound:
        raise ValueError(f"{owner} expected {argument} > {bound:g}, got {value:g}")
    if math.isinf(value):
        raise ValueError(f"{owner} expected a finite {argument}, got {value:g}")
    return value


def check_finite(owner: str, argument: str, value) -> float:
    """Raise unless ``value`` is a finite number; return it as a float."""
    value = _number(owner, argument, value)
    if not math.isfinite(value):
        raise ValueError(f"{owner} expected a finite {argument}, got {value:g}")
    return value


def check_fraction(owner: str, argument: str, value, *, one: bool = False) -> float:
    """Raise unless ``0 <= value < 1`` (``0 <= value <= 1`` with ``one=True``); return a float."""
    value = _number(owner, argument, value)
    if not (0.0 <= value < 1.0 or (one and value == 1.0)):
        sign = "<=" if one else "<"
        raise ValueError(f"{owner} expected 0 <= {argument} {sign} 1, got {value:g}")
    return value


def check_choice(owner: str, argument: str, value, choices: Iterable) -> None:
    """Raise unless ``value`` is one of ``choices``."""
    choices = tuple(choices)
    if value not in choices:
        listed = ", ".join(repr(choice) for choice in choices)
        raise ValueError(f"{owner} expected {argument} to be one of {listed}, got {value!r}")


def check_reduction(owner: str, reduction) -> None:
    """Raise unless ``reduction`` is "mean", "sum" or "none"."""
    check_choice(owner, "reduction", reduction, REDUCTIONS)


def check_float_dtype_name(owner: str, dtype) -> str:
    """Raise unless ``dtype`` (a name or a NumPy dtype) is float32 or float64; return its name."""
    try:
        name = np.dtype(dtype).name
    except TypeError:
        name = str(dtype)
    if name not in FLOAT_DTYPES:
        raise TypeError(f"{owner} expected dtype 'float32' or 'float64', got {name!r}")
    return name


def check_generator(owner: str, rng) -> np.random.Generator:
    """Raise unless ``rng`` is a NumPy generator: every random number comes from an explicit one."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"{owner} expected rng to be a numpy.random.Generator, got {type(rng).__name__}: "
            "make one with np.random.default_rng(seed)"
        )
    return rng


def check_nesterov(owner: str, nesterov: bool, momentum: float) -> None:
    """Raise if the look-ahead is asked for without a momentum to look ahead along."""
    if nesterov and momentum == 0.0:
        raise ValueError(f"{owner} expected momentum > 0 with nesterov=True, got momentum=0")


def _number(owner: str, argument: str, value) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{owner} expected {argument} to be a number, got {value!r}")
    return float(value)


# ---------------------------------------------------------------------------------------- arrays


def check_features(owner: str, shape: Shape, features: int, argument: str) -> None:
    """Raise unless ``shape`` is ``(batch, ..., features)``."""
    if len(shape) < 2:
        raise ValueError(
            f"{owner} expected input of shape (batch, {features}), got {show(shape)}: "
            "the first axis is the batch, so one row alone is x[None, :]"
        )
    if shape[-1] != features:
        raise ValueError(
            f"{owner} expected input of shape (batch, {features}), got {show(shape)}: "
            f"the last axis must equal {argument}={features}"
        )


def check_several_values(owner: str, shape: Shape) -> None:
    """Raise unless each feature (last axis) has two values or more: one has no variance."""
    values = math.prod(shape[:-1])
    if values < 2:
        raise ValueError(
            f"{owner} expected at least 2 values per feature in training, got {values} in input of "
            f"shape {show(shape)}: the variance of the batch is not defined; model.eval() uses the "
            "running one"
        )


def check_sequences(owner: str, shape: Shape, features: int, argument: str) -> None:
    """Raise unless ``shape`` is ``(batch, time, features)``."""
    if len(shape) != 3:
        raise ValueError(
            f"{owner} expected input of shape (batch, time, {features}), got {show(shape)}"
        )
    if shape[-1] != features:
        raise ValueError(
            f"{owner} expected input of shape (batch, time, {features}), got {show(shape)}: "
            f"the last axis must equal {argument}={features}"
        )


def check_not_without_steps(owner: str, shape: Shape) -> None:
    """Raise for sequences of no time steps: there is no last state to return."""
    if shape[1] < 1:
        raise ValueError(
            f"{owner} expected at least one time step, got input of shape {show(shape)}"
        )


def check_heads(owner: str, embed_dim: int, num_heads: int) -> None:
    """Raise unless the heads share the embedding evenly."""
    if embed_dim % num_heads:
        raise ValueError(
            f"{owner} expected num_heads to divide embed_dim={embed_dim}, got {num_heads}"
        )


def check_mask(owner: str, dtype_name: str, mask: Shape, expected: Shape) -> None:
    """Raise unless a mask is boolean and fits ``expected``, (batch, heads, queries, keys).

    Two axes are (queries, keys), three (batch, queries, keys); a 1 there serves for all.
    """
    if dtype_name != "bool":
        raise TypeError(f"{owner} expected a bool mask, got {dtype_name}: True means may attend")
    batch, _, queries, keys = expected
    by_axes = {2: (queries, keys), 3: (batch, queries, keys), 4: tuple(expected)}
    fitting = by_axes.get(len(mask))
    if fitting is None or any(
        size not in (1, full) for size, full in zip(mask, fitting, strict=True)
    ):
        raise ValueError(
            f"{owner} expected mask of shape {show((queries, keys))}, "
            f"{show((batch, queries, keys))} or {show(expected)}, where an axis may be 1, "
            f"got {show(mask)}"
        )


def not_an_array(owner: str, what: str, expected: str, got: str) -> TypeError:
    """The error for a list or an array of the other path; ``expected`` names this path's kind."""
    return TypeError(
        f"{owner} expected {what} to be a {expected}, got {got}: nn.tensor(x) makes one"
    )


def check_batch_axis(owner: str, shape: Shape) -> None:
    """Raise for a single number, which has no batch axis."""
    if len(shape) < 1:
        raise ValueError(f"{owner} expected input of shape (batch, ...), got {show(shape)}")


def check_float(owner: str, dtype_name: str, what: str = "input") -> None:
    """Raise unless the dtype is float32 or float64."""
    if dtype_name not in FLOAT_DTYPES:
        raise TypeError(f"{owner} expected float32 or float64 {what}, got {dtype_name}")


def check_dtype(owner: str, got: str, expected: str, what: str = "input") -> None:
    """Raise for mixed dtypes instead of computing silently in the wider one."""
    if got == expected:
        return
    other = f" or the model with model.astype('{got}')" if got in FLOAT_DTYPES else ""
    raise TypeError(
        f"{owner} expected {expected} {what}, got {got}: dtypes are never mixed, "
        f"convert the array{other}"
    )


def check_grad_output(owner: str, shape: Shape, output_shape: Shape) -> None:
    """Raise unless the incoming gradient has the shape of the output it belongs to."""
    if tuple(shape) != tuple(output_shape):
        raise ValueError(
            f"{owner}.backward expected grad_output of shape {show(output_shape)}, "
            f"got {show(shape)}: a gradient has the shape of what it is the gradient of"
        )


def check_residual(owner: str, shape: Shape, output_shape: Shape) -> None:
    """Raise unless the wrapped module keeps the shape, so that ``x + f(x)`` adds like to like."""
    if tuple(shape) != tuple(output_shape):
        raise ValueError(
            f"{owner} expected its module to return the input's shape {show(shape)}, "
            f"got {show(output_shape)}: x + f(x) adds element by element"
        )


def no_forward(owner: str) -> RuntimeError:
    """The error for a backward that has no forward of its own."""
    return RuntimeError(
        f"{owner}.backward expected a forward before it: each backward uses up what one forward "
        "kept, and a forward under no_grad() keeps nothing"
    )


def check_sequence(owner: str, shape: Shape, max_len: int, embed_dim: int) -> None:
    """Raise unless ``shape`` is ``(batch, sequence, embed_dim)``, the sequence not too long."""
    if len(shape) != 3 or shape[2] != embed_dim:
        raise ValueError(
            f"{owner} expected input of shape (batch, sequence, {embed_dim}), got {show(shape)}: "
            f"the last of three axes must equal embed_dim={embed_dim}"
        )
    if shape[1] > max_len:
        raise ValueError(
            f"{owner} expected sequences of at most max_len={max_len}, got {show(shape)}: "
            f"their length is {shape[1]}"
        )


def check_ids(owner: str, lowest: int, highest: int, count: int) -> None:
    """Raise unless all ids, from ``lowest`` to ``highest``, are rows of a table of ``count``."""
    if lowest < 0 or highest >= count:
        raise IndexError(
            f"{owner} expected ids from 0 to {count - 1}, "
            f"got {int(lowest if lowest < 0 else highest)}: the table has {count} rows"
        )


def id_dtype(owner: str, dtype_name: str) -> TypeError:
    """The error for ids that are not integers."""
    return TypeError(f"{owner} expected integer ids, got {dtype_name}")


# ---------------------------------------------------------------------------------------- losses


def check_same_shape(owner: str, prediction: Shape, target: Shape) -> None:
    """Raise unless both shapes are equal: (N, 1) against (N,) would broadcast to (N, N)."""
    if tuple(prediction) != tuple(target):
        raise ValueError(
            f"{owner} expected prediction and target of the same shape, "
            f"got {show(prediction)} and {show(target)}"
        )


def check_not_empty(owner: str, shape: Shape, reduction: str) -> None:
    """Raise for the mean of nothing, which is not a number."""
    if reduction == "mean" and 0 in tuple(shape):
        raise ValueError(
            f"{owner} expected at least one row, got prediction of shape {show(shape)}: "
            "the mean over nothing is not defined"
        )


def check_label_shape(owner: str, prediction: Shape, target: Shape) -> None:
    """Raise unless integer labels have the shape of the prediction without its class axis."""
    if len(prediction) < 1 or prediction[-1] < 1:
        raise ValueError(
            f"{owner} expected prediction of shape (batch, classes), got {show(prediction)}"
        )
    if tuple(target) != tuple(prediction[:-1]):
        raise ValueError(
            f"{owner} expected integer labels of shape {show(prediction[:-1])} "
            f"for prediction of shape {show(prediction)}, got {show(target)}"
        )


def check_class_axis(owner: str, prediction: Shape) -> None:
    """Raise for a single number, which has no last axis to hold a distribution."""
    if len(prediction) < 1:
        raise ValueError(
            f"{owner} expected prediction of shape (batch, classes), got {show(prediction)}"
        )


def class_out_of_range(owner: str, label: int, classes: int) -> IndexError:
    """The error for a label that names no class; negative ones would count from the end."""
    return IndexError(
        f"{owner} expected class labels from 0 to {classes - 1}, got {int(label)}: "
        f"the prediction has {classes} classes"
    )


def label_dtype(owner: str, dtype_name: str) -> TypeError:
    """The error for labels that are neither integers nor probabilities."""
    return TypeError(
        f"{owner} expected integer labels or float rows of probabilities, got {dtype_name}"
    )


def float_labels(owner: str, dtype_name: str, shape: Shape) -> TypeError:
    """The error for labels that are floats: a class has a number, and no number between two."""
    return TypeError(
        f"{owner} expected labels to be integers, got {dtype_name} of shape {show(shape)}: "
        "nn.tensor(labels, dtype='int64') makes them"
    )


# ------------------------------------------------------------------------------------------- data


def not_numbers(owner: str, what: str, got: str) -> TypeError:
    """The error for data that NumPy does not read as numbers."""
    hint = ""
    if got.startswith("text"):
        hint = ": names, numbers = np.unique(column, return_inverse=True) numbers the words"
    return TypeError(f"{owner} expected numbers in {what}, got {got}{hint}")


def rows_differ(owner: str, what: str) -> ValueError:
    """The error for a list whose rows do not fit into one array."""
    return ValueError(
        f"{owner} expected rows of one shape in {what}, got rows that differ in length: "
        "pad or cut them to one length"
    )


def no_rows(owner: str, what: str) -> ValueError:
    """The error for one number where rows are expected."""
    return ValueError(f"{owner} expected {what} to have rows, got a single number")


def not_finite(owner: str, what: str, value, row: int, count: int) -> ValueError:
    """The error for NaN or infinity in data."""
    rows = "" if count == 1 else f", the first of {count} such rows"
    return ValueError(
        f"{owner} expected finite numbers in {what}, got {value:g} in row {row}{rows}: "
        "leave such rows out or fill in what is missing"
    )


# -------------------------------------------------------------------------------- models, training


def check_layer(owner: str, position, layer, module_type: type) -> None:
    """Raise unless ``layer`` is a module object (a class or a function is the usual slip)."""
    if isinstance(layer, module_type):
        return
    name = getattr(layer, "__name__", type(layer).__name__)
    where = "" if position is None else f" at position {position}"
    hint = f": write {name}() to make one" if isinstance(layer, type) else ""
    raise TypeError(f"{owner} expected a layer{where}, got {name}{hint}")


def check_used_once(owner: str, named_modules: Iterable[tuple[str, object]]) -> None:
    """Raise if one object appears twice: it keeps one forward, so its first use would be lost."""
    seen: dict[int, str] = {}
    for name, module in named_modules:
        if id(module) in seen:
            raise ValueError(
                f"{owner} got the same {type(module).__name__} object twice, as "
                f"'{seen[id(module)]}' and '{name}': a layer keeps what its backward needs from "
                "one forward only, so build a second layer"
            )
        seen[id(module)] = name


def check_state(owner: str, expected: Mapping[str, Shape], given: Mapping[str, Shape]) -> None:
    """Raise one sentence that names every missing, unexpected and wrongly shaped entry."""
    problems = []
    if missing := [name for name in expected if name not in given]:
        problems.append("missing " + ", ".join(missing))
    if unexpected := [name for name in given if name not in expected]:
        problems.append("unexpected " + ", ".join(unexpected))
    problems += [
        f"{name} of shape {show(given[name])} where {show(shape)} is expected"
        for name, shape in expected.items()
        if name in given and tuple(given[name]) != tuple(shape)
    ]
    if problems:
        raise ValueError(
            f"{owner} cannot load this state, nothing was changed: {'; '.join(problems)}"
        )


def check_parameters(owner: str, parameters: Sequence, parameter_type: type) -> None:
    """Raise unless ``parameters`` are some parameters, each of them once."""
    if not parameters:
        raise ValueError(
            f"{owner} expected at least one parameter, got none: pass model.parameters(), "
            "and pass it anew each time because it can be walked through only once"
        )
    seen = set()
    for parameter in parameters:
        if not isinstance(parameter, parameter_type):
            raise TypeError(
                f"{owner} expected parameters, got {type(parameter).__name__}: "
                "pass model.parameters()"
            )
        if id(parameter) in seen:
            raise ValueError(
                f"{owner} got the same parameter of shape {show(parameter.shape)} twice: "
                "it would be updated twice in each step"
            )
        seen.add(id(parameter))


def check_same_length(owner: str, x_rows: int, y_rows: int) -> None:
    """Raise unless there is one target for each row."""
    if x_rows != y_rows:
        raise ValueError(
            f"{owner} expected as many targets as rows, got {x_rows} rows and {y_rows} targets"
        )
