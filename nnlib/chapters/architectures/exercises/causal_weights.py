"""Repair: attention weights that know the future although they are masked."""

import numpy as np

from nnlib.chapters.architectures.exercises._telling import does_as, is_right
from nnlib.exercises.attempting import observe
from nnlib.exercises.comparing import same
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


def puts_minus_ten(scores):
    allowed = np.tri(len(scores), dtype=bool)
    scores = np.where(allowed, scores, -10)
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


def drops_the_maximum(scores):
    powers = np.tril(np.exp(scores))
    return powers / powers.sum(axis=1, keepdims=True)


def takes_the_maximum_of_all(scores):
    powers = np.tril(np.exp(scores - scores.max(axis=1, keepdims=True)))
    return powers / powers.sum(axis=1, keepdims=True)


def takes_the_maximum_of_all_rows(scores):
    scores = np.where(np.tri(len(scores), dtype=bool), scores, -np.inf)
    powers = np.exp(scores - scores.max())
    return powers / powers.sum(axis=1, keepdims=True)


def hides_the_place_itself(scores):
    allowed = np.tri(len(scores), k=-1, dtype=bool)
    scores = np.where(allowed, scores, -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def multiplies_by_infinity(scores):
    scores = scores + (1 - np.tri(len(scores))) * -np.inf
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_twice(scores):
    allowed = np.tri(len(scores), dtype=bool)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = np.where(allowed, powers / powers.sum(axis=1, keepdims=True), -np.inf)
    powers = np.exp(weights - weights.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def lays_the_sums_along_the_columns(scores):
    allowed = np.tri(len(scores), dtype=bool)
    scores = np.where(allowed, scores, -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1)


def divides_by_the_number_seen(scores):
    allowed = np.tri(len(scores))
    powers = allowed * np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / allowed.sum(axis=1, keepdims=True)


# --- what tells these mistakes ---


def ordinary(scores):
    """Scores whose exponentials are neither infinite nor 0."""
    return np.abs(scores).max() < 100


def apart(seen):
    """The cases of ordinary scores, and the others."""
    told = [ordinary(*item.case.make_arguments()) for item in seen]
    return ([item for item, plain in zip(seen, told, strict=True) if plain],
            [item for item, plain in zip(seen, told, strict=True) if not plain])


def columns_sum_to_one(seen):
    """With a causal mask, and not the rows."""
    told, _ = apart(seen)
    return all(
        np.allclose(item.result.sum(axis=0), 1) and np.allclose(item.result, np.tril(item.result))
        for item in told
    ) and not all(map(is_right, told))


def all_sum_to_one(seen):
    """With a causal mask, all weights together."""
    told, _ = apart(seen)
    return all(
        np.isclose(item.result.sum(), 1) and np.allclose(item.result, np.tril(item.result))
        for item in told
    )


def rows_have_other_sums(seen):
    """The right proportions in each row, and not the sum."""
    told, _ = apart(seen)
    sums = [item.result.sum(axis=1, keepdims=True) for item in told]
    return all(
        total.all() and same(item.result / total, item.case.expected)
        for item, total in zip(told, sums, strict=True)
    ) and not all(np.allclose(total, 1) for total in sums) and not all_sum_to_one(seen)


def with_hidden(number, *, added):
    """Weights of scores that are this number where hidden, or with it added there."""
    def answer(scores):
        allowed = np.tri(len(scores), dtype=bool)
        scores = np.where(allowed, scores, scores + number if added else number)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    return answer


def hidden_get_little(seen):
    """What takes the place of a hidden score can be told from the first row: a lower one."""
    ((first, other), _), got = TWO[0], seen[0].result[0]
    if not got.min() > 0:
        return False
    taken = first + np.log(got[1] / got[0])
    return taken < other - 1e-6 and abs(taken) > 1e-6 and does_as(
        with_hidden(taken, added=False), with_hidden(taken - other, added=True), where=ordinary,
    )(seen)


def the_largest_seen_is_not_subtracted(seen):
    usual, (large, _) = apart(seen)
    return all(map(is_right, usual)) and not is_right(large)


def a_hidden_one_is_subtracted(seen):
    usual, (large, large_hidden) = apart(seen)
    return all(map(is_right, [*usual, large])) and not is_right(large_hidden)


def all_but_the_first_row_hide_themselves(seen):
    """The first row has nothing left: NaN, or whatever somebody puts there."""
    pairs = [(item.result, observe(hides_the_place_itself, item.case).result)
             for item in apart(seen)[0]]
    return all(np.allclose(got[1:], would_be[1:]) for got, would_be in pairs)


def all_is_no_number(seen):
    return all(np.isnan(item.result).all() for item in seen)


# --- unusual and right ---


def row_by_row(scores):
    out = np.zeros(np.shape(scores))
    for i, row in enumerate(scores):
        seen = np.exp(row[: i + 1] - row[: i + 1].max())
        out[i, : i + 1] = seen / seen.sum()
    return out


def with_torch(scores):
    import torch

    hidden = torch.triu(torch.ones(len(scores), len(scores), dtype=torch.bool), diagonal=1)
    return torch.tensor(scores).masked_fill(hidden, -torch.inf).softmax(dim=-1)


TWO = (np.array([[1.0, 8.0], [3.0, 3.0]]),)
THREE = (np.array([[2.0, 2.0, 5.0], [1.0, 1.0, 9.0], [0.0, 0.0, 0.0]]),)
LARGE = (np.array([[-900.0, -950.0], [899.0, 900.0]]),)
LARGE_HIDDEN = (np.array([[1.0, 1000.0], [2.0, 3.0]]),)


def cases():
    made = [TWO, THREE]
    for seed, n in enumerate((1, 3, 4, 5)):
        made.append((np.random.default_rng(seed).normal(0, 2, (n, n)).round(1),))
    made += [LARGE, LARGE_HIDDEN]
    return [Case(arrays, _oracle(*arrays)) for arrays in made]


def _oracle(scores):
    """By odds: the weight of key j is 1 / Σ exp(score of i − score of j), over what is seen."""
    out = np.zeros(scores.shape)
    for i, row in enumerate(scores.tolist()):
        for j in range(i + 1):
            with np.errstate(over="ignore"):             # 1 / infinity is the 0 that is meant
                out[i, j] = 1 / sum(np.exp(other - row[j]) for other in row[: i + 1])
    return out


EXERCISE = Exercise(
    identifier="architectures.causal_weights",
    title="a mask that leaks",
    level="repair",
    prompt=(
        "`causal_weights(scores)` should turn scores of shape (n, n), a row for each query, into "
        "attention weights, where no place looks at a later one. The upper triangle of its result "
        "is 0, and yet the rows show the symptom above. Find the cause and mend it. Scores may be "
        "as large as 1,000, hidden ones too."
    ),
    broken=masks_too_late,
    solution=causal_weights,
    cases=cases,
    hints=(
        "Which scores have a part in the first weight of the first row?",
        "A score that must not be seen may not be in the sum either by which softmax divides.",
        "So it has to be out of the way before softmax begins. Which score gets no share at all?",
    ),
    passed="Hidden scores must be gone before softmax shares out the 1, or their part is lost.",
    mistakes=(
        Mistake(
            "sets hidden scores to 0",
            "A score of 0 is a score like any other: softmax gives it a share. Which score gets "
            "none?",
            answers=(zeroes_the_scores,),
            recognise=does_as(zeroes_the_scores, where=ordinary),
        ),
        Mistake(
            "shows the future and hides the past",
            "Now each place sees itself and what comes later. The triangle stands on its head.",
            answers=(sees_only_the_future,),
            recognise=does_as(sees_only_the_future, where=ordinary),
        ),
        Mistake(
            "shares along the wrong axis",
            "The columns sum to 1 now. A query, which is a row, has the 1 to share out.",
            answers=(sums_over_the_queries,),
            recognise=columns_sum_to_one,
        ),
        Mistake(
            "lowers hidden scores a little",
            "Hidden places still get something: their scores are lower, but not low enough to get "
            "exactly nothing.",
            answers=(takes_one_away, puts_minus_ten),
            recognise=hidden_get_little,
        ),
        Mistake(
            "takes the mask away",
            "The rows sum to 1, and every place sees every other again.",
            answers=(no_mask,),
            recognise=does_as(no_mask, where=ordinary),
        ),
        Mistake(
            "shows one place too many",
            "Each row sees one later place: the very one that is to be predicted.",
            answers=(sees_one_ahead,),
            recognise=does_as(sees_one_ahead, where=ordinary),
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
            recognise=all_sum_to_one,
        ),
        Mistake(
            "loses the guard against large scores",
            "Right for small scores. With large ones the exponentials of a row all become "
            "infinite, or all 0: the code that you were given took care of that, row by row.",
            answers=(drops_the_maximum, takes_the_maximum_of_all_rows),
            recognise=the_largest_seen_is_not_subtracted,
        ),
        Mistake(
            "takes the maximum over hidden scores too",
            "The rows sum to 1, until a hidden score is very large: it is still what you subtract "
            "from all, and nothing is left of those that are seen.",
            answers=(takes_the_maximum_of_all,),
            recognise=a_hidden_one_is_subtracted,
        ),
        Mistake(
            "hides the place itself",
            "A place may see itself. Now the first row sees nothing at all, and has nothing to "
            "share out.",
            answers=(hides_the_place_itself,),
            recognise=all_but_the_first_row_hide_themselves,
        ),
        Mistake(
            "multiplies infinity by 0",
            "0 times infinity is not a number, so nothing is left of what should be seen. Choose "
            "between two numbers instead of multiplying.",
            answers=(multiplies_by_infinity,),
            recognise=all_is_no_number,
        ),
        Mistake(
            "runs softmax twice",
            "Softmax has run twice: once over everything, and then over its own weights. Once is "
            "enough, if it gets the right scores.",
            answers=(softmax_twice,),
            recognise=does_as(softmax_twice, where=ordinary),
        ),
        Mistake(
            "lays the sums of the rows along the columns",
            "Each column is divided by the sum of the row with its number. What shape have the "
            "sums, and with which axis does that line up?",
            answers=(lays_the_sums_along_the_columns,),
            recognise=does_as(lays_the_sums_along_the_columns, where=ordinary),
        ),
        Mistake(
            "divides by another number than the sum",
            "Each row has the right proportions, and its sum is not 1: it is not divided by the "
            "sum of what it sees.",
            answers=(divides_by_the_number_seen,),
            recognise=rows_have_other_sums,
        ),
    ),
    also_right=(row_by_row, with_torch),
    by_hand=(
        Asked("mended, for the rows 1, 8 and 3, 3", TWO,
              ("row 0, column 0", "row 0, column 1", "row 1, column 0", "row 1, column 1")),
    ),
)
