"""Predict: which quantities are hyperparameters, and which are parameters?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

CHOSEN, LEARNED = "chosen", "learned"

SORTED = {
    "learning rate": CHOSEN,
    "weights of a Dense layer": LEARNED,
    "batch size": CHOSEN,
    "bias of a Dense layer": LEARNED,
    "number of epochs": CHOSEN,
    "number of hidden units": CHOSEN,
    "momentum coefficient": CHOSEN,
    "the learning rate of epoch 7 under a cosine schedule": CHOSEN,
}


OTHER = {CHOSEN: LEARNED, LEARNED: CHOSEN}


def only(*names):
    """Recognise answers in which some of `names` are wrong, and nothing else."""
    return only_these_wrong(SORTED, {(name, OTHER[SORTED[name]]) for name in names})


def sorting(*wrong):
    """The complete sorting with these entries wrong."""
    return {name: OTHER[kind] if name in wrong else kind for name, kind in SORTED.items()}


EXERCISE = Exercise(
    identifier="learning_rate.chosen_or_learned",
    title="chosen or learned",
    level="predict",
    prompt=(
        "A *hyperparameter* is chosen before training; a *parameter* is learned, which means that "
        "the optimizer changes it by following its gradient. Sort the eight quantities below: "
        'replace each `...` by `"chosen"` or `"learned"`.'
    ),
    stub="""\
chosen_or_learned = {
    "learning rate": ...,
    "weights of a Dense layer": ...,
    "batch size": ...,
    "bias of a Dense layer": ...,
    "number of epochs": ...,
    "number of hidden units": ...,
    "momentum coefficient": ...,
    "the learning rate of epoch 7 under a cosine schedule": ...,
}
""",
    solution=SORTED,
    cases=lambda: [Case((), SORTED)],
    judge=judge_words(CHOSEN, LEARNED),
    hints=(
        "Ask of each one: does loss_fn.backward() and model.backward() give it a gradient?",
        "optimizer = SGD(model.parameters(), lr=...): what is in model.parameters() is learned, "
        "what stands beside it in the parentheses is chosen.",
        "Exactly two of the eight are learned.",
    ),
    passed=(
        "Two of the eight have a gradient and are learned; the other six are chosen, "
        "by you or by a rule that you chose."
    ),
    mistakes=(
        Mistake(
            "the two words are swapped",
            "Every entry is the wrong way round. The optimizer learns what has a gradient; "
            "you choose the rest.",
            answers=(sorting(*SORTED),),
        ),
        Mistake(
            "only weights are parameters",
            "A bias has a gradient too, and the optimizer updates it just as it updates a weight.",
            answers=(sorting("bias of a Dense layer"),),
            recognise=only("bias of a Dense layer"),
        ),
        Mistake(
            "the architecture is a parameter",
            "The number of hidden units says how many weights there are. No gradient step changes "
            "that number: it is fixed when the model is built.",
            answers=(sorting("number of hidden units"),),
            recognise=only("number of hidden units"),
        ),
        Mistake(
            "what changes during training is learned",
            "Changing is not learning. A schedule, a momentum coefficient or a rate follows a rule "
            "that was written down before training, and has no gradient.",
            answers=(
                sorting("the learning rate of epoch 7 under a cosine schedule"),
                sorting(
                    "learning rate",
                    "momentum coefficient",
                    "the learning rate of epoch 7 under a cosine schedule",
                ),
                sorting("learning rate", "the learning rate of epoch 7 under a cosine schedule"),
            ),
            recognise=only(
                "learning rate",
                "momentum coefficient",
                "the learning rate of epoch 7 under a cosine schedule",
            ),
        ),
        Mistake(
            "the training length is learned",
            "How many epochs to run and how many rows to put into a batch is what you pass to fit. "
            "Nothing in training computes their gradient.",
            answers=(
                sorting("number of epochs"),
                sorting("number of epochs", "batch size"),
            ),
            recognise=only("number of epochs", "batch size"),
        ),
    ),
    also_right=(
        {name: kind.upper() + " " for name, kind in SORTED.items()},
        dict(reversed(SORTED.items())),
    ),
)
