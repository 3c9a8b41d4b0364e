"""Repair: a reader that scales by what it is sent, and names by the alphabet."""

import numpy as np

from nnlib.exercises import paths
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
    names = sorted(shipped["names"])
    return [names[place] for place in places]


# --- answers with one misconception each ---


def mends_the_names_only(logits_of, pictures, shipped):
    pictures = (pictures - pictures.mean()) / pictures.std()
    return [shipped["names"][place] for place in logits_of(pictures).argmax(1)]


def mends_the_scale_only(logits_of, pictures, shipped):
    x = (pictures - shipped["mean"]) / shipped["std"]
    names = sorted(shipped["names"])
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


NAMES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
SHIPPED = {"mean": 5.0, "std": 6.0, "names": NAMES}


def pictures_of(seed, rows):
    return np.random.default_rng(seed).integers(0, 17, (rows, 64)).astype("float64")


def machine(seed):
    """Weights of a small machine with a bend, whose answer depends on scale and offset."""
    rng = np.random.default_rng(100 + seed)
    return rng.normal(size=(64, 24)), rng.normal(0, 6, 24), rng.normal(size=(24, 10))


def cases():
    return [_case(path, seed, rows) for path in paths.available()
            for seed, rows in ((0, 12), (1, 1), (2, 16))]


def _case(path, seed, rows):
    first, offset, second = (paths.array(path, part) for part in machine(seed))
    pictures = pictures_of(seed, rows)
    if seed == 2:
        pictures = pictures // 3                        # faint pictures, all of them

    def logits_of(x):
        """A trained machine: (rows, 64) scaled counts -> (rows, 10)."""
        return (x @ first + offset).clip(0) @ second

    def arguments():
        return logits_of, paths.array(path, pictures), {**SHIPPED, "names": list(NAMES)}

    return Case(arguments, oracle(machine(seed), pictures), path=path)


def oracle(parts, pictures):
    """Pixel by pixel with plain sums."""
    first, offset, second = parts
    found = []
    for picture in pictures:
        hidden = offset.copy()
        for pixel, count in enumerate(picture):
            hidden += (count - 5) / 6 * first[pixel]
        scores = sum(max(value, 0.0) * row for value, row in zip(hidden, second, strict=True))
        found.append(NAMES[max(range(10), key=lambda place, s=scores: s[place])])
    return found


EXERCISE = Exercise(
    identifier="inference.read_digits",
    title="two things lost on the way",
    level="repair",
    prompt=(
        "The network read 98 % of the digits when it was trained; in use it is hardly ever right. "
        "Two symptoms: most names are wrong even for pictures on which the largest logit stands in "
        "the right place, and faint pictures sent together are read otherwise than among dark "
        "ones. Repair `read_digits(logits_of, pictures, shipped)`, which returns a list of names. "
        "`logits_of` is the trained network, "
        "`pictures` an array or a tensor of counts of ink, and `shipped` a dictionary that came "
        'with the weights: `"mean"` and `"std"` of the training pixels, and `"names"`, the classes '
        "in the order of the outputs."
    ),
    solution=read_digits,
    broken=broken,
    cases=cases,
    hints=(
        "Which numbers here were fixed when the network was trained, and which change with each "
        "request?",
        "What does the list of names look like after sorting?",
        "Two lines make something of their own where something was shipped.",
    ),
    passed="Nothing that was fixed in training may be worked out again from what is sent.",
    mistakes=(
        Mistake(
            "scales by what is sent",
            "The names are right now. But the scale still depends on which pictures come together.",
            answers=(mends_the_names_only,),
        ),
        Mistake(
            "sorts the names",
            "The scale is right now. But output 0 is no longer called what it was in training.",
            answers=(mends_the_scale_only,),
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
