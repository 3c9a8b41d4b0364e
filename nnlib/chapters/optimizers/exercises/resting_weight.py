"""Compute: where decoupled decay stops a weight that always has the same gradient."""

import math

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def resting_weight(grad, lr, decay):
    """Where AdamW leaves a weight, in the end, whose gradient never changes."""
    return -grad / abs(grad) / decay


# --- answers with one misconception each ---


def balance_of_l2(grad, lr, decay):
    return -grad / decay


def forgets_its_own_rate(grad, lr, decay):
    return -grad / abs(grad) * lr / decay


def rate_of_the_decay_alone(grad, lr, decay):
    return -grad / abs(grad) / (lr * decay)


def uphill(grad, lr, decay):
    return grad / abs(grad) / decay


def size_alone(grad, lr, decay):
    return 1 / decay


def never_stops(grad, lr, decay):
    return -float("inf") if grad > 0 else float("inf")


def first_step(grad, lr, decay):
    return -lr * grad / abs(grad)


# --- unusual and right ---


def by_many_steps(grad, lr, decay):
    w = 0.0
    for _ in range(3000):
        w = w - lr * decay * w - math.copysign(lr, grad)
    return w


def cases():
    settings = [(2.0, 0.1, 0.5), (-0.3, 0.25, 0.4), (50.0, 0.5, 0.04), (-7.0, 0.02, 2.0),
                (0.001, 1.0, 0.1), (-1.5, 0.1, 7.3)]
    return [Case(setting, between_two_guesses(*setting)) for setting in settings]


def between_two_guesses(grad, lr, decay):
    """Halve an interval of weights: the step leads upwards from its lower end, down from above."""
    low, high = -1e4, 1e4
    while high - low > 1e-9:
        w = (low + high) / 2
        moved = -lr * (1 if grad > 0 else -1) - lr * decay * w
        low, high = (w, high) if moved > 0 else (low, w)
    return (low + high) / 2


EXERCISE = Exercise(
    identifier="optimizers.resting_weight",
    title="where the decay stops a weight",
    level="compute",
    prompt=(
        "A weight gets the same gradient at every step, not 0, and AdamW pushes it further and "
        "further, while the decay pulls it back more and more. Write "
        "`resting_weight(grad, lr, decay)`: the value at which it comes to rest, with λ = `decay`; "
        "ε is too small to matter. Example: `resting_weight(2.0, 0.1, 0.5)` is −2."
    ),
    stub='''\
def resting_weight(grad, lr, decay):
    """Where AdamW leaves a weight, in the end, whose gradient never changes."""
    return ...
''',
    solution=resting_weight,
    cases=cases,
    hints=(
        "At rest the two moves of a step cancel: that of Adam and that of the decay.",
        "How long is Adam's own move under a steady gradient, and what has the size of the "
        "gradient to do with it?",
        "The decay moves the weight by ηλw. For which size of w is that as long as Adam's move, "
        "and on which side of 0 does the weight lie then? An argument may drop out.",
    ),
    passed=(
        "The rate says how fast the weight gets there, and λ alone how far: with λ = 0.01 it "
        "stops at a size of 100."
    ),
    mistakes=(
        Mistake(
            "balances the gradient itself",
            "There g + λw is 0: that is where SGD stops. Adam divides the size of the gradient "
            "away, and AdamW's decay stands apart from that division.",
            answers=(balance_of_l2,),
        ),
        Mistake(
            "takes the rate on one side",
            "Adam's move has the rate in it here, and the decay has not. Both moves of the step "
            "have it.",
            answers=(forgets_its_own_rate,),
        ),
        Mistake(
            "takes the rate on the other side",
            "The decay has the rate in it here, and Adam's move has not. Both moves of the step "
            "have it.",
            answers=(rate_of_the_decay_alone,),
        ),
        Mistake(
            "goes uphill",
            "The sizes are right. A positive gradient says that the loss falls towards smaller "
            "weights.",
            answers=(uphill,),
        ),
        Mistake(
            "forgets the side",
            "The sizes are right. On which side of 0 the weight ends depends on the gradient.",
            answers=(size_alone,),
        ),
        Mistake(
            "never stops",
            "The pull of the decay grows with the weight, and the push does not.",
            answers=(never_stops,),
        ),
        Mistake(
            "stops after one step",
            "This is the first move, from 0. The next one goes the same way.",
            answers=(first_step,),
        ),
    ),
    also_right=(by_many_steps,),
    by_hand=(
        Asked("gradient −0.3, rate 0.25, λ = 0.4", (-0.3, 0.25, 0.4)),
        Asked("gradient 50, rate 0.5, λ = 0.04", (50.0, 0.5, 0.04)),
    ),
)
