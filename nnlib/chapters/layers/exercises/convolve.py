"""Build: a convolution with several channels and kernels, in loops."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def convolve(image, kernels, bias):
    """Convolve an image (H, W, in) with kernels (kh, kw, in, out), stride 1."""
    height, width, _ = image.shape
    kh, kw, _, out = kernels.shape
    rows, columns = height - kh + 1, width - kw + 1
    output = np.zeros((rows, columns, out))
    for p in range(rows):
        for q in range(columns):
            patch = image[p : p + kh, q : q + kw]               # (kh, kw, in)
            for c in range(out):
                output[p, q, c] = (patch * kernels[..., c]).sum() + bias[c]
    return output


# --- answers with one misconception each ---


def flips_the_kernel(image, kernels, bias):
    height, width, _ = image.shape
    kh, kw, _, out = kernels.shape
    output = np.zeros((height - kh + 1, width - kw + 1, out))
    for p in range(output.shape[0]):
        for q in range(output.shape[1]):
            patch = np.asarray(image)[p : p + kh, q : q + kw]
            for c in range(out):
                flipped = np.asarray(kernels)[::-1, ::-1, :, c]
                output[p, q, c] = (patch * flipped).sum() + bias[c]
    return output


def first_channel_only(image, kernels, bias):
    height, width, _ = image.shape
    kh, kw, _, out = kernels.shape
    output = np.zeros((height - kh + 1, width - kw + 1, out))
    for p in range(output.shape[0]):
        for q in range(output.shape[1]):
            for c in range(out):
                patch = image[p : p + kh, q : q + kw, 0]
                output[p, q, c] = (patch * kernels[:, :, 0, c]).sum() + bias[c]
    return output


def bias_at_every_pixel_of_the_patch(image, kernels, bias):
    height, width, _ = image.shape
    kh, kw, _, out = kernels.shape
    output = np.zeros((height - kh + 1, width - kw + 1, out))
    for p in range(output.shape[0]):
        for q in range(output.shape[1]):
            patch = image[p : p + kh, q : q + kw]
            for c in range(out):
                output[p, q, c] = (patch * kernels[..., c] + bias[c]).sum()
    return output


def no_bias(image, kernels, bias):
    height, width, _ = image.shape
    kh, kw, _, out = kernels.shape
    output = np.zeros((height - kh + 1, width - kw + 1, out))
    for p in range(output.shape[0]):
        for q in range(output.shape[1]):
            patch = image[p : p + kh, q : q + kw]
            for c in range(out):
                output[p, q, c] = (patch * kernels[..., c]).sum()
    return output


def misses_the_last_row_and_column(image, kernels, bias):
    height, width, _ = image.shape
    kh, kw, _, out = kernels.shape
    output = np.zeros((height - kh, width - kw, out))
    for p in range(height - kh):
        for q in range(width - kw):
            patch = image[p : p + kh, q : q + kw]
            for c in range(out):
                output[p, q, c] = (patch * kernels[..., c]).sum() + bias[c]
    return output


def keeps_the_channels_apart(image, kernels, bias):
    height, width, _ = image.shape
    kh, kw, _, out = kernels.shape
    output = np.zeros((height - kh + 1, width - kw + 1, out))
    for p in range(output.shape[0]):
        for q in range(output.shape[1]):
            patch = image[p : p + kh, q : q + kw, :, None]
            output[p, q] = (patch * kernels).sum((0, 1)) + bias
    return output


def averages_the_patch(image, kernels, bias):
    height, width, _ = image.shape
    kh, kw, _, out = kernels.shape
    output = np.zeros((height - kh + 1, width - kw + 1, out))
    for p in range(output.shape[0]):
        for q in range(output.shape[1]):
            patch = image[p : p + kh, q : q + kw]
            for c in range(out):
                output[p, q, c] = (patch * kernels[..., c]).mean() + bias[c]
    return output


def leaves_the_last_row_and_column_at_zero(image, kernels, bias):
    height, width, _ = image.shape
    kh, kw, _, out = kernels.shape
    output = np.zeros((height - kh + 1, width - kw + 1, out))
    for p in range(height - kh):
        for q in range(width - kw):
            patch = image[p : p + kh, q : q + kw]
            for c in range(out):
                output[p, q, c] = (patch * kernels[..., c]).sum() + bias[c]
    return output


def pads_the_image(image, kernels, bias):
    kh, kw, _, out = kernels.shape
    wide = np.pad(np.asarray(image), ((kh // 2, kh // 2), (kw // 2, kw // 2), (0, 0)))
    output = np.zeros((wide.shape[0] - kh + 1, wide.shape[1] - kw + 1, out))
    for p in range(output.shape[0]):
        for q in range(output.shape[1]):
            patch = wide[p : p + kh, q : q + kw]
            for c in range(out):
                output[p, q, c] = (patch * np.asarray(kernels)[..., c]).sum() + bias[c]
    return output


def takes_all_kernels_for_squares(image, kernels, bias):
    height, width, _ = image.shape
    kh, _, _, out = kernels.shape
    output = np.zeros((height - kh + 1, width - kh + 1, out))
    for p in range(output.shape[0]):
        for q in range(output.shape[1]):
            patch = image[p : p + kh, q : q + kh]
            for c in range(out):
                output[p, q, c] = (patch * kernels[..., c]).sum() + bias[c]
    return output


def first_kernel_for_all_maps(image, kernels, bias):
    height, width, _ = image.shape
    kh, kw, _, out = kernels.shape
    output = np.zeros((height - kh + 1, width - kw + 1, out))
    for p in range(output.shape[0]):
        for q in range(output.shape[1]):
            patch = image[p : p + kh, q : q + kw]
            for c in range(out):
                output[p, q, c] = (patch * kernels[..., 0]).sum() + bias[c]
    return output


# --- unusual and right ---


def by_windows(image, kernels, bias):
    image, kernels, bias = (np.asarray(a) for a in (image, kernels, bias))
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    return np.einsum("pqdij,ijdc->pqc", windows, kernels) + bias


def shifted_images(image, kernels, bias):
    image, kernels, bias = (np.asarray(a) for a in (image, kernels, bias))
    kh, kw = kernels.shape[:2]
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    total = bias
    for i in range(kh):
        for j in range(kw):
            total = total + image[i : i + rows, j : j + columns] @ kernels[i, j]
    return total


def with_torch(image, kernels, bias):
    import torch

    image, kernels, bias = (torch.as_tensor(a) for a in (image, kernels, bias))
    maps = torch.nn.functional.conv2d(
        image.permute(2, 0, 1)[None], kernels.permute(3, 2, 0, 1), bias)
    return maps[0].permute(1, 2, 0)


# Small enough for paper: image, kernels and bias of one channel, and of two.
ONE_CHANNEL = tuple(map(np.array, (
    [[[1.0], [2.0], [0.0]], [[0.0], [3.0], [1.0]]],
    [[[[1.0]], [[0.0]]], [[[2.0]], [[-1.0]]]],
    [1.0],
)))
TWO_CHANNELS = tuple(map(np.array, (
    [[[1.0, 2.0], [3.0, 4.0], [0.0, 1.0]]],
    [[[[1.0], [-1.0]], [[2.0], [1.0]]]],
    [5.0],
)))


def cases():
    made = [Case(arrays, _oracle(*arrays), path="numpy") for arrays in (ONE_CHANNEL, TWO_CHANNELS)]
    shapes = [((4, 5, 1), (3, 3, 1, 1)), ((5, 4, 2), (2, 3, 2, 3)), ((3, 3, 3), (3, 3, 3, 2))]
    for path in paths.available():
        for seed, (image, kernel) in enumerate(shapes):
            rng = np.random.default_rng(seed)
            arrays = [rng.normal(size=s).round(1) for s in (image, kernel)]
            arrays.append(0.5 + np.arange(kernel[3]))
            made.append(Case(tuple(paths.array(path, a) for a in arrays), _oracle(*arrays),
                             path=path))
    return made


def _oracle(image, kernels, bias):
    """As one large sparse matrix: each output is a row with the kernel where its window lies."""
    (height, width, channels), (kh, kw, _, out) = image.shape, kernels.shape
    rows, columns = height - kh + 1, width - kw + 1
    matrix = np.zeros((rows, columns, out, height, width, channels))
    for p, q, c in np.ndindex(rows, columns, out):
        matrix[p, q, c, p : p + kh, q : q + kw] = kernels[..., c]
    product = matrix.reshape(rows * columns * out, -1) @ image.ravel()
    return product.reshape(rows, columns, out) + bias


EXERCISE = Exercise(
    identifier="layers.convolve",
    title="a convolution of your own",
    level="build",
    prompt=(
        "Write `convolve(image, kernels, bias)` for one image of shape (height, width, in), "
        "kernels of shape (kh, kw, in, out) and a bias of shape (out,), with stride 1: at each "
        "position where the kernel fits multiply the patch by a kernel, sum over all of it, "
        "channels included, and add that kernel's bias. Do not flip the kernel. The result has the "
        "shape (height - kh + 1, width - kw + 1, out). Loops are fine. Example: a 4×5 image of one "
        "channel and one 3×3 kernel give a result of shape (2, 3, 1)."
    ),
    stub='''\
def convolve(image, kernels, bias):
    """Convolve an image (H, W, in) with kernels (kh, kw, in, out), stride 1."""
    return ...                             # (H - kh + 1, W - kw + 1, out)
''',
    solution=convolve,
    cases=cases,
    hints=(
        "Two loops over the positions p, q and one over the kernels c. What is the patch at p, q?",
        "The patch at p, q has kh rows and kw columns of the image and all its channels: the shape "
        "(kh, kw, in), and kernel c has the same.",
        "Multiply patch and kernel entry by entry, and sum over all three axes. One number is "
        "left: how many biases does it get?",
    ),
    passed="One Dense layer at every position: that is all a convolution is.",
    mistakes=(
        Mistake(
            "flips the kernel",
            "The kernel was turned by 180 degrees. That is the convolution of mathematics; the "
            "layers of the libraries do not flip.",
            answers=(flips_the_kernel,),
        ),
        Mistake(
            "uses the first channel only",
            "Only the first channel counts. A kernel is as deep as the image: sum over its "
            "channels too.",
            answers=(first_channel_only,),
        ),
        Mistake(
            "adds the bias to every product",
            "The bias went into the sum, once for each number of the patch. Add it once, after "
            "the sum.",
            answers=(bias_at_every_pixel_of_the_patch,),
        ),
        Mistake(
            "leaves out the bias",
            "Every value of a map is off by the same number: the kernel's bias is missing.",
            answers=(no_bias,),
        ),
        Mistake(
            "stops one position early",
            "A row and a column of positions are missing: a window has height - kh + 1 places.",
            answers=(misses_the_last_row_and_column,),
        ),
        Mistake(
            "keeps the channels apart",
            "The sum goes over the rows and columns of the patch and not over its channels. All "
            "three axes are summed: what remains is one number for each kernel.",
            answers=(keeps_the_channels_apart,),
        ),
        Mistake(
            "averages the patch",
            "The products are averaged. A convolution sums them; an average would be the same "
            "kernel, scaled down.",
            answers=(averages_the_patch,),
        ),
        Mistake(
            "leaves the last row and column at zero",
            "The last row and the last column were never computed: the loops end before the result "
            "does.",
            answers=(leaves_the_last_row_and_column_at_zero,),
        ),
        Mistake(
            "pads the image",
            "Zeros were put around the image. Here the window stands only where the whole kernel "
            "fits.",
            answers=(pads_the_image,),
        ),
        Mistake(
            "takes all kernels for squares",
            "Square kernels work and others do not: the height of the kernel was taken for its "
            "width too.",
            answers=(takes_all_kernels_for_squares,),
        ),
        Mistake(
            "uses the first kernel for all maps",
            "The first map is right and the others are made by its kernel. Each map has its own.",
            answers=(first_kernel_for_all_maps,),
        ),
    ),
    also_right=(by_windows, shifted_images, with_torch),
    by_hand=(
        Asked("image rows (1, 2, 0) and (0, 3, 1), kernel rows (1, 0) and (2, −1), bias 1",
              ONE_CHANNEL, ("left", "right")),
        Asked("a row of two channels, (1, 2), (3, 4), (0, 1); kernel (1, −1), (2, 1); bias 5",
              TWO_CHANNELS, ("left", "right")),
    ),
)
