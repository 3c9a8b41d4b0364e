"""Repair: a kernel that is carried from one layout to the other, and comes out scrambled."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def kernel_from_torch(weight):
    """A kernel of torch.nn.Conv2d, (out, in, kh, kw), as (kh, kw, in, out)."""
    weight = np.asarray(weight)
    return weight.transpose(2, 3, 1, 0)


def reshapes(weight):
    """A kernel of torch.nn.Conv2d, (out, in, kh, kw), as (kh, kw, in, out)."""
    weight = np.asarray(weight)
    out, channels, kh, kw = weight.shape
    return weight.reshape(kh, kw, channels, out)


# --- repairs with one misconception each ---


def turns_all_axes_around(weight):
    return np.asarray(weight).T


def turns_all_axes_around_by_name(weight):
    return np.asarray(weight).transpose(3, 2, 1, 0)


def leaves_the_channels_swapped(weight):
    return np.asarray(weight).transpose(2, 3, 0, 1)


def flips_as_well(weight):
    return np.asarray(weight).transpose(2, 3, 1, 0)[::-1, ::-1]


def the_way_back(weight):
    return np.asarray(weight).transpose(3, 2, 0, 1)


# --- unusual and right ---


def by_moveaxis(weight):
    return np.moveaxis(np.asarray(weight), (0, 1), (3, 2))


def by_einsum(weight):
    return np.einsum("oikl->klio", np.asarray(weight))


def number_by_number(weight):
    out, channels, kh, kw = weight.shape
    result = np.zeros((kh, kw, channels, out))
    for o, d, i, j in np.ndindex(out, channels, kh, kw):
        result[i, j, d, o] = weight[o, d, i, j]
    return result


def with_permute(weight):
    import torch

    return torch.as_tensor(weight).permute(2, 3, 1, 0)


SHAPES = ((2, 3, 3, 5), (4, 4, 4, 4), (1, 1, 2, 3))      # the middle one fits in any order


# Eight numbers each: one has channels to exchange and the other a height and a width.
CHANNELS, SIDES = (np.arange(8.0).reshape(shape) for shape in ((2, 2, 1, 2), (2, 1, 2, 2)))


def cases():
    made = [Case((weight,), _oracle(weight), path="numpy") for weight in (CHANNELS, SIDES)]
    for path in paths.available():
        for shape in SHAPES:
            weight = np.arange(np.prod(shape), dtype=float).reshape(shape)
            made.append(Case((paths.array(path, weight),), _oracle(weight), path=path))
    return made


def _oracle(weight):
    """One flat list, each number put where its four coordinates say."""
    out, channels, kh, kw = weight.shape
    flat = np.zeros(weight.size)
    for number, value in enumerate(weight.ravel()):
        o, rest = divmod(number, channels * kh * kw)
        d, rest = divmod(rest, kh * kw)
        i, j = divmod(rest, kw)
        flat[((i * kw + j) * channels + d) * out + o] = value
    return flat.reshape(kh, kw, channels, out)


EXERCISE = Exercise(
    identifier="layers.kernel_from_torch",
    title="the same kernels, another result",
    level="repair",
    prompt=(
        "`kernel_from_torch(weight)` should turn the kernels of a `torch.nn.Conv2d`, of shape "
        "(out, in, kh, kw), into ours, of shape (kh, kw, in, out). Everything runs, every shape "
        "fits, and the outputs of the two layers differ as shown above. Find the cause and mend it."
    ),
    broken=reshapes,
    solution=kernel_from_torch,
    cases=cases,
    hints=(
        "The shape is right. Is the number at [i, j, d, c] the one that was at [c, d, i, j]?",
        "reshape keeps the numbers in their order in memory and only cuts them up in another way. "
        "To exchange axes takes something else.",
        "transpose takes the old axes in their new order. kh, the new first, is the old axis 2: "
        "which are the other three?",
    ),
    passed="reshape cuts the same row of numbers anew; transpose moves axes. Only one is right.",
    mistakes=(
        Mistake(
            "turns all axes around",
            "Close: in and out are right, but height and width are exchanged as well. Name all "
            "four axes in transpose.",
            answers=(turns_all_axes_around, turns_all_axes_around_by_name),
        ),
        Mistake(
            "leaves in and out swapped",
            "Height and width come first, as they should; of the other two, in must come before "
            "out.",
            answers=(leaves_the_channels_swapped,),
        ),
        Mistake(
            "flips the kernel too",
            "The axes are right, and each kernel is turned by 180 degrees. Both libraries leave "
            "kernels as they are.",
            answers=(flips_as_well,),
        ),
        Mistake(
            "goes the way back",
            "These are the axes for the way from our layout to torch's. Here weight is (out, in, "
            "kh, kw): which old axis comes first?",
            answers=(the_way_back,),
        ),
    ),
    also_right=(by_moveaxis, by_einsum, number_by_number, with_permute),
    by_hand=(
        Asked("weight holds 0 to 7 in order, (out 2, in 2, 1, 2): in which order does the result?",
              (CHANNELS,)),
        Asked("weight holds 0 to 7 in order, (out 2, in 1, 2, 2): in which order does the result?",
              (SIDES,)),
    ),
)
