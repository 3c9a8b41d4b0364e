"""Compute: one number through both kinds of dropout, in both modes."""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

COMES_OUT = {
    "inverted, training, the 12 is kept": 48,
    "inverted, training, the 12 is dropped": 0,
    "inverted, inference": 12,
    "inverted, training, mean over many masks": 12,
    "inverted, training, mean of the squares over many masks": 576,
    "original, training, the 12 is kept": 12,
    "original, training, mean over many masks": 3,
    "original, inference": 3,
}
KEPT, DROPPED, LATER, MEAN, SQUARE, OLD_KEPT, OLD_MEAN, OLD_LATER = COMES_OUT


def instead(**numbers):
    """The right answer with some entries replaced."""
    keys = {"kept": KEPT, "dropped": DROPPED, "later": LATER, "mean": MEAN, "square": SQUARE,
            "old_kept": OLD_KEPT, "old_mean": OLD_MEAN, "old_later": OLD_LATER}
    return {**COMES_OUT, **{keys[short]: number for short, number in numbers.items()}}


EXERCISE = Exercise(
    identifier="inference.dropout_numbers",
    title="a 12 goes through dropout",
    level="compute",
    prompt=(
        "The number 12 goes through dropout with the drop probability p = 0.75. What comes out, in "
        "the inverted kind and in the original kind? Replace each `...` by a whole number; for a "
        "mean, think of infinitely many masks."
    ),
    stub="dropout_numbers = {\n" + "".join(f'    "{name}": ...,\n' for name in COMES_OUT) + "}\n",
    solution=COMES_OUT,
    cases=lambda: [Case((), COMES_OUT)],
    judge=judge_whole_numbers,
    hints=(
        "In one mask out of four the 12 is kept.",
        "The inverted kind divides by the probability to keep, in training only. The original kind "
        "multiplies by it, at inference only.",
        "A mean of squares: square what comes out in each case first, then weigh the cases.",
    ),
    passed="Both kinds agree in the mean between training and inference. Neither agrees in the "
           "mean square.",
    mistakes=(
        Mistake(
            "takes p for the probability to keep",
            "With p = 0.75 three masks out of four drop the number. You kept it in three.",
            answers=(instead(kept=16, old_later=9, old_mean=9, square=192), instead(old_later=9),
                     instead(kept=16, old_later=9)),
            recognise=only_these_wrong(
                COMES_OUT, {(KEPT, 16), (OLD_LATER, 9), (OLD_MEAN, 9), (SQUARE, 192)},
                needs={(OLD_LATER, 9), (OLD_MEAN, 9), (SQUARE, 192)}),
        ),
        Mistake(
            "divides by p",
            "What is kept is divided by the probability to keep. You divided by that to drop.",
            answers=(instead(kept=16), instead(kept=16, mean=4, square=64),
                     instead(kept=16, square=64)),
            recognise=only_these_wrong(COMES_OUT, {(KEPT, 16), (MEAN, 4), (SQUARE, 64)}),
        ),
        Mistake(
            "multiplies in training",
            "Too small: a number that is kept has to make up for the masks in which it is dropped.",
            answers=(instead(kept=3, mean=3, square=9), instead(kept=3), instead(square=9)),
            recognise=only_these_wrong(
                COMES_OUT, {(KEPT, 3), (MEAN, 3), (SQUARE, 9)}, needs={(KEPT, 3), (SQUARE, 9)}),
        ),
        Mistake(
            "scales the inverted kind at inference",
            "The inverted kind has settled the account in training. At inference it does nothing.",
            answers=(instead(later=3), instead(later=48)),
            recognise=only_these_wrong(COMES_OUT, {(LATER, 3), (LATER, 48)}),
        ),
        Mistake(
            "does not divide in training",
            "That is what the original kind does in training. The inverted one also divides what "
            "it keeps.",
            answers=(instead(kept=12, mean=3, square=36), instead(kept=12),
                     instead(mean=3), instead(kept=12, mean=3)),
            recognise=only_these_wrong(COMES_OUT, {(KEPT, 12), (MEAN, 3), (SQUARE, 36)}),
        ),
        Mistake(
            "squares the mean",
            "The square of the mean is not the mean of the squares. What comes out is 0 or a large "
            "number, and squares make the large one count more.",
            answers=(instead(square=144),),
            recognise=only_these_wrong(COMES_OUT, {(SQUARE, 144)}),
        ),
        Mistake(
            "forgets that most masks drop",
            "That is what comes out where the number is kept. In the other masks it is 0, and a "
            "mean over masks counts those as well.",
            answers=(instead(square=2304), instead(mean=48, square=2304),
                     instead(mean=48, square=2304, old_mean=12)),
            recognise=only_these_wrong(
                COMES_OUT, {(SQUARE, 2304), (MEAN, 48), (OLD_MEAN, 12)},
                needs={(SQUARE, 2304), (MEAN, 48)}),
        ),
        Mistake(
            "makes the original kind larger at inference",
            "In training only one mask in four lets the number through, and nothing makes up for "
            "that. To agree in the mean, inference has to give less than the number itself.",
            answers=(instead(old_later=48), instead(old_later=16),
                     instead(old_mean=12, old_later=48)),
            recognise=only_these_wrong(
                COMES_OUT, {(OLD_LATER, 48), (OLD_LATER, 16), (OLD_MEAN, 12)},
                needs={(OLD_LATER, 48), (OLD_LATER, 16)}),
        ),
        Mistake(
            "exchanges the kinds",
            "The two kinds have changed places. Which of them is inverted: the one that scales in "
            "training, or the one that scales later?",
            answers=(instead(kept=12, later=3, mean=3, square=36, old_kept=48, old_mean=12,
                             old_later=12),),
        ),
        Mistake(
            "lets the original kind divide",
            "The original kind scales nothing in training and makes up for it at inference.",
            answers=(instead(old_kept=48, old_mean=12, old_later=12), instead(old_later=12),
                     instead(old_kept=48), instead(old_mean=12)),
            recognise=only_these_wrong(
                COMES_OUT, {(OLD_KEPT, 48), (OLD_MEAN, 12), (OLD_LATER, 12)}),
        ),
        Mistake(
            "lets a dropped number through",
            "Dropped means that a zero takes its place, in either kind.",
            answers=(instead(dropped=12), instead(dropped=48), instead(dropped=3)),
            recognise=only_these_wrong(
                COMES_OUT, {(DROPPED, 12), (DROPPED, 48), (DROPPED, 3)}),
        ),
    ),
    also_right=({name: float(number) for name, number in COMES_OUT.items()},),
)
