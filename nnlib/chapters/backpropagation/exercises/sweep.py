"""Build, step 4 of an autograd engine: the sweep back, in which gradients add up."""

from nnlib.engine import Value
from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def sweep(order):
    """dL/d(value) for every Value of `order`, whose first one is L itself."""
    arrived = dict.fromkeys(order, 0.0)
    arrived[order[0]] = 1.0
    for value in order:
        if value.parents:
            shares = value.rule(arrived[value])
            for parent, share in zip(value.parents, shares, strict=True):
                arrived[parent] += share
    return list(arrived.values())


# --- answers with one misconception each ---


def the_last_one_wins(order):
    arrived = dict.fromkeys(order, 0.0)
    arrived[order[0]] = 1.0
    for value in order:
        if value.parents:
            for parent, share in zip(value.parents, value.rule(arrived[value]), strict=True):
                arrived[parent] = share
    return list(arrived.values())


def the_first_one_wins(order):
    arrived = {order[0]: 1.0}
    for value in order:
        if value.parents:
            for parent, share in zip(value.parents, value.rule(arrived[value]), strict=True):
                arrived.setdefault(parent, share)
    return [arrived[value] for value in order]


def starts_with_nothing(order):
    arrived = dict.fromkeys(order, 0.0)
    for value in order:
        if value.parents:
            for parent, share in zip(value.parents, value.rule(arrived[value]), strict=True):
                arrived[parent] += share
    return list(arrived.values())


def starts_with_the_value(order):
    arrived = dict.fromkeys(order, 0.0)
    arrived[order[0]] = order[0].data
    for value in order:
        if value.parents:
            for parent, share in zip(value.parents, value.rule(arrived[value]), strict=True):
                arrived[parent] = arrived[parent] + share
    return list(arrived.values())


def ones_everywhere(order):
    arrived = dict.fromkeys(order, 1.0)
    for value in order:
        if value.parents:
            for parent, share in zip(value.parents, value.rule(arrived[value]), strict=True):
                arrived[parent] = arrived[parent] + share
    return list(arrived.values())


def local_derivatives(order):
    arrived = dict.fromkeys(order, 0.0)
    arrived[order[0]] = 1.0
    for value in order:
        if value.parents:
            for parent, share in zip(value.parents, value.rule(1.0), strict=True):
                arrived[parent] += share
    return list(arrived.values())


def multiplies_once_more(order):
    arrived = dict.fromkeys(order, 0.0)
    arrived[order[0]] = 1.0
    for value in order:
        if value.parents:
            for parent, share in zip(value.parents, value.rule(arrived[value]), strict=True):
                arrived[parent] += share * arrived[value]
    return list(arrived.values())


def multiplies_the_shares(order):
    arrived = dict.fromkeys(order, 1.0)
    for value in order:
        if value.parents:
            for parent, share in zip(value.parents, value.rule(arrived[value]), strict=True):
                arrived[parent] *= share
    return list(arrived.values())


def first_share_for_all(order):
    arrived = dict.fromkeys(order, 0.0)
    arrived[order[0]] = 1.0
    for value in order:
        for parent in value.parents:
            arrived[parent] += value.rule(arrived[value])[0]
    return list(arrived.values())


def one_use_in_one_product(order):
    arrived = dict.fromkeys(order, 0.0)
    arrived[order[0]] = 1.0
    for value in order:
        if value.parents:
            shares = dict(zip(value.parents, value.rule(arrived[value]), strict=True))
            for parent, share in shares.items():
                arrived[parent] += share
    return list(arrived.values())


def from_the_leaves(order):
    arrived = dict.fromkeys(order, 0.0)
    arrived[order[0]] = 1.0
    for value in reversed(order):
        if value.parents:
            for parent, share in zip(value.parents, value.rule(arrived[value]), strict=True):
                arrived[parent] += share
    return list(arrived.values())


def on_top_of_old_gradients(order):
    for value in order:
        value.grad = 0.0 if value.grad is None else value.grad
    order[0].grad = 1.0
    for value in order:
        if value.parents:
            for parent, share in zip(value.parents, value.rule(value.grad), strict=True):
                parent.grad = parent.grad + share
    return [value.grad for value in order]


def leaves_only(order):
    arrived = dict.fromkeys(order, 0.0)
    arrived[order[0]] = 1.0
    for value in order:
        if value.parents:
            for parent, share in zip(value.parents, value.rule(arrived[value]), strict=True):
                arrived[parent] += share
    return [arrived[value] for value in order if not value.parents]


# --- unusual and right ---


def with_attributes(order):
    for value in order:
        value.grad = 0.0
    order[0].grad = 1.0
    for value in order:
        shares = value.rule(value.grad) if value.rule else ()
        for parent, share in zip(value.parents, shares, strict=True):
            parent.grad = parent.grad + share
    return [value.grad for value in order]


def by_asking_the_users(order):
    gradients = []
    for value in order:
        total = 1.0 if value is order[0] else 0.0
        for user, gradient in zip(order, gradients, strict=False):
            if value in user.parents:
                shares = user.rule(gradient)
                total += sum(
                    share for parent, share in zip(user.parents, shares, strict=True)
                    if parent is value
                )
        gradients.append(total)
    return gradients


def by_solving(order):
    """All gradients at once: g = e + Mᵀ g, with the local derivatives as a matrix M."""
    import numpy as np

    place = {value: i for i, value in enumerate(order)}
    local = np.zeros((len(order), len(order)))
    for value in order:
        if value.parents:
            for parent, share in zip(value.parents, value.rule(1.0), strict=True):
                local[place[value], place[parent]] += share
    start = np.eye(len(order))[0]
    return np.linalg.solve(np.eye(len(order)) - local.T, start)


# --- cases: each a graph, last value first, and its gradients by school mathematics ---


def value(data, *parents_and_slopes):
    """A Value whose rule multiplies what arrives by fixed slopes; a gradient is left from before.

    Each pair is a parent and the derivative with respect to it.
    """
    parents = tuple(parent for parent, _ in parents_and_slopes)
    slopes = tuple(slope for _, slope in parents_and_slopes)
    made = Value(data, parents)
    made.grad = 0.25
    if parents:
        made.rule = lambda g: tuple(g * slope for slope in slopes)
    return made


def doubled_twice(a=3.0):
    """b = a + a, c = b + b: 4 a."""
    first = value(a)
    second = value(2 * a, (first, 1.0), (first, 1.0))
    return ([value(4 * a, (second, 1.0), (second, 1.0)), second, first],)


def a_chain(w=3.0, x=2.0):
    """u = w x, v = u - 1, L = v²."""
    weight, inputs = value(w), value(x)
    u = value(w * x, (weight, x), (inputs, w))
    v = value(w * x - 1, (u, 1.0))
    return ([value((w * x - 1) ** 2, (v, 2 * (w * x - 1))), v, u, weight, inputs],)


def a_diamond(a=2.0, b=-1.0):
    """s = a + b, p = a b, L = s p: dL/da = p + s b, dL/db = p + s a."""
    first, second = value(a), value(b)
    s = value(a + b, (first, 1.0), (second, 1.0))
    p = value(a * b, (first, b), (second, a))
    return ([value(s.data * p.data, (s, a * b), (p, a + b)), s, p, first, second],)


def a_square_and_itself(a=5.0):
    """b = a · a, L = 3 b + a: 6 a + 1."""
    first = value(a)
    square = value(a * a, (first, a), (first, a))
    triple = value(3 * a * a, (square, 3.0))
    return ([value(3 * a * a + a, (triple, 1.0), (first, 1.0)), triple, square, first],)


def alone():
    return ([value(7.0)],)


GRADIENTS = {
    "L = b + b, b = a + a, a = 3": (doubled_twice, [1.0, 2.0, 4.0]),
    "L = s · p, s = a + b, p = a · b, a = 2, b = −1": (a_diamond, [1.0, -2.0, 1.0, -3.0, 0.0]),
    "L = v², v = u − 1, u = w · x, w = 3, x = 2": (a_chain, [1.0, 10.0, 10.0, 20.0, 30.0]),
    "L = d + a, d = 3 · b, b = a · a, a = 5": (a_square_and_itself, [1.0, 1.0, 3.0, 31.0]),
    "L = 7": (alone, [1.0]),
}


def cases():
    return [Case(*graph) for graph in GRADIENTS.values()]


def judge(got, expected):
    """As elsewhere, and with the graph in letters: of Values one sees nothing."""
    difference = comparing.difference(got, expected)
    graph = next(graph for graph, (_, right) in GRADIENTS.items()
                 if comparing.same(comparing.plain(right), comparing.plain(expected)))
    return difference and f"{difference}, for {graph}"


EXERCISE = Exercise(
    identifier="backpropagation.sweep",
    title="accumulation",
    level="build",
    prompt=(
        "Step 4 of 4. Write `sweep(order)`: `order` is a list as from step 3, with L itself first "
        "and every value before its parents. Return the list of the gradients dL/d(value), one for "
        "each value of `order`, in that order. `value.rule(g)` gives the shares of "
        "`value.parents`, in their order; a leaf has no parents and no rule. All are numbers. A "
        "value may be a parent of several others, or twice of one. What `.grad` holds from before "
        "does not count, and you need not fill it. "
        "Example: for u = w · x with w = 3 and x = 2, v = u − 1 and L = v², the gradients of L, v, "
        "u, w and x are 1, 10, 10, 20 and 30."
    ),
    stub='''\
def sweep(order):
    """dL/d(value) for every Value of `order`, whose first one is L itself."""
    return ...
''',
    solution=sweep,
    cases=cases,
    judge=judge,
    hints=(
        "Keep one number for each value: what has arrived there so far. What has arrived before "
        "anything has happened, and what at L?",
        "Go through the list. When a value's turn comes all has arrived: give that to its rule, "
        "and bring each share to the parent that stands in the same place.",
        "Where a share arrives there may be others already, from another use. They all count.",
    ),
    passed=(
        "One visit to each value, however many paths there are. With these four steps you have "
        "an engine for numbers."
    ),
    mistakes=(
        Mistake(
            "the last one wins",
            "A value that is used twice keeps the share that came last. L moves through both uses, "
            "so both count.",
            answers=(the_last_one_wins,),
        ),
        Mistake(
            "the first one wins",
            "A value that is used twice keeps the share that came first. L moves through both "
            "uses, so both count.",
            answers=(the_first_one_wins,),
        ),
        Mistake(
            "starts with nothing",
            "All gradients are 0: nothing was there to be passed on. By how much does L move when "
            "L moves by 1?",
            answers=(starts_with_nothing,),
        ),
        Mistake(
            "starts with the value of L",
            "The sweep starts with the value that L has. It starts with the derivative of L with "
            "respect to itself, whatever its value.",
            answers=(starts_with_the_value,),
        ),
        Mistake(
            "starts with a one everywhere",
            "Every value starts with a 1 of its own. Only at L is something there before the sweep "
            "begins.",
            answers=(ones_everywhere,),
        ),
        Mistake(
            "leaves out what arrives",
            "Each rule is applied to 1, so that these are sums of local derivatives. A rule has to "
            "be given what has arrived at its own value.",
            answers=(local_derivatives,),
        ),
        Mistake(
            "multiplies once more",
            "What arrives counts twice: the rule has multiplied by it already.",
            answers=(multiplies_once_more,),
        ),
        Mistake(
            "multiplies the shares",
            "Factors multiply along one path, and the rules do that. What comes in by different "
            "paths is not multiplied.",
            answers=(multiplies_the_shares,),
        ),
        Mistake(
            "gives all parents the first share",
            "All parents get the first share of the rule. Each has its own, in the same place.",
            answers=(first_share_for_all,),
        ),
        Mistake(
            "counts one use in one operation",
            "Several uses are added up, except where a value stands on both sides of one "
            "operation: there one share replaces the other.",
            answers=(one_use_in_one_product,),
        ),
        Mistake(
            "goes from the leaves",
            "This goes through the list from its end, where nothing has arrived yet.",
            answers=(from_the_leaves,),
        ),
        Mistake(
            "adds to gradients of before",
            "What `.grad` held from an earlier sweep is still in there. This one is asked alone.",
            answers=(on_top_of_old_gradients,),
        ),
        Mistake(
            "returns the leaves alone",
            "These are the gradients of the leaves only. Asked is one for each value of the list.",
            answers=(leaves_only,),
        ),
    ),
    also_right=(with_attributes, by_asking_the_users, by_solving),
    by_hand=(
        Asked("L = s p, s = a + b, p = a b, a = 2, b = −1", a_diamond(),
              ("dL/dL", "dL/ds", "dL/dp", "dL/da", "dL/db")),
        Asked("L = d + a, d = 3 b, b = a · a, a = 5", a_square_and_itself(),
              ("dL/dL", "dL/dd", "dL/db", "dL/da")),
    ),
)
