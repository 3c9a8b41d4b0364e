"""Repair: a recursion that is right on chains and wrong where a value is shared."""

from nnlib.engine import Value
from nnlib.exercises import comparing
from nnlib.exercises.exercise import Case, Exercise, Mistake


def gradient_of(leaf, last):
    """dL/d(leaf), where `last` is the number L that was made from it."""
    arrived = {}

    def visit(value, share):
        arrived[value] = arrived.get(value, 0.0) + share
        if value.parents:
            shares = value.rule(share)          # of what is new, not of all so far
            for parent, parent_share in zip(value.parents, shares, strict=True):
                visit(parent, parent_share)

    visit(last, 1.0)
    return arrived[leaf]


def broken(leaf, last):
    """dL/d(leaf), where `last` is the number L that was made from it."""
    arrived = {}

    def visit(value, share):
        arrived[value] = arrived.get(value, 0.0) + share
        if value.parents:
            shares = value.rule(arrived[value])
            for parent, parent_share in zip(value.parents, shares, strict=True):
                visit(parent, parent_share)

    visit(last, 1.0)
    return arrived[leaf]


# --- wrong repairs ---


def keeps_the_last_share(leaf, last):
    arrived = {}

    def visit(value, share):
        arrived[value] = share
        if value.parents:
            shares = value.rule(arrived[value])
            for parent, parent_share in zip(value.parents, shares, strict=True):
                visit(parent, parent_share)

    visit(last, 1.0)
    return arrived[leaf]


def keeps_the_first_share(leaf, last):
    arrived = {}

    def visit(value, share):
        if value not in arrived:
            arrived[value] = share
            if value.parents:
                for parent, parent_share in zip(value.parents, value.rule(share), strict=True):
                    visit(parent, parent_share)

    visit(last, 1.0)
    return arrived[leaf]


def one_share_in_order(leaf, last):
    from nnlib.engine import backward_order

    arrived = {last: 1.0}
    for value in backward_order(last):
        if value.parents:
            for parent, share in zip(value.parents, value.rule(arrived[value]), strict=True):
                arrived[parent] = share
    return arrived[leaf]


def first_share_in_order(leaf, last):
    from nnlib.engine import backward_order

    arrived = {last: 1.0}
    for value in backward_order(last):
        if value.parents:
            for parent, share in zip(value.parents, value.rule(arrived[value]), strict=True):
                arrived.setdefault(parent, share)
    return arrived[leaf]


ONE_SHARE = (
    keeps_the_last_share, keeps_the_first_share, one_share_in_order, first_share_in_order,
)


def passes_on_once(leaf, last):
    arrived, passed_on = {}, set()

    def visit(value, share):
        arrived[value] = arrived.get(value, 0.0) + share
        if value.parents and value not in passed_on:
            passed_on.add(value)
            for parent, parent_share in zip(value.parents, value.rule(share), strict=True):
                visit(parent, parent_share)

    visit(last, 1.0)
    return arrived[leaf]


def a_parent_once(leaf, last):
    arrived = {}

    def visit(value, share):
        arrived[value] = arrived.get(value, 0.0) + share
        if value.parents:
            shares = dict(zip(value.parents, value.rule(share), strict=True))
            for parent, parent_share in shares.items():
                visit(parent, parent_share)

    visit(last, 1.0)
    return arrived[leaf]


def local_derivatives(leaf, last):
    arrived = {}

    def visit(value, share):
        arrived[value] = arrived.get(value, 0.0) + share
        if value.parents:
            for parent, parent_share in zip(value.parents, value.rule(1.0), strict=True):
                visit(parent, parent_share)

    visit(last, 1.0)
    return arrived[leaf]


def both_parents_first(leaf, last):
    arrived = {last: 1.0}

    def visit(value):
        if value.parents:
            shares = value.rule(arrived[value])
            for parent, share in zip(value.parents, shares, strict=True):
                arrived[parent] = arrived.get(parent, 0.0) + share
            for parent in dict.fromkeys(value.parents):
                visit(parent)

    visit(last)
    return arrived[leaf]


def generation_by_generation(leaf, last):
    arrived, to_do = {last: 1.0}, [last]
    for value in to_do:
        if value.parents:
            shares = value.rule(arrived[value])
            for parent, share in zip(value.parents, shares, strict=True):
                arrived[parent] = arrived.get(parent, 0.0) + share
                if parent not in to_do:
                    to_do.append(parent)
    return arrived[leaf]


# --- unusual and right ---


def empties_what_it_passes_on(leaf, last):
    arrived = {}

    def visit(value, share):
        arrived[value] = arrived.get(value, 0.0) + share
        if value.parents:
            for parent, one in zip(value.parents, value.rule(arrived.pop(value)), strict=True):
                visit(parent, one)

    visit(last, 1.0)
    return arrived[leaf]


def in_the_right_order(leaf, last):
    from nnlib.engine import backward_order

    arrived = {last: 1.0}
    for value in backward_order(last):
        if value.parents:
            shares = value.rule(arrived[value])
            for parent, share in zip(value.parents, shares, strict=True):
                arrived[parent] = arrived.get(parent, 0.0) + share
    return float(arrived[leaf])


def over_all_ways(leaf, last):
    if last is leaf:
        return 1.0
    if not last.parents:
        return 0.0
    pairs = zip(last.parents, last.rule(1.0), strict=True)
    return sum(slope * over_all_ways(leaf, parent) for parent, slope in pairs)


def over_all_ways_with_a_list(leaf, last):
    total, to_do = 0.0, [(last, 1.0)]
    while to_do:
        value, share = to_do.pop()
        total += share if value is leaf else 0.0
        if value.parents:
            to_do += zip(value.parents, value.rule(share), strict=True)
    return total


# --- cases: the graph, and the derivative by school mathematics ---


def a_chain():
    a = Value(2.0)
    return a, (a * 3.0 + 1.0) ** 2                     # 2 (3 a + 1) 3


def doubled_twice():
    a = Value(3.0)
    b = a + a
    return a, b + b


def doubled_three_times():
    a = Value(1.0)
    b = a + a
    c = b + b
    return a, c + c


def a_short_cut():
    a = Value(5.0)
    x = a * 2.0
    return a, x + x * 4.0                              # 10 a


def another_short_cut():
    a = Value(-1.0)
    x = a * a
    return a, x * 4.0 * x + x                          # 4 a⁴ + a²


def two_leaves():
    a, b = Value(2.0), Value(3.0)
    x = a * b
    return b, x * x + x                                # 2 a² b + a


DERIVATIVES = {
    "dL/da of L = (3 · a + 1)², a = 2": (a_chain, 42.0),
    "dL/da of L = b + b, b = a + a, a = 3": (doubled_twice, 4.0),
    "dL/da of L = c + c, c = b + b, b = a + a, a = 1": (doubled_three_times, 8.0),
    "dL/da of L = x + 4 · x, x = 2 · a, a = 5": (a_short_cut, 10.0),
    "dL/da of L = 4 · x · x + x, x = a · a, a = −1": (another_short_cut, -18.0),
    "dL/db of L = x · x + x, x = a · b, a = 2, b = 3": (two_leaves, 26.0),
}


def cases():
    return [Case(*graph) for graph in DERIVATIVES.values()]


def judge(got, expected):
    """As elsewhere, and with the graph in letters: of Values one sees nothing."""
    difference = comparing.difference(got, expected)
    graph = next(graph for graph, (_, right) in DERIVATIVES.items() if right == expected)
    return difference and f"{difference}, for {graph}"


EXERCISE = Exercise(
    identifier="backpropagation.gradient_of",
    title="six for four",
    level="repair",
    prompt=(
        "A first engine of somebody's. `gradient_of(leaf, last)` is right for every chain and for "
        "everything that is used once. For b = a + a and c = b + b, `gradient_of(a, c)` says 6, "
        "where 4 is right, and for one more doubling it says 26 for 8. Find the cause and mend it; "
        "speed does not matter here."
    ),
    solution=gradient_of,
    broken=broken,
    cases=cases,
    judge=judge,
    hints=(
        "Play it through on paper for b = a + a, c = b + b: how often is b visited, and what does "
        "it pass on each time?",
        "Each visit to b brings a share of 1. Of what does the first visit inform a, and of what "
        "the second?",
        "What an earlier visit has passed on must not be passed on again: a visit passes on what "
        "it brings, or else waits until everything is there.",
    ),
    passed=(
        "Going back by every way in turn is right, but each doubling makes twice as many ways. "
        "With the order of step 3 each value is visited once, when all has arrived."
    ),
    mistakes=(
        Mistake(
            "keeps one share",
            "Now a value holds one share only, the first or the last that came, and the other uses "
            "are lost. All of them count.",
            answers=ONE_SHARE,
            recognise=lambda seen: any(
                all(float(answer(*item.case.make_arguments())) == item.result for item in seen)
                for answer in ONE_SHARE
            ),
        ),
        Mistake(
            "passes on once, too early",
            "Now each value passes something on once, but the first time that it is visited: what "
            "arrives later stays there.",
            answers=(passes_on_once,),
        ),
        Mistake(
            "visits a parent once",
            "The same value on both sides of one operation gets one share in place of two.",
            answers=(a_parent_once,),
        ),
        Mistake(
            "leaves out what arrives",
            "Each rule is given 1, so that the slopes of later steps are lost: it fails on a chain "
            "too.",
            answers=(local_derivatives,),
        ),
        Mistake(
            "waits for one operation alone",
            "The doublings are right now: the shares of one operation are put together before the "
            "visit. Where shares come from different operations, the old fault is still there.",
            answers=(both_parents_first,),
        ),
        Mistake(
            "goes back generation by generation",
            "The doublings are right now. By a short cut, though, a value's turn comes before all "
            "has arrived: fewest steps back is not the right order.",
            answers=(generation_by_generation,),
        ),
    ),
    also_right=(
        empties_what_it_passes_on, in_the_right_order, over_all_ways, over_all_ways_with_a_list,
    ),
)
