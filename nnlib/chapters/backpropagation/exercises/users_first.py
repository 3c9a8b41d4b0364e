"""Build, step 3 of an autograd engine: an order in which a gradient is complete when it is used."""

import itertools
from collections.abc import Iterable

from nnlib.engine import Value
from nnlib.exercises import comparing
from nnlib.exercises.exercise import Case, Exercise, Mistake


def users_first(last):
    """All Values behind `last`, none before one that was made from it."""
    done, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for parent in value.parents:
                visit(parent)
            done.append(value)          # what it was made from is there already

    visit(last)
    return done[::-1]


# --- answers with one misconception each ---


def parents_first(last):
    done, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for parent in value.parents:
                visit(parent)
            done.append(value)

    visit(last)
    return done


def nearest_first(last):
    order = [last]
    for value in order:
        for parent in value.parents:
            if parent not in order:
                order.append(parent)
    return order


def on_the_way_down(last):
    order = []

    def visit(value):
        if value not in order:
            order.append(value)
            for parent in value.parents:
                visit(parent)

    visit(last)
    return order


def once_for_every_path(last):
    order = [last]
    for parent in last.parents:
        order += once_for_every_path(parent)
    return order


def first_parents_alone(last):
    order = [last]
    while order[-1].parents:
        order.append(order[-1].parents[0])
    return order


def without_the_leaves(last):
    done, seen = [], set()

    def visit(value):
        if value not in seen and value.parents:
            seen.add(value)
            for parent in value.parents:
                visit(parent)
            done.append(value)

    visit(last)
    return done[::-1]


def leaves_alone(last):
    done, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for parent in value.parents:
                visit(parent)
            if not value.parents:
                done.append(value)

    visit(last)
    return done[::-1]


def without_the_last(last):
    done, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for parent in value.parents:
                visit(parent)
                if parent not in done:
                    done.append(parent)

    visit(last)
    return done[::-1]


def one_generation(last):
    return [last, *dict.fromkeys(last.parents)]


# --- unusual and right ---


def with_a_list_of_things_to_do(last):
    order, seen, to_do = [], set(), [(last, False)]
    while to_do:
        value, parents_are_done = to_do.pop()
        if parents_are_done:
            order.insert(0, value)
        elif id(value) not in seen:
            seen.add(id(value))
            to_do.append((value, True))
            to_do.extend((parent, False) for parent in value.parents)
    return tuple(order)


def by_counting_users(last):
    users, found = {last: 0}, [last]
    for value in found:
        for parent in value.parents:
            if parent not in users:
                users[parent] = 0
                found.append(parent)
            users[parent] += 1
    ready = [last]
    while ready:
        value = ready.pop()
        yield value
        for parent in value.parents:
            users[parent] -= 1
            if users[parent] == 0:
                ready.append(parent)


def by_longest_way(last):
    depth, changed = {last: 0}, True
    while changed:
        changed = False
        for value, far in list(depth.items()):
            for parent in value.parents:
                if depth.get(parent, -1) < far + 1:
                    depth[parent], changed = far + 1, True
    return sorted(depth, key=depth.get)


# --- cases: name -> names of the parents, the last one first ---


GRAPHS = (
    {"c": "ba", "b": "a", "a": ""},
    {"L": "cd", "c": "ab", "d": "bb", "a": "", "b": ""},
    {"L": "ac", "c": "b", "b": "a", "a": ""},
    {"L": "ca", "c": "b", "b": "a", "a": ""},
    {"L": "xd", "d": "cx", "c": "bx", "b": "wx", "w": "", "x": "w"},
    {"a": ""},
)


def graph(parents_of):
    """The last Value of a graph whose Values carry their names."""
    values = {}
    for name in parents_of:
        values[name] = Value(1.0)
        values[name].name = name
    for name, parents in parents_of.items():
        values[name].parents = tuple(values[parent] for parent in parents)
    return values[next(iter(parents_of))]


def read(result, arguments):
    """The names of the Values, in order; what is none of them as it would be spelt."""
    if isinstance(result, Value):
        return "a single Value"
    if not isinstance(result, Iterable) or hasattr(result, "ndim"):      # a 0-d array has no items
        return result
    found = itertools.islice(result, comparing.LONGEST)
    return [getattr(one, "name", None) or comparing.spell(comparing.plain(one)) for one in found]


def cases():
    def arguments(parents_of):
        return lambda: (graph(parents_of),)

    return [Case(arguments(one), one, read=read) for one in GRAPHS]


def judge(got, parents_of):
    """Each once, and none before a value that was made from it; there are several such orders."""
    if not isinstance(got, list) or not all(isinstance(name, str) for name in got):
        return f"should be a list of Values, got {comparing.spell(got)}"
    spelt, names = ", ".join(got) or "nothing", ", ".join(parents_of)
    if repeats(got):
        return f"should have each Value once, got {spelt}"
    if set(got) != set(parents_of):
        return f"should have the Values {names}, got {spelt}"
    early = too_early(got, parents_of)
    if early:
        parent, user = early
        return f"has {parent} before {user}, which was made from it: {spelt}"
    return None


def repeats(got) -> bool:
    return len(set(got)) < len(got)


def too_early(got, parents_of):
    """The first (parent, user) of which the parent comes first."""
    place = {name: i for i, name in enumerate(got)}
    pairs = [(parent, user) for user in parents_of for parent in parents_of[user]]
    return next(((a, b) for a, b in pairs if place[a] < place[b]), None)


def is_turned_round(seen) -> bool:
    return all(judge(item.result[::-1], item.case.expected) is None for item in seen)


def stands_too_early(seen) -> bool:
    """All are there, once, and the graph without any short cut is right: but not all are."""
    complaints = [judge(item.result, item.case.expected) for item in seen]
    return (
        not is_turned_round(seen)
        and all(one is None or "made from it" in one for one in complaints)
        and any(complaints)
        and all(item.result[0] == next(iter(item.case.expected)) for item in seen)
    )


def some_twice(seen) -> bool:
    return any(repeats(item.result) for item in seen) and all(
        set(item.result) == set(item.case.expected) for item in seen
    )


def these_alone(wanted):
    """Recognise answers that hold each of some Values once, in whatever order, and no others."""
    def recognise(seen):
        return all(
            sorted(item.result) == sorted(wanted(item.case.expected)) for item in seen
        )

    return recognise


def inner(parents_of):
    return [name for name, parents in parents_of.items() if parents]


def outer(parents_of):
    return [name for name, parents in parents_of.items() if not parents]


def all_but_the_last(parents_of):
    return list(parents_of)[1:]


EXERCISE = Exercise(
    identifier="backpropagation.users_first",
    title="the order",
    level="build",
    prompt=(
        "Step 3 of 4. A gradient may be passed on only when it is complete: when *every* value "
        "that was made from this one has had its turn. Write `users_first(last)`: the list of all "
        "`Value`s that `last` was made from, each once, none before a value that was made from it; "
        "`last` itself opens the list. `.parents` leads back from each; a function that calls "
        "itself can follow it, with a set of what it has met. Where several orders are possible, "
        "any will do. Example: for c = a · b and L = c + a, the orders L, c, a, b and L, c, b, a "
        "are right; L, a, c, b is not, since c was made from a."
    ),
    stub='''\
def users_first(last):
    """All Values behind `last`, none before one that was made from it."""
    return ...
''',
    solution=users_first,
    cases=cases,
    judge=judge,
    hints=(
        "Going back from the last value, you meet a shared one early on the short way and late on "
        "the long one. When is it safe to write a value down?",
        "Turn the question round: in the order of the forward pass, a value can be written down "
        "when all its parents are.",
        "So the function calls itself for each parent first, and writes its own value down last, "
        "unless it was there before. What you have then begins with the inputs, and the way back "
        "begins at the other end.",
    ),
    passed=(
        "This is a topological order. A function that calls itself fails on very deep graphs; "
        "with a list of things to do in its place, 50,000 steps are no problem."
    ),
    mistakes=(
        Mistake(
            "begins with the inputs",
            "This is an order of the forward pass, from the inputs to the last value. The way back "
            "goes the other way.",
            answers=(parents_first,),
            recognise=is_turned_round,
        ),
        Mistake(
            "writes a value down when it is first met",
            "A value is written down as soon as it is met. On a short way that is too early: a "
            "longer way to it may still have values that were made from it.",
            answers=(nearest_first, on_the_way_down),
            recognise=stands_too_early,
        ),
        Mistake(
            "counts every path",
            "A shared value is in the list once for every way that leads to it. In a deep network "
            "these are more than there are atoms. Note which ones you have visited.",
            answers=(once_for_every_path,),
            recognise=some_twice,
        ),
        Mistake(
            "follows the first parent alone",
            "Only the first parent of each value is followed. A value has as many ways back as "
            "parents.",
            answers=(first_parents_alone,),
        ),
        Mistake(
            "leaves out the leaves",
            "The values without parents are missing: these are the inputs and parameters, whose "
            "gradients one wants.",
            answers=(without_the_leaves,),
            recognise=these_alone(inner),
        ),
        Mistake(
            "keeps the leaves alone",
            "These are the values without parents only. The gradients have to pass through all "
            "those in between.",
            answers=(leaves_alone,),
            recognise=these_alone(outer),
        ),
        Mistake(
            "leaves out the last value",
            "The last value itself is missing. The way back begins with it.",
            answers=(without_the_last,),
            recognise=these_alone(all_but_the_last),
        ),
        Mistake(
            "goes back one step",
            "This is the last value and its parents. They have parents too.",
            answers=(one_generation,),
        ),
    ),
    also_right=(with_a_list_of_things_to_do, by_counting_users, by_longest_way),
)
