"""Predict: which networks can tell two orders of the same words apart?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

ANSWERS = {
    "embedding, mean over all places, Dense": "no",
    "embedding, Flatten, Dense": "yes",
    "embedding, RNN, its last state, Dense": "yes",
    "embedding, 1-D convolution of kernel 1, ReLU, mean, Dense": "no",
    "embedding, 1-D convolution of kernel 2, ReLU, mean, Dense": "yes",
    "embedding, attention, mean, Dense": "no",
    "embedding and positions, attention, mean, Dense": "yes",
}
MEAN, FLAT, RNN, SINGLE, PAIRS, ATTENTION, POSITIONS = ANSWERS


def answered(**changes):
    """The right answers with some exchanged, by the names above."""
    return ANSWERS | {globals()[name]: word for name, word in changes.items()}


def only(*pairs):
    """Recognise answers in which some of these (network, word) are what is wrong."""
    return only_these_wrong(ANSWERS, set(pairs))


EXERCISE = Exercise(
    identifier="architectures.tells_order",
    title="who knows the order?",
    level="predict",
    prompt=(
        "“It is late” and “is it late” are the same words in another order. Are there weights "
        "with which these networks give the two different results? Attention has no mask here. "
        'Replace each `...` by `"yes"` or `"no"`.'
    ),
    stub="tells_order = {\n" + "".join(f'    "{name}": ...,\n' for name in ANSWERS) + "}\n",
    solution=ANSWERS,
    cases=lambda: [Case((), ANSWERS)],
    judge=judge_words("yes", "no"),
    hints=(
        "What does each place know before the mean is taken: only its own word, or more?",
        "A mean forgets places. So something before it must have looked at who stands where.",
        "Two networks look at single words up to the mean, and one looks at all words as a heap.",
    ),
    passed="Order has to enter somewhere: by neighbours, by a state, by places or by positions.",
    mistakes=(
        Mistake(
            "thinks that attention knows the order",
            "Look at one word in the two sentences: its query is the same, and so are the keys and "
            "values it meets. What does its weighted mean know of places?",
            answers=(answered(ATTENTION="yes"),),
            recognise=only((ATTENTION, "yes")),
        ),
        Mistake(
            "thinks that a mean forgets whatever came before",
            "The mean forgets places, not what each place has already seen: its neighbour, or the "
            "number of its place.",
            answers=(answered(PAIRS="no"), answered(POSITIONS="no"),
                     answered(PAIRS="no", POSITIONS="no")),
            recognise=only((PAIRS, "no"), (POSITIONS, "no")),
        ),
        Mistake(
            "sees neighbours in a kernel of 1",
            "A kernel of 1 looks at one word at a time: the sum of its results does not depend on "
            "where they stand.",
            answers=(answered(SINGLE="yes"),),
            recognise=only((SINGLE, "yes")),
        ),
        Mistake(
            "lets a recurrent layer know its last word only",
            "The last state was made from all states before it, one after the other.",
            answers=(answered(RNN="no"),),
            recognise=only((RNN, "no")),
        ),
        Mistake(
            "takes Flatten for a heap",
            "Flatten lays the vectors side by side, and the dense layer has weights of its own for "
            "each place.",
            answers=(answered(FLAT="no"),),
            recognise=only((FLAT, "no")),
        ),
        Mistake(
            "lets a mean keep the order",
            "The same vectors are added up here, and a sum does not ask which came first.",
            answers=(answered(MEAN="yes"), answered(MEAN="yes", ATTENTION="yes")),
            recognise=only_these_wrong(ANSWERS, {(MEAN, "yes"), (ATTENTION, "yes"),
                                                 (SINGLE, "yes")}, needs={(MEAN, "yes")}),
        ),
        Mistake(
            "lets only a state know the order",
            "A state is one way to know who came first. Another is to have weights for each place, "
            "to look at neighbours, or to be told the number of the place.",
            answers=(answered(FLAT="no", PAIRS="no", POSITIONS="no"),),
        ),
    ),
    also_right=({name: word.capitalize() for name, word in ANSWERS.items()},
                dict(reversed(ANSWERS.items()))),
)
