"""Compute: the bytes of a small network, in training and in use."""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

BYTES = {
    "weights and biases, in numbers": 1305,
    "weights and biases, float32": 5220,
    "weights and biases, float64": 10440,
    "their gradients, float32": 5220,
    "what plain SGD keeps, float32": 0,
    "what Adam keeps, float32": 10440,
    "training with Adam, no activations, float32": 20880,
    "inputs of both layers, 8 rows, float32": 2240,
}
NUMBERS, WEIGHTS, DOUBLE, GRADIENTS, SGD, ADAM, TRAINING, INPUTS = BYTES


def instead(**numbers):
    """The right answer with some entries replaced."""
    keys = {"numbers": NUMBERS, "weights": WEIGHTS, "double": DOUBLE, "gradients": GRADIENTS,
            "sgd": SGD, "adam": ADAM, "training": TRAINING, "inputs": INPUTS}
    return {**BYTES, **{keys[short]: number for short, number in numbers.items()}}


EXERCISE = Exercise(
    identifier="inference.bytes_needed",
    title="what a training holds",
    level="compute",
    prompt=(
        "A network of two dense layers with biases, 20-50-5, in float32 where nothing else is "
        "said. How many bytes does each part take (the first line: how many numbers)? Replace each "
        "`...` by a whole number. For the last line take what the two layers keep of a forward of "
        "8 rows for their backward: each its input."
    ),
    stub="bytes_needed = {\n" + "".join(f'    "{name}": ...,\n' for name in BYTES) + "}\n",
    solution=BYTES,
    cases=lambda: [Case((), BYTES)],
    judge=judge_whole_numbers,
    hints=(
        "A layer from a to b has a · b weights and b biases, and a float32 takes 4 bytes.",
        "Every weight has a gradient. Plain SGD remembers nothing else, Adam two numbers for each "
        "weight.",
        "The first layer keeps 20 numbers of each row. How many does the second keep?",
    ),
    passed="Four times the weights for a training with Adam, and then the activations of a batch.",
    mistakes=(
        Mistake(
            "forgets the biases",
            "These are the weights alone. Each unit has a bias as well.",
            answers=(instead(numbers=1250, weights=5000, double=10000, gradients=5000, adam=10000,
                             training=20000),
                     instead(numbers=1250), instead(numbers=1250, weights=5000)),
            recognise=only_these_wrong(BYTES, {
                (NUMBERS, 1250), (WEIGHTS, 5000), (DOUBLE, 10000), (GRADIENTS, 5000),
                (ADAM, 10000), (TRAINING, 20000)}),
        ),
        Mistake(
            "counts numbers, not bytes",
            "That is how many numbers there are. Each of them takes several bytes.",
            answers=(instead(weights=1305, gradients=1305, adam=2610, training=5220, inputs=560),
                     instead(weights=1305), instead(inputs=560)),
            recognise=only_these_wrong(BYTES, {
                (WEIGHTS, 1305), (DOUBLE, 1305), (GRADIENTS, 1305), (ADAM, 2610),
                (TRAINING, 5220), (INPUTS, 560)}),
        ),
        Mistake(
            "gives Adam one number a weight",
            "Adam remembers a mean of the gradients and a mean of their squares.",
            answers=(instead(adam=5220, training=15660), instead(adam=5220)),
            recognise=only_these_wrong(
                BYTES, {(ADAM, 5220), (TRAINING, 15660)}, needs={(ADAM, 5220)}),
        ),
        Mistake(
            "leaves a part out of the sum",
            "Four parts of equal size are held at once: the weights, their gradients, and what "
            "Adam keeps.",
            answers=(instead(training=15660), instead(training=10440)),
            recognise=only_these_wrong(BYTES, {(TRAINING, 15660), (TRAINING, 10440)}),
        ),
        Mistake(
            "gives plain SGD a memory",
            "A step of plain SGD uses the gradient and forgets it. Only momentum would remember "
            "something.",
            answers=(instead(sgd=5220), instead(sgd=10440)),
            recognise=only_these_wrong(BYTES, {(SGD, 5220), (SGD, 10440)}),
        ),
        Mistake(
            "halves float64",
            "A number of float64 takes twice the bytes of one of float32.",
            answers=(instead(double=2610), instead(double=5220)),
            recognise=only_these_wrong(BYTES, {(DOUBLE, 2610), (DOUBLE, 5220)}),
        ),
        Mistake(
            "counts other activations",
            "Kept are the inputs of the two layers: the data of the first, the hidden units of the "
            "second, for each of the 8 rows.",
            answers=(instead(inputs=1760), instead(inputs=2400), instead(inputs=280),
                     instead(inputs=640), instead(inputs=1600)),
            recognise=only_these_wrong(BYTES, {
                (INPUTS, 1760), (INPUTS, 2400), (INPUTS, 280), (INPUTS, 640), (INPUTS, 1600)}),
        ),
    ),
    also_right=({name: float(number) for name, number in BYTES.items()},),
)
