"""Build: scaled dot-product attention of one head."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def attend(q, k, v):
    """Return softmax(q kᵀ / √d) v for q (n, d), k (m, d) and v (m, e)."""
    scores = q @ k.T / np.sqrt(q.shape[1])                     # (n, m)
    weights = np.exp(scores)
    weights = weights / weights.sum(axis=1, keepdims=True)     # each row sums to 1
    return weights @ v                                         # (n, e)


# --- answers with one misconception each ---


def does_not_scale(q, k, v):
    weights = np.exp(q @ k.T)
    return weights / weights.sum(axis=1, keepdims=True) @ v


def divides_by_d(q, k, v):
    weights = np.exp(q @ k.T / q.shape[1])
    return weights / weights.sum(axis=1, keepdims=True) @ v


def softmax_over_the_queries(q, k, v):
    weights = np.exp(q @ k.T / np.sqrt(q.shape[1]))
    return weights / weights.sum(axis=0, keepdims=True) @ v


def softmax_over_everything(q, k, v):
    weights = np.exp(q @ k.T / np.sqrt(q.shape[1]))
    return weights / weights.sum() @ v


def without_keepdims(q, k, v):
    weights = np.exp(q @ k.T / np.sqrt(q.shape[1]))
    return weights / weights.sum(axis=1) @ v


def no_softmax(q, k, v):
    return q @ k.T / np.sqrt(q.shape[1]) @ v


def scales_by_the_number_of_keys(q, k, v):
    weights = np.exp(q @ k.T / np.sqrt(len(k)))
    return weights / weights.sum(axis=1, keepdims=True) @ v


def takes_the_best_key_only(q, k, v):
    return v[(q @ k.T).argmax(axis=1)]


def scales_by_the_number_of_queries(q, k, v):
    weights = np.exp(q @ k.T / np.sqrt(len(q)))
    return weights / weights.sum(axis=1, keepdims=True) @ v


def scales_by_the_width_of_the_values(q, k, v):
    weights = np.exp(q @ k.T / np.sqrt(v.shape[1]))
    return weights / weights.sum(axis=1, keepdims=True) @ v


def scales_after_softmax(q, k, v):
    weights = np.exp(q @ k.T)
    return weights / weights.sum(axis=1, keepdims=True) / np.sqrt(q.shape[1]) @ v


def masks_later_keys(q, k, v):
    weights = np.tril(np.exp(q @ k.T / np.sqrt(q.shape[1])))
    return weights / weights.sum(axis=1, keepdims=True) @ v


def takes_the_mean_of_the_values(q, k, v):
    return np.repeat(v.mean(axis=0, keepdims=True), len(q), axis=0)


def returns_the_weights(q, k, v):
    weights = np.exp(q @ k.T / np.sqrt(q.shape[1]))
    return weights / weights.sum(axis=1, keepdims=True)


# --- unusual and right ---


def query_by_query(q, k, v):
    out = []
    for query in q:
        scores = [float(query @ key) / len(query) ** 0.5 for key in k]
        powers = [2.718281828459045**s for s in scores]
        out.append(sum(p / sum(powers) * value for p, value in zip(powers, v, strict=True)))
    return out


def with_torch(q, k, v):
    import torch

    q, k, v = (torch.tensor(a)[None] for a in (q, k, v))
    return torch.nn.functional.scaled_dot_product_attention(q, k, v)[0]


# What a pocket calculator can do: queries, keys and values with d = 4.
ONE_QUERY = tuple(map(np.array, ([[3.0, 0, 0, 0]], [[1.0, 0, 0, 0], [0, 1, 0, 0]], [[10.0], [2]])))
TWO_QUERIES = tuple(map(np.array, (
    [[4.0, 0, 0, 0], [0, 0, 0, 0]], [[1.0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]], [[9.0], [0], [3]],
)))


def cases():
    made = [Case(arrays, _oracle(*arrays)) for arrays in (ONE_QUERY, TWO_QUERIES)]
    for seed, (n, m, d, e) in enumerate([(1, 3, 4, 2), (3, 3, 2, 3), (2, 5, 9, 2)]):
        rng = np.random.default_rng(seed)
        q, k, v = (rng.normal(size=s).round(1) for s in ((n, d), (m, d), (m, e)))
        made.append(Case((q, k, v), _oracle(q, k, v)))
    return made


def _oracle(q, k, v):
    """By odds: the weight of key j is 1 / Σ_i exp(score_i - score_j)."""
    out = np.zeros((len(q), v.shape[1]))
    for row, query in enumerate(q):
        scores = [sum(a * b for a, b in zip(query, key, strict=True)) / len(query) ** 0.5
                  for key in k]
        for j, value in enumerate(v):
            out[row] += value / sum(np.exp(s - scores[j]) for s in scores)
    return out


EXERCISE = Exercise(
    identifier="layers.attend",
    title="attention of your own",
    level="build",
    prompt=(
        "Write `attend(q, k, v)` for NumPy arrays: queries (n, d), keys (m, d) and values (m, e). "
        "Score every query against every key by their dot product divided by √d, turn each row of "
        "scores into weights by softmax, and return the weighted sums of the values, (n, e). "
        "Example: one query `[[1., 0.]]`, two equal keys `[[1., 0.], [1., 0.]]` and values "
        "`[[0.], [10.]]` give 5: equal keys share equally."
    ),
    stub='''\
def attend(q, k, v):
    """Return softmax(q kᵀ / √d) v for q (n, d), k (m, d) and v (m, e)."""
    return ...                                                 # (n, e)
''',
    solution=attend,
    cases=cases,
    hints=(
        "q @ k.T has the shape (n, m): one row for each query. Which of its axes must sum to 1?",
        "d is the number of features, q.shape[1]. Divide the scores by its square root before "
        "softmax.",
        "The exponentials of a row, divided by their own sum, are its weights. What keeps that sum "
        "beside its row? And what do the weights multiply?",
    ),
    passed=(
        "Each output is a mixture of values; training makes queries, keys and values. Very large "
        "scores overflow: the library's softmax takes the largest off first."
    ),
    mistakes=(
        Mistake(
            "does not divide the scores",
            "The scores were not divided by √d, so the weights are too sharp.",
            answers=(does_not_scale,),
        ),
        Mistake(
            "divides by d",
            "The scores were divided by d. Dot products of d terms spread like √d: divide by that.",
            answers=(divides_by_d,),
        ),
        Mistake(
            "takes softmax over the queries",
            "Here the columns sum to 1. Each query shares out one whole among the keys: the rows "
            "must.",
            answers=(softmax_over_the_queries,),
        ),
        Mistake(
            "takes softmax over everything",
            "All queries together share one whole. Each query has a whole of its own, so every "
            "row is divided by its own sum.",
            answers=(softmax_over_everything,),
        ),
        Mistake(
            "divides by a sum without its axis",
            "weights.sum(axis=1) has the shape (n,), and broadcasting lays it along the columns. "
            "Each sum belongs beside its row: which shape does that?",
            answers=(without_keepdims,),
        ),
        Mistake(
            "leaves out softmax",
            "Raw scores were used as weights: they may be negative and need not sum to 1.",
            answers=(no_softmax,),
        ),
        Mistake(
            "counts keys, not features",
            "The scores were divided by the root of the number of keys. d counts the features of "
            "one.",
            answers=(scales_by_the_number_of_keys,),
        ),
        Mistake(
            "takes the best key only",
            "Only one value was taken. Attention mixes all of them, by softmax weights, so that "
            "every key gets a gradient.",
            answers=(takes_the_best_key_only,),
        ),
        Mistake(
            "counts queries, not features",
            "The scores were divided by the root of the number of queries. d is the number of "
            "features of one.",
            answers=(scales_by_the_number_of_queries,),
        ),
        Mistake(
            "takes the width of the values for d",
            "The scores were divided by the root of v.shape[1]. They come from queries and keys: d "
            "is their width.",
            answers=(scales_by_the_width_of_the_values,),
        ),
        Mistake(
            "divides after softmax",
            "The weights were divided by √d, and no longer sum to 1. What is too large are the "
            "scores.",
            answers=(scales_after_softmax,),
        ),
        Mistake(
            "masks later keys",
            "A causal mask hides keys here. None is asked for: every query sees every key.",
            answers=(masks_later_keys,),
        ),
        Mistake(
            "takes the mean of the values",
            "That is the plain mean of the values: right where all keys are equal, and otherwise "
            "queries and keys decide the weights.",
            answers=(takes_the_mean_of_the_values,),
        ),
        Mistake(
            "returns the weights",
            "Those are the weights, one for each key. Asked is what they make of the values.",
            answers=(returns_the_weights,),
        ),
    ),
    also_right=(query_by_query, with_torch),
    by_hand=(
        Asked("query (3, 0, 0, 0), keys (1, 0, 0, 0) and (0, 1, 0, 0), values 10 and 2", ONE_QUERY),
        Asked(
            "queries (4, 0, 0, 0) and (0, 0, 0, 0), keys (1, 0, 0, 0), (0, 1, 0, 0) and "
            "(0, 0, 1, 0), values 9, 0 and 3",
            TWO_QUERIES, ("first query", "second query"),
        ),
    ),
)
