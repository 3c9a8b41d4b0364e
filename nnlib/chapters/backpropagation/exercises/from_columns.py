"""Compute: gradients in the convention of columns, as those of a Dense layer."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def from_columns(a, delta):
    """(dW, db) for Dense and a mean loss, from columns and a summed loss."""
    count = a.shape[1]
    return a @ delta.T / count, delta.sum(axis=1) / count


# --- answers with one misconception each ---


def of_the_sum(a, delta):
    return a @ delta.T, delta.sum(axis=1)


def in_the_layout_of_torch(a, delta):
    return delta @ a.T / a.shape[1], delta.mean(1)


def bias_of_the_sum(a, delta):
    return a @ delta.T / a.shape[1], delta.sum(axis=1)


def weight_of_the_sum(a, delta):
    return a @ delta.T, delta.mean(1)


def bias_over_the_units(a, delta):
    return a @ delta.T / a.shape[1], delta.sum(axis=0) / a.shape[1]


def keeps_the_axis(a, delta):
    return a @ delta.T / a.shape[1], (delta.sum(axis=1) / a.shape[1])[:, None]


def divides_by_the_inputs(a, delta):
    return a @ delta.T / len(a), delta.sum(axis=1) / len(a)


def divides_by_the_units(a, delta):
    return a @ delta.T / len(delta), delta.sum(axis=1) / len(delta)


def divides_by_all_entries(a, delta):
    count = delta.shape[0] * delta.shape[1]
    return a @ delta.T / count, delta.sum(axis=1) / count


def divides_twice(a, delta):
    return a @ delta.T / a.shape[1] ** 2, delta.sum(axis=1) / a.shape[1] ** 2


def means_of_both(a, delta):
    inputs, errors = a.mean(1), delta.mean(1)
    return inputs[:, None] * errors, errors


def formulas_for_rows(a, delta):
    return a.T @ delta, delta.sum(axis=0)


def reshapes(a, delta):
    weight = delta @ a.T / a.shape[1]
    return weight.reshape(len(a), len(delta)), delta.mean(1)


# --- unusual and right ---


def turned_into_rows(a, delta):
    rows = delta.T / len(delta.T)
    return [np.asarray(a.T).T @ np.asarray(rows), rows.sum(0)]


def example_by_example(a, delta):
    a, delta = np.asarray(a), np.asarray(delta)
    weight = np.mean([np.outer(x, d) for x, d in zip(a.T, delta.T, strict=True)], axis=0)
    return weight, [float(np.mean(row)) for row in delta]


def by_autograd(a, delta):
    import torch

    rows, errors = (torch.tensor(np.asarray(array).T) for array in (a, delta))
    weight = torch.zeros(rows.shape[1], errors.shape[1], dtype=rows.dtype, requires_grad=True)
    bias = torch.zeros(errors.shape[1], dtype=rows.dtype, requires_grad=True)
    loss = ((rows @ weight + bias) * errors).sum(1).mean()
    return torch.autograd.grad(loss, (weight, bias))


SMALL = ([[1.0, 3.0], [2.0, -1.0]], [[0.5, 0.25]])
WIDE = ([[2.0, 1.0, 0.0, 3.0]], [[1.0, 2.0, -1.0, 0.5], [0.0, 4.0, 2.0, 1.0]])
DEEP = (
    [[1.0, -2.0], [0.5, 3.0], [2.0, 0.0], [4.0, 1.0]], [[1.0, 0.5], [-1.0, 2.0], [3.0, -0.5]],
)
SQUARE = ([[1.0, 2.0], [-3.0, 4.0]], [[0.5, -1.0], [2.0, 3.0]])
ONE_UNIT = ([[1.0, 3.0]], [[0.5, 0.25]])
TWO_UNITS = ([[2.0, 4.0]], [[1.0, 3.0], [0.0, -4.0]])


def cases():
    return [
        Case(tuple(paths.array(path, one) for one in pair), one_number_at_a_time(*pair), path)
        for path in paths.available()
        for pair in (SMALL, WIDE, DEEP, SQUARE, ONE_UNIT, TWO_UNITS)
    ]


def one_number_at_a_time(a, delta):
    """Each entry as the mean over the examples of input times error."""
    count = len(a[0])
    weight = [
        [sum(inputs[k] * errors[k] for k in range(count)) / count for errors in delta]
        for inputs in a
    ]
    return [np.array(weight), np.array([sum(errors) / count for errors in delta])]


def same_as(answer, item) -> bool:
    return comparing.same(comparing.plain(answer(*item.case.make_arguments())), item.result)


def multiplies_rows(seen) -> bool:
    """Inputs or errors are turned over for a batch in rows, which fits where both are as many."""
    for item in seen:
        a, delta = (np.asarray(one) for one in item.case.make_arguments())
        if len(a) != len(delta):
            if not isinstance(item.error, (ValueError, RuntimeError)):
                return False
            continue
        shares = [np.ravel(item.result[0]) / np.ravel(one) for one in (a.T @ delta, delta.T @ a)]
        if not any(np.allclose(share, share[0]) for share in shares):
            return False
    return True


EXERCISE = Exercise(
    identifier="backpropagation.from_columns",
    title="from columns to rows",
    level="compute",
    prompt=(
        "A paper has one example in each *column*: the inputs `a` of a layer are (in, batch), the "
        "errors `delta` = ∂L/∂Z are (out, batch), and its loss is the *sum* over the examples. "
        "You want the gradients for `Dense`, whose weight is (in, out) and whose bias is (out,), "
        "and for the *mean* over the examples. Write `from_columns(a, delta)`, of NumPy arrays or "
        "torch tensors, that returns both, the weight's first. Example: two inputs, 1 and 2, of "
        "one example with the error 3 at one unit give [[3], [6]] and [3]."
    ),
    stub='''\
def from_columns(a, delta):
    """(dW, db) for Dense and a mean loss, from columns and a summed loss."""
    return ...
''',
    solution=from_columns,
    cases=cases,
    hints=(
        "Write the shapes under the letters. Which axis has to disappear in each of the results, "
        "and which two have to stay, in which order?",
        "A matrix product sums over the axis that the two have in common when they stand side by "
        "side: that has to be the examples.",
        "From the sum to the mean is one division, and both results need it. By which of the three "
        "lengths?",
    ),
    passed=(
        "No formula to learn by heart: the axis of the examples is summed away, and those that "
        "stay take the order of the layout."
    ),
    mistakes=(
        Mistake(
            "stays with the sum",
            "Both are as many times too large as there are examples: these are the gradients of "
            "the summed loss.",
            answers=(of_the_sum,),
        ),
        Mistake(
            "takes the layout of torch",
            "The weight is (out, in), as the paper and torch.nn.Linear have it. Dense has "
            "(in, out).",
            answers=(in_the_layout_of_torch,),
        ),
        Mistake(
            "divides one of the two",
            "One of the two is the gradient of the mean, the other still that of the sum.",
            answers=(bias_of_the_sum, weight_of_the_sum),
            recognise=lambda seen: any(
                all(same_as(answer, item) for item in seen)
                for answer in (bias_of_the_sum, weight_of_the_sum)
            ),
        ),
        Mistake(
            "sums the bias over the units",
            "The weight is right. The bias has one number for each unit, so the sum goes over the "
            "other axis: examples are columns here.",
            answers=(bias_over_the_units,),
        ),
        Mistake(
            "keeps an axis of the bias",
            "The numbers are right. The bias of Dense is (out,), and this is (out, 1), as in the "
            "paper.",
            answers=(keeps_the_axis,),
        ),
        Mistake(
            "divides by another length",
            "The division is by the number of inputs or of units, or of all entries. A mean over "
            "examples divides by their number: which axis is that here?",
            answers=(divides_by_the_inputs, divides_by_the_units, divides_by_all_entries),
            recognise=lambda seen: any(
                all(same_as(answer, item) for item in seen)
                for answer in (divides_by_the_inputs, divides_by_the_units, divides_by_all_entries)
            ),
        ),
        Mistake(
            "divides twice",
            "Both are too small by the number of examples: it is divided by twice.",
            answers=(divides_twice,),
        ),
        Mistake(
            "multiplies the means",
            "The bias is right. The weight's is the mean of products, and you took the product of "
            "means: an example's error belongs to its own input.",
            answers=(means_of_both,),
        ),
        Mistake(
            "reshapes",
            "The shape is right and the numbers stand in the wrong places: from one layout to the "
            "other axes change places, and reshape does not do that.",
            answers=(reshapes,),
        ),
        Mistake(
            "takes the formulas for rows",
            "These are formulas for examples in rows. Here each example is a column: which axis "
            "of both arrays has to be summed away, and where does it stand beside @?",
            answers=(formulas_for_rows,),
            recognise=multiplies_rows,
        ),
    ),
    also_right=(turned_into_rows, example_by_example, by_autograd),
    by_hand=(
        Asked("a = [[1, 3]], δ = [[0.5, 0.25]]", ONE_UNIT, ("weight", "bias")),
        Asked("a = [[2, 4]], δ = [[1, 3], [0, −4]]", TWO_UNITS,
              ("weight 1", "weight 2", "bias 1", "bias 2")),
    ),
)
