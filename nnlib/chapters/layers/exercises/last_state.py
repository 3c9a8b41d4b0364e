"""Repair: a recurrent layer that has no memory."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def last_state(x, w_x, w_h, b):
    """State of a plain RNN after the last row of x, (time, in)."""
    h = np.zeros(len(b))
    for row in x:
        h = np.tanh(row @ w_x + h @ w_h + b)
    return h


def starts_anew_at_every_step(x, w_x, w_h, b):
    """State of a plain RNN after the last row of x, (time, in)."""
    for row in x:
        h = np.zeros(len(b))
        h = np.tanh(row @ w_x + h @ w_h + b)
    return h


# --- repairs with one misconception each ---


def keeps_without_the_weights(x, w_x, w_h, b):
    h = np.zeros(len(b))
    for row in x:
        h = h + np.tanh(row @ w_x + b)
    return h


def tanh_once_at_the_end(x, w_x, w_h, b):
    h = np.zeros(len(b))
    for row in x:
        h = row @ w_x + h @ w_h + b
    return np.tanh(h)


def weights_transposed(x, w_x, w_h, b):
    h = np.zeros(len(b))
    for row in x:
        h = np.tanh(row @ w_x + w_h @ h + b)
    return h


def reads_backwards(x, w_x, w_h, b):
    h = np.zeros(len(b))
    for row in x[::-1]:
        h = np.tanh(row @ w_x + h @ w_h + b)
    return h


def averages_the_steps(x, w_x, w_h, b):
    h = np.tanh(x @ w_x + b)
    return h.mean(axis=0)


def starts_from_ones(x, w_x, w_h, b):
    h = np.ones(len(b))
    for row in x:
        h = np.tanh(row @ w_x + h @ w_h + b)
    return h


def stops_after_the_first_row(x, w_x, w_h, b):
    h = np.zeros(len(b))
    for row in x:
        h = np.tanh(row @ w_x + h @ w_h + b)
        return h


def starts_from_the_bias(x, w_x, w_h, b):
    h = b
    for row in x:
        h = np.tanh(row @ w_x + h @ w_h + b)
    return h


def adds_the_new_state_to_the_old(x, w_x, w_h, b):
    h = np.zeros(len(b))
    for row in x:
        h = h + np.tanh(row @ w_x + h @ w_h + b)
    return h


def leaves_out_the_first_row(x, w_x, w_h, b):
    h = np.zeros(len(b))
    for row in x[1:]:
        h = np.tanh(row @ w_x + h @ w_h + b)
    return h


def mean_of_the_states(x, w_x, w_h, b):
    h, total = np.zeros(len(b)), np.zeros(len(b))
    for row in x:
        h = np.tanh(row @ w_x + h @ w_h + b)
        total = total + h
    return total / len(x)


def sigmoid_for_tanh(x, w_x, w_h, b):
    h = np.zeros(len(b))
    for row in x:
        h = 1 / (1 + np.exp(-(row @ w_x + h @ w_h + b)))
    return h


def no_bias(x, w_x, w_h, b):
    h = np.zeros(len(b))
    for row in x:
        h = np.tanh(row @ w_x + h @ w_h)
    return h


def bias_at_the_end(x, w_x, w_h, b):
    h = np.zeros(len(b))
    for row in x:
        h = np.tanh(row @ w_x + h @ w_h)
    return h + b


def bias_outside_of_tanh(x, w_x, w_h, b):
    h = np.zeros(len(b))
    for row in x:
        h = np.tanh(row @ w_x + h @ w_h) + b
    return h


# --- unusual and right ---


def by_recursion(x, w_x, w_h, b):
    if len(x) == 0:
        return b * 0
    return np.tanh(x[-1] @ w_x + by_recursion(x[:-1], w_x, w_h, b) @ w_h + b)


def inputs_first(x, w_x, w_h, b):
    from functools import reduce

    return reduce(lambda h, z: np.tanh(z + h @ w_h), x @ w_x + b, np.zeros_like(b))


def with_torch(x, w_x, w_h, b):
    import torch

    layer = torch.nn.RNN(x.shape[1], len(b), batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(torch.tensor(w_x.T))
        layer.weight_hh_l0.copy_(torch.tensor(w_h.T))
        layer.bias_ih_l0.copy_(torch.tensor(b))
        layer.bias_hh_l0.zero_()
    return layer(torch.tensor(x)[None])[1][0, 0]


# One input and one unit: x, w_x, w_h and b.
TWO_ROWS = tuple(map(np.array, ([[1.0], [3.0]], [[0.5]], [[-1.0]], [-1.0])))
A_ONE_BETWEEN = tuple(map(np.array, ([[0.0], [1.0], [0.0]], [[1.0]], [[0.5]], [0.0])))


def cases():
    made = [Case(arrays, _oracle(*arrays)) for arrays in (TWO_ROWS, A_ONE_BETWEEN)]
    for seed, (time, inputs, hidden) in enumerate([(3, 2, 2), (5, 1, 3), (2, 3, 2), (4, 2, 4)]):
        rng = np.random.default_rng(seed)
        arrays = tuple(rng.normal(size=s).round(1) for s in
                       ((time, inputs), (inputs, hidden), (hidden, hidden), (hidden,)))
        made.append(Case(arrays, _oracle(*arrays)))
    return made


def _oracle(x, w_x, w_h, b):
    """Number by number, with tanh by its exponentials."""
    hidden, state = len(b), [0.0] * len(b)
    for row in x.tolist():
        z = [sum(v * w_x[i, j] for i, v in enumerate(row))
             + sum(s * w_h[i, j] for i, s in enumerate(state)) + b[j] for j in range(hidden)]
        state = [1 - 2 / (np.exp(2 * value) + 1) for value in z]
    return np.array(state)


EXERCISE = Exercise(
    identifier="layers.last_state",
    title="a layer without memory",
    level="repair",
    prompt=(
        "`last_state(x, w_x, w_h, b)` should run a plain recurrent layer over the rows of `x` and "
        "return its last state. It runs without complaint, yet sentences that differ in everything "
        "but their last word end in the same state, as shown above. Find the cause and mend it."
    ),
    broken=starts_anew_at_every_step,
    solution=last_state,
    cases=cases,
    hints=(
        "Which numbers reach the last state? Follow h from one turn of the loop to the next.",
        "What does each turn of the loop do to h before it uses it?",
        "Something that should happen once, before the first word, happens before every word.",
    ),
    passed="The state is the whole memory: made once, then carried from step to step.",
    mistakes=(
        Mistake(
            "adds the steps up",
            "Now it remembers, but as a plain sum: the old state has to go through w_h, inside "
            "tanh.",
            answers=(keeps_without_the_weights,),
        ),
        Mistake(
            "tanh only at the end",
            "The state is carried on, and tanh is taken only once. It belongs to every step.",
            answers=(tanh_once_at_the_end,),
        ),
        Mistake(
            "transposes the recurrent weights",
            "w_h @ h takes the state for a column. It is a row here, like the input.",
            answers=(weights_transposed,),
        ),
        Mistake(
            "reads from the end",
            "The rows are read from the last to the first. Time goes forward: the first row first.",
            answers=(reads_backwards,),
        ),
        Mistake(
            "averages the steps",
            "An average does not know the order of the words, and w_h is not used. Carry the state "
            "from step to step.",
            answers=(averages_the_steps,),
        ),
        Mistake(
            "starts from ones",
            "The state is carried, but it starts from ones, as if something had been read already.",
            answers=(starts_from_ones,),
        ),
        Mistake(
            "stops after the first row",
            "That is the state after the first row. `return` stands inside the loop, so no other "
            "row is read.",
            answers=(stops_after_the_first_row,),
        ),
        Mistake(
            "starts from the bias",
            "The state is carried, but it starts from the bias, which every step adds anyway.",
            answers=(starts_from_the_bias,),
        ),
        Mistake(
            "adds the new state to the old one",
            "The new state takes the place of the old one and is not added to it: the old one has "
            "already gone in, through w_h.",
            answers=(adds_the_new_state_to_the_old,),
        ),
        Mistake(
            "leaves out the first row",
            "The first row is never read. The zeros are the state before it, not after it.",
            answers=(leaves_out_the_first_row,),
        ),
        Mistake(
            "averages the states",
            "The states are right, and their mean is returned. Asked is the last of them.",
            answers=(mean_of_the_states,),
        ),
        Mistake(
            "uses a sigmoid",
            "A sigmoid was used. A plain recurrent layer has tanh, from -1 to 1; sigmoids are the "
            "gates of an LSTM.",
            answers=(sigmoid_for_tanh,),
        ),
        Mistake(
            "leaves out the bias",
            "The bias is missing: it belongs in every step, beside the input and the old state.",
            answers=(no_bias,),
        ),
        Mistake(
            "adds the bias once",
            "The bias was added once, at the end. It belongs in every step, inside tanh.",
            answers=(bias_at_the_end,),
        ),
        Mistake(
            "adds the bias outside of tanh",
            "Each step adds the bias after tanh. It belongs inside: tanh takes the whole sum.",
            answers=(bias_outside_of_tanh,),
        ),
    ),
    also_right=(by_recursion, inputs_first, with_torch),
    by_hand=(
        Asked("mended, for the rows 1 and 3, with w_x = 0.5, w_h = −1 and b = −1", TWO_ROWS),
        Asked("mended, for the rows 0, 1 and 0, with w_x = 1, w_h = 0.5 and b = 0", A_ONE_BETWEEN),
    ),
)
