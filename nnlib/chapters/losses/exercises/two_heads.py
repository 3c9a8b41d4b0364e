"""Build: one network with two kinds of answers, and the sum of their losses."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def two_heads(output, numbers, labels, weight):
    """Loss of (rows, 1 + C) outputs, a number and C logits, and its gradient."""
    rows = np.arange(len(output))
    error, z = output[:, 0] - numbers, output[:, 1:]
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.empty_like(output)
    gradient[:, 0] = 2 * error / len(output)
    gradient[:, 1:] = np.exp(log_p)
    gradient[rows, 1 + labels] -= 1
    gradient[:, 1:] *= weight / len(output)
    return np.mean(error**2) - weight * log_p[rows, labels].mean(), gradient


# --- answers with one misconception each ---


def weight_in_the_loss_only(output, numbers, labels, weight):
    import nnlib.numpy as nn

    mse, cross_entropy = nn.MSELoss(), nn.CrossEntropyLoss()
    squared, crossed = mse(output[:, 0], numbers), cross_entropy(output[:, 1:], labels)
    for_number, for_logits = mse.backward()[:, None], cross_entropy.backward()
    return squared + weight * crossed, np.hstack([for_number, for_logits])


def forgets_the_weight(output, numbers, labels, weight):
    import nnlib.numpy as nn

    mse, cross_entropy = nn.MSELoss(), nn.CrossEntropyLoss()
    squared, crossed = mse(output[:, 0], numbers), cross_entropy(output[:, 1:], labels)
    for_number, for_logits = mse.backward()[:, None], cross_entropy.backward()
    return squared + crossed, np.hstack([for_number, for_logits])


def weighs_the_number(output, numbers, labels, weight):
    import nnlib.numpy as nn

    mse, cross_entropy = nn.MSELoss(), nn.CrossEntropyLoss()
    squared, crossed = mse(output[:, 0], numbers), cross_entropy(output[:, 1:], labels)
    for_number, for_logits = mse.backward()[:, None], cross_entropy.backward()
    return weight * squared + crossed, np.hstack([weight * for_number, for_logits])


def takes_the_mean_of_both(output, numbers, labels, weight):
    import nnlib.numpy as nn

    mse, cross_entropy = nn.MSELoss(), nn.CrossEntropyLoss()
    squared, crossed = mse(output[:, 0], numbers), cross_entropy(output[:, 1:], labels)
    for_number, for_logits = mse.backward()[:, None], cross_entropy.backward()
    return (squared + weight * crossed) / 2, np.hstack([for_number, weight * for_logits]) / 2


def gradient_of_the_sum(output, numbers, labels, weight):
    import nnlib.numpy as nn

    mse, cross_entropy = nn.MSELoss(), nn.CrossEntropyLoss()
    squared, crossed = mse(output[:, 0], numbers), cross_entropy(output[:, 1:], labels)
    for_number, for_logits = mse.backward()[:, None], cross_entropy.backward()
    gradient = np.hstack([for_number, weight * for_logits]) * len(output)
    return squared + weight * crossed, gradient


def forgets_the_two(output, numbers, labels, weight):
    import nnlib.numpy as nn

    mse, cross_entropy = nn.MSELoss(), nn.CrossEntropyLoss()
    squared, crossed = mse(output[:, 0], numbers), cross_entropy(output[:, 1:], labels)
    for_number, for_logits = mse.backward()[:, None], cross_entropy.backward()
    return squared + weight * crossed, np.hstack([for_number / 2, weight * for_logits])


def every_output_a_logit(output, numbers, labels, weight):
    rows = np.arange(len(output))
    shifted = output - output.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.exp(log_p)
    gradient[rows, 1 + labels] -= 1
    gradient *= weight / len(output)
    gradient[:, 0] += 2 * (output[:, 0] - numbers) / len(output)
    loss = np.mean((output[:, 0] - numbers) ** 2) - weight * log_p[rows, 1 + labels].mean()
    return loss, gradient


def without_the_shift(output, numbers, labels, weight):
    rows = np.arange(len(output))
    error, z = output[:, 0] - numbers, output[:, 1:]
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    gradient = np.hstack([2 * error[:, None], weight * np.exp(log_p)])
    gradient[rows, 1 + labels] -= weight
    return np.mean(error**2) - weight * log_p[rows, labels].mean(), gradient / len(output)


def labels_one_place_off(output, numbers, labels, weight):
    rows = np.arange(len(output))
    error, z = output[:, 0] - numbers, output[:, 1:]
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.hstack([2 * error[:, None], weight * np.exp(log_p)])
    gradient[rows, labels] -= weight
    return np.mean(error**2) - weight * log_p[rows, labels].mean(), gradient / len(output)


def number_among_the_classes(output, numbers, labels, weight):
    import nnlib.numpy as nn

    mse, cross_entropy = nn.MSELoss(), nn.CrossEntropyLoss()
    loss = mse(output[:, 0], numbers) + weight * cross_entropy(output, labels)
    gradient = weight * cross_entropy.backward()
    gradient[:, 0] += mse.backward()
    return loss, gradient


def number_in_the_last_column(output, numbers, labels, weight):
    import nnlib.numpy as nn

    mse, cross_entropy = nn.MSELoss(), nn.CrossEntropyLoss()
    loss = mse(output[:, -1], numbers) + weight * cross_entropy(output[:, :-1], labels)
    return loss, np.column_stack([weight * cross_entropy.backward(), mse.backward()])


def column_against_row(output, numbers, labels, weight):
    import nnlib.numpy as nn

    cross_entropy, error = nn.CrossEntropyLoss(), output[:, :1] - numbers
    loss = np.mean(error**2) + weight * cross_entropy(output[:, 1:], labels)
    for_number = 2 * error.mean(axis=1) / len(numbers)
    return loss, np.column_stack([for_number, weight * cross_entropy.backward()])


def column_0_of_the_sum(output, numbers, labels, weight):
    import nnlib.numpy as nn

    cross_entropy, error = nn.CrossEntropyLoss(), output[:, 0] - numbers
    loss = np.mean(error**2) + weight * cross_entropy(output[:, 1:], labels)
    return loss, np.column_stack([2 * error, weight * cross_entropy.backward()])


def weighs_the_whole_gradient(output, numbers, labels, weight):
    import nnlib.numpy as nn

    mse, cross_entropy = nn.MSELoss(), nn.CrossEntropyLoss()
    loss = mse(output[:, 0], numbers) + weight * cross_entropy(output[:, 1:], labels)
    return loss, weight * np.column_stack([mse.backward(), cross_entropy.backward()])


def without_the_shift_by_p(output, numbers, labels, weight):
    error, z = output[:, 0] - numbers, output[:, 1:]
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    one_hot = np.eye(z.shape[1])[labels]
    crossed = -(one_hot * np.log(p)).sum() / len(z)
    gradient = np.column_stack([2 * error, weight * (p - one_hot)]) / len(z)
    return np.mean(error**2) + weight * crossed, gradient


# --- unusual and right ---


def by_the_library(output, numbers, labels, weight):
    import nnlib.numpy as nn

    mse, crossed = nn.MSELoss(), nn.CrossEntropyLoss()
    loss = mse(output[:, :1], numbers[:, None]) + weight * crossed(output[:, 1:], labels)
    return loss, np.concatenate([mse.backward(), weight * crossed.backward()], axis=1)


def by_autograd(output, numbers, labels, weight):
    import torch

    t = torch.tensor(output, requires_grad=True)
    loss = torch.nn.functional.mse_loss(t[:, 0], torch.as_tensor(numbers))
    loss = loss + weight * torch.nn.functional.cross_entropy(t[:, 1:], torch.as_tensor(labels))
    loss.backward()
    return loss.item(), t.grad


FORM = ("loss", "slope by the number", "slope by the first logit", "slope by the second logit")


def cases():
    settings = [
        ([[3.0, 2.0, 1.0, 0.1]], [2.5], [0], 1.0),
        ([[3.0, 2.0, 1.0, 0.1], [-1.0, 0.0, 0.5, -2.0]], [2.0, 1.0], [2, 1], 10.0),
        ([[0.5, 1.0, -1.0], [2.0, 0.3, 0.1], [4.0, -2.0, 2.5]], [1.5, 0.0, 4.0], [1, 0, 0], 0.5),
        ([[7.0, 2.0, 1.0, 0.1], [5.0, 0.0, 0.0, 0.0]], [7.0, 5.0], [1, 2], 3.0),
        ([[1.0, 1500.0, 0.0, 3.0], [2.0, -900.0, -901.0, -902.0]], [1.5, 2.5], [1, 0], 2.0),
        ([[3.0, 2.0, 1.0], [1.0, 0.5, 2.0], [2.0, 1.0, 1.0]], [2.0, 3.0, 1.5], [1, 1, 0], 4.0),
        ([[2.0, 1.0, 1.0]], [1.5], [1], 3.0),
        ([[1.0, 800.0, 800.0]], [3.0], [0], 0.5),
    ]
    return [
        Case((np.array(output), np.array(numbers), np.array(labels), weight),
             oracle(output, numbers, labels, weight))
        for output, numbers, labels, weight in settings
    ]


def oracle(output, numbers, labels, weight):
    """The loss by plain sums; the gradient by central differences in decimal arithmetic."""
    from decimal import Decimal, localcontext

    def loss(values):
        total = Decimal(0)
        for row, number, label in zip(values, numbers, labels, strict=True):
            total += (row[0] - Decimal(number)) ** 2
            crossed = sum(value.exp() for value in row[1:]).ln() - row[1 + label]
            total += Decimal(weight) * crossed
        return total / len(values)

    with localcontext() as context:
        context.prec = 60
        step, exact = Decimal("1e-20"), [[Decimal(v) for v in row] for row in output]
        gradient = np.zeros((len(output), len(output[0])))
        for i, row in enumerate(exact):
            for j, value in enumerate(row):
                row[j] = value + step
                above = loss(exact)
                row[j] = value - step
                gradient[i, j] = float((above - loss(exact)) / (2 * step))
                row[j] = value
        return float(loss(exact)), gradient


EXERCISE = Exercise(
    identifier="losses.two_heads",
    title="two answers, one loss",
    level="build",
    prompt=(
        "A network gives 1 + C outputs a row: first a number, then C logits. Write "
        "`two_heads(output, numbers, labels, weight)` for NumPy arrays of shape (rows, 1 + C), "
        "(rows,) and (rows,): the mean squared error of the number plus `weight` times the mean "
        "cross-entropy of the logits, whatever finite logits they are. Return "
        "that loss and its gradient with respect to `output`. "
        "Example: the row (3, 2, 1, 0.1) with the number 2.5, the label 0 and the weight 1 gives "
        "0.667030 and (1, -0.340999, 0.242433, 0.098566)."
    ),
    stub='''\
def two_heads(output, numbers, labels, weight):
    """Loss of (rows, 1 + C) outputs, a number and C logits, and its gradient."""
    return ...
''',
    solution=two_heads,
    cases=cases,
    hints=(
        "The two losses look at different columns. What does each one's gradient say about the "
        "other's columns?",
        "The loss is a sum, so the gradient is the sum of two gradients: 2e/rows for column 0, "
        "weight · (p - y)/rows for the others.",
        "np.hstack puts two blocks of columns side by side, (rows, 1) and (rows, C). You may use "
        "the library's MSELoss and CrossEntropyLoss.",
    ),
    passed="Losses add up, and so do their gradients; the weight decides who is heard.",
    mistakes=(
        Mistake(
            "weighs the loss and not its gradient",
            "The loss is right. In its gradient the weight is missing.",
            answers=(weight_in_the_loss_only,),
        ),
        Mistake(
            "forgets the weight",
            "With the weight 1 this is right: weight is used nowhere.",
            answers=(forgets_the_weight,),
        ),
        Mistake(
            "weighs the other loss",
            "The weight stands in front of the wrong one of the two losses.",
            answers=(weighs_the_number,),
        ),
        Mistake(
            "averages the two losses",
            "This is half of it: the losses are added, not averaged.",
            answers=(takes_the_mean_of_both,),
        ),
        Mistake(
            "gives the gradient of sums over rows",
            "The loss is right. The gradient is that of sums over the rows, and both losses are "
            "means.",
            answers=(gradient_of_the_sum,),
        ),
        Mistake(
            "forgets the 2 of the square",
            "The gradient in column 0 is half of what it should be. What is the slope of e²?",
            answers=(forgets_the_two,),
        ),
        Mistake(
            "takes the number for a logit",
            "Softmax goes over the logits alone, columns 1 and on. Here the number takes a share "
            "of the probability.",
            answers=(every_output_a_logit,),
        ),
        Mistake(
            "leaves out the shift",
            "e^1500 overflows: the logits need the shift of the stable softmax.",
            answers=(without_the_shift,),
        ),
        Mistake(
            "misses the column by one",
            "The loss is right. In the gradient the 1 is subtracted one place too far to the left: "
            "the first column is the number.",
            answers=(labels_one_place_off,),
        ),
        Mistake(
            "gives all columns to the softmax, labels as they are",
            "The number went into the softmax, and the labels count from its column. The logits "
            "are the columns after it.",
            answers=(number_among_the_classes,),
        ),
        Mistake(
            "takes the last column for the number",
            "The number is the first of the outputs of a row, not the last.",
            answers=(number_in_the_last_column,),
        ),
        Mistake(
            "meets every number with every target",
            "(rows, 1) minus (rows,) is (rows, rows): every prediction met every target.",
            answers=(column_against_row,),
        ),
        Mistake(
            "forgets the mean in column 0",
            "Right but for column 0 of the gradient, which is too large by the number of rows: "
            "the squared error is a mean too.",
            answers=(column_0_of_the_sum,),
        ),
        Mistake(
            "weighs the whole gradient",
            "Right but for column 0 of the gradient: the number's part carries no weight in the "
            "loss.",
            answers=(weighs_the_whole_gradient,),
        ),
        Mistake(
            "divides infinity by infinity",
            "e^1500 overflows, and infinity over infinity is NaN: the logits need the shift of the "
            "stable softmax.",
            answers=(without_the_shift_by_p,),
        ),
    ),
    also_right=(by_the_library, by_autograd),
    by_hand=(
        Asked("output (2, 1, 1), number 1.5, label 1, weight 3",
              (np.array([[2.0, 1.0, 1.0]]), np.array([1.5]), np.array([1]), 3.0), FORM),
        Asked("output (1, 800, 800), number 3, label 0, weight 0.5",
              (np.array([[1.0, 800.0, 800.0]]), np.array([3.0]), np.array([0]), 0.5), FORM),
    ),
)
