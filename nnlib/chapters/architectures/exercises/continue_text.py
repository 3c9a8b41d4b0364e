"""Repair: a loop that generates text and forgets what it has written."""

import numpy as np

from nnlib.exercises.exercise import Case, Exercise, Mistake


def continue_text(scores_of, ids, count, window):
    """`ids`, continued by `count` best guesses from at most `window` ids."""
    ids = list(ids)
    for _ in range(count):
        scores = scores_of(ids[-window:])
        ids.append(int(np.argmax(scores[-1])))
    return ids


def reads_one_id(scores_of, ids, count, window):
    """`ids`, continued by `count` best guesses from at most `window` ids."""
    ids = list(ids)
    for _ in range(count):
        scores = scores_of(ids[-1:])
        ids.append(int(np.argmax(scores[-1])))
    return ids


# --- repairs with one misconception each ---


def takes_the_first_place(scores_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmax(scores_of(ids[-window:])[0])))
    return ids


def reads_the_beginning(scores_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmax(scores_of(ids[:window])[-1])))
    return ids


def reads_everything(scores_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmax(scores_of(ids)[-1])))
    return ids


def asks_once(scores_of, ids, count, window):
    ids = list(ids)
    guess = int(np.argmax(scores_of(ids[-window:])[-1]))
    return ids + [guess] * count


def returns_the_new_ones(scores_of, ids, count, window):
    done = list(ids)
    for _ in range(count):
        done.append(int(np.argmax(scores_of(done[-window:])[-1])))
    return done[len(ids):]


def reads_backwards(scores_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmax(scores_of(ids[-window:][::-1])[-1])))
    return ids


def takes_the_worst(scores_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmin(scores_of(ids[-window:])[-1])))
    return ids


def reads_one_less(scores_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmax(scores_of(ids[-(window - 1):])[-1])))
    return ids


def one_step_more(scores_of, ids, count, window):
    ids = list(ids)
    for _ in range(count + 1):
        ids.append(int(np.argmax(scores_of(ids[-window:])[-1])))
    return ids


# --- unusual and right ---


def with_a_start(scores_of, ids, count, window):
    done = tuple(ids)
    while len(done) < len(ids) + count:
        start = max(0, len(done) - window)
        done = (*done, max(range(7), key=lambda i, at=start, so_far=done:
                           scores_of(list(so_far[at:]))[-1][i]))
    return done


def by_recursion(scores_of, ids, count, window):
    if count == 0:
        return list(ids)
    best = int(np.argmax(scores_of(list(ids)[-window:])[-1]))
    return by_recursion(scores_of, [*ids, best], count - 1, window)


V = 7


def weighing(factor, shift, window):
    """A stand-in for a network: what it scores best depends on all ids up to a place, in order.

    Beyond `window` places, where it was never trained, it always answers 0.
    """
    def scores_of(ids):
        state, scores = 0, []
        for place, i in enumerate(ids):
            state = (factor * state + int(i) + shift) % V if place < window else 0
            scores.append(np.eye(V)[state] - 0.5 * np.eye(V)[(state + 3) % V])
        return np.array(scores)
    return scores_of


def _oracle(factor, shift, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        state = 0
        for i in ids[max(0, len(ids) - window):]:
            state = (factor * state + i + shift) % V
        ids.append(state)
    return ids


def cases():
    asked = ((2, 1, [1, 2], 3, 4), (3, 2, [4, 0, 5], 5, 3), (2, 0, [6], 4, 2), (5, 1, [1, 3], 0, 2),
             (3, 1, [2, 2, 4, 1, 0], 4, 3), (1, 1, [3, 1, 5], 6, 5))
    return [Case(lambda case=case: (weighing(case[0], case[1], case[4]), list(case[2]), case[3],
                                    case[4]), _oracle(*case)) for case in asked]


EXERCISE = Exercise(
    identifier="architectures.continue_text",
    title="a writer without memory",
    level="repair",
    prompt=(
        "`continue_text(scores_of, ids, count, window)` should continue a list of ids by `count` "
        "best guesses and return all of it, the beginning included. `scores_of` takes a list of at "
        "most `window` ids, as many as the network was trained on, and returns an array with a row "
        "of scores for each of its places. The text it writes shows the symptom above. Find the "
        "cause and mend it."
    ),
    broken=reads_one_id,
    solution=continue_text,
    cases=cases,
    hints=(
        "What does the network get to read before it guesses?",
        "Does the third guess depend on anything but the second?",
        "It can read `window` ids at once: give it the latest ones.",
    ),
    passed="A network has no memory between two calls: what it shall know it must be given again.",
    mistakes=(
        Mistake(
            "takes the scores of the first place",
            "The network now reads enough. But you take the scores at the first place of what it "
            "reads: these have seen one id.",
            answers=(takes_the_first_place,),
        ),
        Mistake(
            "reads the beginning only",
            "Once the text is longer than the window, the network reads the same ids again and "
            "again: the oldest.",
            answers=(reads_the_beginning,),
        ),
        Mistake(
            "reads beyond the window",
            "Short texts come out right. A longer one is given to the network whole, and places "
            "beyond its window it has never seen.",
            answers=(reads_everything,),
        ),
        Mistake(
            "asks once",
            "The first guess is right and then repeated: what was guessed must be read as well.",
            answers=(asks_once,),
        ),
        Mistake(
            "returns the new ids only",
            "The guesses are right. The beginning should come back with them.",
            answers=(returns_the_new_ones,),
        ),
        Mistake(
            "reads backwards",
            "The network gets the right ids in the wrong order.",
            answers=(reads_backwards,),
        ),
        Mistake(
            "takes the worst guess",
            "What is appended is the id with the lowest score.",
            answers=(takes_the_worst,),
        ),
        Mistake(
            "reads one id too few",
            "Once the text is long enough, the network gets one id less than it could read.",
            answers=(reads_one_less,),
        ),
        Mistake(
            "goes one step too far",
            "The ids are right, and one more than asked has been written.",
            answers=(one_step_more,),
        ),
    ),
    also_right=(with_a_start, by_recursion),
)
