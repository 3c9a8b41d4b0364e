"""Repair, case E: pictures of bytes that reach the network as they are."""

import numpy as np

from nnlib.exercises.exercise import Case, Exercise, Mistake


def prepared(pictures):
    """Pictures as (rows, pixels), as the network was trained on them."""
    pictures = np.asarray(pictures)             # (rows, height, width), 0 to 255
    rows = pictures.reshape(len(pictures), -1)  # (rows, height · width)
    return rows.astype("float32") / 255


def broken(pictures):
    """Pictures as (rows, pixels), as the network was trained on them."""
    pictures = np.asarray(pictures)             # (rows, height, width), 0 to 255
    rows = pictures.reshape(len(pictures), -1)  # (rows, height · width)
    return rows.astype("float32")


# --- answers with one misconception each ---


def by_largest_of_all(pictures):
    rows = np.asarray(pictures).reshape(len(pictures), -1).astype("float32")
    return rows / rows.max()


def by_largest_of_all_in_steps(pictures):
    top = float(np.asarray(pictures).max())
    return np.array([np.ravel(one) / top for one in np.asarray(pictures)], dtype="float32")


def by_largest_and_smallest(pictures):
    rows = np.asarray(pictures).reshape(len(pictures), -1).astype("float32")
    return rows / np.ptp(np.append(rows, 0))


def each_by_its_own(pictures):
    rows = np.asarray(pictures).reshape(len(pictures), -1).astype("float32")
    return rows / rows.max(axis=1, keepdims=True)


def each_by_its_own_in_a_loop(pictures):
    return np.array([(one / one.max()).ravel() for one in np.asarray(pictures)], dtype="float32")


def each_by_its_own_norm(pictures):
    rows = np.asarray(pictures).reshape(len(pictures), -1).astype("float32")
    return rows / np.linalg.norm(rows, ord=np.inf, axis=1)[:, None]


def standardised(pictures):
    rows = np.asarray(pictures).reshape(len(pictures), -1).astype("float32")
    return (rows - rows.mean()) / rows.std()


def standardised_in_double(pictures):
    rows = np.asarray(pictures, dtype="float64").reshape(len(pictures), -1)
    return ((rows - np.mean(rows)) / np.sqrt(np.var(rows))).astype("float32")


def standardised_after_scaling(pictures):
    rows = np.asarray(pictures).reshape(len(pictures), -1) / 255
    centred = rows - rows.sum() / rows.size
    return (centred / np.sqrt((centred**2).mean())).astype("float32")


def whole_numbers(pictures):
    rows = np.asarray(pictures).reshape(len(pictures), -1)
    return (rows // 255).astype("float32")


def whole_numbers_cast(pictures):
    rows = np.asarray(pictures).reshape(len(pictures), -1)
    return (rows / 255).astype("uint8").astype("float32")


def whole_numbers_by_comparing(pictures):
    return np.array([[float(pixel == 255) for pixel in np.ravel(one)]
                     for one in np.asarray(pictures)], dtype="float32")


# --- unusual and right ---


def one_by_one(pictures):
    """Each picture by itself, scaled by the largest value that a byte can have."""
    top = np.iinfo("uint8").max
    return np.stack([np.asarray(one, dtype="float32").ravel() / top for one in pictures])


def cases():
    return [_case(0, (3, 2, 2), 200), _case(1, (2, 3, 2), 256), _case(2, (1, 2, 3), 90)]


def _case(seed, shape, below):
    rng = np.random.default_rng(seed)
    pictures = rng.integers(1, below, shape).astype("uint8")
    if below == 256:
        pictures[0, 0, 0] = 255
    expected = [[int(pixel) / 255 for row in one for pixel in row] for one in pictures.tolist()]
    return Case((pictures,), expected)


EXERCISE = Exercise(
    identifier="debugging.prepared",
    title="case E, pictures of bytes",
    level="repair",
    prompt=(
        "The code behind case E. The network was trained on pixels from 0, no ink, to 1, all the "
        "ink that a byte can say. The pictures come as bytes, `uint8`, in batches of one or of "
        "many, some of them pale. Mend it, so that each picture becomes the same numbers in "
        "whatever company it comes. Example: a byte of 51 becomes 0.2."
    ),
    solution=prepared,
    broken=broken,
    cases=cases,
    hints=(
        "In which units do the pixels come, and in which should they arrive?",
        "The factor belongs to the unit, not to the pictures: a pale picture stays pale.",
    ),
    passed="Inputs are scaled by fixed numbers, those of training: never by what a batch happens "
           "to hold.",
    mistakes=(
        Mistake(
            "scales by the darkest pixel of the batch",
            "Right wherever the batch holds a byte of 255. In another company the same picture "
            "becomes other numbers.",
            answers=(by_largest_of_all, by_largest_of_all_in_steps, by_largest_and_smallest),
        ),
        Mistake(
            "scales each picture by its own darkest pixel",
            "Each picture is stretched to 1: a pale one no longer is. The scale should be the same "
            "for all.",
            answers=(each_by_its_own, each_by_its_own_in_a_loop, each_by_its_own_norm),
        ),
        Mistake(
            "standardises the batch",
            "Mean 0 and standard deviation 1, from the batch itself: that is another unit than the "
            "one of training, and it depends on the company.",
            answers=(standardised, standardised_in_double, standardised_after_scaling),
        ),
        Mistake(
            "loses what lies between 0 and 1",
            "Every pixel is 0, or 1 at a byte of 255: divided as whole numbers, or made whole "
            "before it became a float.",
            answers=(whole_numbers, whole_numbers_cast, whole_numbers_by_comparing),
        ),
    ),
    also_right=(one_by_one,),
)
