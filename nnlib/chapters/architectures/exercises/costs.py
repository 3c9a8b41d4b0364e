"""Compute: what attention and recurrence cost."""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

COSTS = {
    "scores of one head, 50 places": 2500,
    "scores of one head, 100 places": 10000,
    "scores of four heads, 50 places": 10000,
    "scores that a causal mask leaves of one head, 50 places": 1275,
    "n²d of attention, 100 places of width 32": 320000,
    "nd² of a recurrent layer, 100 places of width 32": 102400,
    "places at which both are equal, width 32": 32,
    "steps one after the other, training a recurrent layer on 100 places": 100,
    "steps one after the other, training an attention layer on 100 places": 1,
    "forwards one after the other, writing 100 characters with a Transformer": 100,
}
ONE, TWICE, HEADS, MASKED, ATTENTION, RECURRENT, EQUAL, ALONG, AT_ONCE, WRITING = COSTS

LINEAR = {TWICE: 5000}
FREE_HEADS = {HEADS: 2500}
HALF = {MASKED: 1250}
NO_DIAGONAL = {MASKED: 1225}
EXCHANGED = {ATTENTION: 102400, RECURRENT: 320000}
PARALLEL = {WRITING: 1}
SERIAL = {AT_ONCE: 100}
SQUARE = {EQUAL: 1024}
ALL_AT_ONCE = {ALONG: 1}


def only(wrong, **needs):
    return only_these_wrong(COSTS, set(wrong.items()), **needs)


EXERCISE = Exercise(
    identifier="architectures.costs",
    title="what it costs",
    level="compute",
    prompt=(
        "Scores are the numbers that softmax gets: one for each pair of a query and a key. "
        "Operations are counted as in the table of chapter 4, n²d and nd². Training goes over "
        "a whole given text; writing makes one character after the other, with a forward for "
        "each. Replace each `...` by a whole number."
    ),
    stub="costs = {\n" + "".join(f'    "{name}": ...,\n' for name in COSTS) + "}\n",
    solution=COSTS,
    cases=lambda: [Case((), COSTS)],
    judge=judge_whole_numbers,
    hints=(
        "Each place is a query and meets every place as a key; each head does so by itself.",
        "With the mask place 1 sees 1 place, place 2 sees 2, and so on: add up.",
        "In training all characters are given; in writing the next one is not there yet.",
    ),
    passed="Attention pays in pairs of places, a recurrent layer in steps that have to wait.",
    mistakes=(
        Mistake(
            "lets the scores grow with the length",
            "Twice as many queries, and each meets twice as many keys.",
            answers=(COSTS | LINEAR,),
            recognise=only(LINEAR),
        ),
        Mistake(
            "gets heads for nothing",
            "Heads share the width, so their weights cost nothing extra. But each of them scores "
            "every pair of places.",
            answers=(COSTS | FREE_HEADS,),
            recognise=only(FREE_HEADS),
        ),
        Mistake(
            "halves the square",
            "Half of the square, nearly: the diagonal, where a place sees itself, counts in full.",
            answers=(COSTS | HALF, COSTS | NO_DIAGONAL),
            recognise=only_these_wrong(COSTS, {(MASKED, 1250), (MASKED, 1225)}),
        ),
        Mistake(
            "exchanges the two",
            "The two formulas have changed places: attention squares the number of places, a "
            "recurrent layer its width.",
            answers=(COSTS | EXCHANGED, COSTS | {ATTENTION: 102400}),
            recognise=only(EXCHANGED),
        ),
        Mistake(
            "writes in parallel",
            "To read the second character the first must have been written. Nothing can be done at "
            "once there.",
            answers=(COSTS | PARALLEL,),
            recognise=only(PARALLEL),
        ),
        Mistake(
            "trains attention place by place",
            "In training the text is there already: no place waits for another one's result.",
            answers=(COSTS | SERIAL,),
            recognise=only(SERIAL),
        ),
        Mistake(
            "takes the square for the length",
            "Set n²d equal to nd² and divide both by nd.",
            answers=(COSTS | SQUARE,),
            recognise=only(SQUARE),
        ),
        Mistake(
            "lets a state arrive at once",
            "The state of a place needs that of the place before it: they have to wait for each "
            "other, in training too.",
            answers=(COSTS | ALL_AT_ONCE,),
            recognise=only(ALL_AT_ONCE),
        ),
    ),
    also_right=({name: float(number) for name, number in COSTS.items()},
                dict(reversed(COSTS.items()))),
)
