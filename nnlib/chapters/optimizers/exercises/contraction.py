"""Compute: the factor of the slowest direction."""

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def contraction(rate, curvatures):
    """Factor by which one step multiplies the distance in the slowest direction."""
    return max(abs(1 - rate * curvature) for curvature in curvatures)


# --- answers with one misconception each ---


def of_the_steepest(rate, curvatures):
    return abs(1 - rate * max(curvatures))


def of_the_flattest(rate, curvatures):
    return abs(1 - rate * min(curvatures))


def with_its_sign(rate, curvatures):
    return max(1 - rate * curvature for curvature in curvatures)


def fastest(rate, curvatures):
    return min(abs(1 - rate * curvature) for curvature in curvatures)


def on_average(rate, curvatures):
    return sum(abs(1 - rate * curvature) for curvature in curvatures) / len(curvatures)


def product(rate, curvatures):
    result = 1
    for curvature in curvatures:
        result *= abs(1 - rate * curvature)
    return result


# --- unusual and right ---


def from_both_ends(rate, curvatures):
    return max(abs(1 - rate * min(curvatures)), abs(1 - rate * max(curvatures)))


def cases():
    settings = [(0.1, [1, 4]), (0.3, [1, 6]), (0.05, [18, 2, 10]), (0.11, [20, 3]), (0.2, [5]),
                (0.5, [3, 4]), (0.1, [3, 12, 8]), (0.01371, [3.13, 7.7])]
    return [Case(setting, after_one_step(*setting)) for setting in settings]


def after_one_step(rate, curvatures):
    """Where a step leads that starts at distance 1 in one direction alone."""
    reached = []
    for curvature in curvatures:
        w = 1.0
        w -= rate * (curvature * w)
        reached.append((w**2) ** 0.5)
    return sorted(reached)[-1]


EXERCISE = Exercise(
    identifier="optimizers.contraction",
    title="the slowest direction",
    level="compute",
    prompt=(
        "Write `contraction(rate, curvatures)`: the size, without its sign, of the factor by which "
        "one step of SGD multiplies the distance to the minimum in the direction where it shrinks "
        "least, or grows most. `curvatures` is a list with one number above 0 for each direction. "
        "Example: with rate 0.1 and curvatures `[1, 4]` the distances are multiplied by 0.9 and "
        "0.6, so the result is 0.9."
    ),
    stub='''\
def contraction(rate, curvatures):
    """Factor by which one step multiplies the distance in the slowest direction."""
    return ...
''',
    solution=contraction,
    cases=cases,
    hints=(
        "Work out the factor of each direction first. Which of them decides how long you wait?",
        "A factor of −0.9 shrinks a distance as slowly as one of 0.9.",
        "Each direction has one factor. Which of them is furthest from 0, on either side?",
    ),
    passed="The slowest direction may be the flattest or the steepest: that depends on the rate.",
    mistakes=(
        Mistake(
            "looks at the steepest alone",
            "This is the factor of the steepest direction. With a small rate another one is "
            "slower.",
            answers=(of_the_steepest,),
        ),
        Mistake(
            "looks at the flattest alone",
            "This is the factor of the flattest direction. With a large rate the steepest may "
            "swing more.",
            answers=(of_the_flattest,),
        ),
        Mistake(
            "keeps the sign",
            "A factor below zero is taken for a small one. −1.2 makes a distance grow.",
            answers=(with_its_sign,),
        ),
        Mistake(
            "takes the fastest",
            "This is the direction that arrives first. Asked is the one that keeps you waiting.",
            answers=(fastest,),
        ),
        Mistake(
            "takes the mean",
            "This is a mean over the directions. They shrink apart from each other, and the "
            "slowest is left in the end.",
            answers=(on_average,),
        ),
        Mistake(
            "multiplies the directions",
            "The factors of different directions are multiplied together. Each acts on a distance "
            "of its own.",
            answers=(product,),
        ),
    ),
    also_right=(from_both_ends,),
    by_hand=(
        Asked("rate 0.05, curvatures 18, 2 and 10", (0.05, [18, 2, 10])),
        Asked("rate 0.5, curvatures 3 and 4", (0.5, [3, 4])),
    ),
)
