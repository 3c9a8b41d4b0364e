"""Build, step 1 of an autograd engine: a value that remembers where it came from."""

import numpy as np

from nnlib.engine import Value
from nnlib.exercises import comparing
from nnlib.exercises.exercise import Case, Exercise, Mistake


def minus(a, b):
    """The Value of a - b, which remembers what it was computed from."""
    from nnlib.engine import Value

    return Value(a.data - b.data, parents=(a, b))


# --- answers with one misconception each ---


def keeps_the_number_alone(a, b):
    return a.data - b.data


def forgets_the_parents(a, b):
    from nnlib.engine import Value

    return Value(a.data - b.data)


def remembers_numbers(a, b):
    from nnlib.engine import Value

    return Value(a.data - b.data, parents=(a.data, b.data))


def remembers_copies(a, b):
    from nnlib.engine import Value

    return Value(a.data - b.data, parents=(Value(a.data), Value(b.data)))


def turns_the_parents_round(a, b):
    from nnlib.engine import Value

    return Value(a.data - b.data, parents=(b, a))


def skips_a_generation(a, b):
    from nnlib.engine import Value

    return Value(a.data - b.data, parents=(*a.parents, *b.parents))


def remembers_the_whole_family(a, b):
    from nnlib.engine import Value

    return Value(a.data - b.data, parents=(a, b, *a.parents, *b.parents))


def counts_a_parent_once(a, b):
    from nnlib.engine import Value

    return Value(a.data - b.data, parents=tuple({id(a): a, id(b): b}.values()))


def remembers_the_first(a, b):
    from nnlib.engine import Value

    return Value(a.data - b.data, parents=(a,))


def leaves_it_to_the_operators(a, b):
    return a - b


def subtracts_the_other_way(a, b):
    from nnlib.engine import Value

    return Value(b.data - a.data, parents=(a, b))


def makes_the_result_of_a(a, b):
    a.data, a.parents = a.data - b.data, (a, b)
    return a


# --- unusual and right ---


def parents_afterwards(a, b):
    from nnlib.engine import Value

    result = Value(np.subtract(a.data, b.data))
    result.parents = [a, b]
    return result


def with_its_rule(a, b):
    from nnlib.engine import Value

    return Value(a.data + -1 * b.data, (a, b), lambda g: (g, -g))


# --- cases ---


def leaves():
    return Value(5.0), Value(3.0)


def one_twice():
    a = Value(4.0)
    return a, a


def computed():
    x, y = Value(2.0), Value(7.0)
    return x * y, y + 1.0


def arrays():
    return Value([1.0, 2.0, 3.0]), Value([0.5, 4.0, -1.0])


def read(result, arguments):
    """The number, and each parent by the name of the argument that it is."""
    if any(result is argument for argument in arguments):
        return f"a changed argument, now {comparing.spell(comparing.plain(result.data))}"
    if not isinstance(result, Value):
        return result
    parents = [_called(parent, arguments) for parent in result.parents or ()]
    return {"data": result.data, "parents": ", ".join(parents) or "none"}


def _called(parent, arguments):
    for name, argument in zip("ab", arguments, strict=True):
        if parent is argument:
            return name
        if isinstance(parent, Value) and any(parent is one for one in argument.parents):
            return f"a parent of {name}"
    return "another Value" if isinstance(parent, Value) else "a plain number"


def cases():
    def expected(data, parents="a, b"):
        return {"data": np.asarray(data), "parents": parents}

    return [
        Case(leaves, expected(2.0), read=read),
        Case(one_twice, expected(0.0, "a, a"), read=read),
        Case(computed, expected(6.0), read=read),
        Case(arrays, expected([0.5, -2.0, 4.0]), read=read),
    ]


def judge(got, expected):
    """First whether it is a Value at all, then its number, then its parents."""
    if not isinstance(got, dict):
        return f"should be a new Value, got {comparing.spell(got)}"
    if not comparing.same(got["data"], comparing.plain(expected["data"])):
        return f"has the wrong .data: it {comparing.difference(got['data'], expected['data'])}"
    if got["parents"] != expected["parents"]:
        return f"should have the parents ({expected['parents']}), got ({got['parents']})"
    return None


def parents_are(*kinds):
    """Recognise answers whose numbers are right and whose parents are all of these kinds."""
    def recognise(seen):
        return all(
            isinstance(item.result, dict)
            and comparing.same(item.result["data"], comparing.plain(item.case.expected["data"]))
            and set(item.result["parents"].split(", ")) <= set(kinds) for item in seen
        )

    return recognise


def subtracted_wrongly(seen):
    return all(
        isinstance(item.result, dict)
        and comparing.same(-item.result["data"], comparing.plain(item.case.expected["data"]))
        and item.result["parents"] in (item.case.expected["parents"], "b, a") for item in seen
    )


EXERCISE = Exercise(
    identifier="backpropagation.minus",
    title="a value that remembers",
    level="build",
    prompt=(
        "Step 1 of 4 to an autograd engine. `Value(data, parents)` keeps a number or an array in "
        "`.data`, and in `.parents` a tuple of the `Value`s that it was computed from. Write "
        "`minus(a, b)`: the new `Value` of a − b, with its parents in the order in which they were "
        "used. Do it without the operators that `Value` has; it needs no rule yet. Example: for a "
        "of 5 and b of 3 the result has the data 2, its first parent *is* a and its second *is* b."
    ),
    stub='''\
def minus(a, b):
    """The Value of a - b, which remembers what it was computed from."""
    from nnlib.engine import Value

    return ...
''',
    solution=minus,
    cases=cases,
    judge=judge,
    hints=(
        "Two things go into the new Value: a number, worked out from two numbers, and where it "
        "came from.",
        "The numbers are in a.data and b.data. What is to be remembered is not these numbers.",
        "The way back will need to reach a and b themselves, each as often as it was used, and in "
        "that order.",
    ),
    passed=(
        "Every result knows its parents, they know theirs, and so a loss holds on to the whole "
        "graph that it was computed by."
    ),
    mistakes=(
        Mistake(
            "keeps the number alone",
            "This is a plain number. It has forgotten where it came from, and nothing leads back.",
            answers=(keeps_the_number_alone,),
        ),
        Mistake(
            "forgets the parents",
            "The number is right, but the new Value has no parents: it looks like an input.",
            answers=(forgets_the_parents,),
        ),
        Mistake(
            "remembers numbers or copies",
            "The parents are the numbers of a and b, or copies of them. A gradient has to arrive "
            "in a and b themselves.",
            answers=(remembers_numbers, remembers_copies),
            recognise=parents_are("a plain number", "another Value"),
        ),
        Mistake(
            "turns the parents round",
            "The number is right, and the parents stand in the wrong order: the gradient for one "
            "would go to the other.",
            answers=(turns_the_parents_round,),
        ),
        Mistake(
            "skips a generation",
            "These are the parents of a and b. The new Value was computed from a and b; what is "
            "behind them, they remember themselves.",
            answers=(skips_a_generation,),
        ),
        Mistake(
            "remembers the whole family",
            "The grandparents are among the parents. Each Value remembers one step only, its own.",
            answers=(remembers_the_whole_family,),
        ),
        Mistake(
            "counts a parent once",
            "Where a and b are one and the same Value it was used twice, and both uses count: each "
            "will send a gradient.",
            answers=(counts_a_parent_once,),
        ),
        Mistake(
            "remembers the first alone",
            "One parent is missing: the result was computed from two values.",
            answers=(remembers_the_first,),
        ),
        Mistake(
            "leaves it to the operators",
            "Right in the end, but made by the operators that Value already has: in steps of their "
            "own, so that the parents are others. Make the Value yourself.",
            answers=(leaves_it_to_the_operators,),
        ),
        Mistake(
            "subtracts the other way round",
            "The sign is turned: this is b minus a.",
            answers=(subtracts_the_other_way,),
            recognise=subtracted_wrongly,
        ),
        Mistake(
            "makes the result of a",
            "This changes a itself, and makes it a parent of itself. The result has to be a new "
            "Value; a is still needed as it was.",
            answers=(makes_the_result_of_a,),
        ),
    ),
    also_right=(parents_afterwards, with_its_rule),
)
