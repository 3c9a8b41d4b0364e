"""Build: the smallest complete training run."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def train_line(x, y, lr, steps):
    """Fit y = w x + b by gradient descent from w = b = 0; return w and b."""
    w = b = 0.0
    for _ in range(steps):
        error = w * x + b - y
        dw, db = (2 * error * x).mean(), (2 * error).mean()
        w, b = w - lr * dw, b - lr * db
    return w, b


# --- answers with one misconception each ---


def climbs(x, y, lr, steps):
    w = b = 0.0
    for _ in range(steps):
        error = w * x + b - y
        dw, db = (2 * error * x).mean(), (2 * error).mean()
        w, b = w + lr * dw, b + lr * db
    return w, b


def one_gradient_for_all_steps(x, y, lr, steps):
    w = b = 0.0
    error = w * x + b - y
    dw, db = (2 * error * x).mean(), (2 * error).mean()
    for _ in range(steps):
        w, b = w - lr * dw, b - lr * db
    return w, b


def b_sees_the_new_w(x, y, lr, steps):
    w = b = 0.0
    for _ in range(steps):
        w = w - lr * (2 * (w * x + b - y) * x).mean()
        b = b - lr * (2 * (w * x + b - y)).mean()
    return w, b


def never_moves_b(x, y, lr, steps):
    w = b = 0.0
    for _ in range(steps):
        w = w - lr * (2 * (w * x + b - y) * x).mean()
    return w, b


def one_step_too_few(x, y, lr, steps):
    w = b = 0.0
    for _ in range(1, steps):
        error = w * x + b - y
        w, b = w - lr * (2 * error * x).mean(), b - lr * (2 * error).mean()
    return w, b


def starts_afresh_in_each_step(x, y, lr, steps):
    for _ in range(steps):
        w = b = 0.0
        error = w * x + b - y
        w, b = w - lr * (2 * error * x).mean(), b - lr * (2 * error).mean()
    return w, b


def returns_inside_the_loop(x, y, lr, steps):
    w = b = 0.0
    for _ in range(steps):
        error = w * x + b - y
        w, b = w - lr * (2 * error * x).mean(), b - lr * (2 * error).mean()
        return w, b


def one_step_too_many(x, y, lr, steps):
    w = b = 0.0
    for _ in range(steps + 1):
        error = w * x + b - y
        w, b = w - lr * (2 * error * x).mean(), b - lr * (2 * error).mean()
    return w, b


def without_the_two(x, y, lr, steps):
    w = b = 0.0
    for _ in range(steps):
        error = w * x + b - y
        w, b = w - lr * (error * x).mean(), b - lr * error.mean()
    return w, b


def sums(x, y, lr, steps):
    w = b = 0.0
    for _ in range(steps):
        error = w * x + b - y
        w, b = w - lr * (2 * error * x).sum(), b - lr * (2 * error).sum()
    return w, b


def the_best_line(x, y, lr, steps):
    w, b = np.polyfit(np.asarray(x), np.asarray(y), 1)
    return w, b


# --- unusual and right ---


def as_a_vector(x, y, lr, steps):
    columns = np.column_stack([np.asarray(x), np.ones(len(x))])
    both = np.zeros(2)
    for _ in range(steps):
        both -= lr * 2 * columns.T @ (columns @ both - np.asarray(y)) / len(x)
    return both


def by_recursion(x, y, lr, steps, w=0.0, b=0.0):
    if steps == 0:
        return [w, b]
    error = b + w * x - y
    dw, db = 2 * (error * x).sum() / len(x), 2 * error.sum() / len(x)
    return by_recursion(x, y, lr, steps - 1, w - lr * dw, b - lr * db)


def with_torch_optim(x, y, lr, steps):
    import torch

    x, y = torch.as_tensor(x), torch.as_tensor(y)
    both = torch.zeros(2, dtype=x.dtype, requires_grad=True)
    optimizer = torch.optim.SGD([both], lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        ((both[0] * x + both[1] - y) ** 2).mean().backward()
        optimizer.step()
    return both


SETTINGS = [
    ([1.0, 2.0, 3.0], [3.0, 5.0, 7.0], 0.1, 1),
    ([1.0, 2.0, 3.0], [3.0, 5.0, 7.0], 0.1, 3),
    ([-1.0, 0.5, 2.0, 1.0], [4.0, 1.0, -3.0, 0.0], 0.05, 20),
    ([0.5, 1.5], [1.0, 0.0], 0.2, 7),
    ([0.0, 2.0], [1.0, 3.0], 0.1, 2),
]


def cases():
    return [
        Case(
            (paths.array(path, x), paths.array(path, y), lr, steps), _oracle(x, y, lr, steps),
            path=path,
        )
        for path in paths.available()
        for x, y, lr, steps in SETTINGS
    ]


def _oracle(x, y, lr, steps):
    """In closed form: the distance to the best line shrinks by the matrix I - lr·H in each step."""
    columns = np.column_stack([x, np.ones(len(x))])
    hessian = 2 * columns.T @ columns / len(x)
    best = np.linalg.lstsq(columns, np.array(y), rcond=None)[0]
    return best - np.linalg.matrix_power(np.eye(2) - lr * hessian, steps) @ best


EXERCISE = Exercise(
    identifier="learning_loop.train_line",
    title="train a line",
    level="build",
    prompt=(
        "Write `train_line(x, y, lr, steps)`: start at w = b = 0, take `steps` steps of gradient "
        "descent on the mean squared error of w·x + b, and return w and b. Compute both gradients "
        "before you change either number. `x` and `y` are NumPy arrays, or torch tensors, of shape "
        "(N,). Example: for `x` = (1, 2, 3), `y` = (3, 5, 7) and `lr=0.1`, one step gives 2.266667 "
        "and 1.0; three steps give 2.043852 and 0.907556."
    ),
    stub='''\
def train_line(x, y, lr, steps):
    """Fit y = w x + b by gradient descent from w = b = 0; return w and b."""
    return ...
''',
    solution=train_line,
    cases=cases,
    hints=(
        "Set w and b before the loop. In the loop: error, gradients, update.",
        "The gradients are those of the exercise before, with the error of the present w and b: "
        "they are computed anew in every step.",
        "Both numbers move against their own gradient, by lr times as much, and only after both "
        "gradients are known. The return comes after the loop.",
    ),
    passed="These few lines are a complete training. What follows makes the model larger.",
    mistakes=(
        Mistake(
            "goes uphill",
            "w and b run away from the data: the gradient points uphill, so subtract it.",
            answers=(climbs,),
        ),
        Mistake(
            "computes the gradient only once",
            "The first step is right, the others repeat it. After each update the gradient is "
            "another: compute it inside the loop.",
            answers=(one_gradient_for_all_steps,),
        ),
        Mistake(
            "the gradient of b sees the new w",
            "w was changed before the gradient of b was computed. Compute both from the same "
            "prediction, then change both.",
            answers=(b_sees_the_new_w,),
        ),
        Mistake(
            "never updates b",
            "b is still 0. It is a parameter like w: it has a gradient, and the same rule moves "
            "it.",
            answers=(never_moves_b,),
        ),
        Mistake(
            "one step too few",
            "This is the result after one step less: range(1, steps), say, counts steps - 1 times.",
            answers=(one_step_too_few,),
        ),
        Mistake(
            "never gets beyond the first step",
            "However many steps, it is the result of one: either w = b = 0 or the return stands "
            "inside the loop.",
            answers=(starts_afresh_in_each_step, returns_inside_the_loop),
        ),
        Mistake(
            "one step too many",
            "This is the result after one step more than asked: count how often your loop runs for "
            "steps = 1.",
            answers=(one_step_too_many,),
        ),
        Mistake(
            "leaves out the factor 2",
            "Each step is half as long as it should be: the slope of a square brings down a 2.",
            answers=(without_the_two,),
        ),
        Mistake(
            "adds up instead of averaging",
            "Each step is too long by the number of points: the loss is a mean, so the gradients "
            "are means too.",
            answers=(sums,),
        ),
        Mistake(
            "gives the best line at once",
            "This is the line with the smallest loss, whatever lr and steps are. Asked is where "
            "`steps` steps of size lr lead from w = b = 0.",
            answers=(the_best_line,),
        ),
    ),
    also_right=(as_a_vector, by_recursion, with_torch_optim),
    by_hand=(
        Asked(
            "x = (0, 2), y = (1, 3), rate 0.1, after 2 steps",
            (np.array([0.0, 2.0]), np.array([1.0, 3.0]), 0.1, 2),
            ("w", "b"),
        ),
    ),
)
