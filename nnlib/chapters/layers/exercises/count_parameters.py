"""Compute: how many parameters have layers of all kinds?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

CONV, POOL = "Conv2D: 3 channels, 8 kernels of 5×5", "MaxPool2D: windows of 2×2"
TABLE, NORM = "Embedding: 1,000 ids, 32 numbers each", "BatchNorm: 16 features"
RNN, LSTM = "RNN: 10 inputs, 20 units", "LSTM: 10 inputs, 20 units"
ATTENTION = "MultiHeadAttention: width 32, 4 heads"

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
        "How many parameters does each of these layers have, biases included, as this course "
        "builds them? Replace each `...` by a whole number."
    ),
    stub="count_parameters = {\n" + "".join(f'    "{name}": ...,\n' for name in COUNTS) + "}\n",
    solution=COUNTS,
    cases=lambda: [Case((), COUNTS)],
    judge=judge_whole_numbers,
    hints=(
        "List the arrays that training changes. Has pooling any? Do running statistics count?",
        "A kernel is as deep as its input and has one bias. An LSTM computes four things from the "
        "input and the state. Attention has four dense layers, however many heads share them.",
        "Two that are not asked: an LSTM of 3 inputs and 5 units has 4 · (3 · 5 + 5 · 5 + 5) = "
        "180, and attention of width 8 has 4 · (8 · 8 + 8) = 288.",
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
            "A kernel goes through all channels of its input. Yours are flat.",
            answers=(COUNTS | FLAT_KERNELS,),
            recognise=only(FLAT_KERNELS),
        ),
        Mistake(
            "counts the running statistics",
            "Running mean and variance are counted too. They are measured, not learned: buffers.",
            answers=(COUNTS | BUFFERS_TOO,),
            recognise=only(BUFFERS_TOO),
        ),
        Mistake(
            "gives the LSTM one gate",
            "That is a plain recurrent layer. The gates of an LSTM have weights of their own.",
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
            "Queries, keys and values are counted. What joins the heads is a layer too.",
            answers=(COUNTS | NO_LAST_DENSE,),
            recognise=only(NO_LAST_DENSE),
        ),
        Mistake(
            "forgets the weights of the state",
            "The last state comes in too, by weights of its own besides those of the inputs.",
            answers=(COUNTS | NO_STATE, COUNTS | {RNN: 220}),
            recognise=only(NO_STATE),
        ),
        Mistake(
            "gives the table a bias",
            "An embedding only looks its rows up, and nothing is added to them.",
            answers=(COUNTS | BIASED_TABLE,),
            recognise=only(BIASED_TABLE),
        ),
        Mistake(
            "takes one side of the kernel",
            "A kernel has its side in both directions. Here it counts once.",
            answers=(COUNTS | FLAT_SQUARE,),
            recognise=only(FLAT_SQUARE),
        ),
        Mistake(
            "gives each input channel a bias",
            "The weights are right. A bias belongs to each kernel, not to each channel of the "
            "input.",
            answers=(COUNTS | BIAS_BY_CHANNEL,),
            recognise=only(BIAS_BY_CHANNEL),
        ),
        Mistake(
            "forgets the shift of the normalisation",
            "γ is counted, which scales each feature. What shifts it is learned too.",
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
            "The gates are counted. What they let in, the candidate, has weights too.",
            answers=(COUNTS | THREE_PARTS,),
            recognise=only(THREE_PARTS),
        ),
    ),
    also_right=(
        {name: float(count) for name, count in COUNTS.items()},
        dict(reversed(COUNTS.items())),
    ),
)
