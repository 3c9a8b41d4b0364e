"""Repair: a loop that generates text and forgets what it has written."""

import functools

import numpy as np

from nnlib.chapters.architectures.exercises._telling import does_as
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def continue_text(logits_of, ids, count, window):
    """`ids`, continued by `count` best guesses from at most `window` ids."""
    ids = list(ids)
    for _ in range(count):
        logits = logits_of(ids[-window:])
        ids.append(int(np.argmax(logits[-1])))
    return ids


def reads_one_id(logits_of, ids, count, window):
    """`ids`, continued by `count` best guesses from at most `window` ids."""
    ids = list(ids)
    for _ in range(count):
        logits = logits_of(ids[-1:])
        ids.append(int(np.argmax(logits[-1])))
    return ids


# --- repairs with one misconception each ---


def takes_the_first_place(logits_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmax(logits_of(ids[-window:])[0])))
    return ids


def reads_the_beginning(logits_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmax(logits_of(ids[:window])[-1])))
    return ids


def reads_everything(logits_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmax(logits_of(ids)[-1])))
    return ids


def asks_once(logits_of, ids, count, window):
    ids = list(ids)
    guess = int(np.argmax(logits_of(ids[-window:])[-1]))
    return ids + [guess] * count


def returns_the_new_ones(logits_of, ids, count, window):
    done = list(ids)
    for _ in range(count):
        done.append(int(np.argmax(logits_of(done[-window:])[-1])))
    return done[len(ids):]


def reads_backwards(logits_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmax(logits_of(ids[-window:][::-1])[-1])))
    return ids


def takes_the_worst(logits_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmin(logits_of(ids[-window:])[-1])))
    return ids


def reads_one_less(logits_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmax(logits_of(ids[-(window - 1):])[-1])))
    return ids


def one_step_more(logits_of, ids, count, window):
    ids = list(ids)
    for _ in range(count + 1):
        ids.append(int(np.argmax(logits_of(ids[-window:])[-1])))
    return ids


def looks_at_all_places(logits_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmax(logits_of(ids[-window:]))))
    return ids


def reads_one_more(logits_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmax(logits_of(ids[-(window + 1):])[-1])))
    return ids


def reads_two(logits_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(np.argmax(logits_of(ids[-2:])[-1])))
    return ids


def fills_up_with_zeros(logits_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        seen = ids[-window:]
        seen = [0] * (window - len(seen)) + seen
        ids.append(int(np.argmax(logits_of(seen)[-1])))
    return ids


def returns_the_window(logits_of, ids, count, window):
    ids = list(ids)[-window:]
    for _ in range(count):
        ids.append(int(np.argmax(logits_of(ids)[-1])))
        ids = ids[-window:]
    return ids


def appends_all_guesses(logits_of, ids, count, window):
    ids = list(ids)
    for _ in range(count):
        ids.extend(np.argmax(logits_of(ids[-window:]), axis=1).tolist())
    return ids


def reads_from_the_step_on(logits_of, ids, count, window):
    ids = list(ids)
    for step in range(count):
        ids.append(int(np.argmax(logits_of(ids[step : step + window])[-1])))
    return ids


def reads_always(so_many):
    """Continue from so many ids, whatever the window."""
    def answer(logits_of, ids, count, window):
        ids = list(ids)
        for _ in range(count):
            ids.append(int(np.argmax(logits_of(ids[-so_many:])[-1])))
        return ids

    return answer


# --- unusual and right ---


def with_a_start(logits_of, ids, count, window):
    done = tuple(ids)
    while len(done) < len(ids) + count:
        start = max(0, len(done) - window)
        last = list(logits_of(list(done[start:]))[-1])
        done = (*done, last.index(max(last)))
    return done


def by_recursion(logits_of, ids, count, window):
    if count == 0:
        return list(ids)
    best = int(np.argmax(logits_of(list(ids)[-window:])[-1]))
    return by_recursion(logits_of, [*ids, best], count - 1, window)


def adds_up(ids):
    """The stand-in of the page: what it scores best is the sum of all it has read, modulo 5."""
    return np.eye(5)[np.cumsum(ids) % 5]


V = 7


def weighing(factor, shift, window):
    """A stand-in for a network: what it scores best depends on all ids up to a place, in order.

    Beyond `window` places, where it was never trained, it always answers 0. Its logits at the
    second place are the largest of all.
    """
    def logits_of(ids):
        state, logits = 0, []
        for place, i in enumerate(ids):
            state = (factor * state + int(i) + shift) % V if place < window else 0
            row = np.eye(V)[state] - 0.5 * np.eye(V)[(state + 3) % V]
            logits.append(row * (2 if place == 1 else 1))
        return np.array(logits)
    return logits_of


SUMS, MORE_SUMS = (adds_up, [1, 3], 4, 3), (adds_up, [4, 0, 3], 4, 2)


def cases():
    asked = ((2, 1, [1, 2], 3, 4), (3, 2, [4, 0, 5], 5, 3), (2, 0, [6], 4, 2), (5, 1, [1, 3], 0, 2),
             (3, 1, [2, 2, 4, 1, 0], 4, 3), (1, 1, [3, 1, 5], 6, 5))
    made = [Case(given, _continued(lambda seen: sum(seen) % 5, *given[1:]))
            for given in (SUMS, MORE_SUMS)]
    return made + [
        Case((weighing(factor, shift, window), ids, count, window),
             _continued(_last_state(factor, shift), ids, count, window))
        for factor, shift, ids, count, window in asked
    ]


def _last_state(factor, shift):
    return lambda seen: functools.reduce(lambda state, i: (factor * state + i + shift) % V, seen, 0)


def _continued(following, ids, count, window):
    """By the rule of a stand-in, without its logits."""
    ids = list(ids)
    for _ in range(count):
        ids.append(following(ids[max(0, len(ids) - window):]))
    return ids


EXERCISE = Exercise(
    identifier="architectures.continue_text",
    title="a writer without memory",
    level="repair",
    prompt=(
        "`continue_text(logits_of, ids, count, window)` should continue a list of ids by `count` "
        "best guesses and return all of it, the beginning included. `logits_of` takes a list of at "
        "most `window` ids, as many as the network was trained on, and returns an array with a row "
        "of logits for each of its places. The text it writes shows the symptom above. Find the "
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
    passed="Nothing is kept between two calls: what the network shall know it must be given again.",
    mistakes=(
        Mistake(
            "takes the logits of the first place",
            "The network now reads enough. But you take the logits at the first place of what it "
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
            "Short texts come out right. A longer one is given to the network whole, and it was "
            "never trained on places beyond its window.",
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
            "What is appended is the id with the lowest logit.",
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
        Mistake(
            "looks at all places",
            "You look for the largest logit of all places, and count through the whole array. "
            "Which place guesses what is not there yet?",
            answers=(looks_at_all_places,),
        ),
        Mistake(
            "reads one id too many",
            "A long text is given to the network with one id more than it was trained on.",
            answers=(reads_one_more,),
        ),
        Mistake(
            "reads a fixed number of ids",
            "The network reads the same number of ids whatever the window. It may read as many as "
            "`window` says.",
            answers=(reads_two,),
            recognise=does_as(*map(reads_always, (2, 3, 4, 5))),
        ),
        Mistake(
            "fills up with zeros",
            "A short text is filled up with zeros in front. 0 is an id like any other, and the "
            "network reads it: a shorter list may be given.",
            answers=(fills_up_with_zeros,),
        ),
        Mistake(
            "returns the window",
            "What is longer than the window is cut off and lost. The window is for reading; asked "
            "is all of the text.",
            answers=(returns_the_window,),
        ),
        Mistake(
            "appends the guesses of all places",
            "Each step appends a guess for every place that was read. Only the last place guesses "
            "what is not there yet.",
            answers=(appends_all_guesses,),
        ),
        Mistake(
            "reads from the step on",
            "Where you begin to read depends on the step alone. It should be the latest ids, "
            "however many there are.",
            answers=(reads_from_the_step_on,),
        ),
    ),
    also_right=(with_a_start, by_recursion),
    by_hand=(
        Asked("mended, adds_up (sum of all it reads, mod 5), ids 1, 3, count 4, window 3: all ids",
              SUMS),
        Asked("the same, ids 4, 0, 3, count 4, window 2: all ids", MORE_SUMS),
    ),
)
