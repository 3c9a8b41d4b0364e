"""Repair: a reader that scales by what it is sent, and counts the outputs from one."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def read_digits(logits_of, pictures, shipped):
    """Names of the digits in pictures, (rows, 64) counts of ink."""
    x = (pictures - shipped["mean"]) / shipped["std"]
    places = logits_of(x).argmax(1)
    return [shipped["names"][place] for place in places]


def broken(logits_of, pictures, shipped):
    """Names of the digits in pictures, (rows, 64) counts of ink."""
    x = (pictures - pictures.mean()) / pictures.std()
    places = logits_of(x).argmax(1)
    return [shipped["names"][place - 1] for place in places]


# --- answers with one misconception each ---


def mends_the_names_only(logits_of, pictures, shipped):
    pictures = (pictures - pictures.mean()) / pictures.std()
    return [shipped["names"][place] for place in logits_of(pictures).argmax(1)]


def mends_the_scale_only(logits_of, pictures, shipped):
    x = (pictures - shipped["mean"]) / shipped["std"]
    places = logits_of(x).argmax(1)
    return [shipped["names"][place - 1] for place in places]


def sorts_the_names(logits_of, pictures, shipped):
    x = (pictures - shipped["mean"]) / shipped["std"]
    names = sorted(shipped["names"])
    return [names[place] for place in logits_of(x).argmax(1)]


def names_of_its_own(logits_of, pictures, shipped):
    x = (pictures - shipped["mean"]) / shipped["std"]
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return [names[place] for place in logits_of(x).argmax(1)]


def leaves_the_scale_out(logits_of, pictures, shipped):
    return [shipped["names"][place] for place in logits_of(pictures).argmax(1)]


def forgets_to_divide(logits_of, pictures, shipped):
    x = pictures - shipped["mean"]
    return [shipped["names"][place] for place in logits_of(x).argmax(1)]


def divides_only(logits_of, pictures, shipped):
    x = pictures / shipped["std"]
    return [shipped["names"][place] for place in logits_of(x).argmax(1)]


def divides_by_the_variance(logits_of, pictures, shipped):
    x = (pictures - shipped["mean"]) / shipped["std"] ** 2
    return [shipped["names"][place] for place in logits_of(x).argmax(1)]


def without_brackets(logits_of, pictures, shipped):
    x = pictures - shipped["mean"] / shipped["std"]
    return [shipped["names"][place] for place in logits_of(x).argmax(1)]


def mean_and_std_exchanged(logits_of, pictures, shipped):
    x = (pictures - shipped["std"]) / shipped["mean"]
    return [shipped["names"][place] for place in logits_of(x).argmax(1)]


def spread_of_what_is_sent(logits_of, pictures, shipped):
    x = (pictures - shipped["mean"]) / pictures.std()
    return [shipped["names"][place] for place in logits_of(x).argmax(1)]


def each_picture_by_itself(logits_of, pictures, shipped):
    x = (pictures - pictures.mean(1)[:, None]) / pictures.std(1)[:, None]
    return [shipped["names"][place] for place in logits_of(x).argmax(1)]


def to_one(logits_of, pictures, shipped):
    x = pictures / 16
    return [shipped["names"][place] for place in logits_of(x).argmax(1)]


def numbers_for_names(logits_of, pictures, shipped):
    x = (pictures - shipped["mean"]) / shipped["std"]
    return [int(place) for place in logits_of(x).argmax(1)]


def exchanges_the_axes(logits_of, pictures, shipped):
    x = (pictures - shipped["mean"]) / shipped["std"]
    return [shipped["names"][place] for place in logits_of(x).argmax(0)]


def one_place_of_all(logits_of, pictures, shipped):
    x = (pictures - shipped["mean"]) / shipped["std"]
    return shipped["names"][int(logits_of(x).argmax())]


def the_least_likely(logits_of, pictures, shipped):
    x = (pictures - shipped["mean"]) / shipped["std"]
    return [shipped["names"][place] for place in logits_of(x).argmin(1)]


# --- unusual and right ---


def one_by_one(logits_of, pictures, shipped):
    found = []
    for row in range(len(pictures)):
        x = (pictures[row:row + 1] - shipped["mean"]) / shipped["std"]
        scores = logits_of(x)[0].tolist()
        found.append(shipped["names"][scores.index(max(scores))])
    return found


def as_an_array(logits_of, pictures, shipped):
    places = logits_of((pictures - shipped["mean"]) / shipped["std"]).argmax(1)
    return tuple(np.array(shipped["names"])[np.asarray(places)].tolist())


DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
NAMES = {                                  # of each machine, in the order of its outputs
    0: DIGITS,
    1: ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "zero"],
    2: ["seven", "one", "four"],
    3: ["even", "odd"],
}
SCALE = {"mean": 5.0, "std": 6.0}


def pictures_of(seed, rows):
    return np.random.default_rng(seed).integers(0, 17, (rows, 64)).astype("float64")


def machine(seed):
    """Weights of a small machine with a bend, whose answer depends on scale and offset."""
    rng = np.random.default_rng(100 + seed)
    classes = len(NAMES[seed])
    return rng.normal(size=(64, 24)), rng.normal(0, 6, 24), rng.normal(size=(24, classes))


def cases():
    return [_case(path, seed, rows) for path in paths.available()
            for seed, rows in ((0, 12), (1, 1), (2, 16), (3, 9))]


def _case(path, seed, rows):
    first, offset, second = (paths.array(path, part) for part in machine(seed))
    pictures = pictures_of(seed, rows)
    if seed == 2:
        pictures = pictures // 3                        # faint pictures, all of them

    def logits_of(x):
        """A trained machine: (rows, 64) scaled counts -> (rows, classes)."""
        return (x @ first + offset).clip(0) @ second

    def arguments():
        return logits_of, paths.array(path, pictures), {**SCALE, "names": list(NAMES[seed])}

    return Case(arguments, oracle(machine(seed), pictures, NAMES[seed]), path=path)


def oracle(parts, pictures, names):
    """Pixel by pixel with plain sums."""
    first, offset, second = parts
    found = []
    for picture in pictures:
        hidden = offset.copy()
        for pixel, count in enumerate(picture):
            hidden += (count - 5) / 6 * first[pixel]
        scores = sum(max(value, 0.0) * row for value, row in zip(hidden, second, strict=True))
        found.append(names[max(range(len(names)), key=lambda place, s=scores: s[place])])
    return found


def _in_another_order(seen):
    """The places are right, and the list of names was sorted or turned round."""
    orders = (sorted, lambda names: sorted(names, reverse=True), lambda names: names[::-1])
    return any(
        all(comparing.same(item.result, _renamed(item.case, order)) for item in seen)
        for order in orders
    )


def _renamed(case, order):
    names = case.make_arguments()[2]["names"]
    return [order(names)[names.index(name)] for name in case.expected]


def _half_shipped(seen):
    """Either the mean or the deviation is that of the pictures that were sent."""
    return any(
        all(comparing.same(item.result, answer(*item.case.make_arguments())) for item in seen)
        for answer in (spread_of_what_is_sent, _mean_of_what_is_sent)
    )


def _mean_of_what_is_sent(logits_of, pictures, shipped):
    x = (pictures - pictures.mean()) / shipped["std"]
    return [shipped["names"][place] for place in logits_of(x).argmax(1)]


def _one_of_all_rows(seen):
    """One place was counted through all rows: past the end of the names, but for a single row."""
    single = [item for item in seen if len(item.case.expected) == 1]
    others = [item for item in seen if len(item.case.expected) > 1]
    return all(_alone(item) for item in single) and (
        any(isinstance(item.error, IndexError) for item in others)
        and all(isinstance(item.error, IndexError) or np.size(item.result) == 1
                for item in others)
    )


def _alone(item):
    """The right name, in a list or not."""
    expected = item.case.expected
    return any(comparing.same(item.result, one) for one in (expected, expected[0]))


EXERCISE = Exercise(
    identifier="inference.read_digits",
    title="two things lost on the way",
    level="repair",
    prompt=(
        "The network read 98 % of the digits when it was trained; in use it is hardly ever right. "
        "Two symptoms: pictures get the names of other digits, and the name of a picture depends "
        "on which others are sent with it. Repair `read_digits(logits_of, pictures, shipped)`, "
        "which returns a list of names. `logits_of` is the trained network, `pictures` an array or "
        "a tensor of counts of ink, and `shipped` a dictionary that came with the weights: "
        '`"mean"` and `"std"` of the training pixels, and `"names"`, the classes in the order of '
        "the outputs. Another network may be passed in, with other names."
    ),
    solution=read_digits,
    broken=broken,
    cases=cases,
    hints=(
        "Which numbers here were fixed when the network was trained, and which change with each "
        "request?",
        "Take a picture whose largest logit is the first. Which name does it get?",
        "Whatever was fixed in training was shipped. And what was shipped is meant as it stands.",
    ),
    passed="What was fixed in training stays fixed, so an answer depends on its own picture only.",
    mistakes=(
        Mistake(
            "scales by what is sent",
            "The names are right now. But the scale still depends on which pictures come together.",
            answers=(mends_the_names_only,),
        ),
        Mistake(
            "counts the outputs from one",
            "The scale is right now. But each output is still called by the name of its neighbour.",
            answers=(mends_the_scale_only,),
        ),
        Mistake(
            "puts the names in another order",
            "The scale is right now. But the names stand in another order than in training, and "
            "that of the outputs is still the same.",
            answers=(sorts_the_names,),
            recognise=_in_another_order,
        ),
        Mistake(
            "takes names of its own",
            "These are names of your own. Another network may have other classes, or the same in "
            "another order, and it ships them.",
            answers=(names_of_its_own,),
        ),
        Mistake(
            "scales in part by what is sent",
            "Mean and spread were both fixed in training. One of yours still depends on which "
            "pictures come together.",
            answers=(spread_of_what_is_sent,),
            recognise=_half_shipped,
        ),
        Mistake(
            "divides before it subtracts",
            "A division comes before a minus, unless brackets say otherwise: here only the mean "
            "was divided.",
            answers=(without_brackets,),
        ),
        Mistake(
            "exchanges mean and std",
            "Mean and deviation have changed places: which of them moves the middle, and which "
            "sets the spread?",
            answers=(mean_and_std_exchanged,),
        ),
        Mistake(
            "counts through all rows",
            "Without an axis the largest of *all* logits is looked for, and its place is counted "
            "through all rows. Asked is one place for each picture.",
            answers=(one_place_of_all,),
            recognise=_one_of_all_rows,
        ),
        Mistake(
            "does not scale at all",
            "The names are right now. But the counts arrive as they are, and the network was "
            "trained on scaled ones.",
            answers=(leaves_the_scale_out,),
        ),
        Mistake(
            "subtracts only",
            "The mean is taken away, but the numbers are still as far apart as raw counts.",
            answers=(forgets_to_divide,),
        ),
        Mistake(
            "divides only",
            "The spread is right, but nothing was subtracted: a white pixel was not 0 in training.",
            answers=(divides_only,),
        ),
        Mistake(
            "divides by the variance",
            "Divided twice by the standard deviation: the numbers get too small.",
            answers=(divides_by_the_variance,),
        ),
        Mistake(
            "gives each picture a scale of its own",
            "That is another preprocessing than that of the training, however sensible it looks.",
            answers=(each_picture_by_itself,),
        ),
        Mistake(
            "scales to one",
            "Between 0 and 1 is a common scale, but not the one of this training.",
            answers=(to_one,),
        ),
        Mistake(
            "returns places",
            "These are places among the outputs. Asked are the names that stand for them.",
            answers=(numbers_for_names,),
        ),
        Mistake(
            "looks along the pictures",
            "That is, for each digit, the picture most like it. Asked is, for each picture, the "
            "digit.",
            answers=(exchanges_the_axes,),
        ),
        Mistake(
            "takes the smallest logit",
            "These are the least likely digits.",
            answers=(the_least_likely,),
        ),
    ),
    also_right=(one_by_one, as_an_array),
)
