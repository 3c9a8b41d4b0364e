"""Compute: the bytes of a small network with batch normalisation, in training and in use."""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

BYTES = {
    "how many learned numbers": 1405,
    "how many running statistics": 100,
    "both, float32": 6020,
    "both, float64": 12040,
    "gradients, float32": 5620,
    "what Adam keeps, float32": 11240,
    "all of these in training, float32": 22880,
    "inputs of the 3 layers, 8 rows, float32": 3840,
}
LEARNED, RUNNING, BOTH, DOUBLE, GRADIENTS, ADAM, TRAINING, INPUTS = BYTES


def instead(**numbers):
    """The right answer with some entries replaced."""
    keys = {"learned": LEARNED, "running": RUNNING, "both": BOTH, "double": DOUBLE,
            "gradients": GRADIENTS, "adam": ADAM, "training": TRAINING, "inputs": INPUTS}
    return {**BYTES, **{keys[short]: number for short, number in numbers.items()}}


def pairs(*answers):
    """Each (name, number) in which one of these answers is wrong."""
    return {(name, number) for answer in answers for name, number in answer.items()
            if number != BYTES[name]}


# Answers with one misconception each, carried through all entries.
WITHOUT_BIASES = instead(learned=1350, both=5800, double=11600, gradients=5400, adam=10800,
                         training=22000)
WITHOUT_GAMMA = instead(learned=1305, both=5620, double=11240, gradients=5220, adam=10440,
                        training=21280)
RUNNING_LEARNED = instead(learned=1505, gradients=6020, adam=12040, training=24080)
RUNNING_LOST = instead(both=5620, double=11240, training=22480)
NUMBERS_ONLY = instead(both=1505, double=1505, gradients=1405, adam=2810, training=5720,
                       inputs=960)
BITS = instead(both=48160, double=96320, gradients=44960, adam=89920, training=183040,
               inputs=30720)
BIASED_INPUTS = instead(learned=1425, both=6100, double=12200, gradients=5700, adam=11400,
                        training=23200)

EXERCISE = Exercise(
    identifier="inference.bytes_needed",
    title="what a training holds",
    level="compute",
    prompt=(
        "A network 20-50-5: a dense layer with biases, batch normalisation of its 50 units, and a "
        "second dense layer with biases. How much is held? The first two lines ask for numbers "
        "(learned are weights, biases, γ and β), the others for bytes. *Both* are these two kinds "
        "of numbers, which are held in use as well; *all of these in training* are both, the "
        "gradients and what Adam keeps. For the last line, each of the three layers keeps its "
        "input of a forward of 8 rows. Replace each `...` by a whole number."
    ),
    stub="bytes_needed = {\n" + "".join(f'    "{name}": ...,\n' for name in BYTES) + "}\n",
    solution=BYTES,
    cases=lambda: [Case((), BYTES)],
    judge=judge_whole_numbers,
    hints=(
        "A dense layer from a to b has a · b weights and b biases. Batch normalisation has four "
        "numbers for each unit: two are learned, two are running.",
        "A float32 takes 4 bytes. What is learned has a gradient, and for each gradient Adam "
        "remembers two numbers. Does a running statistic have one?",
        "The first layer keeps 20 numbers of each row. How many does each of the others keep?",
    ),
    passed="A training with Adam holds nearly four times what is held in use, and then the "
           "activations of a batch.",
    mistakes=(
        Mistake(
            "forgets the biases",
            "The biases are missing: each unit of a dense layer has one as well.",
            answers=(WITHOUT_BIASES, instead(learned=1350), instead(learned=1350, both=5800)),
            recognise=only_these_wrong(BYTES, pairs(WITHOUT_BIASES)),
        ),
        Mistake(
            "forgets γ and β",
            "Batch normalisation has learned numbers, too: it multiplies each unit by one and adds "
            "another.",
            answers=(WITHOUT_GAMMA, instead(learned=1305), instead(gradients=5220, adam=10440)),
            recognise=only_these_wrong(
                BYTES, pairs(WITHOUT_GAMMA), needs=pairs(WITHOUT_GAMMA) - pairs(RUNNING_LOST)),
        ),
        Mistake(
            "gives running statistics a gradient",
            "Running statistics are no parameters: they move by averaging, without a gradient and "
            "without an optimizer.",
            answers=(RUNNING_LEARNED, instead(gradients=6020), instead(learned=1505),
                     instead(gradients=6020, adam=12040, training=24080)),
            recognise=only_these_wrong(BYTES, pairs(RUNNING_LEARNED)),
        ),
        Mistake(
            "leaves running statistics out",
            "The running statistics are numbers as well. They are not learned, but they are held.",
            answers=(RUNNING_LOST, instead(training=22480), instead(both=5620)),
            recognise=only_these_wrong(BYTES, pairs(RUNNING_LOST)),
        ),
        Mistake(
            "counts numbers, not bytes",
            "That is how many numbers there are. Each of them takes several bytes.",
            answers=(NUMBERS_ONLY, instead(both=1505), instead(inputs=960)),
            recognise=only_these_wrong(BYTES, pairs(NUMBERS_ONLY)),
        ),
        Mistake(
            "counts bits",
            "Far too large: it is the 32 of float32 that counts bits. A byte has eight.",
            answers=(BITS, instead(both=48160), instead(inputs=30720)),
            recognise=only_these_wrong(BYTES, pairs(BITS)),
        ),
        Mistake(
            "gives the inputs biases",
            "The 20 inputs are data and no units: nothing is added to them.",
            answers=(BIASED_INPUTS, instead(learned=1425), instead(gradients=5700, adam=11400)),
            recognise=only_these_wrong(BYTES, pairs(BIASED_INPUTS)),
        ),
        Mistake(
            "counts one running statistic a unit",
            "Which two numbers of each unit does batch normalisation use at inference?",
            answers=(instead(running=50, both=5820, double=11640, training=22680),
                     instead(running=50), instead(running=50, both=5820)),
            recognise=only_these_wrong(
                BYTES, {(RUNNING, 50), (BOTH, 5820), (DOUBLE, 11640), (TRAINING, 22680)}),
        ),
        Mistake(
            "gives Adam one number a weight",
            "Adam remembers a mean of the gradients and a mean of their squares.",
            answers=(instead(adam=5620, training=17260), instead(adam=5620)),
            recognise=only_these_wrong(
                BYTES, {(ADAM, 5620), (TRAINING, 17260)}, needs={(ADAM, 5620)}),
        ),
        Mistake(
            "leaves a part out of the sum",
            "More is held at once than you added up: what is used, what says where to go, and "
            "what the optimizer remembers.",
            answers=(instead(training=17260), instead(training=11640), instead(training=16860)),
            recognise=only_these_wrong(
                BYTES, {(TRAINING, 17260), (TRAINING, 11640), (TRAINING, 16860)}),
        ),
        Mistake(
            "takes float64 for no larger",
            "A number of float64 takes twice the bytes of one of float32.",
            answers=(instead(double=3010), instead(double=6020)),
            recognise=only_these_wrong(BYTES, {(DOUBLE, 3010), (DOUBLE, 6020)}),
        ),
        Mistake(
            "counts other activations",
            "Kept are the inputs of the three layers, for each of the 8 rows: the data, and what "
            "comes out of all layers but the last.",
            answers=(instead(inputs=2240), instead(inputs=3360), instead(inputs=480),
                     instead(inputs=4000)),
            recognise=only_these_wrong(BYTES, {
                (INPUTS, 2240), (INPUTS, 3360), (INPUTS, 480), (INPUTS, 4000), (INPUTS, 2400)}),
        ),
    ),
    also_right=({name: float(number) for name, number in BYTES.items()},),
)
