"""Build: the cross-entropy of one picture, whose class is given by name."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def picture_loss(probabilities, classes, name):
    """Cross-entropy of one picture, in nats."""
    return -np.log(probabilities[classes.index(name)])


# --- answers with one misconception each ---


def by_the_alphabet(probabilities, classes, name):
    return -np.log(probabilities[sorted(classes).index(name)])


def no_minus(probabilities, classes, name):
    return np.log(probabilities[classes.index(name)])


def of_the_most_probable(probabilities, classes, name):
    return -np.log(max(probabilities))


def of_the_others(probabilities, classes, name):
    return -np.log(1 - probabilities[classes.index(name)])


def one_minus(probabilities, classes, name):
    return 1 - probabilities[classes.index(name)]


def in_bits(probabilities, classes, name):
    return -np.log2(probabilities[classes.index(name)])


def decimal(probabilities, classes, name):
    return -np.log10(probabilities[classes.index(name)])


def softmax_again(probabilities, classes, name):
    exponentials = [np.exp(p) for p in probabilities]
    return -np.log(exponentials[classes.index(name)] / sum(exponentials))


def averaged(probabilities, classes, name):
    return -np.log(probabilities[classes.index(name)]) / len(classes)


def all_classes(probabilities, classes, name):
    right = classes.index(name)
    return -sum(np.log(p if place == right else 1 - p)
                for place, p in enumerate(probabilities))


def every_logarithm(probabilities, classes, name):
    return -sum(np.log(p) for p in probabilities)


def of_the_first(probabilities, classes, name):
    return -np.log(probabilities[0])


def from_behind(probabilities, classes, name):
    return -np.log(probabilities[-1 - classes.index(name)])


def entropy(probabilities, classes, name):
    return -sum(p * np.log(p) for p in probabilities)


def weighted(probabilities, classes, name):
    p = probabilities[classes.index(name)]
    return -p * np.log(p)


# --- unusual and right ---


def with_one_hot(probabilities, classes, name):
    return sum(-np.log(p) for p, one in zip(probabilities, classes, strict=True) if one == name)


def with_torch(probabilities, classes, name):
    import torch

    logits = torch.tensor(probabilities, dtype=torch.float64).log()
    return torch.nn.functional.cross_entropy(logits, torch.tensor(classes.index(name)))


GIVEN = (
    ([0.85, 0.15], ["dog", "cat"], "cat"),
    ([0.6, 0.4], ["sun", "rain"], "rain"),
    ([0.2, 0.5, 0.3], ["rose", "iris", "tulip"], "rose"),
    ([0.1, 0.2, 0.7], ["wolf", "fox", "bear"], "bear"),
)


def oracle(probabilities, classes, name):
    """Nats from the ratio of odds: -ln p = ln(1 + (1 - p)/p)."""
    (p,) = [p for p, other in zip(probabilities, classes, strict=True) if other == name]
    return np.log1p((1 - p) / p)


EXERCISE = Exercise(
    identifier="image_classifier.picture_loss",
    title="one picture, by name",
    level="build",
    prompt=(
        "Write `picture_loss(probabilities, classes, name)`: the cross-entropy of one picture that "
        "shows `name`. `classes` is the one list that was declared, `probabilities` a list of what "
        "the network gives them, in that order. Example: with 0.85 and 0.15 for "
        "`[\"dog\", \"cat\"]` a picture of a dog costs 0.1625."
    ),
    stub='''\
def picture_loss(probabilities, classes, name):
    """Cross-entropy of one picture, in nats."""
    return ...
''',
    solution=picture_loss,
    cases=lambda: [Case(given, oracle(*given)) for given in GIVEN],
    hints=(
        "At which place in the list of classes does the name stand?",
        "The probability at that place is all that the loss looks at.",
        "classes.index(name) is the place, np.log the natural logarithm.",
    ),
    passed="The list decides which number is looked at: it is declared once and used everywhere.",
    mistakes=(
        Mistake("goes by the alphabet", "Your list is sorted, the declared one need not be: you "
                "look at another animal's probability.", answers=(by_the_alphabet,)),
        Mistake("leaves the minus out", "A loss is smaller for a better answer, and not below 0.",
                answers=(no_minus,)),
        Mistake("takes the largest probability", "This looks at what the network believes. The "
                "loss looks at what the picture shows.", answers=(of_the_most_probable,)),
        Mistake("takes what is left", "That is the probability of all other classes together.",
                answers=(of_the_others,)),
        Mistake("takes no logarithm", "How much is missing to 1 is another loss, and a kinder one "
                "to answers that are surely wrong.", answers=(one_minus,)),
        Mistake("counts in bits", "The logarithm to the base 2 counts bits. Nats take the natural "
                "one.", answers=(in_bits,)),
        Mistake("takes the decimal logarithm", "The logarithm to the base 10 is too small by a "
                "factor of 2.3.", answers=(decimal,)),
        Mistake("applies softmax again", "These are probabilities already. A second softmax "
                "flattens them.", answers=(softmax_again,)),
        Mistake("divides by the classes", "One picture has one loss: nothing is averaged over the "
                "classes.", answers=(averaged,)),
        Mistake("adds a loss for each class", "This treats the classes as separate yes-or-no "
                "questions. Here they share one probability of 1.", answers=(all_classes,)),
        Mistake("adds up all logarithms", "Every class is in your sum. Only the one that the "
                "picture shows counts: its target is 1, that of the others 0.",
                answers=(every_logarithm,)),
        Mistake("takes the first class", "Which class the picture shows makes no difference to "
                "this: you always look at the same place.", answers=(of_the_first,)),
        Mistake("counts from behind", "You look at the list from its end.",
                answers=(from_behind,)),
        Mistake("computes an entropy", "This does not depend on what the picture shows: it is the "
                "entropy of the answer.", answers=(entropy,)),
        Mistake("weighs by the probability", "The true class has the weight 1, not its "
                "probability.", answers=(weighted,)),
    ),
    also_right=(with_one_hot, with_torch),
    by_hand=(
        Asked("0.85 and 0.15 for dog, cat; the picture shows a cat", GIVEN[0]),
        Asked("0.2, 0.5, 0.3 for rose, iris, tulip; it shows a rose", GIVEN[2]),
        Asked("0.1, 0.2, 0.7 for wolf, fox, bear; it shows a bear", GIVEN[3]),
    ),
)
