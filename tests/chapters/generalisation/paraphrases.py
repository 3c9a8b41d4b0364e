"""The same misconceptions as in the banks, written by other hands.

A bank's first answer is what a mistake is recognised by, so the bank alone could agree with itself.
These are written differently (other operations, lists, loops, torch) and name the mistake that must
be recognised. `RIGHT` holds further correct answers.
"""

import itertools
import math
import statistics

import numpy as np
import torch

from nnlib.chapters.generalisation.exercises import (
    keeps_label,
    leak_or_fine,
    order_of_work,
    which_cut,
)

# --- early_stop ---


def stop_walk(losses, patience, *, better=lambda a, b: a < b, extra=0, reset=True, previous=False,
              ends=True):
    """(run, kept) counted from 1, by a count that is kept by hand."""
    best, kept, count, before = None, 0, 0, None
    for run, loss in enumerate(losses, start=1):
        improved = best is None or better(loss, best)
        if improved:
            best, kept = loss, run
        moved = improved if not previous else (before is None or loss < before)
        count = (0 if reset else count) if moved else count + 1
        before = loss
        if ends and count >= patience + extra and not moved:
            return run, kept
    return len(losses), kept


def stop_by_the_last_five(losses, patience):
    run = 1
    while run < len(losses) and not (
        run > patience and min(losses[run - patience : run]) >= min(losses[: run - patience])
    ):
        run += 1
    return run, 1 + int(np.argmin(losses[:run]))


def stop_too_late_by_while(losses, patience):
    run = 1
    while run < len(losses) and not (
        run > patience + 1
        and min(losses[run - patience - 1 : run]) >= min(losses[: run - patience - 1])
    ):
        run += 1
    return run, 1 + int(np.argmin(losses[:run]))


def stop_too_early_by_hand(losses, patience):
    best, kept, left = math.inf, 0, patience
    for run, loss in enumerate(losses, start=1):
        if loss < best:
            best, kept, left = loss, run, patience
        left -= 1
        if left <= 0 and run > 1 and run != kept:
            return run, kept
    return len(losses), kept


def kept_by_going_back(losses, patience):
    run, waited, best = 0, 0, math.inf
    while run < len(losses) and waited < patience:
        waited = 0 if losses[run] < best else waited + 1
        best = min(best, losses[run])
        run += 1
    return [run, run - patience if run > patience else 1]


def below_the_first_by_flags(losses, patience):
    kept, left, run = 1, patience, 1
    for loss in losses[1:]:
        run += 1
        kept, left = (run, patience) if loss < losses[0] else (kept, left - 1)
        if not left:
            break
    return run, kept


def below_the_first_and_waits_for_it(losses, patience):
    kept, waited = 1, 0
    for run, loss in enumerate(losses, start=1):
        kept, waited = (run, 0) if loss < losses[0] else (kept, waited + 1)
        if waited == patience:
            break
    return run, kept


EARLY_STOP = [
    (lambda losses, patience: stop_walk(losses, patience, extra=1), "waits one epoch too long"),
    (stop_too_late_by_while, "waits one epoch too long"),
    (lambda losses, patience: stop_walk(losses, patience + 1), "waits one epoch too long"),
    (stop_too_early_by_hand, "stops one epoch early"),
    (lambda losses, patience: stop_walk(losses, patience, previous=True),
     "compares with the last epoch"),
    (lambda losses, patience: list(stop_walk(losses, patience, previous=True)),
     "compares with the last epoch"),
    (lambda losses, patience: stop_walk(losses, patience, reset=False),
     "never starts counting again"),
    (lambda losses, patience: np.array(stop_walk(losses, patience, reset=False)),
     "never starts counting again"),
    (lambda losses, patience: (stop_walk(losses, patience)[0],) * 2, "keeps the last epoch"),
    (lambda losses, patience: [stop_by_the_last_five(losses, patience)[0]] * 2,
     "keeps the last epoch"),
    (lambda losses, patience: np.array(stop_walk(losses, patience)) - 1, "counts from zero"),
    (lambda losses, patience: [n - 1 for n in stop_walk(losses, patience)], "counts from zero"),
    (lambda losses, patience: (stop_walk(losses, patience)[0],
                               losses.index(min(losses[: stop_walk(losses, patience)[0]]))),
     "counts the kept epoch from zero"),
    (lambda losses, patience: np.array(stop_walk(losses, patience)) - [0, 1],
     "counts the kept epoch from zero"),
    (lambda losses, patience: stop_walk(losses, patience, ends=False), "never stops"),
    (lambda losses, patience: [len(losses), int(np.argmin(losses)) + 1], "never stops"),
    (lambda losses, patience: (min(1 + int(np.argmin(losses)) + patience, len(losses)),
                               1 + int(np.argmin(losses))), "knows the future"),
    (lambda losses, patience: (len(losses[: losses.index(min(losses)) + patience + 1]),
                               losses.index(min(losses)) + 1), "knows the future"),
    (lambda losses, patience: stop_walk(losses, patience, better=lambda a, b: a <= b),
     "takes an equal loss for an improvement"),
    (lambda losses, patience: list(stop_walk(losses, patience, better=lambda a, b: not b < a)),
     "takes an equal loss for an improvement"),
    (lambda losses, patience: stop_walk(losses, patience, better=lambda a, b: a > b),
     "looks for the highest"),
    (lambda losses, patience: stop_walk([1 - loss for loss in losses], patience),
     "looks for the highest"),
    (lambda losses, patience: stop_walk(losses, patience)[::-1],
     "gives the two the other way round"),
    (lambda losses, patience: reversed(stop_by_the_last_five(losses, patience)),
     "gives the two the other way round"),
    (lambda losses, patience: stop_walk(losses, patience, extra=-1) if patience > 1
     else stop_too_early_by_hand(losses, patience), "stops one epoch early"),
    (lambda losses, patience: (stop_walk(losses, patience)[0],
                               max(1, stop_walk(losses, patience)[0] - patience)),
     "keeps what was patience ago"),
    (kept_by_going_back, "keeps what was patience ago"),
    (lambda losses, patience: (stop_walk(losses, patience)[0],
                               min(losses[: stop_walk(losses, patience)[0]])), "gives the loss"),
    (lambda losses, patience: np.array([
        stop_by_the_last_five(losses, patience)[0],
        np.min(losses[: stop_by_the_last_five(losses, patience)[0]])]), "gives the loss"),
    (below_the_first_by_flags, "compares with the first"),
    (lambda losses, patience: stop_walk(
        [losses[0]] + [losses[0] - i if loss < losses[0] else losses[0] + 1
                       for i, loss in enumerate(losses[1:], start=1)], patience),
     "compares with the first"),
    (below_the_first_and_waits_for_it, "compares with the first"),
    (lambda losses, patience: (len(losses) - stop_walk(losses, patience)[0],
                               stop_walk(losses, patience)[1]), "what is saved"),
    (lambda losses, patience: [len(losses[stop_by_the_last_five(losses, patience)[0]:]),
                               stop_by_the_last_five(losses, patience)[1]], "what is saved"),
]

# --- precision_recall ---


def hits(said, rare):
    return sum(1 for a, b in zip(said, rare, strict=True) if a == b == 1)


def confusion(said, rare):
    """Counts by what was said (rows) and what is so (columns)."""
    table = np.zeros((2, 2), int)
    np.add.at(table, (said, rare), 1)
    return table


PRECISION_RECALL = [
    (lambda said, rare: (hits(said, rare) / sum(rare), hits(said, rare) / sum(said)),
     "the two are swapped"),
    (lambda said, rare: (said[rare == 1].mean(), rare[said == 1].mean()), "the two are swapped"),
    (lambda said, rare: np.array([(said * rare).sum() / rare.sum(), said @ rare / said.sum()]),
     "the two are swapped"),
    (lambda said, rare: [hits(said, rare) / len(rare)] * 2, "divides by all rows"),
    (lambda said, rare: ((said * rare).mean(), np.mean((said == 1) & (rare == 1))),
     "divides by all rows"),
    (lambda said, rare: (1 - np.abs(said - rare).mean(), said @ rare / rare.sum()),
     "takes accuracy for precision"),
    (lambda said, rare: ((said == rare).sum() / len(said), said[rare == 1].mean()),
     "takes accuracy for precision"),
    (lambda said, rare: (said @ rare / said.sum(), 1 - np.mean(said != rare)),
     "takes accuracy for recall"),
    (lambda said, rare: [rare[said == 1].mean(), float(np.mean(said == rare))],
     "takes accuracy for recall"),
    (lambda said, rare: ((rare[said == 0] == 0).mean(), (said[rare == 0] == 0).mean()),
     "measures the common class"),
    (lambda said, rare: [np.sum(said + rare == 0) / n for n in (sum(said == 0), sum(rare == 0))],
     "measures the common class"),
    (lambda said, rare: ((rare[said == 1] == 0).mean(), said[rare == 1].mean()),
     "the share of false alarms"),
    (lambda said, rare: (np.sum(said > rare) / said.sum(), hits(said, rare) / rare.sum()),
     "the share of false alarms"),
    (lambda said, rare: (rare[said == 1].mean(), (said[rare == 1] == 0).mean()),
     "the share that was missed"),
    (lambda said, rare: (hits(said, rare) / said.sum(), np.sum(rare > said) / rare.sum()),
     "the share that was missed"),
    (lambda said, rare: (hits(said, rare), hits(said, rare)), "counts only"),
    (lambda said, rare: [float(said @ rare)] * 2, "counts only"),
    (lambda said, rare: (rare[said == 1].mean(), said @ rare / (len(rare) - rare.sum())),
     "divides by the common rows"),
    (lambda said, rare: (hits(said, rare) / said.sum(), hits(said, rare) / sum(1 - rare)),
     "divides by the common rows"),
    (lambda said, rare: (said.sum() / len(said), said[rare == 1].mean()), "the share of alarms"),
    (lambda said, rare: [said.mean(), hits(said, rare) / rare.sum()], "the share of alarms"),
    (lambda said, rare: (hits(said, rare) / (len(rare) - np.abs(said - rare).sum()),
                         said[rare == 1].mean()), "divides by the rows judged rightly"),
    (lambda said, rare: (confusion(said, rare)[1, 1] / np.trace(confusion(said, rare)),
                         hits(said, rare) / sum(rare)), "divides by the rows judged rightly"),
    (lambda said, rare: (rare[said == 1].mean(), 1 - said[rare == 0].mean()),
     "the share left alone"),
    (lambda said, rare: [hits(said, rare) / sum(said),
                         confusion(said, rare)[0, 0] / confusion(said, rare)[:, 0].sum()],
     "the share left alone"),
    (lambda said, rare: (np.trace(confusion(said, rare)) / said.sum(),
                         np.trace(confusion(said, rare)) / rare.sum()),
     "takes agreement for hits"),
    (lambda said, rare: [sum(a == b for a, b in zip(said.tolist(), rare.tolist(), strict=True)) / n
                         for n in (sum(said), sum(rare))], "takes agreement for hits"),
    (lambda said, rare: [np.take(rare, said).mean(), np.take(said, rare).mean()],
     "takes 0 and 1 for row numbers"),
    (lambda said, rare: (sum(rare[a] for a in said) / len(said),
                         sum(said[b] for b in rare) / len(rare)),
     "takes 0 and 1 for row numbers"),
    (lambda said, rare: (said.mean() / rare.mean(), said[rare == 1].mean()),
     "compares counts alone"),
    (lambda said, rare: [min(1, sum(rare) / sum(said)), min(1, sum(said) / sum(rare))],
     "compares counts alone"),
]

# --- standard_error ---

STANDARD_ERROR = [
    (statistics.stdev, "the spread of the scores"),
    (lambda scores: torch.tensor(scores).std(), "the spread of the scores"),
    (statistics.pstdev, "the spread that divides by n"),
    (lambda scores: np.var(scores) ** 0.5, "the spread that divides by n"),
    (lambda scores: statistics.pstdev(scores) / math.sqrt(len(scores)), "divides by n inside"),
    (lambda scores: (np.var(scores) / len(scores)) ** 0.5, "divides by n inside"),
    (lambda scores: statistics.stdev(scores) / len(scores), "divides by n instead of its root"),
    (lambda scores: torch.tensor(scores).std() / len(scores), "divides by n instead of its root"),
    (lambda scores: statistics.variance(scores) / len(scores), "the variance of the mean"),
    (lambda scores: (np.std(scores, ddof=1) / math.sqrt(len(scores))) ** 2,
     "the variance of the mean"),
    (lambda scores: statistics.variance(scores) / len(scores) ** 0.5,
     "takes the variance for the deviation"),
    (lambda scores: torch.tensor(scores).var() / math.sqrt(len(scores)),
     "takes the variance for the deviation"),
    (lambda scores: np.ptp(scores) / len(scores) ** 0.5, "takes the range"),
    (lambda scores: (sorted(scores)[-1] - sorted(scores)[0]) * len(scores) ** -0.5,
     "takes the range"),
    (lambda scores: np.ptp(scores) / 2, "half the range"),
    (lambda scores: 0.5 * (sorted(scores)[-1] - sorted(scores)[0]), "half the range"),
    (lambda scores: statistics.stdev(scores) / math.sqrt(len(scores) - 1), "takes one off twice"),
    (lambda scores: (np.var(scores, ddof=1) / (len(scores) - 1)) ** 0.5, "takes one off twice"),
    (statistics.fmean, "the mean itself"),
    (lambda scores: sum(scores) / len(scores), "the mean itself"),
    (lambda scores: statistics.stdev(scores) / math.sqrt(3), "always the root of 3"),
    (lambda scores: (torch.tensor(scores, dtype=torch.float64).var() / 3) ** 0.5,
     "always the root of 3"),
    (lambda scores: (statistics.fmean(scores) * (100 - statistics.fmean(scores)) / len(scores))
     ** 0.5, "takes the formula of a share"),
    (lambda scores: torch.sqrt(torch.tensor(scores).mean() * (1 - torch.tensor(scores).mean())
                               / len(scores)), "takes the formula of a share"),
]

# --- after_decay ---


def repeated(update):
    """Apply an update of the weight so many times."""
    def answer(w, lr, decay, steps):
        for _ in range(steps):
            w = update(w, lr, decay)
        return w

    return answer


AFTER_DECAY = [
    (repeated(lambda w, lr, decay: w - lr * 2 * decay * w), "takes the slope of λ w²"),
    (lambda w, lr, decay, steps: w * math.pow(1 - lr * decay * 2, steps),
     "takes the slope of λ w²"),
    (repeated(lambda w, lr, decay: w - decay * w), "leaves out the rate"),
    (lambda w, lr, decay, steps: np.float64(w) * (1 - decay) ** steps, "leaves out the rate"),
    (lambda w, lr, decay, steps: w - steps * lr * decay * w, "shrinks in a straight line"),
    (lambda w, lr, decay, steps: w - sum([lr * decay * w] * steps), "shrinks in a straight line"),
    (repeated(lambda w, lr, decay: w - lr * decay), "takes off a fixed amount"),
    (lambda w, lr, decay, steps: w - sum([lr * decay] * steps), "takes off a fixed amount"),
    (lambda w, lr, decay, steps: w - lr * decay * w, "makes one update only"),
    (lambda w, lr, decay, steps: (1 - decay * lr) * w, "makes one update only"),
    (repeated(lambda w, lr, decay: w + lr * decay * w), "goes uphill"),
    (lambda w, lr, decay, steps: w * math.pow(1 + decay * lr, steps), "goes uphill"),
    (repeated(lambda w, lr, decay: lr * decay * w), "keeps what should go"),
    (lambda w, lr, decay, steps: w * lr**steps * decay**steps, "keeps what should go"),
    (lambda w, lr, decay, steps: w * (1 - (1 - lr * decay) ** steps), "what is lost"),
    (lambda w, lr, decay, steps: w - repeated(lambda v, r, d: v - r * d * v)(w, lr, decay, steps),
     "what is lost"),
    (repeated(lambda w, lr, decay: w * (1 - lr * decay * w)), "takes the penalty for its slope"),
    (repeated(lambda w, lr, decay: w - decay * w * w * lr), "takes the penalty for its slope"),
    (repeated(lambda w, lr, decay: w - lr * decay * w / 2), "takes half the slope"),
    (lambda w, lr, decay, steps: w * math.pow(1 - 0.5 * decay * lr, steps),
     "takes half the slope"),
    (lambda w, lr, decay, steps: repeated(lambda v, r, d: v - r * d * v)(w, lr, decay, steps - 1),
     "makes one update less"),
    (lambda w, lr, decay, steps: w * (1 - lr * decay) ** (steps - 1), "makes one update less"),
    (lambda w, lr, decay, steps: w * math.pow(1 - decay * lr, steps + 1),
     "makes one update more"),
    (lambda w, lr, decay, steps: right_decay_by_torch(w, lr, decay, 1 + steps),
     "makes one update more"),
    (lambda w, lr, decay, steps: w / math.e ** (decay * lr * steps), "shrinks as in tiny steps"),
    (repeated(lambda w, lr, decay: w * math.exp(-decay * lr)), "shrinks as in tiny steps"),
    (repeated(lambda w, lr, decay: w - math.copysign(decay * lr, w)),
     "takes off a fixed amount"),
    (repeated(lambda w, lr, decay: w - lr * (decay / 2 * w * w)),
     "takes the penalty for its slope"),
]

# --- scaled_parts ---


def scaled_by(means, deviations):
    """Scale each part by what two functions of (training, new) give for it."""
    def answer(x_train, x_new):
        both = np.vstack([x_train, x_new])
        return tuple((part - means(x_train, x_new, both, part))
                     / deviations(x_train, x_new, both, part) for part in (x_train, x_new))

    return answer


def train_mean(x_train, x_new, both, part):
    return np.mean(x_train, 0)


def train_std(x_train, x_new, both, part):
    return np.sqrt(np.mean((x_train - x_train.mean(0)) ** 2, 0))


SCALED_PARTS = [
    (scaled_by(lambda a, b, c, part: part.mean(0), lambda a, b, c, part: part.std(0) + 1e-12),
     "scales each part by itself"),
    (lambda x_train, x_new: [(x - np.mean(x, 0)) / (np.std(x, 0) + 1e-12)
                             for x in (x_train, x_new)], "scales each part by itself"),
    (scaled_by(train_mean, lambda a, b, both, part: np.var(both, 0) ** 0.5),
     "the deviation still knows the new rows"),
    (lambda x_train, x_new: [(x - np.mean(x_train, 0)) / np.std(np.vstack((x_train, x_new)), 0)
                             for x in (x_train, x_new)],
     "the deviation still knows the new rows"),
    (scaled_by(lambda a, b, both, part: np.mean(both, 0), train_std),
     "the mean still knows the new rows"),
    (lambda x_train, x_new: [(x - np.mean(np.vstack((x_train, x_new)), 0)) / np.std(x_train, 0)
                             for x in (x_train, x_new)], "the mean still knows the new rows"),
    (scaled_by(lambda a, b, c, d: a.mean(), lambda a, b, c, d: a.std()),
     "one number for all columns"),
    (lambda x_train, x_new: [(x - np.mean(x_train)) / np.std(x_train) for x in (x_train, x_new)],
     "one number for all columns"),
    (lambda x_train, x_new: (scaled_by(train_mean, train_std)(x_train, x_new)[0], x_new + 0.0),
     "leaves the new rows as they are"),
    (lambda x_train, x_new: [(x_train - np.mean(x_train, 0)) / np.std(x_train, 0), x_new.copy()],
     "leaves the new rows as they are"),
    (scaled_by(lambda a, b, c, d: np.mean(b, 0), lambda a, b, c, d: np.std(b, 0) + 1e-12),
     "scales by the new rows"),
    (lambda x_train, x_new: [(x - np.mean(x_new, 0)) / (np.var(x_new, 0) ** 0.5 + 1e-12)
                             for x in (x_train, x_new)], "scales by the new rows"),
    (scaled_by(train_mean, lambda a, b, c, d: 1.0), "only shifts"),
    (lambda x_train, x_new: [x - np.mean(x_train, 0) for x in (x_train, x_new)], "only shifts"),
    (scaled_by(train_mean, lambda a, b, c, d: np.var(a, 0)), "divides by the variance"),
    (lambda x_train, x_new: [(x - np.mean(x_train, 0)) / np.std(x_train, 0) ** 2
                             for x in (x_train, x_new)], "divides by the variance"),
    (scaled_by(lambda a, b, c, part: part.mean(0), lambda a, b, c, part: part.std(0)),
     "scales each part by itself"),
    (scaled_by(lambda a, b, c, d: b.mean(0), lambda a, b, c, d: b.std(0)),
     "scales by the new rows"),
    (scaled_by(lambda a, b, c, part: part.mean(1)[:, None],
               lambda a, b, c, part: part.var(1)[:, None] ** 0.5), "scales each row by itself"),
    (lambda x_train, x_new: [((x.T - x.mean(1)) / (x.std(1) + 1e-12)).T
                             for x in (x_train, x_new)], "scales each row by itself"),
    (scaled_by(train_mean, lambda a, b, c, d: torch.tensor(a).std(0).numpy()),
     "divides by n - 1"),
    (lambda x_train, x_new: [(x - np.mean(x_train, 0)) / np.cov(x_train.T).reshape(
        x_train.shape[1], -1).diagonal() ** 0.5 for x in (x_train, x_new)], "divides by n - 1"),
]

# --- folds ---

FOLDS = [
    (lambda n, k: [np.arange(i * (n // k), n if i == k - 1 else (i + 1) * (n // k))
                   for i in range(k)], "the last fold takes the rest"),
    (lambda n, k: np.split(np.arange(n), [(i + 1) * (n // k) for i in range(k - 1)]),
     "the last fold takes the rest"),
    (lambda n, k: [np.arange(n)[i * -(-n // k):(i + 1) * -(-n // k)] for i in range(k)],
     "rounds the size up"),
    (lambda n, k: [list(range(n))[i * math.ceil(n / k):][: math.ceil(n / k)] for i in range(k)],
     "rounds the size up"),
    (lambda n, k: np.arange(k * math.ceil(n / k)).reshape(k, -1), "goes beyond the last row"),
    (lambda n, k: [[i * math.ceil(n / k) + j for j in range(math.ceil(n / k))] for i in range(k)],
     "goes beyond the last row"),
    (lambda n, k: [list(part) for part in itertools.batched(range(n), n // k)]
     if hasattr(itertools, "batched")
     else [list(range(s, min(s + n // k, n))) for s in range(0, n, n // k)],
     "makes one fold more"),
    (lambda n, k: np.split(np.arange(n), range(n // k, n, n // k)), "makes one fold more"),
    (lambda n, k: [np.arange(i * n // k, min((i + 1) * n // k + 1, n)) for i in range(k)],
     "folds share a row"),
    (lambda n, k: [np.setdiff1d(np.arange(n), part) for part in np.array_split(np.arange(n), k)],
     "gives the training rows"),
    (lambda n, k: [sorted(set(range(n)) - set(range(i, n, k))) for i in range(k)],
     "gives the training rows"),
    (lambda n, k: [part + 1 for part in np.array_split(np.arange(n), k)], "counts from one"),
    (lambda n, k: [range(i * n // k + 1, (i + 1) * n // k + 1) for i in range(k)],
     "counts from one"),
    (lambda n, k: np.array_split(np.random.default_rng(7).choice(n, n), k),
     "draws with replacement"),
    (lambda n, k: [part.tolist() for part in
                   np.array_split(np.random.default_rng(3).integers(n, size=n), k)],
     "draws with replacement"),
    (lambda n, k: [np.arange(i * n // k, (i + 1) * n // k + 1) for i in range(k)],
     "goes beyond the last row"),
    (lambda n, k: [np.arange(int(i * n / k), int((i + 1) * n / k) + 1) for i in range(k)],
     "goes beyond the last row"),
    (lambda n, k: np.split(np.arange((k + 1) * (n // k)), k + 1), "counts one fold more"),
    (lambda n, k: [[i * (n // k) + j for j in range(n // k)] for i in range(1 + k)],
     "counts one fold more"),
    (lambda n, k: [np.arange(n // k + (i < n % k)) + i * (n // k) for i in range(k)],
     "a longer fold moves no other"),
    (lambda n, k: [list(range(n))[i * (n // k):][: len(part)]
                   for i, part in enumerate(np.array_split(np.arange(n), k))],
     "a longer fold moves no other"),
    (lambda n, k: [np.arange(i * n // k, (i + 1) * n // k)[:-1] for i in range(k)],
     "leaves out each last row"),
    (lambda n, k: [list(range(n))[i * n // k : (i + 1) * n // k - 1] for i in range(k)],
     "leaves out each last row"),
    (lambda n, k: [n // k + (i < n % k) for i in range(k)], "gives sizes"),
    (lambda n, k: np.diff(np.arange(k + 1) * n // k), "gives sizes"),
    (lambda n, k: [(part[0], part[-1]) for part in np.array_split(np.arange(n), k)],
     "gives the ends"),
    (lambda n, k: np.stack([np.arange(k) * n // k, np.arange(1, k + 1) * n // k], axis=1),
     "gives the ends"),
    (lambda n, k: [[row for row in range(n) if i * n // k <= row <= (i + 1) * n // k]
                   for i in range(k)], "folds share a row"),
]

# --- dictionaries, in capitals and other types ---


def shouted(answer):
    return {name: word.upper() for name, word in answer.items()}


def backwards(answer):
    return dict(reversed(answer.items()))


def changed(module, **words):
    """The right answer of an exercise, with other words at the entries that begin like these."""
    right = module.EXERCISE.solution
    found = {name: [w for begin, w in words.items() if begin.replace("_", " ") in name]
             for name in right}
    return {name: found[name][0] if found[name] else word for name, word in right.items()}


OTHER_WORDS = [
    ("order_of_work", order_of_work.placed(
        order_of_work.CUT_TEST, order_of_work.CUT_VALIDATION, order_of_work.SCALE,
        order_of_work.MEASURE, order_of_work.TRAIN, order_of_work.CHOOSE),
     "tests before it chooses"),
    ("order_of_work", order_of_work.placed(
        order_of_work.CUT_TEST, order_of_work.MEASURE, order_of_work.CUT_VALIDATION,
        order_of_work.SCALE, order_of_work.TRAIN, order_of_work.CHOOSE),
     "tests before it chooses"),
    ("order_of_work", order_of_work.placed(
        order_of_work.CUT_TEST, order_of_work.CUT_VALIDATION, order_of_work.TRAIN,
        order_of_work.CHOOSE, order_of_work.SCALE, order_of_work.MEASURE),
     "scales after training"),
    ("order_of_work", order_of_work.placed(
        order_of_work.CUT_TEST, order_of_work.CUT_VALIDATION, order_of_work.TRAIN,
        order_of_work.CHOOSE, order_of_work.MEASURE, order_of_work.SCALE),
     "scales after training"),
    *(("leak_or_fine", changed(leak_or_fine, **words), name) for words, name in (
        ({"empty": "fine", "counted": "leak"}, "a mean is harmless"),
        ({"new_rows": "leak", "counted": "leak"}, "scaling new rows is a leak"),
        ({"test_loss": "fine", "turned,_before": "fine"}, "the test loss may choose the epoch"),
        ({"test_loss": "fine", "validation_loss": "leak"}, "the test loss may choose the epoch"),
        ({"validation_loss": "leak", "new_rows": "leak"}, "validation rows may not choose either"),
        ({"turned,_after": "leak", "counted": "leak"}, "copies are copies"),
        ({"dose": "fine", "turned,_before": "fine"}, "a column is a column"),
        ({"counted": "leak", "test_loss": "fine"}, "looking at the training rows is a leak"),
    )),
    *(("which_cut", changed(which_cut, **words), name) for words, name in (
        ({"patches": "random"}, "tears groups apart"),
        ({"sentences": "random"}, "tears groups apart"),
        ({"X-rays": "random", "patches": "time"}, "tears groups apart"),
        ({"X-rays": "random", "sales": "random"}, "tears groups apart"),
        ({"power": "random"}, "looks between known hours"),
        ({"sales": "random"}, "looks between known hours"),
        ({"bottles": "groups"}, "always groups"),
        ({"people": "groups", "power": "groups"}, "always groups"),
        ({"power": "groups"}, "an hour is a group"),
        ({"sales": "groups"}, "an hour is a group"),
        ({"sentences": "time"}, "new ones come later"),
        ({"X-rays": "time", "patches": "time"}, "new ones come later"),
        ({"people": "time"}, "further ones come later"),
        ({"bottles": "time", "sentences": "time"}, "further ones come later"),
    )),
    *(("keeps_label", changed(keeps_label, **words), name) for words, name in (
        ({"arrow": "keeps", "tomato": "keeps"}, "a mirror image is always the same or never"),
        ({"a_car": "changes", "review": "keeps"}, "colour always matters or never"),
        ({"a_clock": "keeps", "page": "changes"}, "a turn is always harmless or never"),
        ({"review": "keeps", "a_cat": "changes"}, "one word is always little or always much"),
    )),
]

ORDER = [("order_of_work", {name: float(place) for name, place in answer.items()}, mistake.name)
         for mistake in order_of_work.EXERCISE.mistakes for answer in mistake.answers]
WORDS = [(module.EXERCISE.name, shouted(answer) if mistake.recognise else backwards(answer),
          mistake.name)
         for module in (leak_or_fine, which_cut, keeps_label)
         for mistake in module.EXERCISE.mistakes for answer in mistake.answers]

WRONG = [
    *ORDER, *WORDS, *OTHER_WORDS,
    *(("early_stop", *entry) for entry in EARLY_STOP),
    *(("precision_recall", *entry) for entry in PRECISION_RECALL),
    *(("standard_error", *entry) for entry in STANDARD_ERROR),
    *(("after_decay", *entry) for entry in AFTER_DECAY),
    *(("scaled_parts", *entry) for entry in SCALED_PARTS),
    *(("folds", *entry) for entry in FOLDS),
]


def right_error_by_resampling_formula(scores):
    """The jackknife's estimate, which for a mean is exactly the standard error."""
    n = len(scores)
    without = [(sum(scores) - score) / (n - 1) for score in scores]
    middle = sum(without) / n
    return math.sqrt((n - 1) / n * sum((value - middle) ** 2 for value in without))


def right_decay_by_torch(w, lr, decay, steps):
    weight = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    for _ in range(steps):
        (slope,) = torch.autograd.grad(decay * weight**2 / 2, weight)
        weight = (weight - lr * slope).detach().requires_grad_()
    return weight.detach()


def right_precision_by_counting(said, rare):
    table = confusion(said, rare)
    return table[1, 1] / table[1].sum(), table[1, 1] / table[:, 1].sum()


def right_folds_by_dealing(n, k):
    hands = [[] for _ in range(k)]
    for row, hand in zip(range(n), itertools.cycle(hands)):
        hand.append(row)
    return hands


RIGHT = [
    ("standard_error", right_error_by_resampling_formula),
    ("after_decay", right_decay_by_torch),
    ("after_decay", repeated(lambda w, lr, decay: w - lr * decay * w)),
    ("early_stop", stop_walk),
    ("early_stop", stop_by_the_last_five),
    ("precision_recall", right_precision_by_counting),
    ("scaled_parts", scaled_by(train_mean, train_std)),
    ("folds", right_folds_by_dealing),
]
