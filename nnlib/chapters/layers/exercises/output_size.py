"""Compute: how large is the output of a convolution or a pooling layer?"""

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def output_size(n, kernel, stride, padding):
    """Positions of a window of `kernel` pixels along an axis of n pixels."""
    return (n + 2 * padding - kernel) // stride + 1


# --- answers with one misconception each ---


def forgets_the_first_position(n, kernel, stride, padding):
    return (n + 2 * padding - kernel) // stride


def pads_one_side(n, kernel, stride, padding):
    return (n + padding - kernel) // stride + 1


def rounds_up(n, kernel, stride, padding):
    return -(-(n + 2 * padding - kernel) // stride) + 1


def rounds_to_the_nearest(n, kernel, stride, padding):
    return round((n + 2 * padding - kernel) / stride) + 1


def rounds_the_result(n, kernel, stride, padding):
    return round((n + 2 * padding - kernel) / stride + 1)


def gives_a_fraction(n, kernel, stride, padding):
    return (n + 2 * padding - kernel) / stride + 1


def ignores_the_kernel(n, kernel, stride, padding):
    return (n + 2 * padding) // stride


def ignores_the_stride(n, kernel, stride, padding):
    return n + 2 * padding - kernel + 1


def adds_one_before_dividing(n, kernel, stride, padding):
    return (n + 2 * padding - kernel + 1) // stride


# --- unusual and right ---


def by_walking(n, kernel, stride, padding):
    start, count = -padding, 0
    while start + kernel <= n + padding:
        start, count = start + stride, count + 1
    return count


def by_range(n, kernel, stride, padding):
    return len(range(0, n + 2 * padding - kernel + 1, stride))


def with_ceil(n, kernel, stride, padding):
    import math

    return math.ceil((n + 2 * padding - kernel + 1) / stride)


SETTINGS = (
    (224, 3, 1, 0), (224, 3, 1, 1), (224, 7, 2, 3), (222, 2, 2, 0), (109, 2, 2, 0), (5, 3, 1, 0),
    (8, 3, 2, 0), (8, 3, 3, 1), (7, 7, 1, 0),
)


def cases():
    import numpy as np
    from numpy.lib.stride_tricks import sliding_window_view

    return [
        Case(setting, len(sliding_window_view(np.zeros(n + 2 * padding), kernel)[::stride]))
        for setting in SETTINGS
        for n, kernel, stride, padding in [setting]
    ]


EXERCISE = Exercise(
    identifier="layers.output_size",
    title="how large is the output?",
    level="compute",
    prompt=(
        "Write `output_size(n, kernel, stride, padding)`: how many positions a window of `kernel` "
        "pixels has along an axis of `n` pixels, with `padding` pixels added on **each** side and "
        "`stride` pixels from one position to the next. Example: 224 pixels, kernel 3, stride 1, "
        "padding 0 give 222."
    ),
    stub='''\
def output_size(n, kernel, stride, padding):
    """Positions of a window of `kernel` pixels along an axis of n pixels."""
    return ...
''',
    solution=output_size,
    cases=cases,
    hints=(
        "The padded axis has n + 2 * padding pixels. How far can the window move before its end "
        "meets theirs?",
        "It can move n + 2 * padding - kernel pixels, in whole steps of stride. Where it starts is "
        "a position too.",
        "(n + 2 * padding - kernel) // stride + 1.",
    ),
    passed="The floor is where pixels get lost: 109 pixels pool to 54, and the last one is unseen.",
    mistakes=(
        Mistake(
            "forgets the first position",
            "One too few: that is the number of steps. The window also stands where it starts.",
            answers=(forgets_the_first_position,),
        ),
        Mistake(
            "pads one side only",
            "Padding is added on both sides: the axis grows by 2 * padding.",
            answers=(pads_one_side,),
        ),
        Mistake(
            "rounds up",
            "A last window that would stick out is not taken: round down.",
            answers=(rounds_up,),
        ),
        Mistake(
            "rounds to the nearest",
            "round may go up, and then the last window sticks out. Round down, with //.",
            answers=(rounds_to_the_nearest,),
        ),
        Mistake(
            "rounds the result",
            "round takes a half to the nearest even number, so sometimes up, to a window that "
            "sticks out. Divide with // instead.",
            answers=(rounds_the_result,),
        ),
        Mistake(
            "gives a fraction",
            "A number of positions is whole. Round down: the window stops where it no longer fits.",
            answers=(gives_a_fraction,),
        ),
        Mistake(
            "ignores the kernel",
            "The size of the window is missing: a wider one has less room to move.",
            answers=(ignores_the_kernel,),
        ),
        Mistake(
            "ignores the stride",
            "With a stride of 2 only every second position is taken. Divide the room by stride.",
            answers=(ignores_the_stride,),
        ),
        Mistake(
            "adds one before dividing",
            "The + 1 counts the first position, after dividing: room // stride + 1.",
            answers=(adds_one_before_dividing,),
        ),
    ),
    also_right=(by_walking, by_range, with_ceil),
    by_hand=(
        Asked("224 pixels, kernel 7, stride 2, padding 3", (224, 7, 2, 3)),
        Asked("109 pixels, kernel 2, stride 2, no padding", (109, 2, 2, 0)),
        Asked("8 pixels, kernel 3, stride 3, padding 1", (8, 3, 3, 1)),
    ),
)
