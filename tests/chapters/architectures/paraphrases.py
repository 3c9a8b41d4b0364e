"""The same misconceptions as in the banks of "Architectures", by other hands.

`RIGHT` holds further correct answers.
"""

import itertools

import numpy as np
import torch

# --- same_budget ---


def widest(inputs, depth, outputs, budget, *, bias=1, squares=None, last=1):
    squares = depth - 1 if squares is None else squares
    width = 1
    while True:
        w = width + 1
        cost = (inputs + bias) * w + squares * (w + bias) * w + last * (w + bias) * outputs
        if cost > budget:
            return width
        width = w


def budget_weights(inputs, depth, outputs, budget):
    return widest(inputs, depth, outputs, budget, bias=0)


def budget_weights_torch(inputs, depth, outputs, budget):
    for width in range(1, 10_000):
        sizes = [inputs, *[width + 1] * depth, outputs]
        layers = [a * b for a, b in itertools.pairwise(sizes)]
        if sum(layers) > budget:
            return width
    return None


def budget_weights_root(inputs, depth, outputs, budget):
    candidates = [w for w in range(1, 5000)
                  if inputs * w + (depth - 1) * w * w + w * outputs <= budget]
    return max(candidates)


def budget_below(inputs, depth, outputs, budget):
    return widest(inputs, depth, outputs, budget - 1)


def budget_below_list(inputs, depth, outputs, budget):
    fits = [w for w in range(2, 3000) if (inputs + 1) * w + (depth - 1) * (w + 1) * w
            + (w + 1) * outputs < budget]
    return max(fits, default=1)


def budget_over(inputs, depth, outputs, budget):
    w = 1
    while (inputs + 1) * w + (depth - 1) * (w * w + w) + (w + 1) * outputs <= budget or w == 1:
        w += 1
    return w


def budget_square(inputs, depth, outputs, budget):
    return widest(inputs, depth, outputs, budget, squares=depth)


def budget_square_list(inputs, depth, outputs, budget):
    fits = [w for w in range(2, 3000)
            if (inputs + 1) * w + depth * (w * w + w) + w * outputs + outputs <= budget]
    return max(fits, default=1)


def budget_hidden_only(inputs, depth, outputs, budget):
    return widest(inputs, depth, outputs, budget, last=0)


def budget_shallow(inputs, depth, outputs, budget):
    return max((budget - outputs) // (inputs + 1 + outputs), 1)


def budget_right(inputs, depth, outputs, budget):
    return widest(inputs, depth, outputs, budget)


# --- shape_trace ---

TRACE = {
    "side of the maps after the first convolution": 24, "side after the first pooling": 12,
    "side after the second convolution": 8, "channels after the second pooling": 16,
    "numbers after Flatten": 256, "parameters of the second convolution": 2416,
    "parameters of the first dense layer": 30840,
}
T_FIRST, T_POOLED, T_SECOND, T_CHANNELS, T_FLAT, T_KERNELS, T_DENSE = TRACE

# --- causal_conv ---


def conv_ahead(series, kernel):
    return [float(np.dot(np.append(series, [0] * len(kernel))[t : t + len(kernel)], kernel))
            for t in range(len(series))]


def conv_ahead_torch(series, kernel):
    row = torch.nn.functional.pad(torch.tensor(series)[None, None], (0, len(kernel) - 1))
    return torch.nn.functional.conv1d(row, torch.tensor(kernel)[None, None])[0, 0]


def conv_ahead_loop(series, kernel):
    out = np.zeros(len(series))
    for t in range(len(series)):
        for j, weight in enumerate(kernel):
            if t + j < len(series):
                out[t] += weight * series[t + j]
    return out


def conv_flipped(series, kernel):
    return [sum(kernel[j] * series[t - j] for j in range(len(kernel)) if j <= t)
            for t in range(len(series))]


def conv_flipped_padded(series, kernel):
    padded = np.pad(series, (len(kernel) - 1, 0))
    return [padded[t : t + len(kernel)] @ kernel[::-1] for t in range(len(series))]


def conv_valid(series, kernel):
    return np.convolve(series, kernel[::-1], mode="valid") if len(kernel) <= len(series) else []


def conv_edge(series, kernel):
    padded = np.pad(series, (len(kernel) - 1, 0), mode="edge")
    return [padded[t : t + len(kernel)] @ kernel for t in range(len(series))]


def conv_late(series, kernel):
    return np.append(0, np.convolve(series, kernel[::-1]))[: len(series)]


def conv_full(series, kernel):
    return np.convolve(series, np.flip(kernel), mode="full")


def conv_mean(series, kernel):
    padded = np.pad(series, (len(kernel) - 1, 0))
    return [np.mean(padded[t : t + len(kernel)] * kernel) for t in range(len(series))]


def conv_right(series, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(series, (len(kernel) - 1, 0)),
                                                       len(kernel))
    return windows @ kernel


# --- tells_order ---

ORDER = {
    "embedding, mean over all places, Dense": "no", "embedding, Flatten, Dense": "yes",
    "embedding, RNN, its last state, Dense": "yes",
    "embedding, 1-D convolution of kernel 1, ReLU, mean, Dense": "no",
    "embedding, 1-D convolution of kernel 2, ReLU, mean, Dense": "yes",
    "embedding, attention without a mask, mean, Dense": "no",
    "embedding and positions, attention, mean, Dense": "yes",
}
O_MEAN, O_FLAT, O_RNN, O_SINGLE, O_PAIRS, O_ATTENTION, O_POSITIONS = ORDER

# --- causal_weights ---


def weights_zero(scores):
    e = np.exp(np.tril(scores))
    return e / e.sum(axis=1, keepdims=True)


def weights_zero_torch(scores):
    return torch.tril(torch.tensor(scores)).softmax(dim=1)


def weights_zero_product(scores):
    e = np.exp(scores * np.tri(len(scores)))
    return e / e.sum(-1)[:, None]


def weights_future(scores):
    return torch.tensor(scores).masked_fill(
        torch.ones(len(scores), len(scores)).tril(-1).bool(), -torch.inf).softmax(dim=1)


def weights_future_rows(scores):
    out = np.zeros(scores.shape)
    for i, row in enumerate(scores):
        e = np.exp(row[i:])
        out[i, i:] = e / e.sum()
    return out


def weights_columns(scores):
    e = np.tril(np.exp(scores))
    return e / e.sum(axis=0)


def weights_open(scores):
    return torch.tensor(scores).softmax(dim=-1)


def weights_one_ahead(scores):
    out = np.zeros(scores.shape)
    for i, row in enumerate(scores):
        e = np.exp(row[: i + 2])
        out[i, : i + 2] = e / e.sum()
    return out


def weights_equal(scores):
    return np.array([[1 / (i + 1) if j <= i else 0 for j in range(len(scores))]
                     for i in range(len(scores))])


def weights_right(scores):
    e = np.tril(np.exp(scores))
    return e / e.sum(axis=1, keepdims=True)


# --- costs ---

COSTS = {
    "scores of one head, 50 places": 2500, "scores of one head, 100 places": 10000,
    "scores of four heads, 50 places": 10000,
    "scores that a causal mask leaves of one head, 50 places": 1275,
    "n²d of attention, 100 places of width 32": 320000,
    "nd² of a recurrent layer, 100 places of width 32": 102400,
    "places at which both are equal, width 32": 32,
    "steps one after the other, training a recurrent layer on 100 places": 100,
    "steps one after the other, training an attention layer on 100 places": 1,
    "forwards one after the other, writing 100 characters with a Transformer": 100,
}
(C_ONE, C_TWICE, C_HEADS, C_MASKED, C_ATTENTION, C_RECURRENT, C_EQUAL, C_ALONG, C_AT_ONCE,
 C_WRITING) = COSTS

# --- next_id ---


def draw_times(scores, temperature, u):
    p = torch.softmax(torch.tensor(scores) * temperature, 0)
    return int((p.cumsum(0) > u).int().argmax())


def draw_times_loop(scores, temperature, u):
    e = np.exp((scores - scores.max()) * temperature)
    total = 0
    for i, part in enumerate(e / e.sum()):
        total += part
        if total > u:
            return i
    return len(e) - 1


def draw_cold(scores, temperature, u):
    e = np.exp(scores - scores.max())
    return int(np.searchsorted(np.cumsum(e / e.sum()), u, side="right"))


def draw_cold_divided(scores, temperature, u):
    e = np.exp(scores - max(scores)) / temperature
    return int(np.searchsorted(np.cumsum(e / sum(e)), u, side="right"))


def draw_best(scores, temperature, u):
    return sorted(range(len(scores)), key=lambda i: -scores[i])[0]


def draw_best_scaled(scores, temperature, u):
    return int((scores / temperature).argmax())


def draw_off(scores, temperature, u):
    p = torch.softmax(torch.tensor(scores) / temperature, 0)
    return int((p.cumsum(0) > u).int().argmax()) + 1


def draw_backwards(scores, temperature, u):
    p = torch.softmax(torch.tensor(scores) / temperature, 0)
    total = 0.0
    for i in range(len(p) - 1, -1, -1):
        total += float(p[i])
        if total > u:
            return i
    return 0


def draw_sorted(scores, temperature, u):
    p = np.exp((scores - scores.max()) / temperature)
    p = np.array(sorted(p / p.sum(), reverse=True))
    return int((np.cumsum(p) > u).argmax())


def draw_right(scores, temperature, u):
    z = (scores - scores.max()) / temperature
    p = np.exp(z) / np.exp(z).sum()
    return next(i for i in range(len(p)) if p[: i + 1].sum() > u)


# --- continue_text ---


def text_first_row(scores_of, ids, count, window):
    out = [*ids]
    while len(out) < len(ids) + count:
        out += [scores_of(out[-window:])[0].argmax()]
    return out


def text_beginning(scores_of, ids, count, window):
    out = list(ids)
    for _ in range(count):
        out.append(int(scores_of(out[0:window])[-1].argmax()))
    return out


def text_all(scores_of, ids, count, window):
    out = list(ids)
    while len(out) < len(ids) + count:
        out.append(int(scores_of(list(out))[len(out) - 1].argmax()))
    return out


def text_once(scores_of, ids, count, window):
    last = scores_of(ids[-window:])[-1]
    return list(ids) + [int(last.argmax()) for _ in range(count)]


def text_once_fixed(scores_of, ids, count, window):
    out = list(ids)
    for _ in range(count):
        out.append(int(scores_of(ids[-window:])[-1].argmax()))
    return out


def text_new_only(scores_of, ids, count, window):
    out, new = list(ids), []
    for _ in range(count):
        new.append(int(scores_of((out + new)[-window:])[-1].argmax()))
    return new


def text_reversed(scores_of, ids, count, window):
    out = list(ids)
    for _ in range(count):
        out.append(int(scores_of(list(reversed(out[-window:])))[-1].argmax()))
    return out


def text_right(scores_of, ids, count, window):
    out = np.array(ids)
    for _ in range(count):
        out = np.append(out, scores_of(list(out[-window:]))[-1].argmax())
    return out


# --- what_is_missing ---

CAUSES = {
    "loss near 0 in training, gibberish in writing": "mask",
    "loss 0.2 in training, 3.0 on new text": "data",
    "on and no get the same score": "positions",
    "40 layers end with a higher training loss than 10": "shortcuts",
    "good words, but brackets opened long ago are never closed": "reach",
}
W_LEAK, W_HEART, W_SAME, W_DEEP, W_FAR = CAUSES

WRONG = [
    ("same_budget", budget_weights, "counts weights only"),
    ("same_budget", budget_weights_torch, "counts weights only"),
    ("same_budget", budget_weights_root, "counts weights only"),
    ("same_budget", budget_below, "stays below the budget"),
    ("same_budget", budget_below_list, "stays below the budget"),
    ("same_budget", budget_over, "goes one too far"),
    ("same_budget", budget_square, "counts a square too many"),
    ("same_budget", budget_square_list, "counts a square too many"),
    ("same_budget", budget_hidden_only, "forgets the output layer"),
    ("same_budget", budget_shallow, "ignores the depth"),
    ("shape_trace", {**TRACE, T_FIRST: 28, T_POOLED: 14}, "pads"),
    ("shape_trace", {**TRACE, T_FIRST: 28.0, T_SECOND: 14}, "pads"),
    ("shape_trace", {**TRACE, T_SECOND: 14}, "pads"),
    ("shape_trace", {**TRACE, T_FIRST: 23, T_POOLED: 11}, "takes the whole kernel away"),
    ("shape_trace", {**TRACE, T_POOLED: 11, T_SECOND: 6}, "takes the whole kernel away"),
    ("shape_trace", {**TRACE, T_SECOND: 6.0}, "takes the whole kernel away"),
    ("shape_trace", {**TRACE, T_DENSE: 2040}, "flattens one map"),
    ("shape_trace", {**TRACE, T_KERNELS: 416.0}, "kernels without depth"),
    ("shape_trace", {**TRACE, T_DENSE: 30720}, "leaves out the biases"),
    ("shape_trace", {**TRACE, T_FLAT: 128, T_DENSE: 15480}, "pools the channels"),
    ("shape_trace", {**TRACE, T_DENSE: 123000}, "forgets the second pooling"),
    ("causal_conv", conv_ahead, "looks ahead"),
    ("causal_conv", conv_ahead_torch, "looks ahead"),
    ("causal_conv", conv_ahead_loop, "looks ahead"),
    ("causal_conv", conv_flipped, "flips the kernel"),
    ("causal_conv", conv_flipped_padded, "flips the kernel"),
    ("causal_conv", conv_edge, "repeats the first value"),
    ("causal_conv", conv_late, "leaves the present out"),
    ("causal_conv", conv_full, "keeps what runs over the end"),
    ("causal_conv", conv_mean, "takes the mean"),
    ("tells_order", {**ORDER, O_ATTENTION: "Yes"}, "thinks that attention knows the order"),
    ("tells_order", {**ORDER, O_ATTENTION: " yes"}, "thinks that attention knows the order"),
    ("tells_order", {**ORDER, O_ATTENTION: "YES "}, "thinks that attention knows the order"),
    ("tells_order", {**ORDER, O_PAIRS: "No"}, "thinks that a mean forgets whatever came before"),
    ("tells_order", {**ORDER, O_POSITIONS: " no"},
     "thinks that a mean forgets whatever came before"),
    ("tells_order", {**ORDER, O_SINGLE: "Yes"}, "sees neighbours in a kernel of 1"),
    ("tells_order", {**ORDER, O_RNN: "No"}, "lets a recurrent layer know its last word only"),
    ("tells_order", {**ORDER, O_FLAT: "NO"}, "takes Flatten for a heap"),
    ("tells_order", {**ORDER, O_MEAN: "Yes", O_SINGLE: "yes"}, "lets a mean keep the order"),
    ("causal_weights", weights_zero, "sets hidden scores to 0"),
    ("causal_weights", weights_zero_torch, "sets hidden scores to 0"),
    ("causal_weights", weights_zero_product, "sets hidden scores to 0"),
    ("causal_weights", weights_future, "shows the future and hides the past"),
    ("causal_weights", weights_future_rows, "shows the future and hides the past"),
    ("causal_weights", weights_columns, "shares along the wrong axis"),
    ("causal_weights", weights_open, "takes the mask away"),
    ("causal_weights", weights_one_ahead, "shows one place too many"),
    ("causal_weights", weights_equal, "shares equally"),
    ("costs", {**COSTS, C_TWICE: 5000.0}, "lets the scores grow with the length"),
    ("costs", {**COSTS, C_HEADS: 2500.0}, "gets heads for nothing"),
    ("costs", {**COSTS, C_MASKED: 1225.0}, "halves the square"),
    ("costs", {**COSTS, C_MASKED: 1250.0}, "halves the square"),
    ("costs", {**COSTS, C_RECURRENT: 320000}, "exchanges the two"),
    ("costs", {**COSTS, C_ATTENTION: 102400.0}, "exchanges the two"),
    ("costs", {**COSTS, C_WRITING: 1.0}, "writes in parallel"),
    ("costs", {**COSTS, C_AT_ONCE: 100.0}, "trains attention place by place"),
    ("costs", {**COSTS, C_EQUAL: 1024.0}, "takes the square for the length"),
    ("costs", {**COSTS, C_ALONG: 1.0}, "lets a state arrive at once"),
    ("next_id", draw_times, "multiplies by the temperature"),
    ("next_id", draw_times_loop, "multiplies by the temperature"),
    ("next_id", draw_cold, "loses the temperature"),
    ("next_id", draw_cold_divided, "loses the temperature"),
    ("next_id", draw_best, "always takes the best"),
    ("next_id", draw_best_scaled, "always takes the best"),
    ("next_id", draw_off, "is one id off"),
    ("next_id", draw_backwards, "adds up from the other end"),
    ("next_id", draw_sorted, "sorts the probabilities"),
    ("continue_text", text_first_row, "takes the scores of the first place"),
    ("continue_text", text_beginning, "reads the beginning only"),
    ("continue_text", text_all, "reads beyond the window"),
    ("continue_text", text_once, "asks once"),
    ("continue_text", text_once_fixed, "asks once"),
    ("continue_text", text_new_only, "returns the new ids only"),
    ("continue_text", text_reversed, "reads backwards"),
    ("what_is_missing", {**CAUSES, W_LEAK: "Data"}, "takes a leak for learning by heart"),
    ("what_is_missing", {**CAUSES, W_HEART: "MASK"}, "takes a leak for learning by heart"),
    ("what_is_missing", {**CAUSES, W_SAME: "Reach"}, "takes places for distance"),
    ("what_is_missing", {**CAUSES, W_FAR: "Positions"}, "takes places for distance"),
    ("what_is_missing", {**CAUSES, W_DEEP: "Data"}, "wants more data for a training that fails"),
    ("what_is_missing", {**CAUSES, W_SAME: "Mask"}, "lets the mask give the order"),
    ("what_is_missing", {**CAUSES, W_FAR: "Shortcuts"}, "takes shortcuts for a longer reach"),
]

RIGHT = [
    ("same_budget", budget_right),
    ("causal_conv", conv_right),
    ("causal_weights", weights_right),
    ("next_id", draw_right),
    ("continue_text", text_right),
]
