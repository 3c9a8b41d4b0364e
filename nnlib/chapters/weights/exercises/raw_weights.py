"""Compute: the neuron for raw inputs that equals one for standardised inputs."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def raw_weights(w, b, mean, std):
    """Weights and bias that give, from raw inputs, the z of standardised ones."""
    return w / std, b - (w * mean / std).sum()


# --- answers with one misconception each ---


def multiplies(w, b, mean, std):
    return w * std, b - (w * mean * std).sum()


def keeps_the_bias(w, b, mean, std):
    return w / std, b


def adds_the_means(w, b, mean, std):
    return w / std, b + (w * mean / std).sum()


def shifts_by_unscaled_weights(w, b, mean, std):
    return w / std, b - (w * mean).sum()


def shifts_by_the_means(w, b, mean, std):
    return w / std, b - (mean / std).sum()


def a_bias_for_each_input(w, b, mean, std):
    return w / std, b - w * mean / std


def a_mean_for_each_input(w, b, mean, std):
    return w / std, b - mean / std


def divides_after_the_sum(w, b, mean, std):
    return w / std, b - (w * mean).sum() / std


def leaves_everything(w, b, mean, std):
    return w, b


def divides_twice(w, b, mean, std):
    w = w / std
    return w, b - (w * mean / std).sum()


# --- unusual and right ---


def by_probing(w, b, mean, std):
    w, mean, std = np.asarray(w), np.asarray(mean), np.asarray(std)

    def z(x):
        return w @ ((x - mean) / std) + b

    at_zero = z(np.zeros(len(w)))
    return np.array([z(row) - at_zero for row in np.eye(len(w))]), at_zero


def with_a_loop(w, b, mean, std):
    raw = []
    for i in range(len(w)):
        raw.append(w[i] / std[i])
        b = b - raw[i] * mean[i]
    return raw, b


SETTINGS = [
    ([1.2, 0.3], 0.4, [40.0, 50_000.0], [15.0, 25_000.0]),
    ([-2.0, 0.5, 1.0], -1.0, [0.0, 3.0, -2.0], [1.0, 0.5, 4.0]),
    ([1.0], 0.0, [10.0], [2.0]),
]


def cases():
    return [
        Case(
            (paths.array(path, w), b, paths.array(path, mean), paths.array(path, std)),
            _oracle(w, b, mean, std), path=path,
        )
        for path in paths.available()
        for w, b, mean, std in SETTINGS
    ]


def _oracle(w, b, mean, std):
    """The two numbers or more that fit z at enough raw points, by least squares."""
    count = len(w)
    points = np.random.default_rng(count).normal(size=(count + 3, count)) * std + mean
    z = ((points - mean) / std) @ np.array(w) + b
    # Columns of very different size are made alike for the solve, and undone after it.
    columns = np.column_stack([points / std, np.ones(len(points))])
    found = np.linalg.lstsq(columns, z, rcond=None)[0]
    return found[:-1] / std, float(found[-1])


def has_many_biases(seen) -> bool:
    """Whether every neuron with several inputs was given as many biases as weights."""
    inputs = [len(item.case.make_arguments()[0]) for item in seen]
    return all(
        isinstance(item.result, np.ndarray) and item.result.shape == (2, count)
        for item, count in zip(seen, inputs, strict=True) if count > 1
    )


EXERCISE = Exercise(
    identifier="weights.raw_weights",
    title="back to years and money",
    level="compute",
    prompt=(
        "A neuron was trained on standardised inputs, (x − mean) / std, and has the weights `w` "
        "and the bias `b`. Write `raw_weights(w, b, mean, std)`: the weights and the bias of the "
        "neuron that takes the raw inputs x and gives the same z. All but `b` are NumPy arrays, or "
        "torch tensors, of one length. Example: `w = [1.0]`, `b = 0.0`, `mean = [10.0]`, "
        "`std = [2.0]` give the weight 0.5 and the bias -5."
    ),
    stub='''\
def raw_weights(w, b, mean, std):
    """Weights and bias that give, from raw inputs, the z of standardised ones."""
    return ...                          # two things: weights, bias
''',
    solution=raw_weights,
    cases=cases,
    hints=(
        "Write z = w · (x − mean) / std + b for one input and multiply out. What stands before x?",
        "What multiplies x is the new weight. What is left does not depend on x: it is the new "
        "bias.",
        "With several inputs each brings a shift of its own; together with the old b they add up "
        "to one number.",
    ),
    passed="Scaling changes the numbers that training has to find, not what a neuron can express.",
    mistakes=(
        Mistake(
            "multiplies by the deviation",
            "An input that varies by 25,000 needs a small weight, and this one is 25,000 times "
            "as large.",
            answers=(multiplies,),
        ),
        Mistake(
            "keeps the bias",
            "The weights are right. But standardising also subtracts the mean, and the bias has to "
            "take that over.",
            answers=(keeps_the_bias,),
        ),
        Mistake(
            "adds the means",
            "The sign of the shift is wrong: in w · (x − mean) the mean is subtracted.",
            answers=(adds_the_means,),
        ),
        Mistake(
            "shifts by weights that are not divided",
            "In the bias std is missing: in (x − mean) / std it divides the mean as well.",
            answers=(shifts_by_unscaled_weights,),
        ),
        Mistake(
            "shifts by the means alone",
            "The shift of each input has lost its weight.",
            answers=(shifts_by_the_means,),
        ),
        Mistake(
            "a bias for each input",
            "The bias has become an array. It is one number: the shifts of the inputs add up.",
            answers=(a_bias_for_each_input, a_mean_for_each_input, divides_after_the_sum),
            recognise=has_many_biases,
        ),
        Mistake(
            "leaves everything as it was",
            "Raw inputs are far larger than standardised ones: the same weights give another z.",
            answers=(leaves_everything,),
        ),
        Mistake(
            "divides twice",
            "In the bias this divides by std twice: the new weights are divided already.",
            answers=(divides_twice,),
        ),
    ),
    also_right=(by_probing, with_a_loop),
    by_hand=(
        Asked(
            "w = (1.2, 0.3), b = 0.4, mean (40, 50000), std (15, 25000)",
            (np.array([1.2, 0.3]), 0.4, np.array([40.0, 50000.0]), np.array([15.0, 25000.0])),
            ("first weight", "second weight", "bias"),
        ),
    ),
)
