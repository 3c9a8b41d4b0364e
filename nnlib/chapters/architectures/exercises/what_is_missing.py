"""Predict: which part is missing, told from the symptom?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

PARTS = ("mask", "positions", "shortcuts", "reach", "data")
CAUSES = {
    "right inside any given text, lost where it ends": "mask",
    "loss 0.2 in training, 3.0 on new text": "data",
    "the words 'on' and 'no' get the same score": "positions",
    "40 layers end with a higher training loss than 10": "shortcuts",
    "good words, but brackets opened long ago are never closed": "reach",
}
LEAK, HEART, SAME, DEEP, FAR = CAUSES


def answered(**changes):
    """The right answers with some exchanged, by the names above."""
    return CAUSES | {globals()[name]: word for name, word in changes.items()}


def only(*pairs):
    """Recognise answers in which some of these (symptom, part) are what is wrong."""
    return only_these_wrong(CAUSES, set(pairs))


EXERCISE = Exercise(
    identifier="architectures.what_is_missing",
    title="what is missing?",
    level="predict",
    prompt=(
        "Five networks, five symptoms. What is missing in each: a causal `\"mask\"`, "
        '`"positions"`, `"shortcuts"`, `"reach"` (one output sees too little of the past) or '
        '`"data"`? Each is used once.'
    ),
    stub="what_is_missing = {\n" + "".join(f'    "{name}": ...,\n' for name in CAUSES) + "}\n",
    solution=CAUSES,
    cases=lambda: [Case((), CAUSES)],
    judge=judge_words(*PARTS),
    hints=(
        "Ask of each: does it fail in training, on new text, or only when it writes?",
        "A loss that is too good to be true was reached with something that is not there later.",
        "Two of them cannot know something: one where things stand, one what is long past.",
    ),
    passed="The symptom says where to look first; whether that was it, a run has to show.",
    mistakes=(
        Mistake(
            "takes a leak for learning by heart",
            "New text would show the difference. Learning by heart fails on new text. The other "
            "network is good on any text that is given whole, and fails where the next "
            "character is not there yet.",
            answers=(answered(LEAK="data", HEART="mask"), answered(LEAK="data"),
                     answered(HEART="mask")),
            recognise=only((LEAK, "data"), (HEART, "mask")),
        ),
        Mistake(
            "takes places for distance",
            "One network has all it needs in sight and cannot tell which comes first. The other "
            "can, and does not see far enough.",
            answers=(answered(SAME="reach", FAR="positions"), answered(SAME="reach"),
                     answered(FAR="positions")),
            recognise=only((SAME, "reach"), (FAR, "positions")),
        ),
        Mistake(
            "wants more data for a training that fails",
            "More data helps where training goes well and new rows do not. Here it is the training "
            "itself that gets worse with depth.",
            answers=(answered(DEEP="data", HEART="shortcuts"), answered(DEEP="data"),
                     answered(HEART="shortcuts")),
            recognise=only((DEEP, "data"), (HEART, "shortcuts")),
        ),
        Mistake(
            "lets the mask give the order",
            "A mask hides what comes later. Which network has seen something that it should not "
            "have?",
            answers=(answered(SAME="mask", LEAK="positions"), answered(SAME="mask"),
                     answered(LEAK="positions")),
            recognise=only((SAME, "mask"), (LEAK, "positions")),
        ),
        Mistake(
            "takes shortcuts for a longer reach",
            "A shortcut leads past layers, not past characters.",
            answers=(answered(FAR="shortcuts", DEEP="reach"), answered(FAR="shortcuts"),
                     answered(DEEP="reach")),
            recognise=only((FAR, "shortcuts"), (DEEP, "reach")),
        ),
        Mistake(
            "wants more data for what is out of sight",
            "One network gets worse on new text: it has learned too few examples by heart. The "
            "other never has in sight what it would need, however many examples there are.",
            answers=(answered(HEART="reach", FAR="data"), answered(HEART="reach"),
                     answered(FAR="data")),
            recognise=only((HEART, "reach"), (FAR, "data")),
        ),
        Mistake(
            "takes what hides for what is far",
            "One network sees too much: what comes next. The other sees too little: what is long "
            "past.",
            answers=(answered(LEAK="reach", FAR="mask"), answered(LEAK="reach"),
                     answered(FAR="mask")),
            recognise=only((LEAK, "reach"), (FAR, "mask")),
        ),
    ),
    also_right=({name: word.upper() for name, word in CAUSES.items()},
                dict(reversed(CAUSES.items()))),
)
