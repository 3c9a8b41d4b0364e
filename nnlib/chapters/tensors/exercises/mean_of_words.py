"""Repair: a mean over the words of a text that divides by the padding as well, without an error."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def broken_mean_of_words(vectors, mask):
    """The mean vector of the words of each text, without the padding."""
    real = vectors * mask[:, :, None]               # the padding becomes 0
    return real.mean(axis=1)


def mean_of_words(vectors, mask):
    """The mean vector of the words of each text, without the padding."""
    real = vectors * mask[:, :, None]               # the padding becomes 0
    return real.sum(axis=1) / mask.sum(axis=1)[:, None]


# --- answers with one misconception each ---


def by_numpy_mean(vectors, mask):
    return np.mean(vectors * mask[:, :, None], axis=1)          # runs on arrays alone


def by_the_number_of_places(vectors, mask):
    return (vectors * mask[:, :, None]).sum(axis=1) / mask.shape[1]


def padding_too(vectors, mask):
    return vectors.mean(axis=1)


def by_all_words(vectors, mask):
    return (vectors * mask[:, :, None]).sum(axis=1) / mask.sum()


def by_the_longest(vectors, mask):
    return (vectors * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1).max()


def in_one_heap(vectors, mask):
    return vectors[mask].mean(axis=0)


def counts_without_an_axis(vectors, mask):
    return (vectors * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1)


def sums_only(vectors, mask):
    return (vectors * mask[:, :, None]).sum(axis=1)


def by_what_is_not_zero(vectors, mask):
    real = vectors * mask[:, :, None]
    return real.sum(axis=1) / (real != 0).sum(axis=1)


def padding_in_the_sum(vectors, mask):
    return vectors.sum(axis=1) / mask.sum(axis=1)[:, None]


# --- unusual and right ---


def with_a_loop(vectors, mask):
    return [one[real].mean(axis=0).tolist() for one, real in zip(vectors, mask, strict=True)]


def by_weights(vectors, mask):
    weights = np.asarray(mask) / np.asarray(mask).sum(axis=1, keepdims=True)
    return (weights[:, None, :] @ np.asarray(vectors))[:, 0]


def by_ignoring_nan(vectors, mask):
    return np.nanmean(np.where(np.asarray(mask)[:, :, None], vectors, np.nan), axis=1)


# Places, features and the words of each text. In two of them as many texts as features, so that
# a count without an axis of its own broadcasts; in one no text fills its row.
SETTINGS = [(4, 2, (3, 1, 4)), (3, 2, (3, 2)), (5, 3, (2, 4, 1, 3)), (4, 3, (1, 3, 2))]


def cases():
    return [_case(path, *setting) for path in paths.available() for setting in SETTINGS]


def _case(path, places, features, lengths):
    """Small whole numbers, which do not vanish in the padding and are 0 at some words."""
    rng = np.random.default_rng(places + features)
    vectors = rng.integers(-3, 4, size=(len(lengths), places, features)).astype("float64")
    mask = np.arange(places) < np.array(lengths)[:, None]
    vectors[~mask] = 5.0
    expected = np.array([text[:words].mean(axis=0)
                         for text, words in zip(vectors, lengths, strict=True)])
    return Case((paths.array(path, vectors), _yes_or_no(path, mask)), expected, path=path)


def _yes_or_no(path, mask):
    if path == "torch":
        import torch

        return torch.from_numpy(mask)
    return mask


def as_before(seen) -> bool:
    """Whether the sums are divided by all places, on one path at least and nothing else on another.
    """
    results = [item for item in seen if item.error is None]
    return bool(results) and all(
        comparing.same(item.result, _of_all_places(*item.case.arguments)) for item in results
    )


def _of_all_places(vectors, mask):
    return broken_mean_of_words(np.asarray(vectors), np.asarray(mask))


EXERCISE = Exercise(
    identifier="tensors.mean_of_words",
    title="the mean of ones",
    level="repair",
    prompt=(
        "`mean_of_words(vectors, mask)` gets the vectors of a batch of texts, shape (batch, "
        "sequence, embedding), and a mask of shape (batch, sequence), True at a word and False at "
        "the padding; every text has a word. It should give the mean vector of the words of each "
        "text, in shape (batch, embedding). As the cell above shows, most means of ones are not 1, "
        "and nothing complains. Find the cause and mend it. Both are NumPy arrays or torch "
        "tensors. Example: one text with the vectors (2, 6), (4, 0) and a padding (9, 9) gives "
        "(3, 3)."
    ),
    broken=broken_mean_of_words,
    solution=mean_of_words,
    cases=cases,
    hints=(
        "Which of the four texts came out right, and what is special about it?",
        "The padding adds nothing to the sum. By how many places is the sum divided, and by how "
        "many should it be?",
        "The mask counts the words of each text when it is summed, in shape (batch,). Against "
        "sums of shape (batch, embedding) that is lined up with the wrong axis.",
    ),
    passed="What is masked must be missing from the sum and from the count.",
    mistakes=(
        Mistake(
            "divides by all places as before",
            "This is the mean that was to be mended, spelt differently: the sum is still divided "
            "by all places. Count the words of each text with the mask.",
            answers=(by_numpy_mean, by_the_number_of_places),
            recognise=as_before,
        ),
        Mistake(
            "takes the padding for words",
            "Without the mask the padding counts as words, with the vectors that stand there. "
            "Leave it out of the sum and of the count.",
            answers=(padding_too,),
        ),
        Mistake(
            "divides by the words of all texts",
            "mask.sum() counts the words of the whole batch. Each text has a number of its own: "
            "sum over the places only.",
            answers=(by_all_words,),
        ),
        Mistake(
            "divides by the longest text",
            "Every sum is divided by the number of words of the longest text. Divide each by its "
            "own.",
            answers=(by_the_longest,),
        ),
        Mistake(
            "puts all texts in one heap",
            "vectors[mask] picks the words of all texts, one after the other, and which text each "
            "came from is lost. Keep the axis of the batch.",
            answers=(in_one_heap,),
        ),
        Mistake(
            "counts without an axis of length 1",
            "The counts have shape (batch,) and are lined up with the features, on the right: an "
            "error, or worse, a result where both are equally long. Make them a column.",
            answers=(counts_without_an_axis,),
        ),
        Mistake(
            "gives sums",
            "These are the sums. For a mean, divide each by the number of words of its text.",
            answers=(sums_only,),
        ),
        Mistake(
            "counts what is not zero",
            "A word may have a 0 among its numbers, and that counts too. Count in the mask, not "
            "among the numbers.",
            answers=(by_what_is_not_zero,),
        ),
        Mistake(
            "leaves the padding in the sum",
            "The count is right. The sum still contains the vectors of the padding.",
            answers=(padding_in_the_sum,),
        ),
    ),
    also_right=(with_a_loop, by_weights, by_ignoring_nan),
)
