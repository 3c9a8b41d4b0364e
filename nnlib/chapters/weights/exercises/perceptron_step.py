"""Build: one update of the perceptron, on arrays of either path."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def perceptron_step(w, b, x, y, lr):
    """Return the new weights and the new bias after the example x with label y."""
    guess = 1 if (w * x).sum() + b > 0 else 0
    return w + lr * (y - guess) * x, b + lr * (y - guess)


# --- answers with one misconception each ---


def fires_at_zero(w, b, x, y, lr):
    guess = 1 if (w * x).sum() + b >= 0 else 0
    return w + lr * (y - guess) * x, b + lr * (y - guess)


def away_from_the_label(w, b, x, y, lr):
    guess = 1 if (w * x).sum() + b > 0 else 0
    return w - lr * (y - guess) * x, b - lr * (y - guess)


def leaves_the_bias(w, b, x, y, lr):
    guess = 1 if (w * x).sum() + b > 0 else 0
    return w + lr * (y - guess) * x, b


def error_of_the_sum(w, b, x, y, lr):
    error = y - float((w * x).sum() + b)
    return w + lr * error * x, b + lr * error


def always_learns(w, b, x, y, lr):
    return w + lr * (2 * y - 1) * x, b + lr * (2 * y - 1)


def leaves_out_the_input(w, b, x, y, lr):
    guess = 1 if (w * x).sum() + b > 0 else 0
    return w + lr * (y - guess), b + lr * (y - guess)


def looks_at_the_weights_alone(w, b, x, y, lr):
    guess = 1 if w.sum() + b > 0 else 0
    return w + lr * (y - guess) * x, b + lr * (y - guess)


def decides_without_the_bias(w, b, x, y, lr):
    guess = 1 if (w * x).sum() > 0 else 0
    return w + lr * (y - guess) * x, b + lr * (y - guess)


def no_rate(w, b, x, y, lr):
    guess = 1 if (w * x).sum() + b > 0 else 0
    return w + (y - guess) * x, b + (y - guess)


def no_rate_for_a_false_alarm(w, b, x, y, lr):
    guess = 1 if (w * x).sum() + b > 0 else 0
    if guess == 1 and y == 0:
        return w - x, b - 1
    return w + lr * (y - guess) * x, b + lr * (y - guess)


def rate_on_the_weights_alone(w, b, x, y, lr):
    guess = 1 if (w * x).sum() + b > 0 else 0
    return w + lr * (y - guess) * x, b + (y - guess)


def learns_from_misses_alone(w, b, x, y, lr):
    guess = 1 if (w * x).sum() + b > 0 else 0
    if y == 1 and guess == 0:
        return w + lr * x, b + lr
    return w, b


def weights_alone(w, b, x, y, lr):
    guess = 1 if (w * x).sum() + b > 0 else 0
    return w + lr * (y - guess) * x


def in_place(w, b, x, y, lr):
    guess = 1 if (w * x).sum() + b > 0 else 0
    w += lr * (y - guess) * x
    return w, b + lr * (y - guess)


def takes_a_probability(w, b, x, y, lr):
    guess = 1 / (1 + np.exp(-float((w * x).sum() + b)))
    return w + lr * (y - guess) * x, b + lr * (y - guess)


def nothing_where_it_is_right(w, b, x, y, lr):
    guess = 1 if (w * x).sum() + b > 0 else 0
    if guess != y:
        return w + lr * (y - guess) * x, b + lr * (y - guess)


# --- unusual and right ---


def by_cases(w, b, x, y, lr):
    fires = bool((w * x).sum() + b > 0)
    if fires and y == 0:
        return w - lr * x, b - lr
    if not fires and y == 1:
        return w + lr * x, b + lr
    return w, b


def with_the_bias_as_a_weight(w, b, x, y, lr):
    long_w = np.append(np.asarray(w), b)
    long_x = np.append(np.asarray(x), 1.0)
    long_w = long_w + lr * (y - float(long_w @ long_x > 0)) * long_x
    return list(long_w[:-1]), long_w[-1]


SETTINGS = [
    ([0.0, 0.0], 0.0, [0.0, 1.0], 1, 1.0),          # z is 0 and it does not fire: learns
    ([0.0, 0.0], 0.0, [1.0, 1.0], 0, 1.0),          # z is 0 and it need not fire: nothing
    ([1.0, 1.0], 1.0, [0.0, 2.0], 0, 1.0),          # fires and should not
    ([1.0, -2.0, 0.5], -1.0, [2.0, 1.0, 1.0], 1, 0.5),
    ([2.0, 1.0], -2.0, [1.0, 1.0], 1, 1.0),         # right already: nothing
    ([2.0, -3.0], 0.5, [2.0, 0.5], 0, 0.25),        # fires by mistake, by its inputs; lr counts
    ([-2.0, 3.0], -0.5, [2.0, 0.5], 1, 0.25),       # the same, missed
]


def cases():
    return [
        Case(
            (paths.array(path, w), b, paths.array(path, x), y, lr),
            _oracle(path, w, b, x, y, lr), path=path,
        )
        for path in paths.available()
        for w, b, x, y, lr in SETTINGS
    ]


def _oracle(path, w, b, x, y, lr):
    """As Rosenblatt's rule says it in words: towards a missed example, away from a false alarm."""
    z = sum(one * weight for one, weight in zip(x, w, strict=True)) + b
    move = {(True, 0): -lr, (False, 1): lr}.get((z > 0, y), 0.0)
    moved = [weight + move * one for one, weight in zip(x, w, strict=True)]
    return paths.array(path, moved), b + move


def is_like(answer, item) -> bool:
    """Whether this was returned, both things of it."""
    return item.error is None and comparing.same(
        item.result, comparing.plain(answer(*item.case.make_arguments()))
    )


def _is_right_already(item) -> bool:
    w, b, x, y, _ = item.case.make_arguments()
    return (float((w * x).sum() + b) > 0) == (y == 1)


EXERCISE = Exercise(
    identifier="weights.perceptron_step",
    title="one step of the perceptron",
    level="build",
    prompt=(
        "Write `perceptron_step(w, b, x, y, lr)`: what the perceptron's rule makes of its weights "
        "`w` and bias `b` after one example `x` with the label `y`, 0 or 1. It returns the new "
        "weights and the new bias, and leaves `w` as it was; the unit fires when z > 0. Example: "
        "`perceptron_step(np.array([0.0, 0.0]), 0.0, np.array([0.0, 1.0]), 1, 1.0)` gives the "
        "weights 0 and 1 and the bias 1."
    ),
    stub='''\
def perceptron_step(w, b, x, y, lr):
    """Return the new weights and the new bias after the example x with label y."""
    return ...                          # two things: weights, bias
''',
    solution=perceptron_step,
    cases=cases,
    hints=(
        "First the guess, 0 or 1; then the error y − guess, which is −1, 0 or 1.",
        "The weights move by lr · error · x, the bias by lr · error.",
        "A step makes the guess: 1 where the sum of the products, plus b, is above 0. Where the "
        "guess is right the error is 0, so one formula serves all cases.",
    ),
    passed=(
        "Where the guess is right nothing moves. No derivative is used: the step's is 0 everywhere "
        "but at z = 0, so a gradient would say nothing."
    ),
    mistakes=(
        Mistake(
            "moves away from the label",
            "The step goes the wrong way: an example that was missed is added, one that fired by "
            "mistake is subtracted.",
            answers=(away_from_the_label,),
        ),
        Mistake(
            "fires at zero",
            "At z = 0 this fires. The rule here fires only where z > 0.",
            answers=(fires_at_zero,),
        ),
        Mistake(
            "leaves the bias as it was",
            "The bias learns as well: it is the weight of an input that is always 1.",
            answers=(leaves_the_bias,),
        ),
        Mistake(
            "takes the error of the sum",
            "The error is y minus the guess, and the guess is 0 or 1, not z. With z it is another "
            "rule, called least mean squares.",
            answers=(error_of_the_sum,),
        ),
        Mistake(
            "learns from right answers too",
            "This moves after every example. Where the guess is right the error is 0, and nothing "
            "moves.",
            answers=(always_learns,),
        ),
        Mistake(
            "decides without the input",
            "This fires by the weights alone, whatever x is. z is the sum of the products w * x, "
            "plus b.",
            answers=(looks_at_the_weights_alone,),
        ),
        Mistake(
            "decides without the bias",
            "The guess is made without the bias, which is a part of z.",
            answers=(decides_without_the_bias,),
        ),
        Mistake(
            "leaves out the rate",
            "Steps of full length: lr stands in the rule, whichever way the unit was wrong.",
            answers=(no_rate, no_rate_for_a_false_alarm),
            recognise=lambda seen: any(
                all(is_like(answer, item) for item in seen)
                for answer in (no_rate, no_rate_for_a_false_alarm)
            ),
        ),
        Mistake(
            "leaves the rate out of the bias",
            "The weights move by lr times something, the bias by the whole error.",
            answers=(rate_on_the_weights_alone,),
        ),
        Mistake(
            "learns from missed examples only",
            "An example that fired by mistake moves nothing here. What is y − guess there?",
            answers=(learns_from_misses_alone,),
        ),
        Mistake(
            "leaves out the input",
            "All weights move by the same amount. In the rule each moves in proportion to its "
            "input.",
            answers=(leaves_out_the_input,),
        ),
        Mistake(
            "returns the weights alone",
            "These are the weights alone. Two things are asked for: the weights, and then the "
            "bias.",
            answers=(weights_alone,),
        ),
        Mistake(
            "changes the weights in place",
            "The numbers are right, but w itself was changed: w += ... writes into the array of "
            "the caller. Make a new array.",
            answers=(in_place,),
        ),
        Mistake(
            "takes a probability for the guess",
            "The guess is 0 or 1 here, by a step: 1 where z > 0. A sigmoid gives something in "
            "between.",
            answers=(takes_a_probability,),
        ),
        Mistake(
            "returns nothing where the guess is right",
            "Where the guess is right nothing is returned. Return w and b there as well, as they "
            "are.",
            answers=(nothing_where_it_is_right,),
            recognise=lambda seen: any(item.result is None for item in seen) and all(
                item.error is None and (item.result is None) == _is_right_already(item)
                for item in seen
            ),
        ),
    ),
    also_right=(by_cases, with_the_bias_as_a_weight),
    by_hand=(
        Asked(
            "w = (2, −3), b = 0.5, x = (2, 0.5), label 0, η = 0.25",
            (np.array([2.0, -3.0]), 0.5, np.array([2.0, 0.5]), 0, 0.25),
            ("first weight", "second weight", "bias"),
        ),
        Asked(
            "w = (−2, 3), b = −0.5, x = (2, 0.5), label 1, η = 0.25",
            (np.array([-2.0, 3.0]), -0.5, np.array([2.0, 0.5]), 1, 0.25),
            ("first weight", "second weight", "bias"),
        ),
    ),
)
