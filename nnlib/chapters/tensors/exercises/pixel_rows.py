"""Repair: flattening whose shape is right, and whose rows mix the images."""

from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def broken_pixel_rows(images):
    """A row of pixels for each image: (batch, height, width) to (batch, pixels)."""
    height, width = images.shape[1:]
    return images.reshape(height * width, -1).T


def pixel_rows(images):
    """A row of pixels for each image: (batch, height, width) to (batch, pixels)."""
    batch, height, width = images.shape
    return images.reshape(batch, height * width)


# --- answers with one misconception each ---


def without_the_transpose(images):
    height, width = images.shape[1:]
    return images.reshape(height * width, -1)


def by_swapping_axes(images):
    batch, height, width = images.shape
    return images.reshape(height * width, batch).swapaxes(0, 1)


def pixels_first(images):
    batch = images.shape[0]
    return images.swapaxes(0, 2).swapaxes(0, 1).reshape(-1, batch)


def one_long_row(images):
    return images.reshape(-1)


def a_batch_of_one(images):
    return images.reshape(1, -1)


def column_by_column(images):
    batch, height, width = images.shape
    return images.swapaxes(1, 2).reshape(batch, height * width)


def first_rows_only(images):
    return images[:, 0, :]


# --- unusual and right ---


def by_minus_one(images):
    return images.reshape(len(images), -1)


def by_lists(images):
    return [[pixel for row in image for pixel in row.tolist()] for image in images]


def by_torch(images):
    import torch

    return torch.flatten(torch.as_tensor(images), 1)


SHAPES = [(3, 2, 4), (5, 3, 3), (6, 4, 2), (2, 1, 3)]


def cases():
    return [_case(path, shape) for path in paths.available() for shape in SHAPES]


def _case(path, shape):
    """Pixels that say where they belong: 100 for each image, 10 for each row, 1 for each column."""
    batch, height, width = shape
    rows = [
        [100.0 * image + 10 * row + column for row in range(height) for column in range(width)]
        for image in range(batch)
    ]
    images = [[row[i * width : (i + 1) * width] for i in range(height)] for row in rows]
    return Case((paths.array(path, images),), rows, path=path)


def everything_in_one_row(seen) -> bool:
    """Whether all pixels of the batch stand in one row, as (n,) or as (1, n)."""
    return all(
        item.error is None
        and getattr(item.result, "size", 0) == item.case.arguments[0].reshape(-1).shape[0]
        and item.result.shape in ((item.result.size,), (1, item.result.size))
        for item in seen
    )


EXERCISE = Exercise(
    identifier="tensors.pixel_rows",
    title="rows that are nobody's pixels",
    level="repair",
    prompt=(
        "`pixel_rows(images)` should give one row of pixels for each image, from (batch, height, "
        "width) to (batch, height · width), row of pixels after row of pixels. The layer behind it "
        "is content with the shape; as the cell above shows, row 5 is not image 5. Find the cause "
        "and mend it. Example: a batch of shape (32, 8, 8) becomes one of shape (32, 64), and row "
        "5 of it is image 5."
    ),
    broken=broken_pixel_rows,
    solution=pixel_rows,
    cases=cases,
    hints=(
        "Print the shape after each step. In which of them is there no axis any more that counts "
        "images?",
        "reshape cuts the numbers in the order in which they are counted, image after image. How "
        "many numbers in a row belong to one image, and how long are the rows that it cuts here?",
        "The axis that must stay is the first one. Which length belongs there, and which stands "
        "there now?",
    ),
    passed="Keep the batch axis, and let reshape join only axes that are neighbours.",
    mistakes=(
        Mistake(
            "mixes the images as before",
            "These are the rows of before, spelt differently: each collects pixels of many images, "
            "since the reshape has mixed them before the axes are swapped.",
            answers=(by_swapping_axes,),
        ),
        Mistake(
            "only drops the transpose",
            "Now the layer would complain, of the shape (pixels, batch). The transpose came too "
            "late to help, but the fault is the reshape: look at the length of the rows that it "
            "cuts.",
            answers=(without_the_transpose,),
        ),
        Mistake(
            "puts the pixels first",
            "Column 5 is image 5 now. Asked are the images as rows: batch first.",
            answers=(pixels_first,),
        ),
        Mistake(
            "flattens the batch axis too",
            "All images of the batch stand in one row. Each image needs a row of its own: only the "
            "axes behind the batch are joined.",
            answers=(one_long_row, a_batch_of_one),
            recognise=everything_in_one_row,
        ),
        Mistake(
            "goes down the columns",
            "Each row holds its own image, but read column by column. Asked is row of pixels after "
            "row of pixels, the order in which they are stored.",
            answers=(column_by_column,),
        ),
        Mistake(
            "keeps the first row of pixels",
            "The other rows of pixels are lost. Flattening keeps every number: height · width of "
            "them for each image.",
            answers=(first_rows_only,),
        ),
    ),
    also_right=(by_minus_one, by_lists, by_torch),
)
