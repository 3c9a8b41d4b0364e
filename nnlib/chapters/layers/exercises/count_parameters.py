"""Compute: how many parameters have layers of all kinds?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

CONV, POOL = "Conv2D(3, 8, 5)", "MaxPool2D(2)"
TABLE, NORM = "Embedding(1000, 32)", "BatchNorm(16)"
RNN, LSTM = "RNN(10, 20)", "LSTM(10, 20)"
ATTENTION = "MultiHeadAttention(32, 4)"

COUNTS = {CONV: 608, POOL: 0, TABLE: 32000, NORM: 32, RNN: 620, LSTM: 2480, ATTENTION: 4224}

NO_BIAS = {CONV: 600, RNN: 600, LSTM: 2400, ATTENTION: 4096}
FLAT_KERNELS = {CONV: 208}
BUFFERS_TOO = {NORM: 64}
NO_GATES = {LSTM: 620}
POOL_HAS_WEIGHTS = {POOL: 4}
FOR_EACH_HEAD = {ATTENTION: 4 * 4224}
NO_LAST_DENSE = {ATTENTION: 3 * 1056}
NO_STATE = {RNN: 220, LSTM: 880}
BIASED_TABLE = {TABLE: 32032}
FLAT_SQUARE = {CONV: 128}
SCALE_ONLY = {NORM: 16}
TWO_BIASES = {RNN: 640, LSTM: 2560}
THREE_PARTS = {LSTM: 1860}
BIAS_BY_CHANNEL = {CONV: 603}


def only(wrong):
    return only_these_wrong(COUNTS, set(wrong.items()))


EXERCISE = Exercise(
    identifier="layers.count_parameters",
    title="count them all",
    level="compute",
    prompt=(
        "How many parameters does each of these layers of this course have, biases included? The "
        "numbers are, in this order: inputs or channels, outputs or kernels, the side of a kernel; "
        "the side of a window; ids and width; features; width and heads. Replace each `...` by a "
        "whole number."
    ),
    stub="count_parameters = {\n" + "".join(f'    "{name}": ...,\n' for name in COUNTS) + "}\n",
    solution=COUNTS,
    cases=lambda: [Case((), COUNTS)],
    judge=judge_whole_numbers,
    hints=(
        "List the arrays that training changes. Has pooling any? Do running statistics count?",
        "A kernel is as deep as its input and has one bias. An LSTM computes four things from the "
        "input and the state. Attention has four dense layers, however many heads share them.",
        "LSTM: 4 · (10 · 20 + 20 · 20 + 20). Attention: 4 · (32 · 32 + 32). BatchNorm: γ and β.",
    ),
    passed="What is learned counts, and only that; for a kernel the size of the image does not.",
    mistakes=(
        Mistake(
            "leaves out the biases",
            "Those are the weights. A kernel, a unit, each of a gate's units: each has a bias.",
            answers=(COUNTS | NO_BIAS, COUNTS | {LSTM: 2400}),
            recognise=only(NO_BIAS),
        ),
        Mistake(
            "kernels without depth",
            "A kernel goes through all channels of its input: 5 · 5 · 3 numbers, not 5 · 5.",
            answers=(COUNTS | FLAT_KERNELS,),
            recognise=only(FLAT_KERNELS),
        ),
        Mistake(
            "counts the running statistics",
            "Running mean and variance are measured, not learned: buffers. What is learned is one "
            "γ and one β for each feature.",
            answers=(COUNTS | BUFFERS_TOO,),
            recognise=only(BUFFERS_TOO),
        ),
        Mistake(
            "gives the LSTM one gate",
            "That would be a plain recurrent layer. An LSTM has three gates and a candidate, each "
            "with weights of its own.",
            answers=(COUNTS | NO_GATES,),
            recognise=only(NO_GATES),
        ),
        Mistake(
            "gives pooling weights",
            "Taking the largest of four numbers needs no weights: pooling has nothing to learn.",
            answers=(COUNTS | POOL_HAS_WEIGHTS,),
            recognise=only(POOL_HAS_WEIGHTS),
        ),
        Mistake(
            "multiplies by the heads",
            "Heads share the width: they cut the queries, keys and values up and add no weights.",
            answers=(COUNTS | FOR_EACH_HEAD,),
            recognise=only(FOR_EACH_HEAD),
        ),
        Mistake(
            "forgets the layer behind the heads",
            "Three dense layers make queries, keys and values, and a fourth joins the heads.",
            answers=(COUNTS | NO_LAST_DENSE,),
            recognise=only(NO_LAST_DENSE),
        ),
        Mistake(
            "forgets the weights of the state",
            "The last state comes in too: besides the weights of the 10 inputs there are 20 · 20 "
            "for the state.",
            answers=(COUNTS | NO_STATE, COUNTS | {RNN: 220}),
            recognise=only(NO_STATE),
        ),
        Mistake(
            "gives the table a bias",
            "An embedding only looks its rows up: 1,000 rows of 32 numbers, and nothing is added.",
            answers=(COUNTS | BIASED_TABLE,),
            recognise=only(BIASED_TABLE),
        ),
        Mistake(
            "takes one side of the kernel",
            "A kernel has a side of 5 in both directions: 5 · 5 · 3 numbers, not 5 · 3.",
            answers=(COUNTS | FLAT_SQUARE,),
            recognise=only(FLAT_SQUARE),
        ),
        Mistake(
            "gives each input channel a bias",
            "The weights are right. A bias belongs to each kernel, so 8 of them and not 3.",
            answers=(COUNTS | BIAS_BY_CHANNEL,),
            recognise=only(BIAS_BY_CHANNEL),
        ),
        Mistake(
            "forgets the shift of the normalisation",
            "Each feature has two learned numbers, γ to scale and β to shift.",
            answers=(COUNTS | SCALE_ONLY,),
            recognise=only(SCALE_ONLY),
        ),
        Mistake(
            "counts two biases",
            "That is the count of torch.nn, which adds two biases. The RNN and LSTM of this course "
            "have one.",
            answers=(COUNTS | TWO_BIASES, COUNTS | {LSTM: 2560}),
            recognise=only(TWO_BIASES),
        ),
        Mistake(
            "counts the gates only",
            "An LSTM computes four things: three gates and the candidate.",
            answers=(COUNTS | THREE_PARTS,),
            recognise=only(THREE_PARTS),
        ),
    ),
    also_right=(
        {name: float(count) for name, count in COUNTS.items()},
        dict(reversed(COUNTS.items())),
    ),
)
