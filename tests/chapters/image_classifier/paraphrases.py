"""The same misconceptions as in the banks, written by other hands.

A bank's first answer is what a mistake is recognised by, so the bank alone could agree with itself.
These are written differently (other operations, lists, loops, torch) and name the mistake that must
be recognised. `RIGHT` holds further correct answers.
"""

import bisect
import collections
import itertools
import math
import zlib

import numpy as np

from nnlib.chapters.image_classifier.exercises import loader_says, part_sizes

SIZES, FILES = part_sizes.SIZES, loader_says.FILES
CONV1, POOL1, CONV2, POOL2, FLAT, P_CONV1, P_CONV2, P_DENSE, P_LAST = SIZES
NAKED, NESTED, DOG, DOT, PDF, WIDE, EMPTY, COPY, HIDDEN, BARE = FILES

# --- conv_work ---


def work(places, kernel, before, after):
    return math.prod(places) * kernel**2 * before * after


def work_weights(height, width, kernel, before, after, padding):
    return np.ones((kernel, kernel, before, after)).size


def work_weights_twice(height, width, kernel, before, after, padding):
    return sum(1 for _ in itertools.product(range(kernel), range(kernel), range(before),
                                            range(after)))


def work_weights_float(height, width, kernel, before, after, padding):
    return float(after * before * kernel**2)


def work_everywhere(height, width, kernel, before, after, padding):
    return work((height, width), kernel, before, after)


def work_one_side(height, width, kernel, before, after, padding):
    return work((height - kernel + padding + 1, width - kernel + padding + 1), kernel, before,
                after)


def work_without_padding(height, width, kernel, before, after, padding):
    return work((height + 1 - kernel, width + 1 - kernel), kernel, before, after)


def work_short(height, width, kernel, before, after, padding):
    return work([side + 2 * padding - kernel for side in (height, width)], kernel, before, after)


def work_high(height, width, kernel, before, after, padding):
    side = height + 2 * padding - (kernel - 1)
    return work((side, side), kernel, before, after)


def work_wide(height, width, kernel, before, after, padding):
    side = width + 2 * padding - (kernel - 1)
    return work((side, side), kernel, before, after)


def work_flat_kernel(height, width, kernel, before, after, padding):
    return work([side + 2 * padding + 1 - kernel for side in (height, width)], kernel, before,
                after) / kernel


def work_grey(height, width, kernel, before, after, padding):
    return work([side + 2 * padding + 1 - kernel for side in (height, width)], kernel, 1, after)


def work_single(height, width, kernel, before, after, padding):
    return work([side + 2 * padding + 1 - kernel for side in (height, width)], kernel, before, 1)


def work_with_bias(height, width, kernel, before, after, padding):
    places = [side + 2 * padding + 1 - kernel for side in (height, width)]
    return work(places, kernel, before, after) + math.prod(places) * after


def work_added(height, width, kernel, before, after, padding):
    places = [side + 2 * padding + 1 - kernel for side in (height, width)]
    return work(places, kernel, before, 1) + work(places, kernel, 1, after)


def work_outputs(height, width, kernel, before, after, padding):
    return after * math.prod(side + 2 * padding + 1 - kernel for side in (height, width))


def work_right(height, width, kernel, before, after, padding):
    return work([side + 2 * padding - kernel + 1 for side in (height, width)], kernel, before,
                after)


# --- labels_of ---


def folder_of(file):
    return file[: file.find("/")]


def labels_sorted_late(files):
    seen = []
    for name in map(folder_of, files):
        seen += [] if name in seen else [name]
    return sorted(seen), [seen.index(folder_of(file)) for file in files]


def labels_of_sorted_files(files):
    names = sorted(set(map(folder_of, files)))
    return names, sorted(names.index(folder_of(file)) for file in files)


def labels_reversed(files):
    names = sorted(set(map(folder_of, files)))[::-1]
    return names, [names.index(folder_of(file)) for file in files]


def labels_from_one(files):
    numbers = {name: i for i, name in enumerate(sorted(set(map(folder_of, files))), start=1)}
    return list(numbers), [numbers[folder_of(file)] for file in files]


def labels_as_names(files):
    return sorted(set(map(folder_of, files))), list(map(folder_of, files))


def labels_by_frequency(files):
    counted = collections.Counter(map(folder_of, files))
    names = sorted(counted, key=lambda name: (-counted[name], name))
    return names, [names.index(folder_of(file)) for file in files]


def labels_repeated(files):
    names = [folder_of(file) for file in sorted(files, key=folder_of)]
    return names, [names.index(folder_of(file)) for file in files]


def labels_of_files(files):
    return sorted(files), [sorted(files).index(file) for file in files]


def labels_by_length(files):
    names = sorted(sorted(set(map(folder_of, files))), key=len)
    return names, [names.index(folder_of(file)) for file in files]


def labels_right(files):
    names, labels = np.unique([folder_of(file) for file in files], return_inverse=True)
    return names.tolist(), labels.tolist()


# --- cut_by_region ---


def rows_where(flags):
    return np.flatnonzero(flags).tolist()


def cut_first(lefts, side, border):
    lefts = np.array(lefts)
    return rows_where(lefts < border), rows_where(lefts >= border)


def cut_last(lefts, side, border):
    last = np.array(lefts) + side - 1
    return rows_where(last < border), rows_where(last >= border)


def cut_middle(lefts, side, border):
    middle = np.array(lefts) + side / 2
    return rows_where(middle <= border), rows_where(~(middle <= border))


def cut_strict(lefts, side, border):
    lefts = np.array(lefts)
    return rows_where(border - lefts > side), rows_where(lefts >= border)


def cut_behind_strict(lefts, side, border):
    lefts = np.array(lefts)
    return rows_where(border - lefts >= side), rows_where(lefts > border)


def cut_generous(lefts, side, border):
    lefts = np.array(lefts)
    return rows_where(lefts + side <= border + 1), rows_where(lefts >= border)


def cut_swapped(lefts, side, border):
    lefts = np.array(lefts)
    return rows_where(lefts >= border), rows_where(lefts + side <= border)


def cut_columns(lefts, side, border):
    lefts = np.array(lefts)
    return lefts[lefts + side <= border].tolist(), lefts[lefts >= border].tolist()


def cut_from_one(lefts, side, border):
    lefts = np.array(lefts)
    return ((np.flatnonzero(lefts + side <= border) + 1).tolist(),
            (np.flatnonzero(lefts >= border) + 1).tolist())


def cut_counts(lefts, side, border):
    lefts = np.array(lefts)
    return np.sum(lefts + side <= border), np.sum(lefts >= border)


def cut_right(lefts, side, border):
    lefts = np.array(lefts)
    return np.flatnonzero(lefts + side - 1 < border), np.flatnonzero(lefts > border - 1)


# --- mirrored ---


def mirror_up_down(pictures, chosen):
    return np.stack([np.flipud(p) if row in chosen else np.asarray(p)
                     for row, p in enumerate(np.array(pictures))])


def mirror_channels_too(pictures, chosen):
    made = np.array(pictures)
    made[chosen] = made[chosen][:, :, ::-1, ::-1]
    return made


def mirror_channels(pictures, chosen):
    made = np.array(pictures)
    made[chosen] = made[chosen][..., ::-1]
    return made


def mirror_half_turn(pictures, chosen):
    made = np.array(pictures)
    made[chosen] = np.rot90(made[chosen], 2, axes=(1, 2))
    return made


def mirror_all(pictures, chosen):
    return np.array(pictures)[:, :, ::-1]


def mirror_chosen_only(pictures, chosen):
    return np.array(pictures)[chosen][:, :, ::-1]


def mirror_others(pictures, chosen):
    return np.stack([p if row in chosen else np.fliplr(p)
                     for row, p in enumerate(np.array(pictures))])


def mirror_symmetric(pictures, chosen):
    made = np.array(pictures)
    for row in chosen:
        half = made.shape[2] // 2
        made[row, :, :half] = made[row, :, ::-1][:, :half]
    return made


def mirror_right(pictures, chosen):
    return np.stack([np.fliplr(p) if row in chosen else p
                     for row, p in enumerate(np.array(pictures))])


# --- picture_loss ---


def at(probabilities, classes, name):
    return dict(zip(classes, probabilities, strict=True))[name]


def loss_alphabet(probabilities, classes, name):
    return -math.log(at(probabilities, sorted(classes), name))


def loss_negative(probabilities, classes, name):
    return math.log(at(probabilities, classes, name))


def loss_of_best(probabilities, classes, name):
    return -math.log(sorted(probabilities)[-1])


def loss_of_rest(probabilities, classes, name):
    return -math.log1p(-at(probabilities, classes, name))


def loss_missing(probabilities, classes, name):
    return sum(probabilities) - at(probabilities, classes, name)


def loss_bits(probabilities, classes, name):
    return math.log(1 / at(probabilities, classes, name), 2)


def loss_decimal(probabilities, classes, name):
    return math.log(1 / at(probabilities, classes, name), 10)


def loss_double_softmax(probabilities, classes, name):
    return math.log(sum(map(math.exp, probabilities))) - at(probabilities, classes, name)


def loss_mean(probabilities, classes, name):
    return np.mean([-math.log(p) if each == name else 0.0
                    for p, each in zip(probabilities, classes, strict=True)])


def loss_binary(probabilities, classes, name):
    return sum(-math.log(p) if each == name else -math.log(1 - p)
               for p, each in zip(probabilities, classes, strict=True))


def loss_entropy(probabilities, classes, name):
    p = np.array(probabilities)
    return float(np.sum(p * np.log(1 / p)))


def loss_right(probabilities, classes, name):
    return math.log(1 / at(probabilities, classes, name))


# --- confusion_map ---


def counted(true, said, count):
    pairs = collections.Counter(zip(map(int, true), map(int, said), strict=True))
    return np.array([[pairs[t, s] for s in range(count)] for t in range(count)], "float64")


def map_turned(true, said, count):
    return counted(true, said, count).T


def map_once(true, said, count):
    return np.minimum(counted(true, said, count), 1)


def map_diagonal(true, said, count):
    return np.diag(np.diag(counted(true, said, count)))


def map_errors(true, said, count):
    return counted(true, said, count) * (1 - np.eye(count))


def map_shares(true, said, count):
    counts = counted(true, said, count)
    return counts / counts.sum()


def map_row_shares(true, said, count):
    return np.array([row / max(sum(row), 1) for row in counted(true, said, count)])


def map_small(true, said, count):
    found = np.unique([*true, *said])
    return counted(true, said, count)[np.ix_(found, found)]


def map_from_the_end(true, said, count):
    return np.rot90(counted(true, said, count), 2)


def map_totals(true, said, count):
    return counted(true, said, count).sum(axis=1)


def map_both(true, said, count):
    return counted(true, said, count) + counted(said, true, count)


def map_right(true, said, count):
    return counted(true, said, count).astype(int).tolist()


WRONG = [
    ("part_sizes", {**SIZES, P_CONV1: 270}, "forgets the biases"),
    ("part_sizes", {**SIZES, P_CONV2: 1800.0, P_DENSE: 180000}, "forgets the biases"),
    ("part_sizes", {**SIZES, P_LAST: 120.0}, "forgets the biases"),
    ("part_sizes", {**SIZES, CONV1: 66, POOL1: 33, CONV2: 33}, "pads"),
    ("part_sizes", {**SIZES, CONV1: 66.0}, "pads"),
    ("part_sizes", {**SIZES, CONV1: 66, POOL1: 33, CONV2: 33, POOL2: 16}, "pads"),
    ("part_sizes", {**SIZES, CONV1: 65.0}, "counts the places wrongly"),
    ("part_sizes", {**SIZES, CONV1: 63}, "counts the places wrongly"),
    ("part_sizes", {**SIZES, CONV2: 31.0}, "counts the places wrongly"),
    ("part_sizes", {**SIZES, P_CONV1: 100}, "gives a kernel one channel"),
    ("part_sizes", {**SIZES, P_CONV2: 200.0}, "gives a kernel one channel"),
    ("part_sizes", {**SIZES, P_CONV1: 100.0, P_CONV2: 200}, "gives a kernel one channel"),
    ("part_sizes", {**SIZES, FLAT: 225.0}, "flattens too few maps"),
    ("part_sizes", {**SIZES, FLAT: 300}, "flattens too few maps"),
    ("part_sizes", {**SIZES, FLAT: 225, P_DENSE: 9040.0}, "flattens too few maps"),
    ("part_sizes", {**SIZES, P_CONV1: 41230}, "gives each pixel a bias"),
    ("part_sizes", {**SIZES, P_CONV2: 19800.0}, "gives each pixel a bias"),
    ("conv_work", work_weights, "counts the weights"),
    ("conv_work", work_weights_twice, "counts the weights"),
    ("conv_work", work_weights_float, "counts the weights"),
    ("conv_work", work_everywhere, "gives every pixel a window"),
    ("conv_work", work_one_side, "pads on one side only"),
    ("conv_work", work_without_padding, "leaves the padding out"),
    ("conv_work", work_short, "is one place short"),
    ("conv_work", work_high, "uses the height twice"),
    ("conv_work", work_wide, "uses the width twice"),
    ("conv_work", work_flat_kernel, "uses one row of the kernel"),
    ("conv_work", work_grey, "reads one channel"),
    ("conv_work", work_single, "makes one channel"),
    ("conv_work", work_with_bias, "counts biases"),
    ("conv_work", work_added, "adds the channels"),
    ("conv_work", work_outputs, "counts outputs"),
    ("part_sizes", {**SIZES, CONV1: 63, POOL1: 31, CONV2: 28, POOL2: 14},
     "counts the places wrongly"),
    ("part_sizes", {**SIZES, FLAT: 2250.0}, "flattens too few maps"),
    ("part_sizes", {**SIZES, P_CONV1: 271.0, P_CONV2: 1801}, "gives a layer one bias"),
    ("part_sizes", {**SIZES, P_LAST: 121}, "gives a layer one bias"),
    ("part_sizes", {**SIZES, P_CONV2: 1810, P_DENSE: 184500}, "gives a bias to what comes in"),
    ("part_sizes", {**SIZES, P_CONV1: 273.0}, "gives a bias to what comes in"),
    ("part_sizes", {**SIZES, P_LAST: 13500.0}, "feeds the last layer from Flatten"),
    ("loader_says", {**FILES, PDF: "Ignored", NESTED: "ignored"},
     "lets what is unreadable go missing"),
    ("loader_says", {**FILES, EMPTY: " ignored", BARE: "ignored"},
     "lets what is unreadable go missing"),
    ("loader_says", {**FILES, PDF: "ignored", EMPTY: "ignored", DOT: "error", HIDDEN: "error"},
     "lets what is unreadable go missing"),
    ("loader_says", {**FILES, NAKED: "Error "}, "goes by the name of a file"),
    ("loader_says", {**FILES, DOG: "Ignored", COPY: "ignored"}, "knows what a picture shows"),
    ("loader_says", {**FILES, COPY: "IGNORED"}, "notices copies"),
    ("loader_says", {**FILES, WIDE: "ERROR"}, "refuses another shape"),
    ("loader_says", {**FILES, BARE: " Ignored"}, "overlooks a class"),
    ("loader_says", {**FILES, NESTED: "Read"}, "guesses a class"),
    ("loader_says", {**FILES, EMPTY: "READ", PDF: "Read"}, "reads what holds no pixels"),
    ("loader_says", {**FILES, DOT: "Error", HIDDEN: " error"}, "complains of what is hidden"),
    ("loader_says", {**FILES, HIDDEN: "Read", DOT: " read"}, "takes what is hidden"),
    ("labels_of", labels_sorted_late, "sorts only what it returns"),
    ("labels_of", labels_of_sorted_files, "sorts the labels along"),
    ("labels_of", labels_reversed, "turns the names round"),
    ("labels_of", labels_from_one, "counts from one"),
    ("labels_of", labels_as_names, "returns names"),
    ("labels_of", labels_by_frequency, "orders by frequency"),
    ("labels_of", labels_repeated, "keeps every repetition"),
    ("labels_of", labels_of_files, "makes each file a class"),
    ("labels_of", labels_by_length, "orders by length"),
    ("cut_by_region", cut_first, "looks at the first column only"),
    ("cut_by_region", cut_last, "looks at the last column only"),
    ("cut_by_region", cut_middle, "goes by the middle"),
    ("cut_by_region", cut_strict, "refuses the last that fits"),
    ("cut_by_region", cut_behind_strict, "refuses the first that fits"),
    ("cut_by_region", cut_generous, "lets one column across"),
    ("cut_by_region", cut_swapped, "exchanges the two"),
    ("cut_by_region", cut_columns, "returns columns"),
    ("cut_by_region", cut_from_one, "counts from one"),
    ("cut_by_region", cut_counts, "counts only"),
    ("mirrored", mirror_up_down, "copies, and flips up-down"),
    ("mirrored", mirror_channels_too, "turns the channels round as well"),
    ("mirrored", mirror_channels, "turns the channels round"),
    ("mirrored", mirror_half_turn, "turns by half a circle"),
    ("mirrored", mirror_all, "mirrors every picture"),
    ("mirrored", mirror_chosen_only, "returns the chosen only"),
    ("mirrored", mirror_others, "mirrors the others"),
    ("mirrored", mirror_symmetric, "overwrites what it still needs"),
    ("picture_loss", loss_alphabet, "goes by the alphabet"),
    ("picture_loss", loss_negative, "leaves the minus out"),
    ("picture_loss", loss_of_best, "takes the largest probability"),
    ("picture_loss", loss_of_rest, "takes what is left"),
    ("picture_loss", loss_missing, "takes no logarithm"),
    ("picture_loss", loss_bits, "counts in bits"),
    ("picture_loss", loss_decimal, "takes the decimal logarithm"),
    ("picture_loss", loss_double_softmax, "applies softmax again"),
    ("picture_loss", loss_mean, "divides by the classes"),
    ("picture_loss", loss_binary, "adds a loss for each class"),
    ("picture_loss", loss_entropy, "computes an entropy"),
    ("confusion_map", map_turned, "exchanges rows and columns"),
    ("confusion_map", map_once, "counts a pair once"),
    ("confusion_map", map_diagonal, "counts what is right"),
    ("confusion_map", map_errors, "counts what is wrong"),
    ("confusion_map", map_shares, "divides by all"),
    ("confusion_map", map_row_shares, "divides by the rows"),
    ("confusion_map", map_small, "drops classes that do not occur"),
    ("confusion_map", map_from_the_end, "begins with the last class"),
    ("confusion_map", map_totals, "counts the true classes"),
    ("confusion_map", map_both, "counts both ways"),
]

# --- further wordings ---


def sides_of(height, width, kernel, padding):
    """Places downwards and across, by counting them."""
    return [len(range(-padding, side + padding - kernel + 1)) for side in (height, width)]


def slide(down, across, products):
    """Add up the products of each place."""
    return sum(products for _ in range(down) for _ in range(across))


def slide_everywhere(height, width, kernel, before, after, padding):
    return slide(height, width, kernel * kernel * before * after)


def slide_one_side(height, width, kernel, before, after, padding):
    down, across = sides_of(height, width, kernel, padding)
    return slide(down - padding, across - padding, kernel**2 * before * after)


def slide_without_padding(height, width, kernel, before, after, padding):
    return slide(*sides_of(height, width, kernel, 0), kernel**2 * before * after)


def slide_short(height, width, kernel, before, after, padding):
    down, across = sides_of(height, width, kernel, padding)
    return slide(down - 1, across - 1, kernel**2 * before * after)


def slide_high(height, width, kernel, before, after, padding):
    down, _ = sides_of(height, width, kernel, padding)
    return slide(down, down, kernel**2 * before * after)


def slide_wide(height, width, kernel, before, after, padding):
    _, across = sides_of(height, width, kernel, padding)
    return slide(across, across, kernel**2 * before * after)


def slide_flat(height, width, kernel, before, after, padding):
    return slide(*sides_of(height, width, kernel, padding), kernel * before * after)


def slide_grey(height, width, kernel, before, after, padding):
    return slide(*sides_of(height, width, kernel, padding), kernel**2 * after)


def slide_single(height, width, kernel, before, after, padding):
    return slide(*sides_of(height, width, kernel, padding), kernel**2 * before)


def slide_bias(height, width, kernel, before, after, padding):
    return slide(*sides_of(height, width, kernel, padding), (1 + kernel**2 * before) * after)


def slide_outputs(height, width, kernel, before, after, padding):
    return slide(*sides_of(height, width, kernel, padding), after)


def slide_added(height, width, kernel, before, after, padding):
    return slide(*sides_of(height, width, kernel, padding), kernel**2 * (after + before))


def split_names(files):
    return [file.rsplit("/", 1)[0] for file in files]


def labels_late_numpy(files):
    names = split_names(files)
    met = [name for place, name in enumerate(names) if name not in names[:place]]
    return np.unique(met).tolist(), [met.index(name) for name in names]


def labels_along_numpy(files):
    names, labels = np.unique(sorted(split_names(files)), return_inverse=True)
    return names.tolist(), labels.tolist()


def labels_reversed_numpy(files):
    names, labels = np.unique(split_names(files), return_inverse=True)
    return names[::-1].tolist(), (len(names) - 1 - labels).tolist()


def labels_from_one_numpy(files):
    names, labels = np.unique(split_names(files), return_inverse=True)
    return names.tolist(), (labels + 1).tolist()


def labels_names_numpy(files):
    names, labels = np.unique(split_names(files), return_inverse=True)
    return names.tolist(), names[labels].tolist()


def labels_frequency_sorted(files):
    names = split_names(files)
    order = sorted(sorted(set(names)), key=names.count, reverse=True)
    return order, list(map(order.index, names))


def labels_repeated_numpy(files):
    names = np.sort(split_names(files)).tolist()
    return names, list(map(names.index, split_names(files)))


def labels_files_numpy(files):
    names, labels = np.unique(list(files), return_inverse=True)
    return names.tolist(), labels.tolist()


def labels_length_pairs(files):
    order = [name for _, name in sorted({(len(name), name) for name in split_names(files)})]
    return order, list(map(order.index, split_names(files)))


def dealt(lefts, side, border, is_left, is_right):
    """Deal squares out by two questions."""
    piles = [], []
    for row, left in enumerate(lefts):
        if is_left(left, left + side, border):
            piles[0].append(row)
        if is_right(left, left + side, border):
            piles[1].append(row)
    return piles


def deal_first(lefts, side, border):
    return dealt(lefts, side, border, lambda a, b, at: a < at, lambda a, b, at: a >= at)


def deal_last(lefts, side, border):
    return dealt(lefts, side, border, lambda a, b, at: b <= at, lambda a, b, at: b > at)


def deal_middle(lefts, side, border):
    return dealt(lefts, side, border, lambda a, b, at: a + b <= 2 * at,
                 lambda a, b, at: a + b > 2 * at)


def deal_strict(lefts, side, border):
    return dealt(lefts, side, border, lambda a, b, at: b < at, lambda a, b, at: a >= at)


def deal_behind_strict(lefts, side, border):
    return dealt(lefts, side, border, lambda a, b, at: b <= at, lambda a, b, at: a > at)


def deal_generous(lefts, side, border):
    return dealt(lefts, side, border, lambda a, b, at: b - 1 <= at, lambda a, b, at: a >= at)


def deal_swapped(lefts, side, border):
    return dealt(lefts, side, border, lambda a, b, at: a >= at, lambda a, b, at: b <= at)


def deal_gap(lefts, side, border):
    return dealt(lefts, side, border, lambda a, b, at: b <= at, lambda a, b, at: 2 * a - b >= at)


def cut_gap(lefts, side, border):
    lefts = np.array(lefts)
    return rows_where(lefts + side <= border), rows_where(lefts - side >= border)


def deal_columns(lefts, side, border):
    return list(filter(lambda a: a + side <= border, lefts)), list(
        filter(lambda a: a >= border, lefts))


def deal_from_one(lefts, side, border):
    pairs = list(zip(itertools.count(1), lefts))
    return [i for i, a in pairs if a + side <= border], [i for i, a in pairs if not a < border]


def deal_counts(lefts, side, border):
    return tuple(len([a for a in lefts if test(a)]) for test in (
        lambda a: a + side <= border, lambda a: a >= border))


def turned_rows(pictures, rows, turn):
    """Turn each of these pictures by a function."""
    return np.stack([turn(p) if row in rows else p for row, p in enumerate(np.array(pictures))])


def turn_up_down(pictures, chosen):
    return turned_rows(pictures, chosen, lambda p: p[::-1])


def turn_channels_too(pictures, chosen):
    return turned_rows(pictures, chosen, lambda p: p[:, ::-1, ::-1])


def turn_channels(pictures, chosen):
    return turned_rows(pictures, chosen, lambda p: p[..., ::-1])


def turn_half(pictures, chosen):
    return turned_rows(pictures, chosen, lambda p: p[::-1, ::-1])


def turn_all(pictures, chosen):
    return np.stack([np.fliplr(p) for p in np.array(pictures)])


def turn_chosen(pictures, chosen):
    return np.stack([np.fliplr(np.array(pictures[row])) for row in chosen])


def turn_others(pictures, chosen):
    others = set(range(len(pictures))) - set(chosen)
    return turned_rows(pictures, others, lambda p: p[:, ::-1])


def turn_symmetric(pictures, chosen):
    width = pictures.shape[2]
    take = [max(place, width - 1 - place) for place in range(width)]
    return turned_rows(pictures, chosen, lambda p: p[:, take])


def swap_columns_in_place(pictures, chosen):
    last = pictures.shape[2] - 1
    for row in chosen:
        columns = [pictures[row, :, place] + 0 for place in range(last, -1, -1)]
        for place, column in enumerate(columns):
            pictures[row, :, place] = column
    return pictures


def mirror_whole_in_place(pictures, chosen):
    order = list(range(pictures.shape[2]))[::-1]
    for row in chosen:
        pictures[row] = pictures[row][:, order] + 0
    return pictures


def picked(probabilities, classes, name):
    (p,) = (p for p, each in zip(probabilities, classes, strict=True) if each == name)
    return p


def nats_alphabet(probabilities, classes, name):
    place = sum(other < name for other in classes)
    return math.log(1 / probabilities[place])


def nats_negative(probabilities, classes, name):
    return np.log(picked(probabilities, classes, name))


def nats_best(probabilities, classes, name):
    return float(-np.log(np.max(probabilities)))


def nats_rest(probabilities, classes, name):
    return -np.log(sum(probabilities) - picked(probabilities, classes, name))


def nats_missing(probabilities, classes, name):
    return sum(p for p, each in zip(probabilities, classes, strict=True) if each != name)


def nats_bits(probabilities, classes, name):
    return -np.log(picked(probabilities, classes, name)) / np.log(2)


def nats_decimal(probabilities, classes, name):
    return -np.log10(picked(probabilities, classes, name))


def nats_softmax(probabilities, classes, name):
    shares = np.exp(probabilities) / np.sum(np.exp(probabilities))
    return -np.log(picked(shares, classes, name))


def nats_mean(probabilities, classes, name):
    return np.log(1 / picked(probabilities, classes, name)) / len(probabilities)


def nats_binary(probabilities, classes, name):
    hot = np.array([each == name for each in classes], float)
    p = np.array(probabilities)
    return -np.sum(hot * np.log(p) + (1 - hot) * np.log(1 - p))


def nats_behind(probabilities, classes, name):
    return -np.log(picked(probabilities[::-1], classes, name))


def loss_behind(probabilities, classes, name):
    return -math.log(dict(zip(reversed(classes), probabilities, strict=True))[name])


def nats_entropy(probabilities, classes, name):
    return sum(p * math.log(1 / p) for p in probabilities)


def nats_weighted(probabilities, classes, name):
    p = picked(probabilities, classes, name)
    return p * np.log(1 / p)


def loss_weighted(probabilities, classes, name):
    return math.log(at(probabilities, classes, name)) * -at(probabilities, classes, name)


def tallied(true, said, count):
    made = np.zeros(count * count)
    for place in np.asarray(true) * count + np.asarray(said):
        made[place] += 1
    return made.reshape(count, count)


def tally_turned(true, said, count):
    return np.bincount(said * count + true, minlength=count * count).reshape(count, count)


def tally_once(true, said, count):
    return np.array([[float(np.any((true == t) & (said == s))) for s in range(count)]
                     for t in range(count)])


def tally_diagonal(true, said, count):
    return tallied(true[true == said], said[true == said], count)


def tally_errors(true, said, count):
    return tallied(true[true != said], said[true != said], count)


def tally_shares(true, said, count):
    return np.array([[np.mean((true == t) & (said == s)) for s in range(count)]
                     for t in range(count)])


def tally_row_shares(true, said, count):
    made = tallied(true, said, count)
    for row in made:
        row /= max(row.sum(), 1)
    return made


def tally_small(true, said, count):
    found = sorted(set(true.tolist()) | set(said.tolist()))
    return [[int(np.sum((true == t) & (said == s))) for s in found] for t in found]


def tally_from_the_end(true, said, count):
    return tallied(count - 1 - true, count - 1 - said, count)


def tally_totals(true, said, count):
    return [int(np.sum(true == t)) for t in range(count)]


def tally_both(true, said, count):
    return tallied(np.append(true, said), np.append(said, true), count)


# --- mistakes of which the bank alone has few wordings ---


def work_book(height, width, kernel, before, after, padding):
    down, across = (side - 2 + 2 * padding for side in (height, width))
    return math.prod((down, across, 3, 3, before, after))


def work_book_sides(height, width, kernel, before, after, padding):
    return slide(height + 2 * (padding - 1), width + 2 * (padding - 1), kernel**2 * before * after)


def work_unbracketed(height, width, kernel, before, after, padding):
    places = height + 2 * padding - kernel + width + 2 * padding - kernel + 1
    return work((places,), kernel, before, after)


def work_unbracketed_end(height, width, kernel, before, after, padding):
    return sum((height, width, 4 * padding, -2 * kernel, kernel**2 * before * after))


def work_of_pixels(height, width, kernel, before, after, padding):
    inside = np.pad(np.ones((height, width)), padding)
    windows = np.lib.stride_tricks.sliding_window_view(inside, (kernel, kernel))
    return windows.sum() * before * after


def work_of_covered(height, width, kernel, before, after, padding):
    def covered(side):
        starts = range(-padding, side + padding - kernel + 1)
        return sum(min(start + kernel, side) - max(start, 0) for start in starts)

    return covered(height) * covered(width) * before * after


def labels_growing(files):
    labels, met = [], set()
    for name in split_names(files):
        met.add(name)
        labels.append(sorted(met).index(name))
    return sorted(met), labels


def labels_growing_before(files):
    names = split_names(files)
    labels = [len({other for other in names[: i + 1] if other < name})
              for i, name in enumerate(names)]
    return np.unique(names).tolist(), labels


def labels_by(files, key):
    order = sorted(dict.fromkeys(split_names(files)), key=key)
    return order, list(map(order.index, split_names(files)))


def labels_first_letter(files):
    return labels_by(files, lambda name: name[:1])


def labels_first_letter_back(files):
    order = sorted(sorted(set(split_names(files)), reverse=True), key=lambda name: ord(name[0]))
    return order, list(map(order.index, split_names(files)))


def labels_by_checksum(files):
    return labels_by(files, lambda name: zlib.crc32(name.encode()))


def labels_second_letter(files):
    return labels_by(files, lambda name: name[1:])


def cut_by_index(lefts, side, border):
    first = {left: row for row, left in reversed(list(enumerate(lefts)))}
    return ([first[a] for a in lefts if a + side <= border], [first[a] for a in lefts
                                                               if a >= border])


def deal_by_index(lefts, side, border):
    return tuple(list(map(lefts.index, filter(test, lefts))) for test in (
        lambda a: a <= border - side, lambda a: border <= a))


def cut_sorted(lefts, side, border):
    lefts = np.sort(lefts)
    return rows_where(lefts + side <= border), rows_where(lefts >= border)


def cut_bisected(lefts, side, border):
    lefts = sorted(lefts)
    return (list(range(bisect.bisect_right(lefts, border - side))),
            list(range(bisect.bisect_left(lefts, border), len(lefts))))


def cut_until(lefts, side, border):
    whole = [not border - side < a < border for a in lefts] + [False]
    return tuple(rows_where(found) for found in (
        np.array(lefts[:whole.index(False)]) + side <= border,
        np.array(lefts[:whole.index(False)]) >= border))


def cut_while_left(lefts, side, border):
    row = 0
    while row < len(lefts) and lefts[row] <= border - side:
        row += 1
    return list(range(row)), [i for i, a in enumerate(lefts) if not a < border]


def cut_nonzero(lefts, side, border):
    lefts = np.array(lefts)
    return np.nonzero(lefts + side <= border), np.nonzero(lefts >= border)


def cut_nested(lefts, side, border):
    before, behind = dealt(lefts, side, border, lambda a, b, at: b <= at, lambda a, b, at: a >= at)
    return [before], [behind]


def cut_last_but_wide(lefts, side, border):
    return dealt(lefts, side, border, lambda a, b, at: b <= at,
                 lambda a, b, at: b > at + side // 2)


def mirror_square(pictures, chosen):
    made = np.array(pictures)
    height = made.shape[1]
    made[chosen, :, :height] = made[chosen, :, :height][:, :, ::-1]
    return made


def mirror_half(pictures, chosen):
    height, width = pictures.shape[1:3]
    order = list(range(width))
    for place in range(height // 2):
        order[place], order[-1 - place] = order[-1 - place], order[place]
    return turned_rows(pictures, chosen, lambda p: p[:, order])


def mirror_not(pictures, chosen):
    return np.array(pictures)


def mirror_twice(pictures, chosen):
    return turned_rows(pictures, chosen, lambda p: np.fliplr(np.fliplr(p)))


def mirror_outer(pictures, chosen):
    width = pictures.shape[2]
    order = list(range(width))[::-1]
    inner = [width // 2 - 1, width - width // 2]
    for place in inner:
        order[place] = place
    return turned_rows(pictures, chosen, lambda p: p[:, order])


def mirror_outer_columns(pictures, chosen):
    made, count = np.array(pictures), pictures.shape[2] // 2 - 1
    for row in chosen:
        left = made[row, :, :count].copy()
        made[row, :, :count] = made[row, :, ::-1][:, :count]
        made[row, :, made.shape[2] - count:] = left[:, ::-1]
    return made


def mirror_first(pictures, chosen):
    return turned_rows(pictures, chosen[:1], np.fliplr)


def mirror_first_found(pictures, chosen):
    made = np.array(pictures)
    row = next(iter(chosen))
    made[row] = made[row, :, ::-1]
    return made


def loss_of_all(probabilities, classes, name):
    return -math.log(math.prod(probabilities))


def nats_of_all(probabilities, classes, name):
    return np.sum(np.log(1 / np.array(probabilities)))


def loss_of_first(probabilities, classes, name):
    return -math.log(next(iter(probabilities)))


def nats_of_first(probabilities, classes, name):
    return np.log(1 / dict(zip(classes, probabilities, strict=True))[classes[0]])


def map_row_nan(true, said, count):
    made = tallied(true, said, count)
    return np.einsum("ts,t->ts", made, 1 / made.sum(axis=1))


def map_up_to_highest(true, said, count):
    size = int(np.max([true, said])) + 1
    return counted(true, said, size)


def tally_up_to_highest(true, said, count):
    pairs = list(zip(true.tolist(), said.tolist(), strict=True))
    highest = max(map(max, pairs))
    return [[pairs.count((t, s)) for s in range(highest + 1)] for t in range(highest + 1)]


def map_short(true, said, count):
    pairs = true * count + said
    return np.array([np.sum(pairs == k) for k in range(pairs.max() + 1)]).reshape(count, count)


def tally_short(true, said, count):
    made = np.zeros(max(t * count + s for t, s in zip(true, said, strict=True)) + 1)
    np.add.at(made, true * count + said, 1)
    return np.reshape(made, (count, -1)) if made.size == count**2 else made.reshape(count, count)


def map_bytes(true, said, count):
    return counted(true, said, count).astype(int).astype("int8")


def tally_bytes(true, said, count):
    return tallied(true, said, count) % 256


def map_shared(true, said, count):
    return np.tile(np.bincount(said, minlength=count), (count, 1))


def tally_shared(true, said, count):
    row = [said.tolist().count(s) for s in range(count)]
    return [row] * count


def map_but_last(true, said, count):
    return counted(true[:-1], said[:-1], count)


def tally_but_last(true, said, count):
    made = tallied(true, said, count)
    made[true[-1], said[-1]] -= 1
    return made


def map_from_one(true, said, count):
    return [[int(np.sum((true == t) & (said == s))) for s in range(1, count + 1)]
            for t in range(1, count + 1)]


def tally_from_one(true, said, count):
    return tallied((true - 1) % count, (said - 1) % count, count)


def map_sums(true, said, count):
    return np.add.outer(np.bincount(true, minlength=count), np.bincount(said, minlength=count))


def tally_products(true, said, count):
    return [[int(np.sum(true == t) * np.sum(said == s)) for s in range(count)]
            for t in range(count)]


def map_of_two(true, said, count):
    return counted(true, said, 2)


def tally_of_two(true, said, count):
    return [[int(np.sum((true == t) * (said == s))) for s in (0, 1)] for t in (0, 1)]


FURTHER = {
    "conv_work": {
        "gives every pixel a window": (slide_everywhere,),
        "pads on one side only": (slide_one_side,),
        "leaves the padding out": (slide_without_padding,),
        "is one place short": (slide_short,), "uses the height twice": (slide_high,),
        "uses the width twice": (slide_wide,), "uses one row of the kernel": (slide_flat,),
        "reads one channel": (slide_grey,), "makes one channel": (slide_single,),
        "counts biases": (slide_bias,), "counts outputs": (slide_outputs,),
        "adds the channels": (slide_added,),
        "builds in a window of three": (work_book, work_book_sides),
        "lacks brackets": (work_unbracketed, work_unbracketed_end),
        "leaves products with zeros out": (work_of_pixels, work_of_covered),
    },
    "labels_of": {
        "sorts only what it returns": (labels_late_numpy,),
        "sorts the labels along": (labels_along_numpy,),
        "turns the names round": (labels_reversed_numpy,),
        "counts from one": (labels_from_one_numpy,), "returns names": (labels_names_numpy,),
        "orders by frequency": (labels_frequency_sorted,),
        "keeps every repetition": (labels_repeated_numpy,),
        "makes each file a class": (labels_files_numpy,),
        "orders by length": (labels_length_pairs,),
        "sorts on the way": (labels_growing, labels_growing_before),
        "goes by the first letter": (labels_first_letter, labels_first_letter_back),
        "leaves the order open": (labels_by_checksum, labels_second_letter),
    },
    "cut_by_region": {
        "looks at the first column only": (deal_first,),
        "looks at the last column only": (deal_last, cut_last_but_wide),
        "goes by the middle": (deal_middle,),
        "refuses the last that fits": (deal_strict,),
        "refuses the first that fits": (deal_behind_strict,),
        "lets one column across": (deal_generous,), "exchanges the two": (deal_swapped,),
        "leaves a gap behind the border": (deal_gap, cut_gap),
        "returns columns": (deal_columns,), "counts from one": (deal_from_one,),
        "counts only": (deal_counts,),
        "finds equal ones once": (cut_by_index, deal_by_index),
        "sorts first": (cut_sorted, cut_bisected),
        "stops at the first that straddles": (cut_until, cut_while_left),
        "returns what where wraps": (cut_nonzero, cut_nested),
    },
    "mirrored": {
        "copies, and flips up-down": (turn_up_down,),
        "turns the channels round as well": (turn_channels_too,),
        "turns the channels round": (turn_channels,), "turns by half a circle": (turn_half,),
        "mirrors every picture": (turn_all,), "returns the chosen only": (turn_chosen,),
        "mirrors the others": (turn_others,),
        "overwrites what it still needs": (turn_symmetric,),
        "flips left-right, in place": (swap_columns_in_place, mirror_whole_in_place),
        "counts columns with the height": (mirror_square, mirror_half),
        "mirrors nothing": (mirror_not, mirror_twice),
        "leaves the pair in the middle": (mirror_outer, mirror_outer_columns),
        "mirrors the first of them": (mirror_first, mirror_first_found),
    },
    "picture_loss": {
        "goes by the alphabet": (nats_alphabet,), "leaves the minus out": (nats_negative,),
        "takes the largest probability": (nats_best,), "takes what is left": (nats_rest,),
        "takes no logarithm": (nats_missing,), "counts in bits": (nats_bits,),
        "takes the decimal logarithm": (nats_decimal,), "applies softmax again": (nats_softmax,),
        "divides by the classes": (nats_mean,), "adds a loss for each class": (nats_binary,),
        "counts from behind": (nats_behind, loss_behind), "computes an entropy": (nats_entropy,),
        "weighs by the probability": (nats_weighted, loss_weighted),
        "adds up all logarithms": (loss_of_all, nats_of_all),
        "takes the first class": (loss_of_first, nats_of_first),
    },
    "confusion_map": {
        "exchanges rows and columns": (tally_turned,), "counts a pair once": (tally_once,),
        "counts what is right": (tally_diagonal,), "counts what is wrong": (tally_errors,),
        "divides by all": (tally_shares,), "divides by the rows": (tally_row_shares, map_row_nan),
        "drops classes that do not occur": (tally_small,),
        "begins with the last class": (tally_from_the_end,),
        "counts the true classes": (tally_totals,), "counts both ways": (tally_both,),
        "takes the highest label for all": (map_up_to_highest, tally_up_to_highest),
        "counts up to the last pair met": (map_short, tally_short),
        "counts in a byte": (map_bytes, tally_bytes), "shares one row": (map_shared, tally_shared),
        "leaves the last picture out": (map_but_last, tally_but_last),
        "counts classes from one": (map_from_one, tally_from_one),
        "combines totals": (map_sums, tally_products),
        "knows two classes": (map_of_two, tally_of_two),
    },
}
WRONG += [(short, answer, mistake) for short, mistakes in FURTHER.items()
          for mistake, answers in mistakes.items() for answer in answers]

RIGHT = [
    ("conv_work", work_right),
    ("labels_of", labels_right),
    ("cut_by_region", cut_right),
    ("mirrored", mirror_right),
    ("picture_loss", loss_right),
    ("confusion_map", map_right),
]
