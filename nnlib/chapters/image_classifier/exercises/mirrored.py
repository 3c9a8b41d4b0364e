"""Repair: an augmentation that turns pictures upside down, and the training rows with them."""

import numpy as np

from nnlib.chapters.image_classifier.exercises._judging import gives_what_one_of
from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def mirrored(pictures, chosen):
    """A copy of the pictures, the chosen ones mirrored left-right."""
    changed = 1 * pictures                       # new pictures, the old ones stay
    last = pictures.shape[2] - 1
    for number in chosen:
        for place in range(last + 1):
            changed[number, :, place] = pictures[number, :, last - place]
    return changed


def broken(pictures, chosen):
    """A copy of the pictures, the chosen ones mirrored left-right."""
    changed = pictures
    height = pictures.shape[1]
    for number in chosen:
        for place in range(height // 2):
            other = height - 1 - place
            above = changed[number, place] + 0
            changed[number, place] = changed[number, other]
            changed[number, other] = above
    return changed


# --- answers with one misconception each ---


def copies_only(pictures, chosen):
    changed = pictures + 0
    for number in chosen:
        for place in range(pictures.shape[1]):
            changed[number, place] = pictures[number, pictures.shape[1] - 1 - place]
    return changed


def the_axis_only(pictures, chosen):
    changed = pictures
    width = pictures.shape[2]
    for number in chosen:
        for place in range(width // 2):
            other = width - 1 - place
            left = changed[number, :, place] + 0
            changed[number, :, place] = changed[number, :, other]
            changed[number, :, other] = left
    return changed


def columns_by_the_height(pictures, chosen):
    changed = pictures + 0
    height = pictures.shape[1]
    for number in chosen:
        for place in range(height // 2):
            other = height - 1 - place
            left = changed[number, :, place] + 0
            changed[number, :, place] = changed[number, :, other]
            changed[number, :, other] = left
    return changed


def pairs_by_the_height(pictures, chosen):
    changed = pictures + 0
    height, width = pictures.shape[1:3]
    for number in chosen:
        for place in range(height // 2):
            other = width - 1 - place
            left = changed[number, :, place] + 0
            changed[number, :, place] = changed[number, :, other]
            changed[number, :, other] = left
    return changed


def each_pair_twice(pictures, chosen):
    changed = pictures + 0
    width = pictures.shape[2]
    for number in chosen:
        for place in range(width):
            other = width - 1 - place
            left = changed[number, :, place] + 0
            changed[number, :, place] = changed[number, :, other]
            changed[number, :, other] = left
    return changed


def one_pair_short(pictures, chosen):
    changed = pictures + 0
    width = pictures.shape[2]
    for number in chosen:
        for place in range(width // 2 - 1):
            other = width - 1 - place
            left = changed[number, :, place] + 0
            changed[number, :, place] = changed[number, :, other]
            changed[number, :, other] = left
    return changed


def the_first_only(pictures, chosen):
    changed = pictures + 0
    last = pictures.shape[2] - 1
    for number in chosen:
        for place in range(last + 1):
            changed[number, :, place] = pictures[number, :, last - place]
        return changed


def channels_too(pictures, chosen):
    flipped = np.array(pictures)
    for number in chosen:
        flipped[number] = np.flip(flipped[number], (1, 2))
    return flipped


def channels_instead(pictures, chosen):
    flipped = np.array(pictures)
    for number in chosen:
        flipped[number] = np.flip(flipped[number], 2)
    return flipped


def half_a_turn(pictures, chosen):
    flipped = np.array(pictures)
    for number in chosen:
        flipped[number] = np.flip(flipped[number], (0, 1))
    return flipped


def everyone(pictures, chosen):
    flipped = np.array(pictures)
    for number in range(len(pictures)):
        flipped[number] = np.flip(flipped[number], 1)
    return flipped


def chosen_only(pictures, chosen):
    flipped = np.array(pictures)
    for number in chosen:
        flipped[number] = np.flip(flipped[number], 1)
    return flipped[list(chosen)]


def overwrites_as_it_goes(pictures, chosen):
    changed = pictures + 0
    for number in chosen:
        for place in range(pictures.shape[2]):
            changed[number, :, place] = changed[number, :, pictures.shape[2] - 1 - place]
    return changed


def the_others(pictures, chosen):
    others = [number for number in range(len(pictures)) if number not in list(chosen)]
    flipped = np.array(pictures)
    for number in others:
        flipped[number] = np.flip(flipped[number], 1)
    return flipped


# --- unusual and right ---


def by_index(pictures, chosen):
    flipped = np.array(pictures)
    flipped[list(chosen)] = flipped[list(chosen)][:, :, ::-1]
    return flipped


def one_by_one(pictures, chosen):
    chosen = {int(number) for number in chosen}
    return np.stack([np.fliplr(np.asarray(picture)) if number in chosen else np.asarray(picture)
                     for number, picture in enumerate(pictures)])


def cases():
    return [_case(path, seed, shape, chosen) for path in paths.available()
            for seed, shape, chosen in ((0, (3, 2, 4, 3), [0, 2]), (1, (4, 3, 5, 2), [1]),
                                        (2, (2, 4, 4, 1), [1]))]


def _case(path, seed, shape, chosen):
    values = np.random.default_rng(seed).integers(0, 10, shape).astype("float64")
    return Case(lambda: (paths.array(path, values), list(chosen)), oracle(values, chosen),
                path=path)


def oracle(values, chosen):
    """Number by number."""
    count, height, width, channels = values.shape
    made = np.empty_like(values)
    for picture, y, x, channel in np.ndindex(count, height, width, channels):
        column = -1 - x if picture in chosen else x
        made[picture, y, x, channel] = values[picture, y, column, channel]
    return made


EXERCISE = Exercise(
    identifier="image_classifier.mirrored",
    title="upside down, and every epoch anew",
    level="repair",
    prompt=(
        "`mirrored(pictures, chosen)` should return all pictures, of shape (pictures, height, "
        "width, channels), with those whose numbers are in the list `chosen` mirrored left-right. "
        "Two things are reported. Among the pictures that it returns, some stand on their heads. "
        "And a training that chooses others in each epoch ends with training pictures that are no "
        "longer those of the files. Mend both. `pictures` is an array or a tensor; what works with "
        "one of the two is enough."
    ),
    solution=mirrored,
    broken=broken,
    cases=cases,
    hints=(
        "Which axis is exchanged, and which one runs from left to right?",
        "What does changed = pictures make: new pictures, or a second name?",
        "In (pictures, height, width, channels) a column is pictures[number, :, place]. New "
        "pictures come from arithmetic, with arrays as with tensors.",
    ),
    passed="An augmentation makes new pictures. Those of the files stay what they were.",
    mistakes=(
        Mistake("copies, and flips up-down", "Rows of pixels are exchanged here: pictures come "
                "back standing on their heads, or an index runs out where they are not square. "
                "Which index counts columns?", answers=(copies_only,)),
        Mistake("flips left-right, in place", "Left and right are exchanged now. But the pictures "
                "handed in have changed as well.", answers=(the_axis_only,)),
        Mistake("counts columns with the height", "Columns are exchanged, but somewhere they are "
                "counted with the height. A picture may be wider than high.",
                answers=(columns_by_the_height, pairs_by_the_height),
                recognise=gives_what_one_of(columns_by_the_height, pairs_by_the_height)),
        Mistake("mirrors nothing", "The pictures come back as they were. Where pairs are "
                "exchanged: how often is each of them?", answers=(each_pair_twice,)),
        Mistake("leaves the pair in the middle", "The outer columns are exchanged, the innermost "
                "pair still stands as it stood.", answers=(one_pair_short,)),
        Mistake("mirrors the first of them", "Only the first of the chosen pictures is mirrored. "
                "When does your loop end?", answers=(the_first_only,)),
        Mistake("turns the channels round as well", "Left and right are right, but red and blue "
                "are exchanged too.", answers=(channels_too,)),
        Mistake("turns the channels round", "Only the channels were turned round: red has become "
                "blue.", answers=(channels_instead,)),
        Mistake("turns by half a circle", "The pictures are mirrored both ways: that is half a "
                "turn.", answers=(half_a_turn,)),
        Mistake("mirrors every picture", "Pictures that were not chosen are mirrored too.",
                answers=(everyone,)),
        Mistake("returns the chosen only", "Only the chosen pictures come back. The others belong "
                "to the batch as well.", answers=(chosen_only,)),
        Mistake("overwrites what it still needs", "The second half is copied from a first half "
                "that has been overwritten: pictures become symmetric.",
                answers=(overwrites_as_it_goes,)),
        Mistake("mirrors the others", "The pictures that were not chosen are mirrored, and the "
                "chosen ones are not.", answers=(the_others,)),
    ),
    also_right=(by_index, one_by_one),
)
