"""Build: the moves of AdaGrad under a list of gradients."""

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def adagrad_moves(grads, lr):
    """The amount that AdaGrad subtracts from the weight in each step, without ε."""
    s, moves = 0.0, []
    for g in grads:
        s = s + g**2
        moves.append(lr * g / s**0.5)
    return moves


# --- answers with one misconception each ---


def divides_by_the_sum(grads, lr):
    s, moves = 0.0, []
    for g in grads:
        s = s + g**2
        moves.append(lr * g / s)
    return moves


def divides_by_its_own_size(grads, lr):
    return [lr * g / (g**2) ** 0.5 if g else 0.0 for g in grads]


def takes_a_mean(grads, lr):
    s, moves = 0.0, []
    for t, g in enumerate(grads, start=1):
        s = s + g**2
        moves.append(lr * g / (s / t) ** 0.5)
    return moves


def adds_up_sizes(grads, lr):
    s, moves = 0.0, []
    for g in grads:
        s = s + abs(g)
        moves.append(lr * g / s)
    return moves


def without_direction(grads, lr):
    s, moves = 0.0, []
    for g in grads:
        s = s + g**2
        moves.append(lr * abs(g) / s**0.5)
    return moves


def turned_round(grads, lr):
    s, moves = 0.0, []
    for g in grads:
        s = s + g**2
        moves.append(-lr * g / s**0.5)
    return moves


def places(grads, lr):
    s, w, moves = 0.0, 0.0, []
    for g in grads:
        s = s + g**2
        w = w + lr * g / s**0.5
        moves.append(w)
    return moves


def divides_first(grads, lr):
    s, moves = 0.0, []
    for g in grads:
        moves.append(lr * g / s**0.5 if s else 0.0)
        s = s + g**2
    return moves


def starts_with_the_first(grads, lr):
    s, moves = grads[0] ** 2, []
    for g in grads:
        moves.append(lr * g / s**0.5)
        s = s + g**2
    return moves


def by_an_older_sum(seen):
    """Whether each divisor but the first lacks the newest square: from 0, or from the first one.

    From 0 and without a guard the first division fails in every case.
    """
    if all(isinstance(item.error, ZeroDivisionError) for item in seen):
        return True
    return any(all(later_moves_lag(item, first) for item in seen) for first in (0, 1))


def later_moves_lag(item, first):
    grads, lr = item.case.make_arguments()
    before = np.cumsum(np.square(grads))[:-1] + first * grads[0] ** 2
    lagging = lr * np.array(grads[1:]) / np.sqrt(before)
    return len(item.result) == len(grads) and comparing.same(item.result[1:], lagging)


def returns_at_once(grads, lr):
    s, moves = 0.0, []
    for g in grads:
        s = s + g**2
        moves.append(lr * g / s**0.5)
        return moves


# --- unusual and right ---


def all_at_once(grads, lr):
    grads = np.asarray(grads)
    return lr * grads / np.sqrt(np.cumsum(grads**2))


BY_HAND = ([-8.0, 6.0, 0.0, 24.0], 0.13)


def cases():
    settings = [([3.0, 4.0], 0.1), ([7.0, 7.0, 7.0, 7.0], 1.0), ([-2.0, 1.0, 0.0, 2.0], 0.5),
                ([0.001, 0.002, -0.002], 0.1), ([5.0], 0.2), BY_HAND]
    return [Case(setting, by_norms(*setting)) for setting in settings]


def by_norms(grads, lr):
    """The newest gradient over the length of the vector of all so far."""
    return [lr * (grads[i] / np.linalg.norm(grads[:i + 1])) for i in range(len(grads))]


EXERCISE = Exercise(
    identifier="optimizers.adagrad_moves",
    title="moves that shrink",
    level="build",
    prompt=(
        "Write `adagrad_moves(grads, lr)`: return the list of what AdaGrad subtracts from one "
        "weight in each step, one number for each gradient of the list. Leave out ε; the first "
        "gradient is not 0. Example: the gradients 3 and 4 with rate 0.1 give the moves 0.1 and "
        "0.08."
    ),
    stub='''\
def adagrad_moves(grads, lr):
    """The amount that AdaGrad subtracts from the weight in each step, without ε."""
    return ...
''',
    solution=adagrad_moves,
    cases=cases,
    hints=(
        "Go through the gradients with one number that remembers.",
        "First the newest square goes into the sum, then the gradient is divided by its root.",
        "In the example the second divisor is the root of 9 + 16.",
    ),
    passed="Multiply all gradients by 1,000, and the moves stay as they are.",
    mistakes=(
        Mistake(
            "leaves out the root",
            "The divisor is the sum of squares itself: the moves depend on the unit of the "
            "gradients.",
            answers=(divides_by_the_sum,),
        ),
        Mistake(
            "remembers nothing",
            "Each gradient is divided by its own size, so every move is the rate. The sum keeps "
            "the squares of all steps before.",
            answers=(divides_by_its_own_size,),
        ),
        Mistake(
            "takes a mean",
            "The divisor is the root of the mean of the squares; AdaGrad's is that of their sum.",
            answers=(takes_a_mean,),
        ),
        Mistake(
            "adds up the sizes",
            "The divisor is a sum of sizes, not the root of a sum of squares.",
            answers=(adds_up_sizes,),
        ),
        Mistake(
            "loses the direction",
            "The sizes are right, but the moves have lost their signs.",
            answers=(without_direction,),
        ),
        Mistake(
            "turns the moves round",
            "Every sign is turned. Asked is what is subtracted from the weight.",
            answers=(turned_round,),
        ),
        Mistake(
            "adds up the moves",
            "These are the moves added up: how far the weight has come, not each step.",
            answers=(places,),
        ),
        Mistake(
            "divides before it adds",
            "The divisor lacks the newest gradient. Its own square belongs into the sum by the "
            "time the sum divides it.",
            answers=(divides_first, starts_with_the_first),
            recognise=by_an_older_sum,
        ),
        Mistake(
            "returns at once",
            "Only the first move comes back. Where does the return stand?",
            answers=(returns_at_once,),
        ),
    ),
    also_right=(all_at_once,),
    by_hand=(
        Asked("gradients −8, 6, 0 and 24, rate 0.13", BY_HAND,
              parts=("first move", "second", "third", "fourth")),
    ),
)
