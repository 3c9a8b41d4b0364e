"""The same misconceptions as in the banks of the chapter "Tensors", written by other hands."""

import functools
import operator

import numpy as np
import torch

from nnlib.chapters.tensors.exercises import input_width, number_of_axes, product_width

# --- count_bytes ---


def bytes_of_the_sum(shape, itemsize):
    total = 0
    for length in shape:
        total += length * itemsize
    return total


def numbers_by_reduce(shape, itemsize):
    return functools.reduce(operator.mul, shape, 1)


def bits_by_prod(shape, itemsize):
    return float(np.prod(shape)) * itemsize * 8


def kibi_kibi(shape, itemsize):
    return np.prod(shape) * itemsize / 1024 / 1024


def size_of_float64(shape, itemsize):
    return np.broadcast_to(np.float64(0), shape).nbytes


# --- side_by_side ---


def view_into_shape(images):
    return np.asarray(images).ravel().reshape(
        images.shape[1], images.shape[0] * images.shape[2], images.shape[3])


def stacked_up(images):
    return np.concatenate(list(np.asarray(images)), axis=0)


def woven(images):
    images = torch.as_tensor(images).permute(1, 2, 0, 3)
    return images.reshape(images.shape[0], -1, images.shape[3])


def in_the_channels(images):
    return np.concatenate(list(np.asarray(images)), axis=-1)


def from_right_to_left(images):
    return torch.cat(list(torch.as_tensor(images).flip(0)), dim=1)


def in_a_row_of_their_own(images):
    return np.stack(list(np.asarray(images)), axis=1)


# --- mini_batches ---


def one_batch_too_many(x, y, size):
    parts, start = [], 0
    while start <= len(x):
        parts.append((x[start : start + size], y[start : start + size]))
        start += size
    return parts


def full_batches(x, y, size):
    parts, start = [], 0
    while start + size <= len(x):
        parts.append((x[start : start + size], y[start : start + size]))
        start += size
    return parts


def every_label(x, y, size):
    parts = []
    for start in range(0, len(x), size):
        parts.append([x[start : start + size], np.asarray(y)])
    return parts


def sliding(x, y, size):
    parts = []
    for i in range(len(x)):
        if i + size <= len(x):
            parts.append((x[i : i + size], y[i : i + size]))
    return parts


# --- of_the_label ---


def a_table_of_all_labels(probabilities, labels):
    return torch.as_tensor(probabilities).index_select(1, torch.as_tensor(labels))


def best_of_each_row(probabilities, labels):
    return [max(row) for row in np.asarray(probabilities).tolist()]


def one_to_the_left(probabilities, labels):
    return [row[int(label) - 1] for row, label in zip(probabilities, labels, strict=True)]


def zeros_elsewhere(probabilities, labels):
    rows = np.zeros(tuple(probabilities.shape))
    for row, label in enumerate(labels):
        rows[row, int(label)] = probabilities[row, int(label)]
    return rows


def place_of_the_best(probabilities, labels):
    return torch.as_tensor(probabilities).argmax(dim=-1)


# --- broadcast_shape ---


def left_aligned(a, b):
    short, long = (a, b) if len(a) < len(b) else (b, a)
    full = list(short) + [1] * (len(long) - len(short))
    for i, length in enumerate(long):
        if full[i] == 1:
            full[i] = length
        elif length not in (1, full[i]):
            return "error"
    return full


def largest(a, b):
    a, b = list(a)[::-1], list(b)[::-1]
    lengths = [max((a + [1] * 9)[i], (b + [1] * 9)[i]) for i in range(max(len(a), len(b)))]
    return lengths[::-1]


def only_the_same(a, b):
    if a != b:
        return "error"
    return list(a)


# --- standardise ---


def one_ruler_from_everything(x_train, x_new):
    rows = torch.cat([torch.as_tensor(x_train), torch.as_tensor(x_new)])
    deviation, mean = torch.std_mean(rows, dim=0, correction=0)
    return [(torch.as_tensor(part) - mean) / deviation for part in (x_train, x_new)]


def a_ruler_each(x_train, x_new):
    return [(np.asarray(part) - np.mean(np.asarray(part), 0)) / np.std(np.asarray(part), 0)
            for part in (x_train, x_new)]


def one_mean(x_train, x_new):
    train = np.asarray(x_train)
    return [(np.asarray(part) - np.mean(train)) / np.std(train) for part in (x_train, x_new)]


def sample_deviation(x_train, x_new):
    train = np.asarray(x_train)
    mean, deviation = train.mean(0), np.std(train, axis=0, ddof=1)
    return [(np.asarray(part) - mean) / deviation for part in (x_train, x_new)]


def everything_by_std(x_train, x_new):
    rows = np.concatenate([x_train, x_new])
    return [(part - rows.mean(axis=0)) / (rows.std(axis=0) + 1e-12) for part in (x_train, x_new)]


def whole_table_by_std(x_train, x_new):
    return [(part - x_train.mean()) / x_train.std() for part in (x_train, x_new)]


def rows_by_std(x_train, x_new):
    return [(part - part.mean(axis=1)[:, None]) / part.std(axis=1)[:, None]
            for part in (x_train, x_new)]


def variance_of_either_path(x_train, x_new):
    mean, variance = x_train.mean(axis=0), x_train.var(axis=0)
    return (x_train - mean) / variance, (x_new - mean) / variance


def training_rows_by_std(x_train, x_new):
    return (x_train - x_train.mean(axis=0)) / x_train.std(axis=0), x_new


def std_with_care(x_train, x_new):
    spread = x_train.std(axis=0)
    spread[spread == 0] = 1
    return [(part - x_train.mean(axis=0)) / spread for part in (x_train, x_new)]


def nothing_left_of_a_constant(x_train, x_new):
    x_train, x_new = np.asarray(x_train), np.asarray(x_new)
    mean, spread = x_train.mean(0), x_train.std(0)
    return [np.where(spread == 0, 0, (part - mean) / np.where(spread == 0, 1, spread))
            for part in (x_train, x_new)]


def by_the_variance(x_train, x_new):
    train = np.asarray(x_train)
    return [(np.asarray(part) - train.mean(0)) / np.var(train, axis=0) for part in (x_train, x_new)]


# --- pixel_rows ---


def shaped_then_turned(images):
    batch, height, width = images.shape
    return np.asarray(images).reshape((height * width, batch)).transpose()


def every_nth_number(images):
    return np.stack([np.asarray(images).ravel()[i :: len(images)] for i in range(len(images))])


def all_in_one(images):
    return np.concatenate([np.asarray(image).ravel() for image in images])


def down_the_columns(images):
    return [np.asarray(image).ravel(order="F") for image in images]


# --- mean_of_words ---


def average_of_everything(vectors, mask):
    return torch.as_tensor(vectors).mean(dim=-2)


def zeros_and_mean(vectors, mask):
    return np.where(np.asarray(mask)[..., None], vectors, 0).mean(axis=1)


def rows_of_a_heap(vectors, mask):
    words = [vector for text, real in zip(vectors, mask, strict=True)
             for vector, word in zip(text, real, strict=True) if word]
    return sum(words) / len(words)


def sums_by_einsum(vectors, mask):
    return np.einsum("bsf,bs->bf", np.asarray(vectors), np.asarray(mask).astype(float))


def by_nonzero(vectors, mask):
    real = np.where(np.asarray(mask)[:, :, None], np.asarray(vectors), 0)
    return real.sum(1) / np.count_nonzero(real, axis=1)


def by_the_whole_count(vectors, mask):
    return sums_by_einsum(vectors, mask) / np.count_nonzero(np.asarray(mask))


# --- broadcast_shape and standardise, once more ---


def short_as_the_shorter(a, b):
    result = ()
    for one, other in list(zip(a[::-1], b[::-1], strict=False)):
        if one == other or other == 1:
            result = (one, *result)
        elif one == 1:
            result = (other, *result)
        else:
            return "error"
    return result


def own_std_of_torch(x_train, x_new):
    tables = [torch.as_tensor(rows) for rows in (x_train, x_new)]
    return [(rows - rows.mean(dim=0)) / rows.std(dim=0) for rows in tables]


AXES, WIDTHS, WIDTH = number_of_axes.AXES, input_width.WIDTHS, product_width.WIDTHS

WRONG = [
    ("number_of_axes", AXES | {number_of_axes.ALONE: 3, number_of_axes.IDS: 1},
     "forgets the batch axis"),
    ("number_of_axes", AXES | {number_of_axes.ACCURACIES: 10},
     "takes the length for the number of axes"),
    ("number_of_axes", AXES | {number_of_axes.ALONE: 2.0}, "drops axes of length 1"),
    ("number_of_axes", AXES | {number_of_axes.PIXEL: 2.0}, "counts the indices that were spent"),
    ("number_of_axes", AXES | {number_of_axes.VIDEO: 3.0}, "sees one picture in a video"),
    ("number_of_axes", AXES | {number_of_axes.DIGITS: 4.0},
     "gives grey digits a channel axis"),
    ("input_width", WIDTHS | {input_width.PATCH: 32}, "flattening keeps one side"),
    ("input_width", WIDTHS | {input_width.LETTER: 2, input_width.PATCH: 3, input_width.FLOWERS: 2},
     "counts axes instead of numbers"),
    ("input_width", WIDTHS | {input_width.PATCH: 67}, "adds the lengths"),
    ("count_bytes", bytes_of_the_sum, "adds the lengths"),
    ("count_bytes", numbers_by_reduce, "counts numbers, not bytes"),
    ("count_bytes", bits_by_prod, "counts bits"),
    ("count_bytes", kibi_kibi, "gives mebibytes"),
    ("count_bytes", size_of_float64, "takes eight bytes for every number"),
    ("side_by_side", view_into_shape, "reshapes at once"),
    ("side_by_side", stacked_up, "puts them one below the other"),
    ("side_by_side", woven, "takes a pixel of each in turn"),
    ("side_by_side", in_the_channels, "puts them into the channels"),
    ("side_by_side", from_right_to_left, "begins with the last picture"),
    ("side_by_side", in_a_row_of_their_own, "leaves the axes apart"),
    ("mini_batches", full_batches, "drops the rest"),
    ("mini_batches", every_label, "hands out all labels each time"),
    ("mini_batches", sliding, "moves on by one row"),
    ("mini_batches", one_batch_too_many, "adds an empty batch"),
    ("product_width", WIDTH | {product_width.LINEAR: 16.0},
     "takes the weight as torch.nn.Linear stores it"),
    ("product_width", WIDTH | {product_width.TEXT: 50}, "keeps the middle"),
    ("product_width", WIDTH | {product_width.DENSE: 32, product_width.TURNED: 32},
     "gives the number of rows"),
    ("of_the_label", a_table_of_all_labels, "takes every label of every row"),
    ("of_the_label", best_of_each_row, "takes the largest"),
    ("of_the_label", one_to_the_left, "counts from one"),
    ("of_the_label", zeros_elsewhere, "sets the others to zero"),
    ("of_the_label", place_of_the_best, "says where the largest is"),
    ("broadcast_shape", left_aligned, "lines the shapes up on the left"),
    ("broadcast_shape", largest, "takes the larger length always"),
    ("broadcast_shape", only_the_same, "accepts equal shapes only"),
    ("broadcast_shape", short_as_the_shorter, "loses the axes that only one shape has"),
    ("standardise", own_std_of_torch, "gives each table its own ruler"),
    ("standardise", one_ruler_from_everything, "takes statistics over all rows"),
    ("standardise", a_ruler_each, "gives each table its own ruler"),
    ("standardise", one_mean, "takes one mean for the whole table"),
    ("standardise", sample_deviation, "divides by N − 1"),
    ("standardise", by_the_variance, "divides by the variance"),
    ("standardise", everything_by_std, "takes statistics over all rows"),
    ("standardise", whole_table_by_std, "takes one mean for the whole table"),
    ("standardise", rows_by_std, "standardises rows"),
    ("standardise", variance_of_either_path, "divides by the variance"),
    ("standardise", training_rows_by_std, "leaves the new rows as they are"),
    ("standardise", std_with_care, "divides by N − 1"),
    ("standardise", nothing_left_of_a_constant, "divides by zero"),
    ("pixel_rows", shaped_then_turned, "mixes the images as before"),
    ("pixel_rows", every_nth_number, "mixes the images as before"),
    ("pixel_rows", all_in_one, "flattens the batch axis too"),
    ("pixel_rows", down_the_columns, "goes down the columns"),
    ("mean_of_words", average_of_everything, "takes the padding for words"),
    ("mean_of_words", zeros_and_mean, "divides by all places as before"),
    ("mean_of_words", rows_of_a_heap, "puts all texts in one heap"),
    ("mean_of_words", sums_by_einsum, "gives sums"),
    ("mean_of_words", by_nonzero, "counts what is not zero"),
    ("mean_of_words", by_the_whole_count, "divides by the words of all texts"),
]


# --- right ---


def bytes_by_array(shape, itemsize):
    return np.broadcast_to(np.int8(0), shape).size * np.int64(itemsize)


def column_by_column(images):
    b, h, w = images.shape[:3]
    return [[images[i, j, k].tolist() for i in range(b) for k in range(w)] for j in range(h)]


def yields(x, y, size):
    for start in range(0, len(x), size):
        yield x[start : start + size], y[start : start + size]


def by_taking_along(probabilities, labels):
    return np.take_along_axis(
        np.asarray(probabilities), np.asarray(labels).reshape(-1, 1), axis=1).ravel()


def shape_from_the_end(a, b):
    result = []
    for back in range(1, max(len(a), len(b)) + 1):
        lengths = {shape[-back] for shape in (a, b) if back <= len(shape)} - {1}
        if len(lengths) > 1:
            return "error"
        result.insert(0, lengths.pop() if lengths else 1)
    return result


def by_mean_of_squares(x_train, x_new):
    mean = x_train.mean(0)
    deviation = ((x_train * x_train).mean(0) - mean * mean) ** 0.5
    deviation[deviation < 1e-6] = 1
    return [(part - mean) / deviation for part in (x_train, x_new)]


def rows_by_stacking(images):
    return np.stack([np.asarray(image).ravel() for image in images])


def by_slices(vectors, mask):
    counts = [int(sum(real)) for real in mask]
    return np.array([np.asarray(text)[:count].sum(0) / count
                     for text, count in zip(vectors, counts, strict=True)])


RIGHT = [
    ("number_of_axes", {name: np.int64(count) for name, count in AXES.items()}),
    ("input_width", {name: np.float32(width) for name, width in WIDTHS.items()}),
    ("count_bytes", bytes_by_array),
    ("side_by_side", column_by_column),
    ("product_width", {name: np.int64(width) for name, width in WIDTH.items()}),
    ("mini_batches", yields),
    ("of_the_label", by_taking_along),
    ("broadcast_shape", shape_from_the_end),
    ("standardise", by_mean_of_squares),
    ("pixel_rows", rows_by_stacking),
    ("mean_of_words", by_slices),
]
