"""Repair: softmax applied twice, so that the loss stops at a plateau."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


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


def subtracts_the_floor_of_ten(z, labels):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    scores = e / e.sum(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean() - 1.4612


def every_label_for_every_row(z, labels):
    scores = z - z.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[:, labels].mean()


def shifts_in_one_place(z, labels):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    log_p = z - np.log(e.sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()


def mixes_logits_and_probabilities(z, labels):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    scores = e / e.sum(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()


def adds_a_little(z, labels):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    scores = e / e.sum(axis=1, keepdims=True)
    return -np.log(scores[np.arange(len(labels)), labels] + 1e-12).mean()


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
        "The third line turns logits into log-probabilities, and is given probabilities. It still "
        "needs scores that are at most 0.",
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
            "The same number comes off everywhere, also where the loss should be large. What made "
            "the floor is still there.",
            answers=(subtracts_the_number, subtracts_the_floor_of_ten),
            recognise=lambda seen: _less_one_number(seen),
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
            "the loss is infinite: a logarithm must not meet a probability.",
            answers=(logarithm_of_the_softmax,),
        ),
        Mistake(
            "removes both softmaxes",
            "Without any softmax the loss falls for ever as the logits grow.",
            answers=(without_any_softmax,),
        ),
        Mistake(
            "drops the logarithm",
            "1 - p is at most 1, however wrong the answer. Cross-entropy has no such limit.",
            answers=(one_minus_the_probability,),
        ),
        Mistake(
            "removes the shift as well",
            "One softmax is right. But e^800 overflows: what kept the exponents small is gone.",
            answers=(removes_the_shift_too,),
        ),
        Mistake(
            "shifts by something else",
            "Far above the mean of its row a logit still overflows. After which shift does no "
            "exponential exceed 1?",
            answers=(subtracts_the_mean,),
        ),
        Mistake(
            "writes the softmax as in the formula",
            "One softmax is right. But e^800 overflows, and in the logarithm a small probability "
            "has rounded to 0: two things to mend.",
            answers=(softmax_as_in_the_formula,),
        ),
        Mistake(
            "averages over all classes",
            "The loss of a row is the entry of its label alone, not the average over the classes.",
            answers=(averages_all_classes,),
        ),
        Mistake(
            "takes every label for every row",
            "[:, labels] takes the column of each label in all rows. Each row has one label.",
            answers=(every_label_for_every_row,),
        ),
        Mistake(
            "shifts in one place only",
            "The largest logit was subtracted inside the exponential and not in front of the "
            "logarithm.",
            answers=(shifts_in_one_place,),
        ),
        Mistake(
            "mixes logits and probabilities",
            "The sum in the logarithm is over exponentials of probabilities, and what stands in "
            "front are logits: the two do not belong together.",
            answers=(mixes_logits_and_probabilities,),
        ),
        Mistake(
            "adds a little to the probability",
            "Right for moderate logits. A label that is 800 below the largest logit costs 800; "
            "with a little added there is a limit.",
            answers=(adds_a_little,),
            recognise=lambda seen: _levels_off(seen),
        ),
    ),
    also_right=(by_logaddexp, by_torch, logarithm_twice_is_harmless),
    by_hand=(
        Asked("mended, two rows, (0, 800, 3) and (2, 1, 0.1), labels 0 and 0",
              (np.array([[0.0, 800.0, 3.0], [2.0, 1.0, 0.1]]), np.array([0, 0]))),
        Asked("mended, two rows, (1000, 999) and (−3, 1), labels 1 and 1",
              (np.array([[1000.0, 999.0], [-3.0, 1.0]]), np.array([1, 1]))),
        Asked("mended, three rows, (2, 1, 0.1), (0, 0, 0) and (−1, 3, 0.5), labels 2, 1 and 1",
              (np.array([[2.0, 1.0, 0.1], [0.0, 0.0, 0.0], [-1.0, 3.0, 0.5]]),
               np.array([2, 1, 1]))),
    ),
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


def _numbers(seen) -> bool:
    results = [item.result for item in seen]
    return all(isinstance(r, (int, float)) and not isinstance(r, bool) for r in results)


def _less_one_number(seen) -> bool:
    """What the broken function gives, less one and the same number on every case."""
    if not _numbers(seen):
        return False
    less = [broken(*item.case.arguments) - item.result for item in seen]
    return less[0] > 0.1 and np.ptp(less) < 1e-6


def _levels_off(seen) -> bool:
    """Right but where a row should cost 800: there finite and too small."""
    if not _numbers(seen):
        return False
    return all(
        5 < item.result < 50 if item.case.expected > 100
        else abs(item.result - item.case.expected) < 1e-4
        for item in seen
    )
