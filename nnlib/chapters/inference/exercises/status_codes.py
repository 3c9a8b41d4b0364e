"""Predict: what should a service answer to each request?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

CODES = {
    "a list that breaks off in the middle": 400,
    "a list of 65 counts": 422,
    "64 counts, one of them negative": 422,
    "the 64 counts of a cat, from 0 to 16": 200,
    "64 numbers from 0 to 255": 422,
    "a good picture, sent to /predictions": 404,
    "a good picture, as text/plain": 415,
    "a body announced as 2 GB": 413,
    "a good picture, when our file of weights is gone": 500,
}
CUT, LONG, BELOW, CAT, SCALE, PATH, KIND, HUGE, OURS = CODES


def instead(**numbers):
    """The right answer with some entries replaced."""
    keys = {"cut": CUT, "long": LONG, "below": BELOW, "cat": CAT, "scale": SCALE, "path": PATH,
            "kind": KIND, "huge": HUGE, "ours": OURS}
    return {**CODES, **{keys[short]: number for short, number in numbers.items()}}


EXERCISE = Exercise(
    identifier="inference.status_codes",
    title="what to answer?",
    level="predict",
    prompt=(
        "Which status code should each of these requests to the service get? They are sent to "
        "`/predict` as `application/json` where nothing else is said. Replace each `...` by a code "
        "of the table."
    ),
    stub="status_codes = {\n" + "".join(f'    "{name}": ...,\n' for name in CODES) + "}\n",
    solution=CODES,
    cases=lambda: [Case((), CODES)],
    judge=judge_whole_numbers,
    hints=(
        "Whose turn is it to change something: the sender's, or ours?",
        "Can the service read the body at all? Only then can it see that what it read is no "
        "picture.",
        "What can a service check, and what can it not?",
    ),
    passed="A code tells a program what to do next: mend the request, or try again later.",
    mistakes=(
        Mistake(
            "takes senseless for unreadable",
            "Those bodies can be read. What was read is not what the model takes, and the table "
            "has a code of its own for that.",
            answers=(instead(long=400, below=400, scale=400), instead(long=400), instead(below=400),
                     instead(scale=400)),
            recognise=only_these_wrong(CODES, {(LONG, 400), (BELOW, 400), (SCALE, 400)}),
        ),
        Mistake(
            "takes unreadable for senseless",
            "There the list never ends: nobody can say what was meant. That comes before the "
            "question whether it suits the model, and kind and length are in order.",
            answers=(instead(cut=422), instead(cut=415), instead(cut=411)),
            recognise=only_these_wrong(CODES, {(CUT, 422), (CUT, 415), (CUT, 411)}),
        ),
        Mistake(
            "answers on a foreign scale",
            "An answer would be worth nothing: such numbers are no counts from 0 to 16, and that "
            "can be seen.",
            answers=(instead(scale=200), instead(below=200), instead(scale=200, below=200)),
            recognise=only_these_wrong(CODES, {(SCALE, 200), (BELOW, 200)}),
        ),
        Mistake(
            "sees what no check can see",
            "The service is given 64 valid counts. By which test would it tell that they are no "
            "digit?",
            answers=(instead(cat=422), instead(cat=415), instead(cat=400)),
            recognise=only_these_wrong(CODES, {(CAT, 422), (CAT, 415), (CAT, 400)}),
        ),
        Mistake(
            "blames the sender for our fault",
            "There the request is in order. Codes from 400 on ask the sender to change something, "
            "in vain.",
            answers=(instead(ours=404), instead(ours=400), instead(ours=422)),
            recognise=only_these_wrong(CODES, {(OURS, 404), (OURS, 400), (OURS, 422)}),
        ),
        Mistake(
            "blames itself for a bad request",
            "From 500 on the fault is ours, and the sender will try the same again. A cut body or "
            "a wrong list comes from the sender, even if our program would stumble over it.",
            answers=(instead(below=500), instead(cut=500, long=500, below=500),
                     instead(huge=500)),
            recognise=only_these_wrong(CODES, {
                (BELOW, 500), (CUT, 500), (LONG, 500), (HUGE, 500), (SCALE, 500), (KIND, 500)}),
        ),
        Mistake(
            "reads what is announced as huge",
            "How long the body is going to be is said before it comes: before a byte of it is "
            "read, it is known to be too large.",
            answers=(instead(huge=400), instead(huge=422), instead(huge=411)),
            recognise=only_these_wrong(CODES, {(HUGE, 400), (HUGE, 422), (HUGE, 411)}),
        ),
        Mistake(
            "looks only at the body",
            "The body is in order. Its address or its kind is not, and the table has a code for "
            "each.",
            answers=(instead(path=200, kind=200), instead(kind=422), instead(path=400),
                     instead(kind=400), instead(path=422), instead(kind=200)),
            recognise=only_these_wrong(CODES, {
                (PATH, 200), (KIND, 200), (KIND, 422), (PATH, 400), (KIND, 400), (PATH, 422)}),
        ),
        Mistake(
            "takes many numbers for many bytes",
            "One number too many makes no large body. It is their count that does not suit the "
            "model.",
            answers=(instead(long=413), instead(long=413, scale=413), instead(scale=413)),
            recognise=only_these_wrong(CODES, {(LONG, 413), (SCALE, 413)}),
        ),
        Mistake(
            "exchanges size and kind",
            "Size and kind of a body have changed places: read both lines of the table again.",
            answers=(instead(kind=413, huge=415), instead(kind=413), instead(huge=415)),
            recognise=only_these_wrong(CODES, {(KIND, 413), (HUGE, 415)}),
        ),
        Mistake(
            "takes a code that is not in the table",
            "There are such codes, and they can be defended. But the table is what sender and "
            "service have agreed on, and you have one that it does not list.",
            answers=(instead(ours=503), instead(scale=406), instead(path=410, ours=503)),
            recognise=only_these_wrong(CODES, {
                (OURS, 501), (OURS, 502), (OURS, 503), (OURS, 504), (SCALE, 406), (SCALE, 416),
                (KIND, 406), (PATH, 301), (PATH, 403), (PATH, 410), (CAT, 418)}),
        ),
    ),
    also_right=({name: float(number) for name, number in CODES.items()},),
)
