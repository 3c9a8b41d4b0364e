"""Repair, case H: half of the way to the edge, measured with another loss."""

import numpy as np

from nnlib.exercises.exercise import Case, Exercise, Mistake


def safe_rate(x):
    """Half of the edge 2/λmax, for a linear model and the mean squared error."""
    inputs = np.column_stack([x, np.ones(len(x))])     # the bias sees a 1
    curvature = 2 * inputs.T @ inputs / len(x)         # of the mean squared error
    largest = np.linalg.eigvalsh(curvature).max()
    edge = 2 / largest
    return edge / 2


def broken(x):
    """Half of the edge 2/λmax, for a linear model and the mean squared error."""
    inputs = np.column_stack([x, np.ones(len(x))])     # the bias sees a 1
    curvature = inputs.T @ inputs / len(x)             # of the mean squared error
    largest = np.linalg.eigvalsh(curvature).max()
    edge = 2 / largest
    return edge / 2


# --- answers with one misconception each ---


def a_quarter(x):
    inputs = np.column_stack([x, np.ones(len(x))])
    return 2 / np.linalg.eigvalsh(2 * inputs.T @ inputs / len(x)).max() / 4


def a_quarter_by_singular_values(x):
    a = np.hstack([x, np.ones((len(x), 1))])
    return len(a) / (4 * np.linalg.norm(a, 2) ** 2)


def a_quarter_by_halving(x):
    a = np.insert(x, 0, 1.0, axis=1)
    rate = 2 / (2 * np.linalg.eigvalsh(a.T @ a).max() / len(a))
    return rate / 4


def without_the_bias(x):
    return 1 / np.linalg.eigvalsh(2 * x.T @ x / len(x)).max()


def without_the_bias_by_singular_values(x):
    return len(x) / (2 * np.linalg.svd(x, compute_uv=False)[0] ** 2)


def without_the_bias_by_norm(x):
    edge = 2 / (2 * np.linalg.norm(x, 2) ** 2 / len(x))
    return edge / 2


def smallest(x):
    inputs = np.column_stack([x, np.ones(len(x))])
    return 1 / np.linalg.eigvalsh(2 * inputs.T @ inputs / len(x)).min()


def smallest_by_singular_values(x):
    a = np.hstack([x, np.ones((len(x), 1))])
    return len(a) / (2 * np.linalg.svd(a, compute_uv=False)[-1] ** 2)


def smallest_by_inverse(x):
    a = np.insert(x, 0, 1.0, axis=1)
    return np.linalg.eigvalsh(np.linalg.inv(2 * a.T @ a / len(a))).max()


def of_the_sum(x):
    inputs = np.column_stack([x, np.ones(len(x))])
    return 1 / np.linalg.eigvalsh(2 * inputs.T @ inputs).max()


def of_the_sum_by_norm(x):
    a = np.hstack([x, np.ones((len(x), 1))])
    return 0.5 / np.linalg.norm(a, 2) ** 2


def of_the_sum_by_edge(x):
    a = np.insert(x, 0, 1.0, axis=1)
    edge = 2 / (2 * np.linalg.svd(a, compute_uv=False).max() ** 2)
    return edge * 0.5


def by_the_diagonal(x):
    inputs = np.column_stack([x, np.ones(len(x))])
    return 1 / np.diag(2 * inputs.T @ inputs / len(x)).max()


def by_the_largest_column(x):
    squares = [np.mean(column**2) for column in (*x.T, np.ones(len(x)))]
    return 1 / (2 * max(squares))


def by_the_largest_mean_square(x):
    largest = max(1.0, float((x * x).mean(axis=0).max()))
    edge = 2 / (2 * largest)
    return edge / 2


def the_edge(x):
    inputs = np.column_stack([x, np.ones(len(x))])
    return 2 / np.linalg.eigvalsh(2 * inputs.T @ inputs / len(x)).max()


def centred(x):
    inputs = np.column_stack([x, np.ones(len(x))])
    return 1 / np.linalg.eigvalsh(2 * np.cov(inputs.T, bias=True)).max()


def mean_curvature(x):
    inputs = np.column_stack([x, np.ones(len(x))])
    return 1 / np.linalg.eigvalsh(2 * inputs.T @ inputs / len(x)).mean()


# --- unusual and right ---


def by_singular_values(x):
    """λmax of AᵀA is the square of the largest singular value of A."""
    a = np.hstack([np.ones((len(x), 1)), x])
    return len(a) / (2 * np.linalg.svd(a, compute_uv=False)[0] ** 2)


def cases():
    return [_case(0, 6, 2, 1.0), _case(1, 8, 3, 0.5), _case(2, 5, 2, 2.0)]


def _case(seed, rows, features, size):
    x = size * np.random.default_rng(seed).normal(0.7, 1, size=(rows, features))
    return Case((x,), 1 / _largest_curvature(x))


def _largest_curvature(x, updates=20_000):
    """By power iteration: what repeated multiplication stretches most."""
    a = np.array([[*row, 1.0] for row in x.tolist()])
    v = np.ones(a.shape[1])
    for _ in range(updates):
        v = 2 * a.T @ (a @ v) / len(a)
        size = float(np.sqrt(v @ v))
        v = v / size
    return size


EXERCISE = Exercise(
    identifier="debugging.safe_rate",
    title="case H, half of the way to the edge",
    level="repair",
    prompt=(
        "Code that would give case H its rate. It should give half of the rate at which training "
        "begins to diverge, for full-batch steps of a linear model with a bias on the *mean "
        "squared error*, the mean of (prediction − target)². With what it gives, training goes to "
        "and fro and hardly comes down. Mend it."
    ),
    solution=safe_rate,
    broken=broken,
    cases=cases,
    hints=(
        "Try it on one input that is always 0: only the bias is left, and the loss is a parabola, "
        "(b − y)². Which is its second derivative, and at which rate does it diverge?",
        "The second derivative of an error's square is not 1.",
    ),
    passed="The curvature of a squared error is twice the mean square of the inputs: without the "
           "factor 2, half of the way is the edge itself.",
    mistakes=(
        Mistake(
            "goes a quarter of the way",
            "The rate is half of what is asked: it lies at a quarter of the edge.",
            answers=(a_quarter, a_quarter_by_singular_values, a_quarter_by_halving),
        ),
        Mistake(
            "gives the edge",
            "What it gives is the edge itself, and half of that is asked. Which of its numbers is "
            "half as large, or twice as large, as it should be?",
            answers=(the_edge,),
        ),
        Mistake(
            "centres the inputs",
            "A covariance takes the means off. The inputs come with theirs, and that of the bias "
            "is always 1: what is centred loses it.",
            answers=(centred,),
        ),
        Mistake(
            "averages the directions",
            "That is the mean of the curvatures. The most curved direction diverges first, "
            "whatever the others do.",
            answers=(mean_curvature,),
        ),
        Mistake(
            "leaves the bias out",
            "The factor is right. But the bias is a weight too, of an input that is always 1.",
            answers=(without_the_bias, without_the_bias_by_singular_values,
                     without_the_bias_by_norm),
        ),
        Mistake(
            "takes the flattest direction",
            "That is the edge of the direction that is least curved. The most curved one diverges "
            "first.",
            answers=(smallest, smallest_by_singular_values, smallest_by_inverse),
        ),
        Mistake(
            "measures the sum of the squares",
            "That is the curvature of the sum over the rows. The loss here is their mean.",
            answers=(of_the_sum, of_the_sum_by_norm, of_the_sum_by_edge),
        ),
        Mistake(
            "looks at each weight by itself",
            "That is the curvature along the axes. Inputs that vary together make a direction "
            "between the axes more curved than either.",
            answers=(by_the_diagonal, by_the_largest_column, by_the_largest_mean_square),
        ),
    ),
    also_right=(by_singular_values,),
)
