"""Predict: what belongs into which file?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

USE, RESUME, NEITHER = "use", "resume", "neither"
FOR = {
    "weights and biases": USE,
    "running mean and variance of a batch norm": USE,
    "the two means of Adam": RESUME,
    "mean and std of the training pixels": USE,
    "gradients of the last update": NEITHER,
    "position of the generator that shuffles": RESUME,
    "which output stands for which digit": USE,
    "number of epochs done": RESUME,
    "inputs that the layers kept for backward": NEITHER,
}
WEIGHTS, RUNNING, MEANS, SCALE, GRADIENTS, GENERATOR, LABELS, EPOCHS, KEPT = FOR


def instead(**words):
    """The right answer with some entries replaced."""
    keys = {"weights": WEIGHTS, "running": RUNNING, "means": MEANS, "scale": SCALE,
            "gradients": GRADIENTS, "generator": GENERATOR, "labels": LABELS, "epochs": EPOCHS,
            "kept": KEPT}
    return {**FOR, **{keys[short]: word for short, word in words.items()}}


EXERCISE = Exercise(
    identifier="inference.what_to_save",
    title="what goes into the file?",
    level="predict",
    prompt=(
        "A training with Adam and a learning-rate schedule is saved between two epochs. Some "
        'things are needed to `"use"` the network (and to go on training as well), some only to '
        '`"resume"` the training as if it had never stopped, and some are needed for `"neither"`. '
        "Replace each `...`."
    ),
    stub="what_to_save = {\n" + "".join(f'    "{name}": ...,\n' for name in FOR) + "}\n",
    solution=FOR,
    cases=lambda: [Case((), FOR)],
    judge=judge_words(USE, RESUME, NEITHER),
    hints=(
        "Imagine a person with nothing but your file and a new picture of a digit. What is needed "
        "to name it?",
        "What does the next update look at that is not computed afresh?",
        "A schedule asks for the time. A gradient is computed anew from the next batch.",
    ),
    passed="More belongs to a network than what is learned by gradient.",
    mistakes=(
        Mistake(
            "keeps the weights for training only",
            "An answer is made of them: without what was learned there is nothing to use.",
            answers=(instead(weights=RESUME), instead(weights=NEITHER)),
            recognise=only_these_wrong(FOR, {(WEIGHTS, RESUME), (WEIGHTS, NEITHER)}),
        ),
        Mistake(
            "exchanges use and resume",
            "The two words have changed places. Which of the two needs the larger file?",
            answers=({name: {USE: RESUME, RESUME: USE}.get(word, word)
                      for name, word in FOR.items()},),
        ),
        Mistake(
            "takes old gradients for the memory of Adam",
            "What Adam remembers of all earlier gradients cannot be worked out from the last ones. "
            "And of those, which does the next update still look at?",
            answers=(instead(means=NEITHER, gradients=RESUME),),
        ),
        Mistake(
            "leaves the running statistics to training",
            "In training the batch's own statistics are used. When are the running ones read?",
            answers=(instead(running=RESUME), instead(running=NEITHER)),
            recognise=only_these_wrong(FOR, {(RUNNING, RESUME), (RUNNING, NEITHER)}),
        ),
        Mistake(
            "forgets what stands around the network",
            "The outputs are ten numbers, the inputs 64. Who says what they mean, and on which "
            "scale?",
            answers=(instead(scale=RESUME), instead(labels=NEITHER), instead(scale=NEITHER),
                     instead(labels=RESUME), instead(scale=RESUME, labels=NEITHER),
                     instead(scale=NEITHER, labels=NEITHER)),
            recognise=only_these_wrong(FOR, {
                (SCALE, RESUME), (SCALE, NEITHER), (LABELS, NEITHER), (LABELS, RESUME)}),
        ),
        Mistake(
            "keeps gradients",
            "Between two updates nothing looks at old gradients or at what was kept for them: the "
            "next forward and backward make new ones.",
            answers=(instead(gradients=RESUME), instead(kept=RESUME),
                     instead(gradients=RESUME, kept=RESUME)),
            recognise=only_these_wrong(FOR, {(GRADIENTS, RESUME), (KEPT, RESUME)}),
        ),
        Mistake(
            "starts the optimizer afresh",
            "Adam divides by what it remembers of earlier gradients. Without it the next steps are "
            "those of a beginner.",
            answers=(instead(means=NEITHER),),
            recognise=only_these_wrong(FOR, {(MEANS, NEITHER)}),
        ),
        Mistake(
            "takes the optimizer along to work",
            "Somebody who only asks for answers makes no update, shuffles nothing and counts no "
            "epochs.",
            answers=(instead(means=USE), instead(generator=USE), instead(epochs=USE),
                     instead(means=USE, generator=USE, epochs=USE)),
            recognise=only_these_wrong(FOR, {(MEANS, USE), (GENERATOR, USE), (EPOCHS, USE)}),
        ),
        Mistake(
            "lets the run go on at random",
            "As if it had never stopped: the same rows in the same order, at the rate that the "
            "schedule has for this moment.",
            answers=(instead(generator=NEITHER), instead(epochs=NEITHER),
                     instead(generator=NEITHER, epochs=NEITHER)),
            recognise=only_these_wrong(FOR, {(GENERATOR, NEITHER), (EPOCHS, NEITHER)}),
        ),
    ),
    also_right=({name: f" {word.title()}" for name, word in FOR.items()},),
)
