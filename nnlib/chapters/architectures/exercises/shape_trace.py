"""Compute: the shapes and the parameters on the way through a CNN for larger images."""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

TRACE = {
    "side of the maps after the first convolution": 24,
    "side after the first pooling": 12,
    "side after the second convolution": 8,
    "channels after the second pooling": 16,
    "numbers after Flatten": 256,
    "parameters of the second convolution": 2416,
    "parameters of the first dense layer": 30840,
}
FIRST, POOLED, SECOND, CHANNELS, FLAT, KERNELS, DENSE = TRACE

PADDED = {FIRST: 28, POOLED: 14, SECOND: 14, FLAT: 784, DENSE: 94200}
WHOLE_KERNEL = {FIRST: 23, POOLED: 11, SECOND: 6, FLAT: 144, DENSE: 17400}
NO_CHANNELS = {FLAT: 16, DENSE: 2040}
FLAT_KERNELS = {KERNELS: 416}
NO_BIAS = {KERNELS: 2400, DENSE: 30720}
POOLED_CHANNELS = {CHANNELS: 8, FLAT: 128, DENSE: 15480}
ONE_POOLING = {FLAT: 1024, DENSE: 123000}
SMALLER = {SECOND: 10, FLAT: 400, DENSE: 48120}
SLIDES = {POOLED: 23, SECOND: 19, FLAT: 5184, DENSE: 622200}
SLICE_BIASES = {KERNELS: 2496}
PRODUCT = {CHANNELS: 96, FLAT: 1536, DENSE: 184440}
LAST_DENSE = {DENSE: 1210}
AREAS = {FIRST: 576, POOLED: 144, SECOND: 64}
VOLUMES = {FIRST: 3456, POOLED: 864, SECOND: 1024}


def only(wrong):
    return only_these_wrong(TRACE, set(wrong.items()))


EXERCISE = Exercise(
    identifier="architectures.shape_trace",
    title="follow the shapes",
    level="compute",
    prompt=(
        "Grey images of 28×28 pixels go through `Conv2D(1, 6, 5)`, ReLU, `MaxPool2D(2)`, "
        "`Conv2D(6, 16, 5)`, ReLU, `MaxPool2D(2)`, `Flatten()`, `Dense(…, 120)`, ReLU and "
        "`Dense(120, 10)`, with no padding anywhere. Replace each `...` by a whole number, counted "
        "for one image; parameters include biases."
    ),
    stub="shape_trace = {\n" + "".join(f'    "{name}": ...,\n' for name in TRACE) + "}\n",
    solution=TRACE,
    cases=lambda: [Case((), TRACE)],
    judge=judge_whole_numbers,
    hints=(
        "Go layer by layer and write (height, width, channels) behind each.",
        "A window of 5 pixels has its first place at pixel 0. Where is its last place in 28?",
        "Flatten keeps every number: height times width times channels of what the second pooling "
        "leaves.",
    ),
    passed="Whoever can trace the shapes can build the network: each layer names what it needs.",
    mistakes=(
        Mistake(
            "pads",
            "That is what padding would give, which keeps the size. Here there is none.",
            answers=(TRACE | PADDED, TRACE | {FIRST: 28}),
            recognise=only_these_wrong(TRACE, set(PADDED.items()),
                                       needs={(FIRST, 28), (SECOND, 14)}),
        ),
        Mistake(
            "takes the whole kernel away",
            "Count the places of a window of 5 in a row of 6 pixels: there are two, not one.",
            answers=(TRACE | WHOLE_KERNEL, TRACE | {FIRST: 23}),
            recognise=only(WHOLE_KERNEL),
        ),
        Mistake(
            "flattens one map",
            "One map is flattened there. The layer lays out all channels of an image.",
            answers=(TRACE | NO_CHANNELS, TRACE | {FLAT: 16}),
            recognise=only(NO_CHANNELS),
        ),
        Mistake(
            "kernels without depth",
            "Kernels of the second convolution go through all maps that the first one made. "
            "Yours go through one.",
            answers=(TRACE | FLAT_KERNELS,),
            recognise=only(FLAT_KERNELS),
        ),
        Mistake(
            "leaves out the biases",
            "Those are weights only: each kernel and each unit has a bias too.",
            answers=(TRACE | NO_BIAS, TRACE | {KERNELS: 2400}),
            recognise=only(NO_BIAS),
        ),
        Mistake(
            "pools the channels",
            "Pooling halves height and width. It treats every channel by itself, so none is lost.",
            answers=(TRACE | POOLED_CHANNELS, TRACE | {CHANNELS: 8}),
            recognise=only(POOLED_CHANNELS),
        ),
        Mistake(
            "forgets the second pooling",
            "That is what the second convolution leaves. One more layer stands before Flatten.",
            answers=(TRACE | ONE_POOLING, TRACE | {FLAT: 1024}),
            recognise=only(ONE_POOLING),
        ),
        Mistake(
            "takes the second kernel for 3×3",
            "From 12 pixels you lose two. That fits a kernel of 3; this one is as large as the "
            "first.",
            answers=(TRACE | SMALLER, TRACE | {SECOND: 10}),
            recognise=only(SMALLER),
        ),
        Mistake(
            "slides the pooling by one",
            "Your pooling moves on by one pixel. Its windows lie side by side and do not overlap: "
            "each moves on by its own size.",
            answers=(TRACE | SLIDES,),
            recognise=only(SLIDES),
        ),
        Mistake(
            "gives each slice a bias",
            "A kernel has a slice for each map that comes in, and their results are added up to "
            "one number. How many biases does one number need?",
            answers=(TRACE | SLICE_BIASES,),
            recognise=only(SLICE_BIASES),
        ),
        Mistake(
            "multiplies the channels",
            "A kernel of the second convolution reads all maps and makes one of them. So they do "
            "not multiply.",
            answers=(TRACE | PRODUCT,),
            recognise=only(PRODUCT),
        ),
        Mistake(
            "takes the last layer for the first dense one",
            "Those belong to the dense layer that gives the scores. Asked is the one that reads "
            "what Flatten leaves.",
            answers=(TRACE | LAST_DENSE,),
            recognise=only(LAST_DENSE),
        ),
        Mistake(
            "gives areas for sides",
            "That counts all pixels of a map. Asked is its side.",
            answers=(TRACE | AREAS,),
            recognise=only(AREAS),
        ),
        Mistake(
            "gives all numbers for sides",
            "That counts the numbers in all maps together. Asked is the side of one map.",
            answers=(TRACE | VOLUMES,),
            recognise=only(VOLUMES),
        ),
    ),
    also_right=({name: float(number) for name, number in TRACE.items()},
                dict(reversed(TRACE.items()))),
)
