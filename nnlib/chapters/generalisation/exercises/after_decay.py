"""Compute: what weight decay alone does to a weight."""

import math

import numpy as np

from nnlib.exercises.comparing import same
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def after_decay(w, lr, decay, steps):
    """The weight after so many updates in which only the decay acts."""
    return w * (1 - lr * decay) ** steps


# --- answers with one misconception each ---


def twice_the_decay(w, lr, decay, steps):
    return w * (1 - 2 * lr * decay) ** steps


def half_the_decay(w, lr, decay, steps):
    return w * (1 - lr * decay / 2) ** steps


def without_the_rate(w, lr, decay, steps):
    return w * (1 - decay) ** steps


def in_a_straight_line(w, lr, decay, steps):
    return w * (1 - lr * decay * steps)


def by_a_fixed_amount(w, lr, decay, steps):
    return w - lr * decay * steps


def by_the_sign(w, lr, decay, steps):
    for _ in range(steps):
        w = w - lr * decay * np.sign(w)
    return w


def by_tiny_steps(w, lr, decay, steps):
    return w * np.exp(-lr * decay * steps)


def one_update_less(w, lr, decay, steps):
    for _ in range(1, steps):
        w = w * (1 - lr * decay)
    return w


def one_update_more(w, lr, decay, steps):
    for _ in range(steps + 1):
        w = w * (1 - lr * decay)
    return w


def one_update(w, lr, decay, steps):
    return w * (1 - lr * decay)


def returns_in_the_loop(w, lr, decay, steps):
    for _ in range(steps):
        w = w - lr * decay * w
        return w


def grows(w, lr, decay, steps):
    return w * (1 + lr * decay) ** steps


def by_powers_of_the_product(w, lr, decay, steps):
    return w * (lr * decay) ** steps


def what_is_lost(w, lr, decay, steps):
    return w - w * (1 - lr * decay) ** steps


def by_the_squared_weight(w, lr, decay, steps):
    for _ in range(steps):
        w = w - lr * decay * w**2
    return w


def by_the_penalty_itself(w, lr, decay, steps):
    for _ in range(steps):
        w = w - lr * decay / 2 * w**2
    return w


# --- unusual and right ---


def in_a_loop(w, lr, decay, steps):
    for _ in range(steps):
        w -= lr * decay * w
    return w


def by_logarithms(w, lr, decay, steps):
    return math.copysign(math.exp(math.log(abs(w)) + steps * math.log1p(-lr * decay)), w)


def by_recursion(w, lr, decay, steps):
    return w if steps == 0 else by_recursion(w - lr * decay * w, lr, decay, steps - 1)


def cases():
    return [
        Case((8.0, 0.5, 0.5, 2), 4.5),              # 8 · ¾ · ¾
        Case((-4.0, 0.5, 1.0, 3), -0.5),            # halved three times
        Case((10.0, 0.2, 0.5, 1), 9.0),
        Case((3.0, 0.1, 0.5, 0), 3.0),
        Case((100.0, 0.1, 1.0, 4), 65.61),          # 0.9 four times
    ]


def does_as_one_of(*answers, least=0):
    """Recognise what does, with at least so many updates, as one of these answers does."""

    def recognise(seen):
        calls = [(item, item.case.make_arguments()) for item in seen]
        calls = [(item, given) for item, given in calls if given[-1] >= least]
        return any(all(same(item.result, float(answer(*given))) for item, given in calls)
                   for answer in answers)

    return recognise


EXERCISE = Exercise(
    identifier="generalisation.after_decay",
    title="decay alone",
    level="compute",
    prompt=(
        "Suppose that the data say nothing about a weight: its gradient comes from the penalty "
        "$\\tfrac{\\lambda}{2} w^2$ alone. Write `after_decay(w, lr, decay, steps)`: the weight "
        "after so many updates of plain gradient descent, with `decay` for λ. Example: from "
        "`w = 2.0` with `lr = 0.5` and `decay = 0.4`, one update gives 1.6."
    ),
    stub='''\
def after_decay(w, lr, decay, steps):
    """The weight after so many updates in which only the decay acts."""
    return ...
''',
    solution=after_decay,
    cases=cases,
    hints=(
        "What is the slope of the penalty at w? One update goes lr times that slope downhill.",
        "One update takes the same share of the weight away, whatever it is: it multiplies.",
        "Multiply by the factor of one update as many times as there are updates.",
    ),
    passed="The weight shrinks by a fixed share at each update: fast at first, never past zero.",
    mistakes=(
        Mistake(
            "takes the slope of λ w²",
            "It shrinks twice as fast as it should: the penalty has a ½, which the derivative "
            "cancels.",
            answers=(twice_the_decay,),
        ),
        Mistake(
            "takes half the slope",
            "It shrinks half as fast as it should: the slope of w² is 2w, and that 2 cancels the "
            "penalty's ½.",
            answers=(half_the_decay,),
        ),
        Mistake(
            "leaves out the rate",
            "The penalty's gradient is a gradient like any other: the learning rate scales the "
            "step.",
            answers=(without_the_rate,),
        ),
        Mistake(
            "shrinks in a straight line",
            "The second update starts from a smaller weight, so it takes away less than the first.",
            answers=(in_a_straight_line,),
        ),
        Mistake(
            "takes off a fixed amount",
            "The step does not depend on how large the weight is here. The penalty's slope does.",
            answers=(by_a_fixed_amount, by_the_sign),
            recognise=does_as_one_of(by_a_fixed_amount, by_the_sign),
        ),
        Mistake(
            "makes one update only",
            "This is the weight after one update, whatever the number of steps. If there is a "
            "loop: where does its return stand?",
            answers=(one_update, returns_in_the_loop),
            recognise=does_as_one_of(one_update, least=1),
        ),
        Mistake(
            "makes one update less",
            "One update is missing. How many turns does it make for steps = 1?",
            answers=(one_update_less,),
            recognise=does_as_one_of(one_update_less, least=1),
        ),
        Mistake(
            "makes one update more",
            "It makes one update more than asked for, one even where there should be none.",
            answers=(one_update_more,),
        ),
        Mistake(
            "shrinks as in tiny steps",
            "exp is what very many very small updates come to. These are few, and each takes its "
            "share at one go.",
            answers=(by_tiny_steps,),
        ),
        Mistake(
            "goes uphill",
            "The weight grows. Steps go against the gradient.",
            answers=(grows,),
        ),
        Mistake(
            "keeps what should go",
            "lr · decay is the share that goes. What is left is the rest of 1.",
            answers=(by_powers_of_the_product,),
        ),
        Mistake(
            "what is lost",
            "This is what was taken off. What is left?",
            answers=(what_is_lost,),
        ),
        Mistake(
            "takes the penalty for its slope",
            "The step is as long as w², the penalty, would have it. An update needs its slope.",
            answers=(by_the_squared_weight, by_the_penalty_itself),
            recognise=does_as_one_of(by_the_squared_weight, by_the_penalty_itself),
        ),
    ),
    also_right=(in_a_loop, by_logarithms, by_recursion),
    by_hand=(
        Asked("w = 8, lr = 0.5, decay = 0.5, two updates", (8.0, 0.5, 0.5, 2)),
        Asked("w = −4, lr = 0.5, decay = 1, three updates", (-4.0, 0.5, 1.0, 3)),
        Asked("w = 100, lr = 0.1, decay = 1, four updates", (100.0, 0.1, 1.0, 4)),
    ),
)
