"""Repair: softmax applied twice, so that the loss stops at a plateau."""

import numpy as np

from nnlib.exercises.exercise import Case, Exercise, Mistake


def training_loss(z, labels):
    """Mean cross-entropy of logits z (rows, classes) for integer labels."""
    scores = z - z.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()


def broken(z, labels):
    """Mean cross-entropy of logits z (rows, classes) for integer labels."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    scores = e / e.sum(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()


# --- answers with one misconception each ---


def subtracts_the_floor(z, labels):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    scores = e / e.sum(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    floor = np.log(1 + (z.shape[1] - 1) / np.e)
    return -log_p[np.arange(len(labels)), labels].mean() - floor


def subtracts_the_number(z, labels):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    scores = e / e.sum(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean() - 0.5514


def stretches_the_scores(z, labels):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    scores = 10 * e / e.sum(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()


def stretches_the_logits(z, labels):
    e = np.exp(5 * (z - z.max(axis=1, keepdims=True)))
    scores = e / e.sum(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()


def logarithm_of_the_softmax(z, labels):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    scores = e / e.sum(axis=1, keepdims=True)
    return -np.log(scores[np.arange(len(labels)), labels]).mean()


def without_any_softmax(z, labels):
    return -z[np.arange(len(labels)), labels].mean()


def one_minus_the_probability(z, labels):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    scores = e / e.sum(axis=1, keepdims=True)
    return (1 - scores[np.arange(len(labels)), labels]).mean()


def removes_the_shift_too(z, labels):
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()


def subtracts_the_mean(z, labels):
    scores = z - z.mean(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()


def softmax_as_in_the_formula(z, labels):
    e = np.exp(z)
    scores = e / e.sum(axis=1, keepdims=True)
    return -np.log(scores[np.arange(len(labels)), labels]).mean()


def averages_all_classes(z, labels):
    scores = z - z.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p.mean()


# --- unusual and right ---


def by_logaddexp(z, labels):
    return np.mean(np.logaddexp.reduce(z, axis=1) - np.take_along_axis(z, labels[:, None], 1)[:, 0])


def by_torch(z, labels):
    import torch

    return torch.nn.functional.cross_entropy(torch.as_tensor(z), torch.as_tensor(labels)).item()


def logarithm_twice_is_harmless(z, labels):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    log_p = log_p - np.log(np.exp(log_p).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()


def cases():
    settings = [
        ([[2.0, 1.0, 0.1]], [0]),
        ([[50.0] + [0.0] * 9, [0.0] * 9 + [50.0]], [0, 9]),
        ([[2.0, 1.0, 0.1], [0.0, 0.0, 0.0], [-1.0, 3.0, 0.5]], [2, 1, 1]),
        ([[0.0, 800.0, 3.0], [2.0, 1.0, 0.1]], [0, 0]),
        ([[1000.0, 999.0], [-3.0, 1.0]], [1, 1]),
        ([[1500.0, 0.0, 3.0], [2.0, 1.0, 0.1]], [0, 1]),         # the largest far above the mean
    ]
    return [Case((np.array(z), np.array(labels)), oracle(z, labels)) for z, labels in settings]


def oracle(z, labels):
    """Mean of ln Σ_j e^(z_j - z_label), by decimal arithmetic."""
    from decimal import Decimal

    total = Decimal(0)
    for row, label in zip(z, labels, strict=True):
        total += sum(Decimal(value - row[label]).exp() for value in row).ln()
    return float(total / len(z))


EXERCISE = Exercise(
    identifier="losses.training_loss",
    title="a loss that never comes near 0",
    level="repair",
    prompt=(
        "The symptom: a model of three classes is right nearly everywhere, but its training loss "
        "never comes below 0.5514, whatever the rate and the number of epochs; the cell above "
        "shows that even perfect logits (50 for the right class, 0 for the others) cost as much. "
        "Repair `training_loss(z, labels)` "
        "for logits of shape (rows, classes). It must be finite for all finite logits. Example: "
        "the row (2, 1, 0.1) with the label 0 must cost 0.417030."
    ),
    solution=training_loss,
    broken=broken,
    cases=cases,
    hints=(
        "In words, what do the first two lines do to z? And what does the third line do to the "
        "result?",
        "Scores between 0 and 1 can differ by 1 at most, so the best softmax over them is e to 1 "
        "against each other class.",
        "Keep the third line, which turns logits into log-probabilities, and give it logits: "
        "scores = z - z.max(axis=1, keepdims=True).",
    ),
    passed=(
        "A loss on logits has its softmax inside. The last layer of the model has none."
    ),
    mistakes=(
        Mistake(
            "subtracts the floor",
            "The number at the bottom is now 0, but the slopes are those of before: the softmax is "
            "still applied twice.",
            answers=(subtracts_the_floor,),
        ),
        Mistake(
            "subtracts a number",
            "The same number comes off everywhere, also where the loss should be large. Find what "
            "makes the floor instead of taking it off.",
            answers=(subtracts_the_number,),
        ),
        Mistake(
            "stretches instead of removing",
            "The softmax is still applied twice. A factor before the outer one lowers the floor, "
            "one before the inner one does not; either way one of the two has to go.",
            answers=(stretches_the_scores, stretches_the_logits),
            recognise=lambda seen: _stretched(seen),
        ),
        Mistake(
            "takes the logarithm of the softmax",
            "Right for moderate logits. For (0, 800, 3) the probability of class 0 rounds to 0 and "
            "the loss is infinite: subtract ln Σ e^scores from the logits instead.",
            answers=(logarithm_of_the_softmax,),
        ),
        Mistake(
            "removes both softmaxes",
            "Without any softmax the loss falls for ever as the logits grow. Keep one.",
            answers=(without_any_softmax,),
        ),
        Mistake(
            "drops the logarithm",
            "1 - p is at most 1, however wrong the answer. Cross-entropy is -ln p.",
            answers=(one_minus_the_probability,),
        ),
        Mistake(
            "removes the shift as well",
            "e^1000 overflows. Keep the subtraction of each row's largest logit.",
            answers=(removes_the_shift_too,),
        ),
        Mistake(
            "shifts by something else",
            "Far above the mean of its row a logit still overflows. Subtract the largest of each "
            "row: then no exponential exceeds 1.",
            answers=(subtracts_the_mean,),
        ),
        Mistake(
            "writes the softmax as in the formula",
            "One softmax is right. But e^800 overflows, and ln 0 is minus infinity: subtract each "
            "row's largest logit first, and then ln Σ e^scores from those scores.",
            answers=(softmax_as_in_the_formula,),
        ),
        Mistake(
            "averages over all classes",
            "The loss of a row is the entry of its label alone, not the average over the classes.",
            answers=(averages_all_classes,),
        ),
    ),
    also_right=(by_logaddexp, by_torch, logarithm_twice_is_harmless),
)


def _stretched(seen) -> bool:
    """Two softmaxes with a factor before one of them, whichever reproduces every case."""
    factors = (2, 3, 4, 5, 8, 10, 20, 50, 100)

    def twice(z, labels, inner, outer):
        e = np.exp(inner * (z - z.max(axis=1, keepdims=True)))
        s = outer * e / e.sum(axis=1, keepdims=True)
        log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
        return -log_p[np.arange(len(labels)), labels].mean()

    if any(isinstance(i.result, bool) or not isinstance(i.result, (int, float)) for i in seen):
        return False
    for inner, outer in [(f, 1) for f in factors] + [(1, f) for f in factors]:
        wanted = [twice(*item.case.arguments, inner, outer) for item in seen]
        if np.allclose([item.result for item in seen], wanted, rtol=1e-6):
            return True
    return False
