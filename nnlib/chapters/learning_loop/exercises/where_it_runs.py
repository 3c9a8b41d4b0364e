"""Predict: what of the loop is still there when the trained model is used?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

TRAINING, BOTH = "training", "both"

SORTED = {
    "backward pass": TRAINING,
    "activation functions": BOTH,
    "learning rate": TRAINING,
    "scaling with the mean and std of the training rows": BOTH,
    "computing the mean and std for the scaling": TRAINING,
    "shuffling the rows": TRAINING,
    "storing what the backward pass will need": TRAINING,
    "using the weights": BOTH,
}
OTHER = {TRAINING: BOTH, BOTH: TRAINING}


def only(*names, needs=()):
    """Recognise answers in which some of `names` are wrong, and nothing else."""
    pairs, needed = ({(name, OTHER[SORTED[name]]) for name in some} for some in (names, needs))
    return only_these_wrong(SORTED, pairs, needs=needed)


def sorting(*wrong):
    """The complete sorting with these entries wrong."""
    return {name: OTHER[kind] if name in wrong else kind for name, kind in SORTED.items()}


SCALING = "scaling with the mean and std of the training rows"
FITTING = "computing the mean and std for the scaling"
LEARNING = ("backward pass", "learning rate")

EXERCISE = Exercise(
    identifier="learning_loop.where_it_runs",
    title="training only, or both",
    level="predict",
    prompt=(
        "Which of these eight things are needed only to train a model, and which also when "
        'the finished model answers a new question? Replace each `...` by `"training"` or `"both"`.'
    ),
    stub="where_it_runs = {\n" + "".join(f'    "{name}": ...,\n' for name in SORTED) + "}\n",
    solution=SORTED,
    cases=lambda: [Case((), SORTED)],
    judge=judge_words(TRAINING, BOTH),
    hints=(
        "When the model is used there is no target: nobody knows the right answer yet.",
        "Without a target there is no loss, without a loss no gradient, without a gradient no "
        "step. What is left?",
        "Three of the eight are needed in both.",
    ),
    passed=(
        "Use is a forward pass with frozen weights, on inputs prepared exactly as in training."
    ),
    mistakes=(
        Mistake(
            "the two words are swapped",
            "Every entry is the wrong way round: what needs a target is needed only in training.",
            answers=(sorting(*SORTED),),
        ),
        Mistake(
            "a model goes on learning while it is used",
            "Using a model needs no target, so there is no loss, no gradient and no step: its "
            "weights stay as they are until somebody trains it again.",
            answers=(sorting(*LEARNING), sorting("learning rate")),
            recognise=only(*LEARNING),
        ),
        Mistake(
            "preprocessing is for training only",
            "The weights were fitted to scaled inputs. New inputs must be scaled with the same "
            "numbers, or the model sees values that it never met.",
            answers=(sorting(SCALING),),
            recognise=only(SCALING),
        ),
        Mistake(
            "scales new rows by themselves",
            "A mean taken from new rows would make the answer to one question depend on the others "
            "asked with it. The scaling is computed once, on the training rows.",
            answers=(sorting(FITTING), sorting(FITTING, SCALING)),
            recognise=only(FITTING, SCALING, needs=[FITTING]),
        ),
        Mistake(
            "shuffles in use",
            "Shuffling makes the batches of one epoch differ from those of the next. In use there "
            "are no epochs, and nothing is learned from the rows.",
            answers=(sorting("shuffling the rows"),),
            recognise=only("shuffling the rows"),
        ),
        Mistake(
            "leaves parts of the model out",
            "The weights and the activations are the model itself: without either of them it "
            "computes something else than what was trained.",
            answers=(sorting("activation functions"), sorting("using the weights")),
            recognise=only("activation functions", "using the weights"),
        ),
        Mistake(
            "stores for a way back that never comes",
            "What is stored in the forward pass serves the backward pass alone. In use there is "
            "none, and leaving the storing out saves memory.",
            answers=(sorting("storing what the backward pass will need"),),
            recognise=only("storing what the backward pass will need"),
        ),
    ),
    also_right=(
        {name: f" {kind.title()}" for name, kind in SORTED.items()},
        dict(reversed(SORTED.items())),
    ),
)
