"""Build: a batch of pictures as one picture, side by side, on arrays of either path."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def side_by_side(images):
    """(batch, height, width, channels) to (height, batch · width, channels)."""
    batch, height, width, channels = images.shape
    lines = images.swapaxes(0, 1)       # (height, batch, width, channels)
    return lines.reshape(height, batch * width, channels)


# --- answers with one misconception each ---


def reshapes_at_once(images):
    batch, height, width, channels = images.shape
    return images.reshape(height, batch * width, channels)


def one_below_the_other(images):
    batch, height, width, channels = images.shape
    return images.reshape(batch * height, width, channels)


def side_by_side_and_turned(images):
    batch, height, width, channels = images.shape
    return images.swapaxes(0, 2).swapaxes(1, 2).reshape(width, batch * height, channels)


def pixels_in_turn(images):
    batch, height, width, channels = images.shape
    lines = images.swapaxes(0, 1).swapaxes(1, 2)        # (height, width, batch, channels)
    return lines.reshape(height, width * batch, channels)


def not_joined(images):
    return images.swapaxes(0, 1)


def behind_each_other(images):
    batch, height, width, channels = images.shape
    lines = images.swapaxes(0, 1).swapaxes(1, 2)
    return lines.reshape(height, width, batch * channels)


def last_one_first(images):
    return np.concatenate(list(np.asarray(images))[::-1], axis=1)


# --- unusual and right ---


def by_concatenating(images):
    return np.concatenate(list(np.asarray(images)), axis=1)


def by_hstack(images):
    return np.hstack(np.asarray(images))


def by_torch_cat(images):
    import torch

    return torch.cat(list(torch.as_tensor(images)), dim=1)


def by_writing(images):
    batch, height, width, channels = images.shape
    sheet = np.empty((height, batch * width, channels))
    for place in range(batch):
        sheet[:, place * width : (place + 1) * width] = np.asarray(images[place])
    return sheet


SHAPES = [(2, 3, 4, 2), (3, 2, 5, 1), (3, 4, 4, 3), (4, 2, 2, 2)]
# Small enough to be done by hand: two pictures of 2×2 pixels, three of 2×1, grey.
SQUARES = np.arange(1.0, 9).reshape(2, 2, 2, 1)
COLUMNS = np.arange(1.0, 7).reshape(3, 2, 1, 1)


def cases():
    batches = [np.random.default_rng(sum(shape)).normal(size=shape) for shape in SHAPES]
    return [_case(path, images) for path in paths.available()
            for images in (*batches, SQUARES, COLUMNS)]


def _case(path, images):
    """What is expected is filled in number by number."""
    shape = batch, height, width, channels = images.shape
    expected = np.empty((height, batch * width, channels))
    for b, h, w, c in np.ndindex(shape):
        expected[h, b * width + w, c] = images[b, h, w, c]
    return Case((paths.array(path, images),), expected, path=path)


EXERCISE = Exercise(
    identifier="tensors.side_by_side",
    title="side by side",
    level="build",
    prompt=(
        "Write `side_by_side(images)`: from a batch of pictures of shape (batch, height, width, "
        "channels) make **one** picture of shape (height, batch · width, channels), in which they "
        "stand side by side, picture 0 on the left. `images` is a NumPy array or a torch tensor. "
        "Example: ten pictures of 224×224 in three colours give one of shape (224, 2240, 3), and "
        "its columns 224 to 447 are picture 1."
    ),
    stub='''\
def side_by_side(images):
    """(batch, height, width, channels) to (height, batch · width, channels)."""
    return ...
''',
    solution=side_by_side,
    cases=cases,
    hints=(
        "What is the first row of pixels of the result made of? Of the first rows of all pictures, "
        "one after the other. In memory they do not lie one after the other.",
        "reshape joins axes that are neighbours: batch and width have to be neighbours, in this "
        "order, before it can join them. Reorder the axes first.",
        "Before it joins anything, the shape should read (height, batch, width, channels). Which "
        "two axes change places for that?",
    ),
    passed="Reorder until the axes that you want to join are neighbours; then reshape joins them.",
    mistakes=(
        Mistake(
            "reshapes at once",
            "The shape is right and the pictures are torn: reshape reads picture 0 to its end "
            "before it comes to picture 1. Bring batch and width side by side first.",
            answers=(reshapes_at_once,),
        ),
        Mistake(
            "puts them one below the other",
            "The pictures stand one below the other: batch and height were joined. Asked is batch "
            "and width.",
            answers=(one_below_the_other,),
        ),
        Mistake(
            "turns each picture",
            "Each picture lies on its side: rows and columns of pixels have changed places. Height "
            "stays on axis 0.",
            answers=(side_by_side_and_turned,),
        ),
        Mistake(
            "takes a pixel of each in turn",
            "Columns of all pictures alternate: width stands before batch where the two are "
            "joined. The batch has to be the slower of the two, so it comes first.",
            answers=(pixels_in_turn,),
        ),
        Mistake(
            "leaves the axes apart",
            "The order of the axes is right, (height, batch, width, channels). Now join batch and "
            "width into one axis.",
            answers=(not_joined,),
        ),
        Mistake(
            "puts them into the channels",
            "The pictures lie behind one another: the batch was joined with the channels. Join it "
            "with the width.",
            answers=(behind_each_other,),
        ),
        Mistake(
            "begins with the last picture",
            "The order is reversed: picture 0 belongs on the left.",
            answers=(last_one_first,),
        ),
    ),
    also_right=(by_concatenating, by_hstack, by_torch_cat, by_writing),
    by_hand=(
        Asked("picture 0 has the rows 1 2 and 3 4, picture 1 the rows 5 6 and 7 8, all grey: the "
              "result, row after row", (SQUARES,)),
        Asked("three grey pictures of one column, from the top 1 2, 3 4 and 5 6: the result, row "
              "after row", (COLUMNS,)),
    ),
)
