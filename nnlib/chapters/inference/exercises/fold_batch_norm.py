"""Build: batch normalisation at inference, taken into the dense layer before it."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def fold_batch_norm(weight, bias, gamma, beta, mean, var, eps):
    """(weight, bias) of one dense layer that does what dense and batch norm do."""
    factor = gamma / (var + eps) ** 0.5              # (out,)
    return weight * factor, (bias - mean) * factor + beta


# --- answers with one misconception each ---


def scales_the_weight_only(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / (var + eps) ** 0.5
    return weight * factor, bias - mean + beta


def forgets_the_old_bias(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / (var + eps) ** 0.5
    return weight * factor, beta - mean * factor


def forgets_the_root(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / (var + eps)
    return weight * factor, (bias - mean) * factor + beta


def leaves_eps_out(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / var**0.5
    return weight * factor, (bias - mean) * factor + beta


def eps_outside(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / (var**0.5 + eps)
    return weight * factor, (bias - mean) * factor + beta


def mean_unscaled(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / (var + eps) ** 0.5
    return weight * factor, bias * factor - mean + beta


def adds_the_mean(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / (var + eps) ** 0.5
    return weight * factor, (bias + mean) * factor + beta


def scales_beta_too(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / (var + eps) ** 0.5
    return weight * factor, (bias - mean + beta) * factor


def leaves_gamma_out(weight, bias, gamma, beta, mean, var, eps):
    factor = 1 / (var + eps) ** 0.5
    return weight * factor, (bias - mean) * factor + beta


def bias_only(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / (var + eps) ** 0.5
    return weight, (bias - mean) * factor + beta


def turned(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / (var + eps) ** 0.5
    return (weight * factor).T, (bias - mean) * factor + beta


def forgets_beta(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / (var + eps) ** 0.5
    return weight * factor, (bias - mean) * factor


def forgets_the_mean(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / (var + eps) ** 0.5
    return weight * factor, bias * factor + beta


def old_bias_unscaled(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / (var + eps) ** 0.5
    return weight * factor, bias - mean * factor + beta


def shifts_the_weight(weight, bias, gamma, beta, mean, var, eps):
    factor = gamma / (var + eps) ** 0.5
    return (weight - mean) * factor, (bias - mean) * factor + beta


def exchanges_gamma_and_beta(weight, bias, gamma, beta, mean, var, eps):
    factor = beta / (var + eps) ** 0.5
    return weight * factor, (bias - mean) * factor + gamma


# --- unusual and right ---


def as_a_matrix(weight, bias, gamma, beta, mean, var, eps):
    factor = np.asarray(gamma) / np.sqrt(np.asarray(var) + eps)
    return (np.asarray(weight) @ np.diag(factor),
            np.asarray(beta) + np.asarray(bias) * factor - np.asarray(mean) * factor)


def unit_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        factor = float(gamma[k]) / (float(var[k]) + eps) ** 0.5
        columns.append([float(w) * factor for w in weight[:, k]])
        offsets.append((float(bias[k]) - float(mean[k])) * factor + float(beta[k]))
    return np.array(columns).T, np.array(offsets)


def by_asking(weight, bias, gamma, beta, mean, var, eps):
    """Ask the two layers what they make of zeros and of each unit vector."""
    def both(x):
        return gamma * (x @ weight + bias - mean) / (var + eps) ** 0.5 + beta

    zeros = 0 * weight.T                                    # (out, in), of the right path
    origin = both(zeros[:1])[0]
    rows = []
    for i in range(weight.shape[0]):
        unit = 0 * weight.T[:1]
        unit[0, i] = 1
        rows.append(both(unit)[0] - origin)
    return np.stack([np.asarray(row) for row in rows]), origin


# (weight, bias, gamma, beta, mean, var, eps)
GIVEN = [
    ([[3.0]], [1.0], [4.0], [5.0], [7.0], [3.0], 1.0),
    ([[1.0, 2.0]], [0.5, -1.0], [4.0, 0.5], [1.0, -2.0], [3.0, 1.0], [3.5, 0.75], 0.5),
    ([[1.0, -2.0, 0.5], [0.0, 3.0, 1.5]], [0.2, -0.4, 1.0], [1.5, -0.5, 2.0], [0.1, 0.2, -0.3],
     [0.6, -1.2, 2.0], [0.5, 2.0, 0.1], 0.01),
    ([[2.0, 1.0], [-1.0, 0.5]], [0.1, 0.2], [0.3, 3.0], [0.0, 1.0], [0.5, -0.7],
     [0.02, 9.0], 0.1),
]


def oracle(weight, bias, gamma, beta, mean, var, eps):
    """One entry at a time."""
    rows, units = len(weight), len(bias)
    factors = [g / (v + eps) ** 0.5 for g, v in zip(gamma, var, strict=True)]
    return (np.array([[weight[i][k] * factors[k] for k in range(units)] for i in range(rows)]),
            np.array([beta[k] + factors[k] * (bias[k] - mean[k]) for k in range(units)]))


def cases():
    return [
        Case((*(paths.array(path, part) for part in given[:-1]), given[-1]), oracle(*given),
             path=path)
        for path in paths.available() for given in GIVEN
    ]


def _asked(given, parts):
    names = ("weight", "bias", "γ", "β", "mean", "variance")
    said = "; ".join(f"{name} {' and '.join(f'{value:g}' for value in np.ravel(part))}"
                     for name, part in zip(names, given[:-1], strict=True))
    return Asked(f"{said}; ε {given[-1]:g}",
                 (*(np.array(part) for part in given[:-1]), given[-1]), parts)


EXERCISE = Exercise(
    identifier="inference.fold_batch_norm",
    title="two layers become one",
    level="build",
    prompt=(
        "At inference a batch normalisation multiplies each unit by a fixed number and adds "
        "another, so a dense layer can do both at once. Write `fold_batch_norm(weight, bias, "
        "gamma, beta, mean, var, eps)`: the weight and the bias of *one* dense layer that gives "
        "what `x @ weight + bias`, followed by batch normalisation with these running statistics, "
        "gives. (Of z it makes γ (z − mean) / √(variance + ε) + β.) `weight` has shape (in, out), "
        "the next five (out,); they are arrays or tensors; `eps` is a number. Example: weight 2, "
        "bias 3, γ 10, β 1, mean 1, variance 24 and ε 1 give the weight 4 and the bias 5."
    ),
    stub='''\
def fold_batch_norm(weight, bias, gamma, beta, mean, var, eps):
    """(weight, bias) of one dense layer that does what dense and batch norm do."""
    return ...
''',
    solution=fold_batch_norm,
    cases=cases,
    hints=(
        "Take the formula of batch normalisation and put x W + b in the place of z.",
        "What multiplies x in the end? What is left when x is 0?",
        "One factor belongs to each unit. It reaches all of z − mean, the old bias included, and "
        "not β.",
    ),
    passed="At inference the layer costs nothing: it has become part of its neighbour.",
    mistakes=(
        Mistake(
            "scales the weight only",
            "The weight is right. The factor multiplies all of z − mean, not only the part with x.",
            answers=(scales_the_weight_only,),
        ),
        Mistake(
            "forgets the old bias",
            "The weight is right. The dense layer had a bias before, and the normalisation reaches "
            "it too.",
            answers=(forgets_the_old_bias,),
        ),
        Mistake(
            "divides by the variance",
            "The normalisation divides by a standard deviation, and you are given a variance.",
            answers=(forgets_the_root,),
        ),
        Mistake(
            "leaves ε out",
            "Where the variance is small it shows: something is added to it before the root.",
            answers=(leaves_eps_out,),
        ),
        Mistake(
            "adds ε outside the root",
            "ε is there, but added after the root. Batch norm adds it to the variance.",
            answers=(eps_outside,),
        ),
        Mistake(
            "subtracts the mean unscaled",
            "The weight is right. The mean is subtracted before the factor comes, so the factor "
            "reaches it.",
            answers=(mean_unscaled,),
        ),
        Mistake(
            "adds the mean",
            "The weight is right. A normalisation takes the mean away.",
            answers=(adds_the_mean,),
        ),
        Mistake(
            "scales β as well",
            "The weight is right. β is added when everything else is done.",
            answers=(scales_beta_too,),
        ),
        Mistake(
            "leaves γ out",
            "After the division there is one more multiplication, by a learned number.",
            answers=(leaves_gamma_out,),
        ),
        Mistake(
            "scales the bias only",
            "The bias is right. What happens to the part of z that comes from x?",
            answers=(bias_only,),
        ),
        Mistake(
            "turns the weight round",
            "The bias is right, and so are the numbers of the weight. Its shape is (in, out).",
            answers=(turned,),
        ),
        Mistake(
            "forgets β",
            "The weight is right. One number is still added when everything else is done.",
            answers=(forgets_beta,),
        ),
        Mistake(
            "forgets the mean",
            "The weight is right. What is subtracted from z before the factor comes, is subtracted "
            "from the old bias, too.",
            answers=(forgets_the_mean,),
        ),
        Mistake(
            "leaves the old bias unscaled",
            "The weight is right. The factor reaches all of z, and the old bias is a part of z.",
            answers=(old_bias_unscaled,),
        ),
        Mistake(
            "takes the mean from the weight",
            "The bias is right. The mean is a part of what is added, whatever x is: the weight "
            "gets a factor and nothing else.",
            answers=(shifts_the_weight,),
        ),
        Mistake(
            "exchanges γ and β",
            "γ and β have changed places. Which of them multiplies, and which is added?",
            answers=(exchanges_gamma_and_beta,),
        ),
    ),
    also_right=(as_a_matrix, unit_by_unit, by_asking),
    by_hand=(
        _asked(GIVEN[0], ("folded weight", "folded bias")),
        _asked(GIVEN[1], ("first weight", "second weight", "first bias", "second bias")),
    ),
)
