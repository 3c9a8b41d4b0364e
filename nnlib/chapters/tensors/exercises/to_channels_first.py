"""Build: a batch of images from channels last to channels first, on arrays of either path."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def to_channels_first(images):
    """From (batch, height, width, channels) to (batch, channels, height, width)."""
    images = images.swapaxes(2, 3)      # (batch, height, channels, width)
    return images.swapaxes(1, 2)        # (batch, channels, height, width)


# --- answers with one misconception each ---


def reshapes(images):
    b, h, w, c = images.shape
    return images.reshape(b, c, h, w)


def swaps_rows_and_columns(images):
    return images.swapaxes(1, 3)        # (batch, channels, width, height)


def reverses_all(images):
    return np.asarray(images).T         # (channels, width, height, batch)


def swaps_the_last_two(images):
    return images.swapaxes(2, 3)        # (batch, height, channels, width)


def rolls_the_wrong_way(images):
    return np.transpose(np.asarray(images), (0, 2, 3, 1))


def moves_before_the_batch(images):
    return np.moveaxis(np.asarray(images), -1, 0)


# --- unusual and right ---


def by_transpose(images):
    return images.transpose(0, 3, 1, 2)


def by_permute(images):
    return images.permute(0, 3, 1, 2)


def by_moveaxis(images):
    return np.moveaxis(np.asarray(images), 3, 1)


def channel_by_channel(images):
    return np.stack([images[..., c] for c in range(images.shape[-1])], axis=1)


def by_einsum(images):
    return np.einsum("bhwc->bchw", np.asarray(images))


SHAPES = [(2, 3, 4, 2), (1, 2, 5, 3), (3, 4, 4, 3), (2, 2, 2, 2)]


def cases():
    return [_case(path, shape) for path in paths.available() for shape in SHAPES]


def _case(path, shape):
    """What is expected is filled in number by number, as the two index orders say."""
    images = np.random.default_rng(sum(shape)).normal(size=shape)
    b, h, w, c = shape
    expected = np.empty((b, c, h, w))
    for i in np.ndindex(b, c, h, w):
        expected[i] = images[i[0], i[2], i[3], i[1]]
    return Case((paths.array(path, images),), expected, path=path)


EXERCISE = Exercise(
    identifier="tensors.to_channels_first",
    title="channels first",
    level="build",
    prompt=(
        "Write `to_channels_first(images)`: take a batch of images of shape (batch, height, width, "
        "channels) and return it as (batch, channels, height, width), every pixel where it "
        "belongs. `images` is a NumPy array or a torch tensor. Example: a batch of shape "
        "(32, 224, 224, 3) becomes one of shape (32, 3, 224, 224), and `new[7, 2]` is the blue "
        "plane of image 7."
    ),
    stub='''\
def to_channels_first(images):
    """From (batch, height, width, channels) to (batch, channels, height, width)."""
    return ...
''',
    solution=to_channels_first,
    cases=cases,
    hints=(
        "No number changes, only the order in which the axes are counted. Which function reorders "
        "axes, and which only cuts the numbers into other lengths?",
        "The new axes 0, 1, 2, 3 are the old axes 0, 3, 1, 2.",
        "NumPy: images.transpose(0, 3, 1, 2). torch: images.permute(0, 3, 1, 2). Both know "
        "swapaxes, which swaps two axes at a time.",
    ),
    passed="The pixels stay where they are in memory; only the order of the axes is another.",
    mistakes=(
        Mistake(
            "reshapes instead of transposing",
            "The shape is right and the picture is scrambled: reshape only cuts the same row of "
            "numbers into other lengths. Reorder the axes instead.",
            answers=(reshapes,),
        ),
        Mistake(
            "swaps rows and columns too",
            "Channels come first, but the pictures lie on their side: swapping axes 1 and 3 turns "
            "(height, width, channels) round. Keep height before width.",
            answers=(swaps_rows_and_columns,),
        ),
        Mistake(
            "reverses all axes",
            ".T turns the order of all four axes round, and the batch ends up last. Only the "
            "channels have to move.",
            answers=(reverses_all,),
        ),
        Mistake(
            "moves the channels one place only",
            "The channels went past the width and not past the height. They belong right after the "
            "batch axis.",
            answers=(swaps_the_last_two,),
        ),
        Mistake(
            "permutes the wrong way round",
            "(0, 2, 3, 1) leads from channels first to channels last. The tuple lists, for each "
            "new axis, which old one it is.",
            answers=(rolls_the_wrong_way,),
        ),
        Mistake(
            "puts the channels before the batch",
            "The channels are on axis 0 now, before the batch. They belong on axis 1.",
            answers=(moves_before_the_batch,),
        ),
    ),
    also_right=(by_transpose, by_permute, by_moveaxis, channel_by_channel, by_einsum),
)
