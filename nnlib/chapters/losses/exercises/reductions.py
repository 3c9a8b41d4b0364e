"""Compute: by what number do two reductions of the same loss differ?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

TIMES = {
    "squared error, predictions (50, 4): sum ÷ mean": 200,
    "its slopes: those of the sum ÷ those of the mean": 200,
    "cross-entropy, logits (32, 10), labels (32,): sum ÷ mean": 32,
    "cross-entropy, logits (8, 105, 45), labels (8, 105): sum ÷ mean": 840,
    "binary cross-entropy, logits (32, 4): sum ÷ mean": 128,
    "KL in torch, (32, 10): batchmean ÷ mean": 10,
    "squared error, (50, 4): how many numbers does none return": 200,
    "cross-entropy, logits (32, 10): how many numbers does none return": 32,
}
SQUARES, SLOPES, ROWS, TEXT, BINARY, TORCH, NONE, NONE_ROWS = TIMES


def instead(**numbers):
    """The right answer with some entries replaced."""
    keys = {"squares": SQUARES, "slopes": SLOPES, "rows": ROWS, "text": TEXT, "binary": BINARY,
            "torch": TORCH, "none": NONE, "none_rows": NONE_ROWS}
    return {**TIMES, **{keys[short]: number for short, number in numbers.items()}}


EXERCISE = Exercise(
    identifier="losses.reductions",
    title="the mean over what?",
    level="compute",
    prompt=(
        "By what factor do two reductions of one loss differ (or how many numbers are there)? "
        "Replace each `...` by a whole number. The losses are those of nnlib unless torch is named."
    ),
    stub="reductions = {\n" + "".join(f'    "{name}": ...,\n' for name in TIMES) + "}\n",
    solution=TIMES,
    cases=lambda: [Case((), TIMES)],
    judge=judge_whole_numbers,
    hints=(
        "Which losses have one term for each element, and which one for each row?",
        "The class axis is used up by the cross-entropy: it leaves one number for each position.",
        "A factor in front of a loss is in front of its slopes too.",
    ),
    passed="Before you compare two losses, ask over what each of them was averaged.",
    mistakes=(
        Mistake(
            "averages numbers over the rows",
            "Squared errors and binary cross-entropies have a term for every element. You counted "
            "the rows alone.",
            answers=(instead(squares=50, slopes=50), instead(squares=50, slopes=50, none=50),
                     instead(binary=32), instead(squares=50, slopes=50, none=50, binary=32)),
            recognise=only_these_wrong(
                TIMES, {(SQUARES, 50), (SLOPES, 50), (NONE, 50), (BINARY, 32)}),
        ),
        Mistake(
            "counts the class axis",
            "Cross-entropy makes one number of all the logits of a row or position. You counted "
            "the logits.",
            answers=(instead(rows=320, text=37800, none_rows=320), instead(rows=320),
                     instead(none_rows=320), instead(text=37800)),
            recognise=only_these_wrong(TIMES, {(ROWS, 320), (TEXT, 37800), (NONE_ROWS, 320)}),
        ),
        Mistake(
            "averages over one axis of two",
            "Every position of every text has a loss of its own. You counted one axis alone.",
            answers=(instead(text=8), instead(text=105)),
            recognise=only_these_wrong(TIMES, {(TEXT, 8), (TEXT, 105)}),
        ),
        Mistake(
            "keeps the slopes",
            "The sum is a multiple of the mean. What becomes of a slope when its loss is "
            "multiplied?",
            answers=(instead(slopes=1),),
            recognise=only_these_wrong(TIMES, {(SLOPES, 1)}),
        ),
        Mistake(
            "squares the factor of the slopes",
            "A factor in front of a loss is in front of its slopes once, not twice.",
            answers=(instead(slopes=40_000),),
            recognise=only_these_wrong(TIMES, {(SLOPES, 40_000)}),
        ),
        Mistake(
            "takes the name mean at its word",
            "In torch the mean of a KL divergence divides by more than the rows. By how much more "
            "than batchmean does?",
            answers=(instead(torch=1), instead(torch=32), instead(torch=320)),
            recognise=only_these_wrong(TIMES, {(TORCH, 1), (TORCH, 32), (TORCH, 320)}),
        ),
        Mistake(
            "expects one number from none",
            "None is no reduction at all: a number for each element, or for each row of logits.",
            answers=(instead(none=1, none_rows=1), instead(none=1), instead(none_rows=1)),
            recognise=only_these_wrong(TIMES, {(NONE, 1), (NONE_ROWS, 1)}),
        ),
    ),
    also_right=({name: float(number) for name, number in TIMES.items()},),
)
