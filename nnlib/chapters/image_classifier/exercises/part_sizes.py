"""Compute: sides and parameters of a network on the recipe, at another size."""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

SIZES = {
    "side behind the first convolution": 64,
    "side behind the first pooling": 32,
    "side behind the second convolution": 30,
    "side behind the second pooling": 15,
    "numbers that Flatten lays out": 4500,
    "parameters of the first convolution": 280,
    "parameters of the second convolution": 1820,
    "parameters of the first dense layer": 180040,
    "parameters of the last dense layer": 123,
}
CONV1, POOL1, CONV2, POOL2, FLAT, P_CONV1, P_CONV2, P_DENSE, P_LAST = SIZES


def instead(**numbers):
    """The right answer with some entries replaced."""
    keys = {"conv1": CONV1, "pool1": POOL1, "conv2": CONV2, "pool2": POOL2, "flat": FLAT,
            "p_conv1": P_CONV1, "p_conv2": P_CONV2, "p_dense": P_DENSE, "p_last": P_LAST}
    return {**SIZES, **{keys[short]: number for short, number in numbers.items()}}


NO_BIAS = {(P_CONV1, 270), (P_CONV2, 1800), (P_DENSE, 180000), (P_LAST, 120)}
SAME = {(CONV1, 66), (POOL1, 33), (CONV2, 33), (POOL2, 16), (FLAT, 5120), (P_DENSE, 204840)}
ONE_SIDE = {(CONV1, 65), (CONV2, 31), (CONV2, 32), (POOL2, 16), (FLAT, 5120), (P_DENSE, 204840),
            (CONV1, 63), (CONV2, 28), (CONV2, 29), (POOL1, 31), (POOL2, 14), (FLAT, 3920),
            (P_DENSE, 156840)}
ONE_CHANNEL = {(P_CONV1, 100), (P_CONV2, 200)}
ONE_MAP = {(FLAT, 225), (FLAT, 300), (FLAT, 2250), (P_DENSE, 9040), (P_DENSE, 12040),
           (P_DENSE, 90040)}
FULL_BIAS = {(P_CONV1, 270 + 40960), (P_CONV2, 1800 + 18000)}
LAYER_BIAS = {(P_CONV1, 271), (P_CONV2, 1801), (P_DENSE, 180001), (P_LAST, 121)}
BIAS_BEFORE = {(P_CONV1, 273), (P_CONV2, 1810), (P_DENSE, 184500), (P_LAST, 160)}
PAST_THE_DENSE = {(P_LAST, 13503), (P_LAST, 13500)}

EXERCISE = Exercise(
    identifier="image_classifier.part_sizes",
    title="the recipe at another size",
    level="compute",
    prompt=(
        "Pictures of 66 × 66 pixels in colour, a 3×3 convolution to 10 channels, ReLU, 2×2 "
        "pooling, a 3×3 convolution to 20 channels, ReLU, 2×2 pooling, Flatten, a dense layer of "
        "40, ReLU, a dense layer of 3. Neither convolution pads. Replace each `...` by a whole "
        "number."
    ),
    stub="part_sizes = {\n" + "".join(f'    "{name}": ...,\n' for name in SIZES) + "}\n",
    solution=SIZES,
    cases=lambda: [Case((), SIZES)],
    judge=judge_whole_numbers,
    hints=(
        "A window of three pixels fits at two places fewer than there are pixels.",
        "Behind the second pooling there are 20 maps. Flatten lays out all numbers of all maps.",
        "A kernel looks through all channels that come in, and each channel that goes out has a "
        "kernel and one bias.",
    ),
    passed="Nearly all parameters sit where Flatten meets the first dense layer.",
    mistakes=(
        Mistake(
            "forgets the biases",
            "These are the weights alone. Each channel or unit that goes out has a bias too.",
            answers=(instead(p_conv1=270, p_conv2=1800, p_dense=180000, p_last=120),
                     instead(p_dense=180000), instead(p_last=120)),
            recognise=only_these_wrong(SIZES, NO_BIAS),
        ),
        Mistake(
            "pads",
            "With zeros around the edge the side would stay as it is. Nothing pads here.",
            answers=(instead(conv1=66, pool1=33, conv2=33, pool2=16, flat=5120, p_dense=204840),
                     instead(conv1=66), instead(conv1=66, pool1=33)),
            recognise=only_these_wrong(SIZES, SAME, needs={(CONV1, 66), (CONV2, 33)}),
        ),
        Mistake(
            "counts the places wrongly",
            "Put a window of three on a strip of five pixels and count its places: that is how "
            "many pixels fewer?",
            answers=(instead(conv1=65), instead(conv2=31), instead(conv1=63, pool1=31),
                     instead(conv1=65, pool1=32, conv2=31),
                     instead(conv1=63, pool1=31, conv2=28, pool2=14, flat=3920, p_dense=156840)),
            recognise=only_these_wrong(SIZES, ONE_SIDE, needs={
                (CONV1, 65), (CONV1, 63), (CONV2, 31), (CONV2, 29), (CONV2, 28)}),
        ),
        Mistake(
            "gives a kernel one channel",
            "A kernel of nine weights sees one channel. Here it looks through all that come in.",
            answers=(instead(p_conv1=100, p_conv2=200), instead(p_conv2=200)),
            recognise=only_these_wrong(SIZES, ONE_CHANNEL),
        ),
        Mistake(
            "flattens too few maps",
            "Flatten lays out every map that the second pooling leaves, and there is one for each "
            "channel of the second convolution.",
            answers=(instead(flat=225, p_dense=9040), instead(flat=225),
                     instead(flat=300, p_dense=12040), instead(flat=2250, p_dense=90040)),
            recognise=only_these_wrong(SIZES, ONE_MAP),
        ),
        Mistake(
            "gives each pixel a bias",
            "The same bias serves every place of a map, as the same kernel does.",
            answers=(instead(p_conv1=270 + 40960, p_conv2=1800 + 18000),
                     instead(p_conv2=1800 + 18000)),
            recognise=only_these_wrong(SIZES, FULL_BIAS),
        ),
        Mistake(
            "gives a layer one bias",
            "A bias for a whole layer would be the same number for all that go out. How many "
            "numbers can be shifted by themselves?",
            answers=(instead(p_conv1=271, p_conv2=1801, p_dense=180001, p_last=121),
                     instead(p_conv1=271), instead(p_conv2=1801)),
            recognise=only_these_wrong(SIZES, LAYER_BIAS),
        ),
        Mistake(
            "gives a bias to what comes in",
            "A bias is added to what goes out: count those channels or units, not the ones that "
            "come in.",
            answers=(instead(p_conv2=1810), instead(p_conv1=273, p_conv2=1810),
                     instead(p_conv2=1810, p_last=160)),
            recognise=only_these_wrong(SIZES, BIAS_BEFORE),
        ),
        Mistake(
            "feeds the last layer from Flatten",
            "The last layer gets what the dense layer before it hands on.",
            answers=(instead(p_last=13503),),
            recognise=only_these_wrong(SIZES, PAST_THE_DENSE),
        ),
    ),
    also_right=({name: float(number) for name, number in SIZES.items()},),
)
