"""Repair: attention weights that know the future although they are masked."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def causal_weights(scores):
    """Attention weights of (n, n) scores; row i may see columns 0 to i."""
    allowed = np.tri(len(scores), dtype=bool)
    scores = np.where(allowed, scores, -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def masks_too_late(scores):
    """Attention weights of (n, n) scores; row i may see columns 0 to i."""
    allowed = np.tri(len(scores), dtype=bool)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return np.where(allowed, weights, 0)


# --- repairs with one misconception each ---


def zeroes_the_scores(scores):
    allowed = np.tri(len(scores), dtype=bool)
    scores = np.where(allowed, scores, 0)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def sees_only_the_future(scores):
    allowed = np.tri(len(scores), dtype=bool)
    scores = np.where(allowed.T, scores, -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def sums_over_the_queries(scores):
    allowed = np.tri(len(scores), dtype=bool)
    scores = np.where(allowed, scores, -np.inf)
    powers = np.exp(scores - scores.max(axis=0, keepdims=True))
    return powers / powers.sum(axis=0, keepdims=True)


def takes_one_away(scores):
    allowed = np.tri(len(scores), dtype=bool)
    scores = np.where(allowed, scores, scores - 1)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def no_mask(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def sees_one_ahead(scores):
    allowed = np.tri(len(scores), k=1, dtype=bool)
    scores = np.where(allowed, scores, -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def shares_equally(scores):
    allowed = np.tri(len(scores))
    return allowed / allowed.sum(axis=1, keepdims=True)


def divides_by_everything(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.tril(powers) / np.tril(powers).sum()


# --- unusual and right ---


def renormalised(scores):
    weights = np.tril(np.exp(scores - scores.max(axis=1, keepdims=True)))
    return weights / weights.sum(axis=1, keepdims=True)


def row_by_row(scores):
    out = np.zeros(np.shape(scores))
    for i, row in enumerate(scores):
        seen = np.exp(row[: i + 1])
        out[i, : i + 1] = seen / seen.sum()
    return out


def with_torch(scores):
    import torch

    hidden = torch.triu(torch.ones(len(scores), len(scores), dtype=torch.bool), diagonal=1)
    return torch.tensor(scores).masked_fill(hidden, -torch.inf).softmax(dim=-1)


TWO = (np.array([[1.0, 8.0], [3.0, 3.0]]),)
THREE = (np.array([[2.0, 2.0, 5.0], [1.0, 1.0, 9.0], [0.0, 0.0, 0.0]]),)


def cases():
    made = [TWO, THREE]
    for seed, n in enumerate((1, 3, 4, 5)):
        made.append((np.random.default_rng(seed).normal(0, 2, (n, n)).round(1),))
    return [Case(arrays, _oracle(*arrays)) for arrays in made]


def _oracle(scores):
    """By odds: the weight of key j is 1 / Σ exp(score of i − score of j), over what is seen."""
    out = np.zeros(scores.shape)
    for i, row in enumerate(scores.tolist()):
        for j in range(i + 1):
            out[i, j] = 1 / sum(np.exp(other - row[j]) for other in row[: i + 1])
    return out


EXERCISE = Exercise(
    identifier="architectures.causal_weights",
    title="a mask that leaks",
    level="repair",
    prompt=(
        "`causal_weights(scores)` should turn scores of shape (n, n), a row for each query, into "
        "attention weights, where no place looks at a later one. The upper triangle of its result "
        "is 0, and yet the rows show the symptom above. Find the cause and mend it."
    ),
    broken=masks_too_late,
    solution=causal_weights,
    cases=cases,
    hints=(
        "Add up a row of the weights. What should the sum be?",
        "Which scores have a part in the first weight of the first row?",
        "A score that must not be seen may not be in the sum either by which softmax divides.",
    ),
    passed="Hidden scores must be gone before softmax shares out the 1, or their part is lost.",
    mistakes=(
        Mistake(
            "sets hidden scores to 0",
            "A score of 0 is a score like any other: softmax gives it a share. Which score gets "
            "none?",
            answers=(zeroes_the_scores,),
        ),
        Mistake(
            "shows the future and hides the past",
            "Now each place sees itself and what comes later. The triangle stands on its head.",
            answers=(sees_only_the_future,),
        ),
        Mistake(
            "shares along the wrong axis",
            "The columns sum to 1 now. A query, which is a row, has the 1 to share out.",
            answers=(sums_over_the_queries,),
        ),
        Mistake(
            "lowers hidden scores a little",
            "Hidden places still get something: their scores are lower, but not low enough to get "
            "exactly nothing.",
            answers=(takes_one_away,),
        ),
        Mistake(
            "takes the mask away",
            "The rows sum to 1, and every place sees every other again.",
            answers=(no_mask,),
        ),
        Mistake(
            "shows one place too many",
            "Each row sees one later place: the very one that is to be predicted.",
            answers=(sees_one_ahead,),
        ),
        Mistake(
            "shares equally",
            "The right places are seen, and all alike: the scores no longer matter.",
            answers=(shares_equally,),
        ),
        Mistake(
            "divides by the whole",
            "All weights together sum to 1 now. Each row has a 1 of its own to share.",
            answers=(divides_by_everything,),
        ),
    ),
    also_right=(renormalised, row_by_row, with_torch),
    by_hand=(
        Asked("mended, for the rows 1, 8 and 3, 3", TWO,
              ("row 0, column 0", "row 0, column 1", "row 1, column 0", "row 1, column 1")),
    ),
)
