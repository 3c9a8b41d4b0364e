"""Build: how often a convolution multiplies for one picture."""

import numpy as np

from nnlib.chapters.image_classifier.exercises._judging import gives_what_one_of
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def conv_work(height, width, kernel, before, after, padding):
    """Multiplications of a convolution with stride 1, for one picture."""
    down = height + 2 * padding - kernel + 1
    across = width + 2 * padding - kernel + 1
    return down * across * kernel * kernel * before * after


# --- answers with one misconception each ---


def counts_weights(height, width, kernel, before, after, padding):
    return kernel * kernel * before * after


def counts_parameters(height, width, kernel, before, after, padding):
    return kernel * kernel * before * after + after


def every_pixel(height, width, kernel, before, after, padding):
    return height * width * kernel * kernel * before * after


def one_side_padded(height, width, kernel, before, after, padding):
    places = (height + padding - kernel + 1) * (width + padding - kernel + 1)
    return places * kernel * kernel * before * after


def no_padding(height, width, kernel, before, after, padding):
    places = (height - kernel + 1) * (width - kernel + 1)
    return places * kernel * kernel * before * after


def one_place_short(height, width, kernel, before, after, padding):
    places = (height + 2 * padding - kernel) * (width + 2 * padding - kernel)
    return places * kernel * kernel * before * after


def square_picture(height, width, kernel, before, after, padding):
    places = (height + 2 * padding - kernel + 1) ** 2
    return places * kernel * kernel * before * after


def square_of_the_width(height, width, kernel, before, after, padding):
    places = (width + 2 * padding - kernel + 1) ** 2
    return places * kernel * kernel * before * after


def one_row_of_the_kernel(height, width, kernel, before, after, padding):
    places = (height + 2 * padding - kernel + 1) * (width + 2 * padding - kernel + 1)
    return places * kernel * before * after


def one_channel_in(height, width, kernel, before, after, padding):
    places = (height + 2 * padding - kernel + 1) * (width + 2 * padding - kernel + 1)
    return places * kernel * kernel * after


def one_channel_out(height, width, kernel, before, after, padding):
    places = (height + 2 * padding - kernel + 1) * (width + 2 * padding - kernel + 1)
    return places * kernel * kernel * before


def with_the_biases(height, width, kernel, before, after, padding):
    places = (height + 2 * padding - kernel + 1) * (width + 2 * padding - kernel + 1)
    return places * (kernel * kernel * before + 1) * after


def outputs_only(height, width, kernel, before, after, padding):
    return (height + 2 * padding - kernel + 1) * (width + 2 * padding - kernel + 1) * after


def channels_added(height, width, kernel, before, after, padding):
    places = (height + 2 * padding - kernel + 1) * (width + 2 * padding - kernel + 1)
    return places * kernel * kernel * (before + after)


def window_of_three(height, width, kernel, before, after, padding):
    return (height + 2 * padding - 2) * (width + 2 * padding - 2) * 3 * 3 * before * after


def places_of_three(height, width, kernel, before, after, padding):
    places = (height + 2 * padding - 2) * (width + 2 * padding - 2)
    return places * kernel * kernel * before * after


def weights_of_three(height, width, kernel, before, after, padding):
    places = (height + 2 * padding - kernel + 1) * (width + 2 * padding - kernel + 1)
    return places * 9 * before * after


def without_brackets(height, width, kernel, before, after, padding):
    places = height + 2 * padding - kernel + 1 * width + 2 * padding - kernel + 1
    return places * kernel * kernel * before * after


def without_any_brackets(height, width, kernel, before, after, padding):
    return (height + 2 * padding - kernel + 1 * width + 2 * padding - kernel
            + 1 * kernel * kernel * before * after)


def pixels_only(height, width, kernel, before, after, padding):
    count = 0
    for top in range(-padding, height + padding - kernel + 1):
        for left in range(-padding, width + padding - kernel + 1):
            for y in range(top, top + kernel):
                for x in range(left, left + kernel):
                    count += before * after * (0 <= y < height and 0 <= x < width)
    return count


# --- unusual and right ---


def by_sliding(height, width, kernel, before, after, padding):
    padded = np.zeros((height + 2 * padding, width + 2 * padding))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kernel, kernel))
    return int(windows.size) * before * after


def by_counting(height, width, kernel, before, after, padding):
    count = 0
    for _ in range(-padding, height + padding - kernel + 1):
        for _ in range(-padding, width + padding - kernel + 1):
            count += before * after * kernel**2
    return float(count)


def cases():
    given = [
        (5, 5, 3, 1, 1, 0), (8, 6, 3, 2, 4, 0), (8, 6, 3, 2, 4, 1), (7, 9, 5, 3, 2, 2),
        (6, 4, 1, 3, 5, 0), (10, 12, 5, 3, 7, 1),
    ]
    return [Case(one, slid(*one)) for one in given]


def slid(height, width, kernel, before, after, padding):
    """Count windows one by one."""
    tops = [t for t in range(-padding, height + padding) if t + kernel <= height + padding]
    lefts = [c for c in range(-padding, width + padding) if c + kernel <= width + padding]
    return sum(before * after * kernel * kernel for _ in tops for _ in lefts)


EXERCISE = Exercise(
    identifier="image_classifier.conv_work",
    title="the work of a convolution",
    level="build",
    prompt=(
        "Write `conv_work(height, width, kernel, before, after, padding)`: how many "
        "multiplications a convolution makes for one picture of `height` × `width`. Its kernels "
        "are square, `kernel` pixels wide, the stride is 1, `before` channels come in and `after` "
        "go out; `padding` zeros are put on *each* side, and products with them count. Example: "
        "`conv_work(4, 5, 2, 1, 3, 0)` is 144, since 12 places of 4 products are needed for each "
        "of 3 channels."
    ),
    stub='''\
def conv_work(height, width, kernel, before, after, padding):
    """Multiplications of a convolution with stride 1, for one picture."""
    return ...
''',
    solution=conv_work,
    cases=cases,
    hints=(
        "How many places does the window have, downwards and across? And how many products are "
        "made at one of them?",
        "At one place, for one channel that goes out, the window covers kernel × kernel pixels of "
        "every channel that comes in.",
        "Downwards the window has height + 2 · padding − kernel + 1 places.",
    ),
    passed="Weights times places: the same few weights work at every place.",
    mistakes=(
        Mistake("counts the weights", "That is how many parameters there are. Each weight is used "
                "at every place of the window.", answers=(counts_weights, counts_parameters),
                recognise=gives_what_one_of(counts_weights, counts_parameters)),
        Mistake("gives every pixel a window", "The window does not have as many places as the "
                "picture has pixels, unless the padding makes up for it.", answers=(every_pixel,)),
        Mistake("pads on one side only", "The zeros are put on each side: left and right, above "
                "and below.", answers=(one_side_padded,)),
        Mistake("leaves the padding out", "Your count is right for pictures without padding. The "
                "zeros make room for more places.", answers=(no_padding,)),
        Mistake("is one place short", "Put a window of 3 on a strip of 3 pixels: it has a place.",
                answers=(one_place_short,)),
        Mistake("uses the height twice", "The height stands here for both sides. A picture may be "
                "wider than high.", answers=(square_picture,)),
        Mistake("uses the width twice", "The width stands here for both sides. A picture may be "
                "higher than wide.", answers=(square_of_the_width,)),
        Mistake("uses one row of the kernel", "The kernel is a square: it covers several rows at a "
                "place, not one.", answers=(one_row_of_the_kernel,)),
        Mistake("reads one channel", "The window looks through all channels that come in.",
                answers=(one_channel_in,)),
        Mistake("makes one channel", "This is the work for one channel of the output.",
                answers=(one_channel_out,)),
        Mistake("counts biases", "A bias is added and multiplies nothing.",
                answers=(with_the_biases,)),
        Mistake("counts outputs", "That is how many numbers come out. Each takes many products.",
                answers=(outputs_only,)),
        Mistake("adds the channels", "Every channel that goes out looks at every one that comes "
                "in: how many pairs is that?", answers=(channels_added,)),
        Mistake("builds in a window of three", "Somewhere a window of 3 × 3 is built in. The ones "
                "that are asked about have other sides as well.",
                answers=(window_of_three, places_of_three, weights_of_three),
                recognise=gives_what_one_of(window_of_three, places_of_three, weights_of_three)),
        Mistake("lacks brackets", "A product binds before a sum: without brackets only the "
                "neighbour of a * is multiplied.",
                answers=(without_brackets, without_any_brackets),
                recognise=gives_what_one_of(without_brackets, without_any_brackets)),
        Mistake("leaves products with zeros out", "The products with the zeros around the picture "
                "are left out here. They are computed like all others, and count.",
                answers=(pixels_only,)),
    ),
    also_right=(by_sliding, by_counting),
    by_hand=(
        Asked("conv_work(5, 5, 3, 1, 1, 0)", (5, 5, 3, 1, 1, 0)),
        Asked("conv_work(8, 6, 3, 2, 4, 1)", (8, 6, 3, 2, 4, 1)),
        Asked("conv_work(10, 12, 5, 3, 7, 1)", (10, 12, 5, 3, 7, 1)),
    ),
)
