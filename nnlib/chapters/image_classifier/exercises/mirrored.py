"""Repair: an augmentation that turns pictures upside down, and the training rows with them."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def mirrored(pictures, chosen):
    """A copy of the pictures, the chosen rows mirrored left-right."""
    changed = 1 * pictures                       # new pictures, the old ones stay
    for row in chosen:
        for place in range(pictures.shape[2]):
            changed[row, :, place] = pictures[row, :, pictures.shape[2] - 1 - place]
    return changed


def broken(pictures, chosen):
    """A copy of the pictures, the chosen rows mirrored left-right."""
    changed = pictures
    height = pictures.shape[1]
    for row in chosen:
        for place in range(height // 2):
            other = height - 1 - place
            above = changed[row, place] + 0
            changed[row, place] = changed[row, other]
            changed[row, other] = above
    return changed


# --- answers with one misconception each ---


def copies_only(pictures, chosen):
    changed = pictures + 0
    for row in chosen:
        for place in range(pictures.shape[1]):
            changed[row, place] = pictures[row, pictures.shape[1] - 1 - place]
    return changed


def the_axis_only(pictures, chosen):
    changed = pictures
    width = pictures.shape[2]
    for row in chosen:
        for place in range(width // 2):
            other = width - 1 - place
            left = changed[row, :, place] + 0
            changed[row, :, place] = changed[row, :, other]
            changed[row, :, other] = left
    return changed


def channels_too(pictures, chosen):
    flipped = np.array(pictures)
    for row in chosen:
        flipped[row] = np.flip(flipped[row], (1, 2))
    return flipped


def channels_instead(pictures, chosen):
    flipped = np.array(pictures)
    for row in chosen:
        flipped[row] = np.flip(flipped[row], 2)
    return flipped


def half_a_turn(pictures, chosen):
    flipped = np.array(pictures)
    for row in chosen:
        flipped[row] = np.flip(flipped[row], (0, 1))
    return flipped


def everyone(pictures, chosen):
    flipped = np.array(pictures)
    for row in range(len(pictures)):
        flipped[row] = np.flip(flipped[row], 1)
    return flipped


def chosen_only(pictures, chosen):
    flipped = np.array(pictures)
    for row in chosen:
        flipped[row] = np.flip(flipped[row], 1)
    return flipped[list(chosen)]


def overwrites_as_it_goes(pictures, chosen):
    changed = pictures + 0
    for row in chosen:
        for place in range(pictures.shape[2]):
            changed[row, :, place] = changed[row, :, pictures.shape[2] - 1 - place]
    return changed


def the_others(pictures, chosen):
    others = [row for row in range(len(pictures)) if row not in list(chosen)]
    flipped = np.array(pictures)
    for row in others:
        flipped[row] = np.flip(flipped[row], 1)
    return flipped


# --- unusual and right ---


def by_index(pictures, chosen):
    flipped = np.array(pictures)
    flipped[list(chosen)] = flipped[list(chosen)][:, :, ::-1]
    return flipped


def one_by_one(pictures, chosen):
    chosen = {int(row) for row in chosen}
    return np.stack([np.fliplr(np.asarray(picture)) if row in chosen else np.asarray(picture)
                     for row, picture in enumerate(pictures)])


def cases():
    return [_case(path, seed, shape, chosen) for path in paths.available()
            for seed, shape, chosen in ((0, (3, 2, 4, 3), [0, 2]), (1, (4, 3, 5, 2), [1]),
                                        (2, (2, 4, 4, 1), [1]))]


def _case(path, seed, shape, chosen):
    values = np.random.default_rng(seed).integers(0, 10, shape).astype("float64")

    def read(result, arguments):
        """What came back, and what was handed in, as it is afterwards."""
        return {"result": np.asarray(result), "pictures": np.asarray(arguments[0])}

    return Case(lambda: (paths.array(path, values), list(chosen)),
                {"result": oracle(values, chosen), "pictures": values}, path=path, read=read)


def oracle(values, chosen):
    """Number by number."""
    rows, height, width, channels = values.shape
    made = np.empty_like(values)
    for row, y, x, channel in np.ndindex(rows, height, width, channels):
        made[row, y, x, channel] = values[row, y, -1 - x if row in chosen else x, channel]
    return made


EXERCISE = Exercise(
    identifier="image_classifier.mirrored",
    title="upside down, and every epoch anew",
    level="repair",
    prompt=(
        "`mirrored(pictures, chosen)` should return the pictures, (rows, height, width, channels), "
        "with the rows in `chosen` mirrored left-right. Two things are reported. Among the "
        "pictures that it returns, some stand on their heads. And a training that chooses other "
        "rows in each epoch ends with training pictures that are no longer those of the files. "
        "Mend both. `pictures` is an array or a tensor, `chosen` a list of row numbers."
    ),
    solution=mirrored,
    broken=broken,
    cases=cases,
    hints=(
        "Which axis is exchanged, and which one runs from left to right?",
        "What does changed = pictures make: new pictures, or a second name?",
        "In (rows, height, width, channels) a column is pictures[row, :, place].",
    ),
    passed="An augmentation makes new pictures. The training rows stay what they were.",
    mistakes=(
        Mistake("copies, and flips up-down", "The pictures handed in stay as they are now. But "
                "what comes back still stands on its head.", answers=(copies_only,)),
        Mistake("flips left-right, in place", "Left and right are exchanged now. But the pictures "
                "handed in have changed as well.", answers=(the_axis_only,)),
        Mistake("turns the channels round as well", "Left and right are right, but red and blue "
                "are exchanged too.", answers=(channels_too,)),
        Mistake("turns the channels round", "Only the channels were turned round: red has become "
                "blue.", answers=(channels_instead,)),
        Mistake("turns by half a circle", "The pictures are mirrored both ways: that is half a "
                "turn.", answers=(half_a_turn,)),
        Mistake("mirrors every row", "Rows that were not chosen are mirrored too.",
                answers=(everyone,)),
        Mistake("returns the chosen only", "Only the chosen rows come back. The others belong to "
                "the batch as well.", answers=(chosen_only,)),
        Mistake("overwrites what it still needs", "The second half is copied from a first half "
                "that has been overwritten: pictures become symmetric.",
                answers=(overwrites_as_it_goes,)),
        Mistake("mirrors the others", "The rows that were not chosen are mirrored, and the chosen "
                "ones are not.", answers=(the_others,)),
    ),
    also_right=(by_index, one_by_one),
)
