"""Build: a dense layer, forward and backward."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def dense_layer(x, weight, bias, grad_y):
    """Return y = x W + b, and the gradients of x, W and b for a given dL/dy."""
    y = x @ weight + bias                     # (batch, out)
    grad_x = grad_y @ weight.T                # (batch, in)
    grad_weight = x.T @ grad_y                # (in, out)
    grad_bias = grad_y.sum(0)                 # (out,)
    return y, grad_x, grad_weight, grad_bias


# --- answers with one misconception each ---


def averages_over_the_batch(x, weight, bias, grad_y):
    n = len(x)
    return x @ weight + bias, grad_y @ weight.T, x.T @ grad_y / n, grad_y.sum(0) / n


def averages_over_the_batch_by_mean(x, weight, bias, grad_y):
    return x @ weight + bias, grad_y @ weight.T, x.T @ grad_y / x.shape[0], grad_y.mean(0)


def sums_the_bias_over_units(x, weight, bias, grad_y):
    return x @ weight + bias, grad_y @ weight.T, x.T @ grad_y, grad_y.sum(1)


def bias_gradient_not_summed(x, weight, bias, grad_y):
    return x @ weight + bias, grad_y @ weight.T, x.T @ grad_y, grad_y


def forgets_the_bias(x, weight, bias, grad_y):
    return x @ weight, grad_y @ weight.T, x.T @ grad_y, grad_y.sum(0)


def upstream_gradient_is_one(x, weight, bias, grad_y):
    ones = grad_y * 0 + 1
    return x @ weight + bias, ones @ weight.T, x.T @ ones, ones.sum(0)


def weight_gradient_transposed(x, weight, bias, grad_y):
    return x @ weight + bias, grad_y @ weight.T, grad_y.T @ x, grad_y.sum(0)


def input_gradient_transposed(x, weight, bias, grad_y):
    return x @ weight + bias, weight @ grad_y.T, x.T @ grad_y, grad_y.sum(0)


def weight_not_transposed(x, weight, bias, grad_y):
    return x @ weight + bias, grad_y @ weight, x.T @ grad_y, grad_y.sum(0)


def input_not_transposed(x, weight, bias, grad_y):
    return x @ weight + bias, grad_y @ weight.T, x @ grad_y, grad_y.sum(0)


def bias_summed_over_everything(x, weight, bias, grad_y):
    return x @ weight + bias, grad_y @ weight.T, x.T @ grad_y, grad_y.sum()


def gradients_in_another_order(x, weight, bias, grad_y):
    return x @ weight + bias, x.T @ grad_y, grad_y.sum(0), grad_y @ weight.T


def weight_gradient_before_that_of_x(x, weight, bias, grad_y):
    return x @ weight + bias, x.T @ grad_y, grad_y @ weight.T, grad_y.sum(0)


def bias_gradient_is_one(x, weight, bias, grad_y):
    return x @ weight + bias, grad_y @ weight.T, x.T @ grad_y, bias * 0 + 1


def weight_as_torch_stores_it(x, weight, bias, grad_y):
    return x @ weight.T + bias, grad_y @ weight, grad_y.T @ x, grad_y.sum(0)


# --- unusual and right ---


def by_einsum(x, weight, bias, grad_y):
    x, weight, bias, grad_y = (np.asarray(a) for a in (x, weight, bias, grad_y))
    return [
        np.einsum("ni,ij->nj", x, weight) + bias, np.einsum("nj,ij->ni", grad_y, weight),
        np.einsum("ni,nj->ij", x, grad_y), np.einsum("nj->j", grad_y),
    ]


def example_by_example(x, weight, bias, grad_y):
    x, weight, bias, grad_y = (np.array(a) for a in (x, weight, bias, grad_y))
    grad_weight, grad_bias = np.zeros_like(weight), np.zeros_like(bias)
    y, grad_x = [], []
    for one, g in zip(x, grad_y, strict=True):
        y.append(one @ weight + bias)
        grad_x.append(weight @ g)
        grad_weight += np.outer(one, g)
        grad_bias += g
    return np.array(y), np.array(grad_x), grad_weight, grad_bias


def with_autograd(x, weight, bias, grad_y):
    import torch

    made = [torch.as_tensor(a).clone().requires_grad_() for a in (x, weight, bias)]
    y = made[0] @ made[1] + made[2]
    return (y, *torch.autograd.grad(y, made, torch.as_tensor(grad_y)))


BY_HAND = tuple(map(np.array, ([[2.0], [3.0]], [[5.0]], [2.0], [[10.0], [1.0]])))


def cases():
    made = [Case(BY_HAND, _oracle(*BY_HAND), path="numpy")]
    for path in paths.available():
        for seed, (batch, before, after) in enumerate([(4, 3, 2), (2, 3, 3), (3, 3, 2)]):
            rng = np.random.default_rng(seed)
            arrays = [rng.normal(size=shape).round(2) for shape in
                      ((batch, before), (before, after), (after,), (batch, after))]
            made.append(Case(tuple(paths.array(path, a) for a in arrays), _oracle(*arrays),
                             path=path))
    return made


def _oracle(x, weight, bias, grad_y):
    """By differences: a step of 1 is exact, because y is linear in each of the three."""
    def scalar(x, weight, bias):
        y = np.array([[sum(row[i] * weight[i, j] for i in range(len(row))) + bias[j]
                       for j in range(len(bias))] for row in x])
        return y, float((y * grad_y).sum())

    y, before = scalar(x, weight, bias)
    found = [y]
    for k, array in enumerate((x, weight, bias)):
        slopes = np.zeros_like(array)
        for index in np.ndindex(array.shape):
            moved = [a.copy() for a in (x, weight, bias)]
            moved[k][index] += 1
            slopes[index] = scalar(*moved)[1] - before
        found.append(slopes)
    return found


EXERCISE = Exercise(
    identifier="layers.dense_layer",
    title="a dense layer, both ways",
    level="build",
    prompt=(
        "Write `dense_layer(x, weight, bias, grad_y)`, for arrays of either path. Forward: "
        "`y = x W + b`. Backward: given `grad_y`, the gradient of the loss with respect to `y`, "
        "the gradients with respect to `x`, `weight` and `bias`, summed over the batch. Return "
        "the four in this order: `y, grad_x, grad_weight, grad_bias`. Every gradient has the shape "
        "of what it belongs to. Example: with one row `x = [[2., 3.]]`, `weight = [[1.], [4.]]`, "
        "`bias = [5.]` and `grad_y = [[10.]]`, the results are 19, then 10 and 40, 20 and 30, 10."
    ),
    stub='''\
def dense_layer(x, weight, bias, grad_y):
    """Return y = x W + b, and the gradients of x, W and b for a given dL/dy."""
    return ...                                # y, grad_x, grad_weight, grad_bias
''',
    solution=dense_layer,
    cases=cases,
    hints=(
        "Which index is summed in the formula of each gradient? Those axes of the two arrays have "
        "to meet.",
        "One entry: weight[i, j] touches y[n, j] by x[n, i], for every row n. Its gradient is the "
        "sum over n of x[n, i] * grad_y[n, j].",
        "grad_y is (batch, out), and the gradients are to be (batch, in), (in, out) and (out,). "
        "Which factor has to be transposed for each, and which axis goes?",
    ),
    passed="Three lines, and with them any chain of dense layers can be trained.",
    mistakes=(
        Mistake(
            "averages over the batch",
            "The gradients were divided by the number of rows. If the loss is a mean, grad_y "
            "already carries that division; here rows are only summed.",
            answers=(averages_over_the_batch, averages_over_the_batch_by_mean),
        ),
        Mistake(
            "sums the bias over units",
            "grad_bias has one number for each row. A bias serves all rows of its unit.",
            answers=(sums_the_bias_over_units,),
        ),
        Mistake(
            "does not sum the bias over the batch",
            "The bias was broadcast to every row on the way forward, so on the way back its "
            "gradients from all rows are summed.",
            answers=(bias_gradient_not_summed,),
        ),
        Mistake(
            "forgets the bias",
            "The gradients are right and y is not: the bias is missing from it.",
            answers=(forgets_the_bias,),
        ),
        Mistake(
            "takes the upstream gradient for one",
            "grad_y was not used. It is what the later layers send back; every gradient here is a "
            "product with it.",
            answers=(upstream_gradient_is_one,),
        ),
        Mistake(
            "transposes the weight gradient",
            "grad_weight has the shape (out, in), the weight has (in, out): the two factors are "
            "the wrong way round.",
            answers=(weight_gradient_transposed,),
        ),
        Mistake(
            "transposes the gradient of x",
            "grad_x has the shape (in, batch), x has (batch, in): the two factors are the wrong "
            "way round.",
            answers=(input_gradient_transposed,),
        ),
        Mistake(
            "does not transpose the weight",
            "On the way back the weight has to take (batch, out) to (batch, in). As it stands, it "
            "takes (batch, in) to (batch, out).",
            answers=(weight_not_transposed,),
        ),
        Mistake(
            "does not transpose x",
            "grad_weight sums over the rows, so the batch axes of x and grad_y have to meet.",
            answers=(input_not_transposed,),
        ),
        Mistake(
            "sums the bias over everything",
            "grad_bias is a single number. Each unit has a bias of its own.",
            answers=(bias_summed_over_everything,),
        ),
        Mistake(
            "returns the gradients in another order",
            "Asked is y, then the gradients of x, of the weight and of the bias, in this order.",
            answers=(gradients_in_another_order,),
        ),
        Mistake(
            "returns the gradient of the weight before that of x",
            "The gradients of x and of the weight have changed places: after y comes that of x.",
            answers=(weight_gradient_before_that_of_x,),
        ),
        Mistake(
            "gives the bias a gradient of ones",
            "The bias enters y with a slope of 1, and the chain rule multiplies that by grad_y, in "
            "every row.",
            answers=(bias_gradient_is_one,),
        ),
        Mistake(
            "takes the weight for one of torch.nn",
            "torch.nn.Linear keeps its weight as (out, in) and multiplies by weight.T. Here weight "
            "is (in, out) as it comes.",
            answers=(weight_as_torch_stores_it,),
        ),
    ),
    also_right=(by_einsum, example_by_example, with_autograd),
    by_hand=(
        Asked(
            "x = [[2], [3]], W = 5, b = 2, grad_y = [[10], [1]]", BY_HAND,
            ("y, row 1", "y, row 2", "grad_x, row 1", "grad_x, row 2", "grad_weight", "grad_bias"),
        ),
    ),
)
