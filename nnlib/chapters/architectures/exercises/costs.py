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
    "places at which n²d is four times nd², width 32": 128,
    "steps one after the other, training a recurrent layer on 100 places": 100,
    "steps one after the other, training an attention layer on 100 places": 1,
    "forwards one after the other, writing 100 characters with a Transformer": 100,
}
ONE, TWICE, HEADS, MASKED, ATTENTION, RECURRENT, FOURFOLD, ALONG, AT_ONCE, WRITING = COSTS

LINEAR = {TWICE: 5000}
FREE_HEADS = {HEADS: 2500}
HALF = {MASKED: 1250}
NO_DIAGONAL = {MASKED: 1225}
EXCHANGED = {ATTENTION: 102400, RECURRENT: 320000}
PARALLEL = {WRITING: 1}
SERIAL = {AT_ONCE: 100}
ALL_AT_ONCE = {ALONG: 1}
PLACES = {ONE: 50, TWICE: 100, HEADS: 200, MASKED: 50}
SHARED = {HEADS: 625}
OTHERS = {ONE: 2450, TWICE: 9900, HEADS: 9800}
UNMASKED = {MASKED: 2500}
NO_STEP = {AT_ONCE: 0}
ALL_PLACES = {WRITING: 5050}
ALL_SQUARED = {ATTENTION: 10240000, RECURRENT: 10240000}
# Each two places once, with and without a place and itself.
ONCE = {(ONE, 1225), (ONE, 1275), (TWICE, 4950), (TWICE, 5050), (HEADS, 4900), (HEADS, 5100)}
ROOTS = {(FOURFOLD, 64), (FOURFOLD, 1024), (FOURFOLD, 4096)}


def only(wrong):
    return only_these_wrong(COSTS, set(wrong.items()))


EXERCISE = Exercise(
    identifier="architectures.costs",
    title="what it costs",
    level="compute",
    prompt=(
        "Scores are the numbers that softmax gets: one for each pair of a query and a key. "
        "Operations are counted as in the table of chapter 4, n²d and nd², without the dense "
        "layers of a block. Training goes over a whole given text; writing makes one character "
        "after the other, with a forward for each. Replace each `...` by a whole number."
    ),
    stub="costs = {\n" + "".join(f'    "{name}": ...,\n' for name in COSTS) + "}\n",
    solution=COSTS,
    cases=lambda: [Case((), COSTS)],
    judge=judge_whole_numbers,
    hints=(
        "Each place is a query and meets every place as a key; each head does so by itself.",
        "With the mask the first place sees 1 place, the second sees 2, and so on: add up.",
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
            "stops where both are equal",
            "At that length the two are equal. Asked is where one of them is a multiple of the "
            "other.",
            answers=(COSTS | {FOURFOLD: 32},),
            recognise=only({FOURFOLD: 32}),
        ),
        Mistake(
            "turns the comparison round",
            "At that length it is the recurrent layer that needs more. Which of the two grows "
            "faster with the places?",
            answers=(COSTS | {FOURFOLD: 8},),
            recognise=only({FOURFOLD: 8}),
        ),
        Mistake(
            "leaves a square standing",
            "Put your length into both formulas and compare. How often is each letter a factor in "
            "the first, and in the second?",
            answers=(COSTS | {FOURFOLD: 64}, COSTS | {FOURFOLD: 1024}, COSTS | {FOURFOLD: 4096}),
            recognise=only_these_wrong(COSTS, ROOTS),
        ),
        Mistake(
            "lets a state arrive at once",
            "The state of a place needs that of the place before it: they have to wait for each "
            "other, in training too.",
            answers=(COSTS | ALL_AT_ONCE,),
            recognise=only(ALL_AT_ONCE),
        ),
        Mistake(
            "counts places for pairs",
            "Those are places. A score belongs to a pair: each query meets each key.",
            answers=(COSTS | {ONE: 50, TWICE: 100, HEADS: 200},),
            recognise=only(PLACES),
        ),
        Mistake(
            "counts two places once",
            "The score of a query here and a key there is another one than that of the query there "
            "and the key here. Both count.",
            answers=(COSTS | {ONE: 1225}, COSTS | {ONE: 1275, TWICE: 5050}),
            recognise=only_these_wrong(COSTS, ONCE),
        ),
        Mistake(
            "lets no place look at itself",
            "Without a mask a place meets every key, its own among them.",
            answers=(COSTS | OTHERS,),
            recognise=only(OTHERS),
        ),
        Mistake(
            "shares the scores among the heads",
            "Heads share the width, not the places: each has scores for all pairs.",
            answers=(COSTS | SHARED,),
            recognise=only(SHARED),
        ),
        Mistake(
            "leaves the mask out",
            "Those are all pairs. The mask takes away every pair whose key comes later.",
            answers=(COSTS | UNMASKED,),
            recognise=only(UNMASKED),
        ),
        Mistake(
            "counts no step",
            "All places at once take a step too.",
            answers=(COSTS | NO_STEP,),
            recognise=only(NO_STEP),
        ),
        Mistake(
            "counts the places that are read",
            "That counts how many places all forwards read together. Asked is how many forwards "
            "there are.",
            answers=(COSTS | ALL_PLACES,),
            recognise=only(ALL_PLACES),
        ),
        Mistake(
            "squares the product",
            "You have squared the whole product. The small 2 belongs to one letter alone.",
            answers=(COSTS | ALL_SQUARED,),
            recognise=only(ALL_SQUARED),
        ),
    ),
    also_right=({name: float(number) for name, number in COSTS.items()},
                dict(reversed(COSTS.items()))),
)
