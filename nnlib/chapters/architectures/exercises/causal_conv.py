"""Build: a convolution along time that never looks ahead."""

import numpy as np

from nnlib.chapters.architectures.exercises._telling import does_as
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def causal_conv(series, kernel):
    """Slide a kernel along a series; its last number meets the present value."""
    k = len(kernel)
    padded = np.concatenate([np.zeros(k - 1), series])
    return np.array([padded[t : t + k] @ kernel for t in range(len(series))])


# --- answers with one misconception each ---


def looks_ahead(series, kernel):
    k = len(kernel)
    padded = np.concatenate([series, np.zeros(k - 1)])
    return np.array([padded[t : t + k] @ kernel for t in range(len(series))])


def centred(series, kernel):
    k = len(kernel)
    padded = np.concatenate([np.zeros(k // 2), series, np.zeros(k)])
    return np.array([padded[t : t + k] @ kernel for t in range(len(series))])


def flips_the_kernel(series, kernel):
    return np.convolve(series, kernel)[: len(series)]


def no_padding(series, kernel):
    k = len(kernel)
    return np.array([series[t : t + k] @ kernel for t in range(len(series) - k + 1)])


def repeats_the_first_value(series, kernel):
    k = len(kernel)
    padded = np.concatenate([np.full(k - 1, series[0]), series])
    return np.array([padded[t : t + k] @ kernel for t in range(len(series))])


def ends_before_the_present(series, kernel):
    k = len(kernel)
    padded = np.concatenate([np.zeros(k), series])
    return np.array([padded[t : t + k] @ kernel for t in range(len(series))])


def keeps_both_ends(series, kernel):
    return np.convolve(series, kernel[::-1])


def averages(series, kernel):
    k = len(kernel)
    padded = np.concatenate([np.zeros(k - 1), series])
    return np.array([padded[t : t + k] @ kernel / k for t in range(len(series))])


def one_zero_in_front(series, kernel):
    k = len(kernel)
    padded = np.concatenate([[0], series])
    return np.array([padded[t : t + k] @ kernel for t in range(len(padded) - k + 1)])


def full_windows_only(series, kernel):
    k = len(kernel)
    result = np.zeros(len(series))
    for t in range(k - 1, len(series)):
        result[t] = series[t - k + 1 : t + 1] @ kernel
    return result


def begins_at_the_end(series, kernel):
    k, n = len(kernel), len(series)
    return np.array([sum(kernel[j] * series[(t - k + 1 + j) % n] for j in range(k))
                     for t in range(n)])


def reads_its_results(series, kernel):
    k = len(kernel)
    result = series.copy()
    for t in range(len(series)):
        result[t] = sum(kernel[k - 1 - j] * result[t - j] for j in range(min(k, t + 1)))
    return result


def fits(series, kernel):
    return len(kernel) <= len(series)


def several_zeros(series, kernel):
    return 3 <= len(kernel) <= len(series)


# --- unusual and right ---


def by_numpys_convolution(series, kernel):
    return np.convolve(series, kernel[::-1])[: len(series)]


def by_a_matrix(series, kernel):
    n, k = len(series), len(kernel)
    matrix = np.zeros((n, n))
    for j in range(k):
        matrix += kernel[j] * np.eye(n, k=j - (k - 1))
    return list(matrix @ series)


def with_torch(series, kernel):
    import torch

    row = torch.tensor(series, dtype=torch.float64)[None, None]
    weight = torch.tensor(kernel, dtype=torch.float64)[None, None]
    padded = torch.nn.functional.pad(row, (len(kernel) - 1, 0))
    return torch.nn.functional.conv1d(padded, weight)[0, 0]


SHORT = (np.array([1.0, 2.0, 4.0]), np.array([3.0, 10.0]))
STEP = (np.array([0.0, 5.0, 5.0, 5.0]), np.array([-1.0, 0.0, 1.0]))


def cases():
    rng = np.random.default_rng(0)
    made = [SHORT, STEP, (np.array([2.0, 3.0]), np.array([7.0]))]
    made += [(rng.normal(size=n).round(1), rng.normal(size=k).round(1))
             for n, k in ((6, 3), (5, 4), (3, 5), (8, 2))]
    return [Case(arrays, _oracle(*arrays)) for arrays in made]


def _oracle(series, kernel):
    """Number by number: j steps back meets the kernel's number j from its end."""
    return np.array([sum(kernel[len(kernel) - 1 - j] * series[t - j]
                         for j in range(len(kernel)) if j <= t) for t in range(len(series))])


EXERCISE = Exercise(
    identifier="architectures.causal_conv",
    title="only the past",
    level="build",
    prompt=(
        "Write `causal_conv(series, kernel)` for two 1-D NumPy arrays. Entry t of the result is "
        "the sum of products of the kernel with the values up to and including t: the kernel's "
        "last number meets the value at t, the number before it the value at t − 1, and so on. "
        "What would lie before the beginning counts as 0. Do not flip the kernel. The result is as "
        "long as the series. Example: the series 1, 1, 1 with the kernel 2, 5 gives 5, 7, 7."
    ),
    stub='''\
def causal_conv(series, kernel):
    """Slide a kernel along a series; its last number meets the present value."""
    return ...
''',
    solution=causal_conv,
    cases=cases,
    hints=(
        "How many values before the beginning does the first window need?",
        "With these zeros in front, an ordinary sliding window does the rest.",
        "Window t begins at place t of the padded series.",
    ),
    passed="Padding in front only: each output stands at the last moment that it has seen.",
    mistakes=(
        Mistake(
            "looks ahead",
            "Your windows begin at the present and reach into the future. The zeros are missing at "
            "the other end.",
            answers=(looks_ahead,),
        ),
        Mistake(
            "flips the kernel",
            "The kernel is turned round: its first number meets the present. That is the "
            "convolution of mathematics.",
            answers=(flips_the_kernel,),
        ),
        Mistake(
            "does not pad",
            "You have only the windows that lie within the series, and too few results. The first "
            "windows have to begin before it.",
            answers=(no_padding,),
            recognise=does_as(no_padding, where=fits),
        ),
        Mistake(
            "centres the window",
            "Half of the window lies behind the present. For an image that is usual; here it is "
            "the future.",
            answers=(centred,),
            recognise=does_as(centred, where=fits),
        ),
        Mistake(
            "repeats the first value",
            "Later entries are right. What lies before the beginning is taken for the first value; "
            "it counts as 0.",
            answers=(repeats_the_first_value,),
        ),
        Mistake(
            "leaves the present out",
            "Each window ends one step too early: entry t should see the value at t as well.",
            answers=(ends_before_the_present,),
        ),
        Mistake(
            "keeps what runs over the end",
            "The first entries are right, and too many follow: windows that have left the series.",
            answers=(keeps_both_ends,),
        ),
        Mistake(
            "takes the mean",
            "Everything is divided by the length of the kernel. Asked is the sum of the products.",
            answers=(averages,),
        ),
        Mistake(
            "pads with one zero only",
            "One zero in front is enough for a kernel of two numbers. How many does a longer one "
            "need?",
            answers=(one_zero_in_front,),
            recognise=does_as(one_zero_in_front, where=several_zeros),
        ),
        Mistake(
            "leaves the beginning at 0",
            "Where a window begins before the series you give 0. What it does hold of the series "
            "counts.",
            answers=(full_windows_only,),
        ),
        Mistake(
            "takes the end for what lies before the beginning",
            "A negative index counts from the end, and so your first windows read the last values. "
            "What lies before the beginning counts as 0.",
            answers=(begins_at_the_end,),
            recognise=does_as(begins_at_the_end, where=fits),
        ),
        Mistake(
            "reads its own results",
            "Results are written where values are still to be read, so later windows meet results "
            "among the values. They need a place of their own.",
            answers=(reads_its_results,),
        ),
    ),
    also_right=(by_numpys_convolution, by_a_matrix, with_torch),
    by_hand=(
        Asked("the series 1, 2, 4 with the kernel 3, 10", SHORT, ("entry 0", "entry 1", "entry 2")),
        Asked("the series 0, 5, 5, 5 with the kernel −1, 0, 1", STEP,
              ("entry 0", "entry 1", "entry 2", "entry 3")),
    ),
)
