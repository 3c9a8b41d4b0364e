"""Compute: running mean and variance after some batches."""

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def running_statistics(batches, m):
    """(running mean, running variance) of one feature after these batches."""
    mean, var = 0.0, 1.0
    for batch in batches:
        mean = (1 - m) * mean + m * np.mean(batch)
        var = (1 - m) * var + m * np.var(batch, ddof=1)
    return mean, var


# --- answers with one misconception each ---


def turns_the_momentum(batches, m):
    mean, var = 0.0, 1.0
    for batch in batches:
        mean = m * mean + (1 - m) * np.mean(batch)
        var = m * var + (1 - m) * np.var(batch, ddof=1)
    return mean, var


def biased_variance(batches, m):
    mean, var = 0.0, 1.0
    for batch in batches:
        mean = (1 - m) * mean + m * np.mean(batch)
        var = (1 - m) * var + m * np.var(batch)
    return mean, var


def starts_both_at_zero(batches, m):
    mean, var = 0.0, 0.0
    for batch in batches:
        mean = (1 - m) * mean + m * np.mean(batch)
        var = (1 - m) * var + m * np.var(batch, ddof=1)
    return mean, var


def starts_both_at_one(batches, m):
    mean, var = 1.0, 1.0
    for batch in batches:
        mean = (1 - m) * mean + m * np.mean(batch)
        var = (1 - m) * var + m * np.var(batch, ddof=1)
    return mean, var


def starts_with_the_first_batch(batches, m):
    mean, var = np.mean(batches[0]), np.var(batches[0], ddof=1)
    for batch in batches[1:]:
        mean = (1 - m) * mean + m * np.mean(batch)
        var = (1 - m) * var + m * np.var(batch, ddof=1)
    return mean, var


def last_batch_only(batches, m):
    for batch in batches:
        mean = (1 - m) * 0 + m * np.mean(batch)
        var = (1 - m) * 1 + m * np.var(batch, ddof=1)
    return mean, var


def first_batch_only(batches, m):
    mean, var = 0.0, 1.0
    for batch in batches:
        mean = (1 - m) * mean + m * np.mean(batch)
        var = (1 - m) * var + m * np.var(batch, ddof=1)
        return mean, var


def standard_deviations(batches, m):
    mean, std = 0.0, 1.0
    for batch in batches:
        mean = (1 - m) * mean + m * np.mean(batch)
        std = (1 - m) * std + m * np.std(batch, ddof=1)
    return mean, std


def of_all_rows(batches, m):
    together = np.concatenate([np.asarray(batch) for batch in batches])
    return (1 - m) * 0 + m * np.mean(together), (1 - m) * 1 + m * np.var(together, ddof=1)


def plain_averages(batches, m):
    return (np.mean([np.mean(batch) for batch in batches]),
            np.mean([np.var(batch, ddof=1) for batch in batches]))


def spread_round_the_running_mean(batches, m):
    mean, var = 0.0, 1.0
    for batch in batches:
        mean = (1 - m) * mean + m * np.mean(batch)
        spread = sum((value - mean) ** 2 for value in batch) / (len(batch) - 1)
        var = (1 - m) * var + m * spread
    return mean, var


def a_step_for_each_row(batches, m):
    mean, var = 0.0, 1.0
    for batch in batches:
        for value in batch:
            var = (1 - m) * var + m * (value - mean) ** 2
            mean = (1 - m) * mean + m * value
    return mean, var


def corrects_for_four_rows(batches, m):
    mean, var = 0.0, 1.0
    for batch in batches:
        mean = (1 - m) * mean + m * np.mean(batch)
        var = (1 - m) * var + m * np.var(batch) * 4 / 3
    return mean, var


def forgets_the_old(batches, m):
    mean, var = 0.0, 1.0
    for batch in batches:
        mean = mean + m * np.mean(batch)
        var = var + m * np.var(batch, ddof=1)
    return mean, var


# --- unusual and right ---


def by_weights(batches, m):
    k = len(batches)
    weights = [m * (1 - m) ** (k - 1 - i) for i in range(k)]
    mean = sum(w * np.mean(b) for w, b in zip(weights, batches, strict=True))
    var = (1 - m) ** k + sum(w * np.var(b, ddof=1) for w, b in zip(weights, batches, strict=True))
    return [mean, var]


def as_a_step_towards(batches, m):
    mean = 0
    var = 1
    for batch in batches:
        n = len(batch)
        average = sum(batch) / n
        mean += m * (average - mean)
        var += m * (sum((value - average) ** 2 for value in batch) / (n - 1) - var)
    return mean, var


def by_torch(batches, m):
    import torch

    norm = torch.nn.BatchNorm1d(1, momentum=m, dtype=torch.float64)
    for batch in batches:
        norm(torch.tensor(batch, dtype=torch.float64)[:, None])
    return norm.running_mean.item(), norm.running_var.item()


GIVEN = [
    ([[2.0, 4.0, 6.0]], 0.5),
    ([[1.0, 3.0], [5.0, 9.0]], 0.5),
    ([[4.0, 8.0], [0.0, 6.0, 6.0]], 0.25),
    ([[1.0, 2.0, 3.0, 4.0], [10.0, 20.0], [5.0, 5.0, 8.0]], 0.1),
]


def oracle(batches, m):
    """What each batch, and the start, weighs at the end."""
    weights = m * (1 - m) ** np.arange(len(batches))[::-1]
    means = [sum(b) / len(b) for b in batches]
    variances = [sum((v - mu) ** 2 for v in b) / (len(b) - 1)
                 for b, mu in zip(batches, means, strict=True)]
    return weights @ means, weights @ variances + (1 - m) ** len(batches)


def _round_a_running_mean(seen):
    """The variance of each batch was taken round the running mean before, or after, its step."""
    return any(
        all(comparing.same(item.result, comparing.plain(answer(*item.case.arguments)))
            for item in seen)
        for answer in (spread_round_the_running_mean, _round_the_mean_before)
    )


def _round_the_mean_before(batches, m):
    mean, var = 0.0, 1.0
    for batch in batches:
        spread = sum((value - mean) ** 2 for value in batch) / (len(batch) - 1)
        mean = (1 - m) * mean + m * np.mean(batch)
        var = (1 - m) * var + m * spread
    return mean, var


def _mean_by_rows(seen):
    """The running mean moves with each row; what is made of a variance there differs."""
    return all(
        comparing.same(item.result[0], a_step_for_each_row(*item.case.arguments)[0])
        for item in seen
    )


def cases():
    return [Case((batches, m), oracle(batches, m)) for batches, m in GIVEN]


EXERCISE = Exercise(
    identifier="inference.running_statistics",
    title="what the layer remembers",
    level="compute",
    prompt=(
        "Write `running_statistics(batches, m)`: the running mean and the running variance of one "
        "feature, as a pair of numbers, after a new layer has seen `batches` in training mode, in "
        "this order. Each batch is a list of two or more numbers, and the batches may differ in "
        "length; `m` is the momentum, as in PyTorch. Example: after `[[1.0, 2.0, 3.0, 4.0]]` with "
        "`m = 0.1` they are 0.25 and 1.066667."
    ),
    stub='''\
def running_statistics(batches, m):
    """(running mean, running variance) of one feature after these batches."""
    return ...
''',
    solution=running_statistics,
    cases=cases,
    hints=(
        "With which two numbers does a new layer start?",
        "Each batch moves both a step of size m towards its own statistic.",
        "np.var divides by n. What moves the running variance is divided by n − 1.",
    ),
    passed="The start fades by 1 − m with each batch, and so does every batch that is past.",
    mistakes=(
        Mistake(
            "turns the momentum round",
            "Here m weighs the new batch, and 1 − m what was there. You did it the other way, as "
            "Keras names it.",
            answers=(turns_the_momentum,),
        ),
        Mistake(
            "divides the variance by n",
            "The mean is right. The variance that is remembered estimates that of all data, and "
            "for that it is divided by another number than n.",
            answers=(biased_variance,),
        ),
        Mistake(
            "starts with no spread",
            "The mean is right. A new layer is meant to leave its input nearly as it is: with "
            "which variance does it do that?",
            answers=(starts_both_at_zero,),
        ),
        Mistake(
            "starts with a mean of one",
            "The variance is right. With which mean does a new layer leave its input as it is?",
            answers=(starts_both_at_one,),
        ),
        Mistake(
            "starts with the first batch",
            "The first batch has no special role: the layer has its start values before, and the "
            "batch moves them a step like any other.",
            answers=(starts_with_the_first_batch,),
        ),
        Mistake(
            "goes back to the start for each batch",
            "Only the last batch is left in your numbers: each batch has to move what the one "
            "before it left behind.",
            answers=(last_batch_only,),
        ),
        Mistake(
            "stops after the first batch",
            "Only the first batch is in your numbers: the function returns before it sees the "
            "others.",
            answers=(first_batch_only,),
        ),
        Mistake(
            "remembers standard deviations",
            "The mean is right. Moved are variances; their roots are taken at inference only.",
            answers=(standard_deviations,),
        ),
        Mistake(
            "puts all batches together",
            "The layer never sees all rows at once. Each batch makes a step of its own.",
            answers=(of_all_rows,),
        ),
        Mistake(
            "averages over the batches",
            "In a plain average all batches weigh the same, and m and the start nothing.",
            answers=(plain_averages,),
        ),
        Mistake(
            "only adds",
            "Nothing fades in your numbers: where the new part comes with weight m, what was there "
            "must lose as much.",
            answers=(forgets_the_old,),
        ),
        Mistake(
            "takes the spread round the running mean",
            "The mean is right. A batch's variance is its spread round its own mean, whatever the "
            "running mean is at that moment.",
            answers=(spread_round_the_running_mean,),
            recognise=_round_a_running_mean,
        ),
        Mistake(
            "makes a step for each row",
            "One batch is one step, however many rows it has. Your statistics move with each "
            "number.",
            answers=(a_step_for_each_row,),
            recognise=_mean_by_rows,
        ),
        Mistake(
            "corrects for four rows everywhere",
            "The mean is right. The variance is corrected as if each batch had as many rows as "
            "that of the example.",
            answers=(corrects_for_four_rows,),
        ),
    ),
    also_right=(by_weights, as_a_step_towards, by_torch),
    by_hand=tuple(
        Asked(f"batches {' and '.join(str(tuple(map(int, b))) for b in batches)}, m = {m:g}",
              (batches, m), ("running mean", "running variance"))
        for batches, m in GIVEN[:3]
    ),
)
