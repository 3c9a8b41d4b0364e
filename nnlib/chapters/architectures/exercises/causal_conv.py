"""Build: a convolution along time that never looks ahead."""

import numpy as np

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
            "The result is shorter than the series: the first windows have to begin before it.",
            answers=(no_padding,),
        ),
        Mistake(
            "centres the window",
            "Half of the window lies behind the present. For an image that is usual; here it is "
            "the future.",
            answers=(centred,),
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
    ),
    also_right=(by_numpys_convolution, by_a_matrix, with_torch),
    by_hand=(
        Asked("the series 1, 2, 4 with the kernel 3, 10", SHORT, ("entry 0", "entry 1", "entry 2")),
        Asked("the series 0, 5, 5, 5 with the kernel −1, 0, 1", STEP,
              ("entry 0", "entry 1", "entry 2", "entry 3")),
    ),
)
