"""Build: random first weights for a layer with ReLU."""

import numpy as np

from nnlib.exercises.exercise import Case, Exercise, Mistake

TOLERANCE = 0.03                   # several times what 16,000 random weights scatter


def first_weights(fan_in, fan_out, rng):
    """Random weights (fan_in, fan_out) that keep a signal's size through ReLU."""
    return rng.normal(0.0, (2 / fan_in) ** 0.5, size=(fan_in, fan_out))


# --- answers with one misconception each ---


def variance_for_deviation(fan_in, fan_out, rng):
    return rng.normal(0.0, 2 / fan_in, size=(fan_in, fan_out))


def one_hundredth(fan_in, fan_out, rng):
    return 0.01 * rng.standard_normal((fan_in, fan_out))


def unscaled(fan_in, fan_out, rng):
    return rng.standard_normal((fan_in, fan_out))


def bound_for_deviation(fan_in, fan_out, rng):
    bound = (2 / fan_in) ** 0.5
    return rng.uniform(-bound, bound, (fan_in, fan_out))


def scaled_by_outputs(fan_in, fan_out, rng):
    return rng.normal(0.0, (2 / fan_out) ** 0.5, size=(fan_in, fan_out))


def without_the_two(fan_in, fan_out, rng):
    return rng.standard_normal((fan_in, fan_out)) / fan_in**0.5


def glorot(fan_in, fan_out, rng):
    return rng.normal(0.0, (2 / (fan_in + fan_out)) ** 0.5, size=(fan_in, fan_out))


def out_by_in(fan_in, fan_out, rng):
    return rng.normal(0.0, (2 / fan_in) ** 0.5, size=(fan_out, fan_in))


def the_same_column(fan_in, fan_out, rng):
    column = rng.normal(0.0, (2 / fan_in) ** 0.5, size=(fan_in, 1))
    return np.repeat(column, fan_out, axis=1)


def only_positive(fan_in, fan_out, rng):
    return np.abs(rng.normal(0.0, (2 / fan_in) ** 0.5, size=(fan_in, fan_out)))


def only_positive_uniform(fan_in, fan_out, rng):
    return rng.uniform(0.0, (6 / fan_in) ** 0.5, size=(fan_in, fan_out))


def from_a_generator_of_its_own(fan_in, fan_out, rng):
    return np.random.default_rng(0).normal(0.0, (2 / fan_in) ** 0.5, (fan_in, fan_out))


def from_the_global_generator(fan_in, fan_out, rng):
    return np.random.standard_normal((fan_in, fan_out)) * (2 / fan_in) ** 0.5  # noqa: NPY002


def the_deviation_of_the_example(fan_in, fan_out, rng):
    return rng.normal(0.0, 0.0505, (fan_in, fan_out))


def root_of_the_two_alone(fan_in, fan_out, rng):
    return rng.standard_normal((fan_in, fan_out)) * 2**0.5 / fan_in


def one_number_for_all(fan_in, fan_out, rng):
    return np.full((fan_in, fan_out), (2 / fan_in) ** 0.5)


# --- unusual and right ---


def uniform(fan_in, fan_out, rng):
    bound = np.sqrt(6 / fan_in)
    return rng.uniform(-bound, bound, (fan_in, fan_out))


def transposed(fan_in, fan_out, rng):
    return (rng.standard_normal((fan_out, fan_in)) * np.sqrt(2 / fan_in)).T


def signs(fan_in, fan_out, rng):
    return (2 * rng.integers(0, 2, (fan_in, fan_out)) - 1) * (2 / fan_in) ** 0.5


def from_a_child(fan_in, fan_out, rng):
    return rng.spawn(1)[0].normal(0.0, (2 / fan_in) ** 0.5, (fan_in, fan_out))


class Fans(tuple):
    """(fan_in, fan_out), and every generator that was made for the answer."""

    def __init__(self, fans):
        self.made = []

    def generator(self, seed):
        rng = np.random.default_rng(seed)
        self.made.append((rng, rng.bit_generator.state))
        return rng

    def were_drawn_from(self) -> bool:
        """Whether numbers, or a child, were taken from one of the generators."""
        return any(
            rng.bit_generator.state != before or rng.bit_generator.seed_seq.n_children_spawned
            for rng, before in self.made
        )


SHAPES = [(784, 128), (256, 64), (512, 512)]


def cases():
    def arguments(fans, seed):
        return lambda: (*fans, fans.generator(seed))

    return [
        Case(arguments(fans, seed), fans) for seed, fans in enumerate(map(Fans, SHAPES))
    ]


def judge(got, fans):
    """Shape, mean, deviation, columns that differ, and numbers that come from the generator."""
    if not isinstance(got, np.ndarray) or got.shape != tuple(fans) or got.dtype.kind != "f":
        shape = f"an array of shape {np.shape(got)}" if isinstance(got, np.ndarray) else "not that"
        return f"should be an array of numbers of shape {tuple(fans)}, got {shape}"
    wanted = (2 / fans[0]) ** 0.5
    if not np.isfinite(got).all() or abs(got.mean()) > TOLERANCE * wanted:
        return f"should have a mean close to 0, got {got.mean():.4g}"
    if abs(got.std() / wanted - 1) > TOLERANCE:
        return f"should have a standard deviation near {wanted:.4f}, got {got.std():.4f}"
    if not has_different_columns(got):
        return "should have columns that differ, but units start as copies of one another"
    if not fans.were_drawn_from():
        return "should draw its numbers from rng, and rng was not used"
    return None


def has_different_columns(weights) -> bool:
    return len(np.unique(weights, axis=1).T) == weights.shape[1]


def spread_is(formula, *, centred=True):
    """Recognise random weights (in, out) whose deviation follows another formula."""

    def recognise(seen) -> bool:
        for item in seen:
            got, fans = item.result, item.case.expected
            if not isinstance(got, np.ndarray) or got.shape != tuple(fans) or got.std() == 0:
                return False
            ratio = got.std() / formula(*fans)
            off_centre = abs(got.mean()) > 0.1 * got.std()
            if abs(ratio - 1) > TOLERANCE or off_centre or not has_different_columns(got):
                return False
        return True

    return recognise


def ignores_the_generator(seen) -> bool:
    right = spread_is(lambda fan_in, fan_out: (2 / fan_in) ** 0.5)
    return right(seen) and not any(item.case.expected.were_drawn_from() for item in seen)


def has_shape(shape_of):
    def recognise(seen) -> bool:
        return all(np.shape(item.result) == shape_of(*item.case.expected) for item in seen)

    return recognise


def are_copies(seen) -> bool:
    return all(
        isinstance(item.result, np.ndarray)
        and item.result.shape == tuple(item.case.expected)
        and item.result.std() > 0
        and not has_different_columns(item.result)
        for item in seen
    )


def are_positive(seen) -> bool:
    return all(
        isinstance(item.result, np.ndarray)
        and item.result.shape == tuple(item.case.expected)
        and item.result.dtype.kind == "f"
        and item.result.min() >= 0
        and item.result.std() > 0
        and has_different_columns(item.result)
        for item in seen
    )


EXERCISE = Exercise(
    identifier="weights.first_weights",
    title="first weights for ReLU",
    level="build",
    prompt=(
        "Write `first_weights(fan_in, fan_out, rng)`: random weights of shape (fan_in, fan_out), "
        "with mean 0 and the variance that He initialisation asks for. Draw them from `rng`, a "
        "NumPy generator; normal or uniform, both are fine. Example: `first_weights(784, 128, "
        "rng)` has a standard deviation close to 0.0505."
    ),
    stub='''\
def first_weights(fan_in, fan_out, rng):
    """Random weights (fan_in, fan_out) that keep a signal's size through ReLU."""
    return ...
''',
    solution=first_weights,
    cases=cases,
    judge=judge,
    hints=(
        "The table of variances has one for He. What does rng.normal take as its second argument?",
        "rng.normal takes the standard deviation: the square root of the variance.",
        "Normal weights need their deviation, uniform ones their bound; both follow from fan_in "
        "alone. Then size=(fan_in, fan_out).",
    ),
    passed="The deviation is the root of 2 / fan_in: 0.0505 for 784 inputs, 0.0884 for 256.",
    mistakes=(
        Mistake(
            "takes the variance for the deviation",
            "This is the variance. The generator wants the standard deviation.",
            answers=(variance_for_deviation,),
            recognise=spread_is(lambda fan_in, fan_out: 2 / fan_in),
        ),
        Mistake(
            "always one hundredth",
            "0.01 whatever the width: with 784 inputs it is too small, and no width is asked. "
            "The deviation follows from fan_in.",
            answers=(one_hundredth,),
            recognise=spread_is(lambda fan_in, fan_out: 0.01),
        ),
        Mistake(
            "does not scale",
            "The deviation is 1 whatever the width, which explodes.",
            answers=(unscaled,),
            recognise=spread_is(lambda fan_in, fan_out: 1.0),
        ),
        Mistake(
            "takes the bound for the deviation",
            "Uniform numbers up to a bound have a deviation below the bound, by the factor √3. "
            "The table has the bound for He.",
            answers=(bound_for_deviation,),
            recognise=spread_is(lambda fan_in, fan_out: (2 / (3 * fan_in)) ** 0.5),
        ),
        Mistake(
            "scales by the outputs",
            "This divides by fan_out. What adds up in a unit are its inputs.",
            answers=(scaled_by_outputs,),
            recognise=spread_is(lambda fan_in, fan_out: (2 / fan_out) ** 0.5),
        ),
        Mistake(
            "leaves out the two",
            "This variance keeps the signal without an activation. ReLU throws half of the mean "
            "square away, which has to be made up for.",
            answers=(without_the_two,),
            recognise=spread_is(lambda fan_in, fan_out: (1 / fan_in) ** 0.5),
        ),
        Mistake(
            "takes Glorot for He",
            "This is the Glorot (Xavier) variance, which looks at both fans. He looks at one.",
            answers=(glorot,),
            recognise=spread_is(lambda fan_in, fan_out: (2 / (fan_in + fan_out)) ** 0.5),
        ),
        Mistake(
            "torch's layout",
            "The shape is (fan_out, fan_in), as torch.nn.Linear stores it. Here it is "
            "(fan_in, fan_out).",
            answers=(out_by_in,),
            recognise=has_shape(lambda fan_in, fan_out: (fan_out, fan_in)),
        ),
        Mistake(
            "draws one column for all",
            "The columns are copies of one another, so all units of the layer are twins and stay "
            "so. Draw fan_in times fan_out numbers.",
            answers=(the_same_column,),
            recognise=are_copies,
        ),
        Mistake(
            "positive weights only",
            "No weight is below 0, so the sums of a layer are far from 0. Draw around a mean of 0.",
            answers=(only_positive, only_positive_uniform),
            recognise=are_positive,
        ),
        Mistake(
            "draws from another generator",
            "The spread is right, but rng was not used: the same seed no longer gives the same "
            "weights.",
            answers=(from_a_generator_of_its_own, from_the_global_generator),
            recognise=ignores_the_generator,
        ),
        Mistake(
            "takes the deviation of the example",
            "0.0505 is the deviation for 784 inputs. Compute it from fan_in.",
            answers=(the_deviation_of_the_example,),
            recognise=spread_is(lambda fan_in, fan_out: 0.0505),
        ),
        Mistake(
            "takes the root of the two alone",
            "The root was taken of the 2 alone, not of the whole variance.",
            answers=(root_of_the_two_alone,),
            recognise=spread_is(lambda fan_in, fan_out: 2**0.5 / fan_in),
        ),
        Mistake(
            "one number for all",
            "All weights are the same number, so the units are twins. √(2 / fan_in) is the "
            "deviation of random numbers around 0.",
            answers=(one_number_for_all,),
            recognise=lambda seen: all(np.ptp(item.result) == 0 for item in seen),
        ),
    ),
    also_right=(uniform, transposed, signs, from_a_child),
)
