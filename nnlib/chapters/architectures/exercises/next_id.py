"""Build: draw the next character from logits."""

import numpy as np

from nnlib.chapters.architectures.exercises._telling import does_as
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake
from nnlib.exercises.recognising import only_numbers


def next_id(logits, temperature, u):
    """First id at which the running sum of the probabilities is larger than u."""
    z = np.asarray(logits) / temperature
    p = np.exp(z - z.max())
    p = p / p.sum()
    return int(np.argmax(np.cumsum(p) > u))


# --- answers with one misconception each ---


def multiplies(logits, temperature, u):
    z = np.asarray(logits) * temperature
    p = np.exp(z - z.max())
    p = p / p.sum()
    return int(np.argmax(np.cumsum(p) > u))


def ignores_the_temperature(logits, temperature, u):
    z = np.asarray(logits)
    p = np.exp(z - z.max())
    p = p / p.sum()
    return int(np.argmax(np.cumsum(p) > u))


def divides_the_probabilities(logits, temperature, u):
    z = np.asarray(logits)
    p = np.exp(z - z.max())
    p = p / p.sum() / temperature
    p = p / p.sum()
    return int(np.argmax(np.cumsum(p) > u))


def always_the_best(logits, temperature, u):
    return int(np.argmax(logits))


def overflows(logits, temperature, u):
    with np.errstate(all="ignore"):
        p = np.exp(np.asarray(logits) / temperature)
        p = p / p.sum()
    return int(np.argmax(np.cumsum(p) > u))


def counts_one_too_many(logits, temperature, u):
    z = np.asarray(logits) / temperature
    p = np.exp(z - z.max())
    p = p / p.sum()
    return int(np.argmax(np.cumsum(p) > u)) + 1


def from_the_end(logits, temperature, u):
    z = np.asarray(logits) / temperature
    p = np.exp(z - z.max())
    p = p / p.sum()
    return len(p) - 1 - int(np.argmax(np.cumsum(p[::-1]) > u))


def sorts_first(logits, temperature, u):
    z = np.asarray(logits) / temperature
    p = np.exp(z - z.max())
    p = np.sort(p / p.sum())[::-1]
    return int(np.argmax(np.cumsum(p) > u))


def first_probability_above(logits, temperature, u):
    z = np.asarray(logits) / temperature
    p = np.exp(z - z.max())
    p = p / p.sum()
    return int(np.argmax(p > u))


def stops_where_it_is_equal(logits, temperature, u):
    z = np.asarray(logits) / temperature
    p = np.exp(z - z.max())
    p = p / p.sum()
    return int(np.argmax(np.cumsum(p) >= u))


def does_not_scale_back(logits, temperature, u):
    z = np.asarray(logits)
    p = np.exp(z - z.max())
    p = p / p.sum() / temperature
    return int(np.argmax(np.cumsum(p) > u))


def returns_the_probability(logits, temperature, u):
    z = np.asarray(logits) / temperature
    p = np.exp(z - z.max())
    p = p / p.sum()
    return p[np.argmax(np.cumsum(p) > u)]


def counts_the_larger_sums(logits, temperature, u):
    z = np.asarray(logits) / temperature
    p = np.exp(z - z.max())
    p = p / p.sum()
    return int(np.sum(np.cumsum(p) > u))


def takes_all_for_equal(logits, temperature, u):
    return int(u * len(logits))


def draws_by_itself(logits, temperature, u):
    z = np.asarray(logits) / temperature
    p = np.exp(z - z.max())
    return int(np.random.default_rng(0).choice(len(p), p=p / p.sum()))


def looks_before_it_adds(logits, temperature, u):
    z = np.asarray(logits) / temperature
    p = np.exp(z - z.max())
    running = 0.0
    for i, part in enumerate(p / p.sum()):
        if running > u:
            return i
        running += part
    return len(logits) - 1


# --- what tells these mistakes ---


def reaches_u(logits, temperature, u):
    """Whether probabilities that were divided by the temperature add up to more than u."""
    return temperature * u < 1


def has_no_use_for_u(seen):
    """One result for all u, or several for one u; and not always that of the largest logit."""
    groups, calls = {}, {}
    for item in seen:
        logits, temperature, u = item.case.make_arguments()
        groups.setdefault((*logits, temperature), []).append(item)
        calls.setdefault((*logits, temperature, u), []).append(item)
    if not only_numbers(seen) or any(item.result not in range(4) for item in seen):
        return False
    if all(item.result == np.argmax(item.case.make_arguments()[0]) for item in seen):
        return False
    several = [group for group in groups.values()
               if len({item.case.expected for item in group}) > 1]
    by_chance = any(call[0].result != item.result for call in calls.values() for item in call)
    return by_chance or all(group[0].result == item.result
                            for group in several for item in group)


# --- unusual and right ---


def in_a_loop(logits, temperature, u):
    powers = [float(np.exp((s - max(logits)) / temperature)) for s in logits]
    running = 0.0
    for i, power in enumerate(powers):
        running += power / sum(powers)
        if running > u:
            return i
    return len(powers) - 1


def by_searching(logits, temperature, u):
    z = np.asarray(logits) / temperature
    running = np.cumsum(np.exp(z - z.max()))
    return np.searchsorted(running / running[-1], u, side="right")


EQUAL, TWO = ([1.0, 1.0, 1.0, 1.0], 3.0, 0.6), ([2.0, 0.0], 0.5, 0.99)
MIXED = ([1.0, 3.0, 0.0, 2.0], 1.0, 0.5)


def cases():
    made = [EQUAL, TWO, MIXED, ([1.0, 1.0], 1.0, 0.5), ([1.0, 3.0, 0.0, 2.0], 4.0, 0.9),
            ([1.0, 3.0, 0.0, 2.0], 0.25, 0.03), ([1.0, 3.0, 0.0, 2.0], 2.0, 0.2),
            ([9.0, 8.0, 20.0], 0.01, 0.7), ([0.0, 4.0, 1.0], 3.0, 0.05), ([-2.0, -1.0], 2.0, 0.4),
            ([0.0, 0.0, 0.0, 0.0], 1.0, 0.75), ([9.0, 8.0, 10.0], 5.0, 0.6),
            ([1.0, 3.0, 0.0, 2.0], 0.5, 0.8), ([1.0, 3.0, 0.0, 2.0], 1.0, 0.05),
            ([1.0, 3.0, 0.0, 2.0], 1.0, 0.95), ([1.0, 1.0, 1.0, 1.0], 3.0, 0.1)]
    made += 5 * [EQUAL]                        # again: who draws by chance does not repeat it
    return [Case((np.array(logits), temperature, u), _oracle(logits, temperature, u))
            for logits, temperature, u in made]


def _oracle(logits, temperature, u):
    """By odds, exactly enough to tell where a running sum equals u."""
    running = 0.0
    with np.errstate(over="ignore"):                     # 1 / infinity is the 0 that is meant
        for i, mine in enumerate(logits):
            running += 1 / sum(np.exp((other - mine) / temperature) for other in logits)
            if running > u:
                return i
    return len(logits) - 1


EXERCISE = Exercise(
    identifier="architectures.next_id",
    title="draw the next character",
    level="build",
    prompt=(
        "Write `next_id(logits, temperature, u)`. Divide the logits, a 1-D NumPy array, by the "
        "temperature and turn them into probabilities by softmax. Then draw with `u`, a number "
        "from 0 up to 1: add the probabilities up from id 0 on, and return the first id at which "
        "this running sum is larger than `u`. It has to work for a temperature of 0.01 too. "
        "Example: the logits 0, 0 at temperature 1 give id 0 for u = 0.3 and id 1 for u = 0.8."
    ),
    stub='''\
def next_id(logits, temperature, u):
    """First id at which the running sum of the probabilities is larger than u."""
    return ...
''',
    solution=next_id,
    cases=cases,
    hints=(
        "Three steps: divide, softmax, running sum.",
        "exp of a large number overflows. What may be subtracted from all logits beforehand?",
        "`np.cumsum(p) > u` is False up to some place and True from there on.",
    ),
    passed=(
        "A uniform number falls into an interval as often as the interval is long; code in use "
        "sets the last sum to 1, since rounding may leave it just below u."
    ),
    mistakes=(
        Mistake(
            "multiplies by the temperature",
            "A high temperature makes your choice surer; it should make it more even.",
            answers=(multiplies,),
        ),
        Mistake(
            "loses the temperature",
            "The temperature has no effect on your result. It divides the logits: probabilities "
            "that are divided by one number and scaled back to a sum of 1 are what they were.",
            answers=(ignores_the_temperature, divides_the_probabilities),
        ),
        Mistake(
            "always takes the best",
            "You return the best id whatever u is. Drawing means that others get their turn.",
            answers=(always_the_best,),
        ),
        Mistake(
            "overflows",
            "All is well at usual temperatures. At 0.01 the exponentials become infinite, and what "
            "comes out is no number.",
            answers=(overflows,),
        ),
        Mistake(
            "is one id off",
            "Your ids are one too high: ids count from 0.",
            answers=(counts_one_too_many,),
        ),
        Mistake(
            "adds up from the other end",
            "The running sum begins with the last id. It should begin with id 0.",
            answers=(from_the_end,),
        ),
        Mistake(
            "sorts the probabilities",
            "The probabilities were sorted, so a place in your list is no longer an id.",
            answers=(sorts_first,),
        ),
        Mistake(
            "compares single probabilities",
            "You look for one probability larger than u. What grows up to u is their sum.",
            answers=(first_probability_above,),
        ),
        Mistake(
            "stops where the sum equals u",
            "Nearly always right. Where the running sum is exactly u it is not yet larger.",
            answers=(stops_where_it_is_equal,),
        ),
        Mistake(
            "divides the probabilities",
            "The probabilities are divided by the temperature, and no longer sum to 1. It divides "
            "the logits, before softmax.",
            answers=(does_not_scale_back,),
            recognise=does_as(does_not_scale_back, where=reaches_u),
        ),
        Mistake(
            "returns the probability",
            "That is the probability of the id. Asked is the id.",
            answers=(returns_the_probability,),
        ),
        Mistake(
            "counts the larger sums",
            "You count the sums that are larger than u. The first of them stands behind all those "
            "that are not.",
            answers=(counts_the_larger_sums,),
        ),
        Mistake(
            "gives each id an equal part",
            "Your ids all have an equal part of the line from 0 to 1. Each should have as much as "
            "its probability.",
            answers=(takes_all_for_equal,),
        ),
        Mistake(
            "has no use for u",
            "Your result does not come from u: the number that is drawn is passed in, and nothing "
            "else may be left to chance.",
            answers=(draws_by_itself,),
            recognise=has_no_use_for_u,
        ),
        Mistake(
            "looks before it adds",
            "You compare the sum before the id's own probability has been added, and so find the "
            "id after.",
            answers=(looks_before_it_adds,),
        ),
    ),
    also_right=(in_a_loop, by_searching),
    by_hand=(
        Asked("four equal logits at temperature 3, u = 0.6", (np.array(EQUAL[0]), *EQUAL[1:])),
        Asked("the logits 2 and 0 at temperature 0.5, u = 0.99", (np.array(TWO[0]), *TWO[1:])),
        Asked("the logits 1, 3, 0 and 2 at temperature 1, u = 0.5",
              (np.array(MIXED[0]), *MIXED[1:])),
    ),
)
