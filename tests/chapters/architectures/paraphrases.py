"""The same misconceptions as in the banks of "Architectures", by other hands.

`RIGHT` holds further correct answers.
"""

import collections
import itertools

import numpy as np
import torch

# --- same_budget ---
# A cost is what somebody thinks that a width costs; three hands look for the largest that fits.


def climbing(cost, *, over=0, strictly=False):
    def same_budget(inputs, depth, outputs, budget):
        width = 1
        while True:
            price = cost(inputs, depth, outputs, width + 1)
            if price > budget or (strictly and price == budget):
                return width + over
            width += 1

    return same_budget


def listing(cost, *, upto=4_000):
    def same_budget(inputs, depth, outputs, budget):
        fitting = [w for w in range(1, upto) if cost(inputs, depth, outputs, w) <= budget]
        return max(fitting, default=1)

    return same_budget


def halving(cost):
    def same_budget(inputs, depth, outputs, budget):
        low, high = 1, budget + 1
        while high - low > 1:
            middle = (low + high) // 2
            if cost(inputs, depth, outputs, middle) <= budget:
                low = middle
            else:
                high = middle
        return low

    return same_budget


def cost_right(i, d, o, w):
    return (i + 1) * w + (d - 1) * (w + 1) * w + (w + 1) * o


def cost_weights(i, d, o, w):
    return i * w + (d - 1) * w * w + w * o


def cost_weights_by_layers(i, d, o, w):
    sizes = [i, *[w] * d, o]
    return sum(a * b for a, b in itertools.pairwise(sizes))


def cost_output_hidden(i, d, o, w):
    return cost_right(i, d - 1, o, w) if d > 1 else (i + 1) * o


def cost_square(i, d, o, w):
    return (i + 1) * w + d * (w * w + w) + w * o + o


def cost_hidden_only(i, d, o, w):
    return (i + 1) * w + (d - 1) * (w * w + w)


def cost_no_last_biases(i, d, o, w):
    return (i + 1) * w + (d - 1) * (w + 1) * w + w * o


def cost_all_read_the_inputs(i, d, o, w):
    return d * (i * w + w) + w * o + o


def budget_below(inputs, depth, outputs, budget):
    fits = [w for w in range(2, 4000) if (inputs + 1) * w + (depth - 1) * (w + 1) * w
            + (w + 1) * outputs < budget]
    return max(fits, default=1)


def budget_over(inputs, depth, outputs, budget):
    w = 1
    while (inputs + 1) * w + (depth - 1) * (w * w + w) + (w + 1) * outputs <= budget or w == 1:
        w += 1
    return w


def budget_output_hidden(inputs, depth, outputs, budget):
    layers = [inputs] + ["w"] * (depth - 1) + [outputs]
    w = 0
    while w < budget:
        sizes = [w + 1 if size == "w" else size for size in layers]
        if sum(a * b + b for a, b in itertools.pairwise(sizes)) > budget:
            break
        w += 1
    return max(w, 1)


def budget_shallow(inputs, depth, outputs, budget):
    return max((budget - outputs) // (inputs + 1 + outputs), 1)


def budget_shallow_loop(inputs, depth, outputs, budget):
    left, width = budget - outputs, 0
    while left >= inputs + 1 + outputs:
        left -= inputs + 1 + outputs
        width += 1
    return width or 1


def budget_parameters(inputs, depth, outputs, budget):
    return max(cost for w in range(1, 4000)
               if (cost := cost_right(inputs, depth, outputs, w)) <= budget or w == 1)


def budget_parameters_loop(inputs, depth, outputs, budget):
    paid = cost_right(inputs, depth, outputs, 1)
    for width in itertools.count(2):
        price = cost_right(inputs, depth, outputs, width)
        if price > budget:
            return paid
        paid = price
    return None


def budget_to_a_thousand(inputs, depth, outputs, budget):
    best = 1
    for width in range(1, 1000):
        if cost_right(inputs, depth, outputs, width) <= budget:
            best = width
    return best


def root_of(inputs, depth, outputs, budget):
    if depth == 1:
        return (budget - outputs) / (inputs + 1 + outputs)
    b = inputs + depth + outputs
    return (np.sqrt(b**2 + 4 * (depth - 1) * (budget - outputs)) - b) / (2 * (depth - 1))


def budget_rounded(inputs, depth, outputs, budget):
    return int(np.rint(root_of(inputs, depth, outputs, budget)))


def budget_rounded_half(inputs, depth, outputs, budget):
    return int(root_of(inputs, depth, outputs, budget) + 0.5)


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
    return np.correlate(series, kernel, mode="valid")


def conv_valid_torch(series, kernel):
    row, weight = torch.tensor(series)[None, None], torch.tensor(kernel)[None, None]
    return torch.nn.functional.conv1d(row, weight)[0, 0]


def conv_valid_list(series, kernel):
    return [float(np.dot(series[end - len(kernel) : end], kernel))
            for end in range(len(kernel), len(series) + 1)]


def conv_same(series, kernel):
    return np.correlate(series, kernel, mode="same")


def conv_same_turned(series, kernel):
    return np.convolve(series, kernel[::-1], mode="same")


def conv_half(series, kernel):
    half, out = len(kernel) // 2, []
    for t in range(len(series)):
        out.append(sum(weight * series[t + j - half] for j, weight in enumerate(kernel)
                       if 0 <= t + j - half < len(series)))
    return out


def conv_edge(series, kernel):
    padded = np.pad(series, (len(kernel) - 1, 0), mode="edge")
    return [padded[t : t + len(kernel)] @ kernel for t in range(len(series))]


def conv_edge_loop(series, kernel):
    return [sum(kernel[-1 - back] * series[max(0, t - back)] for back in range(len(kernel)))
            for t in range(len(series))]


def conv_late(series, kernel):
    return np.append(0, np.convolve(series, kernel[::-1]))[: len(series)]


def conv_late_loop(series, kernel):
    return [sum(kernel[-back] * series[t - back] for back in range(1, len(kernel) + 1)
                if t >= back) for t in range(len(series))]


def conv_full(series, kernel):
    return np.convolve(series, np.flip(kernel), mode="full")


def conv_full_padded(series, kernel):
    k = len(kernel)
    padded = np.pad(series, k - 1)
    return [padded[t : t + k] @ kernel for t in range(len(series) + k - 1)]


def conv_mean(series, kernel):
    padded = np.pad(series, (len(kernel) - 1, 0))
    return [np.mean(padded[t : t + len(kernel)] * kernel) for t in range(len(series))]


def conv_mean_after(series, kernel):
    return np.convolve(series, kernel[::-1])[: len(series)] / kernel.size


def conv_one_zero(series, kernel):
    return np.correlate(np.append(0, series), kernel, mode="valid")


def conv_one_zero_torch(series, kernel):
    row = torch.nn.functional.pad(torch.tensor(series)[None, None], (1, 0))
    if len(kernel) > row.shape[-1]:
        return []
    return torch.nn.functional.conv1d(row, torch.tensor(kernel)[None, None])[0, 0]


def conv_zero_begin(series, kernel):
    return [0 if t < len(kernel) - 1 else sum(series[t - len(kernel) + 1 + j] * kernel[j]
            for j in range(len(kernel))) for t in range(len(series))]


def conv_zero_begin_filled(series, kernel):
    k = len(kernel)
    if k > len(series):
        return np.zeros(len(series))
    return np.append(np.zeros(k - 1), np.correlate(series, kernel, "valid"))


def conv_negative(series, kernel):
    k = len(kernel)
    return [sum(kernel[j] * series[t - k + 1 + j] for j in range(k)) for t in range(len(series))]


def conv_rolled(series, kernel):
    return sum(weight * np.roll(series, back) for back, weight in enumerate(reversed(kernel)))


def conv_feeds_itself(series, kernel):
    k = len(kernel)
    for t in range(len(series)):
        series[t] = sum(kernel[k - 1 - j] * series[t - j] for j in range(min(k, t + 1)))
    return series


def conv_feeds_itself_list(series, kernel):
    out = list(series)
    for t in range(len(out)):
        seen = out[max(0, t - len(kernel) + 1) : t + 1]
        out[t] = float(np.dot(seen, kernel[len(kernel) - len(seen):]))
    return out


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
    "embedding, attention, mean, Dense": "no",
    "embedding and positions, attention, mean, Dense": "yes",
}
O_MEAN, O_FLAT, O_RNN, O_SINGLE, O_PAIRS, O_ATTENTION, O_POSITIONS = ORDER

# --- causal_weights ---
# Three hands, who differ in what each place may see: `sees(i, j)`.


def by_torch(sees):
    def causal_weights(scores):
        n = range(len(scores))
        shown = torch.tensor([[sees(i, j) for j in n] for i in n])
        return torch.tensor(scores).masked_fill(~shown, -torch.inf).softmax(dim=-1)

    return causal_weights


def by_rows(sees):
    def causal_weights(scores):
        out = np.zeros(scores.shape)
        for i, row in enumerate(scores):
            shown = [j for j in range(len(row)) if sees(i, j)]
            if not shown:
                out[i] = np.nan
                continue
            powers = np.exp(row[shown] - row[shown].max())
            out[i, shown] = powers / powers.sum()
        return out

    return causal_weights


def weights_zero(scores):
    e = np.exp(np.tril(scores))
    return e / e.sum(axis=1, keepdims=True)


def weights_zero_torch(scores):
    return torch.tril(torch.tensor(scores)).softmax(dim=1)


def weights_zero_product(scores):
    e = np.exp(scores * np.tri(len(scores)))
    return e / e.sum(-1)[:, None]


def weights_columns(scores):
    e = np.tril(np.exp(scores))
    return e / e.sum(axis=0)


def weights_columns_after(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    w = np.tril(e / e.sum(axis=1, keepdims=True))
    return w / w.sum(axis=0)


def weights_columns_torch(scores):
    shown = torch.ones(len(scores), len(scores)).tril().bool()
    return torch.tensor(scores).masked_fill(~shown, -torch.inf).softmax(dim=0)


def weights_lower(scores):
    return torch.tensor(scores - 3 * np.triu(np.ones_like(scores), 1)).softmax(dim=1)


def weights_minus_five(scores):
    s = scores.copy()
    s[np.triu_indices(len(s), 1)] = -5
    e = np.exp(s - s.max(-1)[:, None])
    return e / e.sum(-1)[:, None]


def weights_one_ahead(scores):
    out = np.zeros(scores.shape)
    for i, row in enumerate(scores):
        e = np.exp(row[: i + 2])
        out[i, : i + 2] = e / e.sum()
    return out


def weights_equal(scores):
    return np.array([[1 / (i + 1) if j <= i else 0 for j in range(len(scores))]
                     for i in range(len(scores))])


def weights_equal_torch(scores):
    shown = torch.ones(scores.shape, dtype=torch.float64).tril()
    return shown / shown.sum(1)[:, None]


def weights_whole(scores):
    e = np.exp(scores - scores.max()) * np.tri(len(scores))
    return e / e.sum()


def weights_whole_torch(scores):
    shown = torch.ones(len(scores), len(scores)).tril().bool()
    flat = torch.tensor(scores).masked_fill(~shown, -torch.inf).flatten()
    return flat.softmax(dim=0).reshape(shown.shape)


def weights_unguarded(scores):
    out = np.zeros(scores.shape)
    for i, row in enumerate(scores):
        out[i, : i + 1] = np.exp(row[: i + 1]) / np.exp(row[: i + 1]).sum()
    return out


def weights_unguarded_torch(scores):
    e = torch.tensor(scores).exp().tril()
    return e / e.sum(dim=1)[:, None]


def weights_largest_of_all(scores):
    w = torch.tensor(scores).softmax(dim=1).tril()
    return w / w.sum(dim=1, keepdim=True)


def weights_largest_of_all_rows(scores):
    out = []
    for i, row in enumerate(scores):
        e = [np.exp(number - max(row)) if j <= i else 0 for j, number in enumerate(row)]
        out.append([part / np.sum(e) for part in e])
    return out


def weights_strict_zero(scores):
    e = np.tril(np.exp(scores - scores.max(axis=1, keepdims=True)), -1)
    return e / np.maximum(e.sum(axis=1, keepdims=True), 1e-30)


def weights_times_infinity(scores):
    return torch.tensor(scores - np.inf * np.triu(np.ones_like(scores), 1)).softmax(dim=1)


def weights_plus_infinity(scores):
    hidden = np.triu(np.ones(scores.shape), 1)
    e = np.exp(scores - float("inf") * hidden)
    return e / e.sum(axis=1)[:, None]


def weights_twice(scores):
    shown = torch.ones(len(scores), len(scores)).tril().bool()
    first = torch.tensor(scores).softmax(dim=1)
    return first.masked_fill(~shown, -torch.inf).softmax(dim=1)


def weights_twice_rows(scores):
    out = np.zeros(scores.shape)
    for i, row in enumerate(scores):
        first = np.exp(row - row.max()) / np.exp(row - row.max()).sum()
        out[i, : i + 1] = np.exp(first[: i + 1]) / np.exp(first[: i + 1]).sum()
    return out


def weights_sums_astray(scores):
    e = np.tril(np.exp(scores - np.where(np.tri(len(scores)), scores, -np.inf).max(-1)[:, None]))
    return e / e.sum(axis=1)


def weights_sums_astray_torch(scores):
    shown = torch.ones(len(scores), len(scores)).tril().bool()
    s = torch.tensor(scores).masked_fill(~shown, -torch.inf)
    e = (s - s.max(dim=1, keepdim=True).values).exp()
    return e / e.sum(dim=1)


def weights_lowest(scores):
    s = np.where(np.tri(len(scores)), scores, scores.min())
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return np.tril(e / e.sum(axis=1, keepdims=True))


def weights_largest_is_one(scores):
    s = torch.tensor(scores)
    s = s.masked_fill(torch.ones(len(s), len(s)).tril() == 0, -torch.inf)
    return (s - s.max(dim=1, keepdim=True).values).exp()


def weights_right(scores):
    s = np.where(np.tri(len(scores)), scores, -1e9)
    e = np.exp(s - s.max(axis=1)[:, None])
    return e / e.sum(axis=1, keepdims=True)


# --- costs ---

COSTS = {
    "scores of one head, 50 places": 2500, "scores of one head, 100 places": 10000,
    "scores of four heads, 50 places": 10000,
    "scores that a causal mask leaves of one head, 50 places": 1275,
    "n²d of attention, 100 places of width 32": 320000,
    "nd² of a recurrent layer, 100 places of width 32": 102400,
    "places at which n²d is four times nd², width 32": 128,
    "steps one after the other, training a recurrent layer on 100 places": 100,
    "steps one after the other, training an attention layer on 100 places": 1,
    "forwards one after the other, writing 100 characters with a Transformer": 100,
}
(C_ONE, C_TWICE, C_HEADS, C_MASKED, C_ATTENTION, C_RECURRENT, C_FOURFOLD, C_ALONG, C_AT_ONCE,
 C_WRITING) = COSTS

# --- next_id ---
# What people take for the probabilities, and three hands that draw from them.


def soft(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


def hot(logits, temperature):
    return soft(logits / temperature)


def hot_torch(logits, temperature):
    return torch.softmax(torch.tensor(logits) / temperature, 0).numpy()


def by_adding(probabilities):
    def next_id(logits, temperature, u):
        total = 0.0
        for i, part in enumerate(probabilities(logits, temperature)):
            total += part
            if total > u:
                return i
        return len(logits) - 1

    return next_id


def by_counting(probabilities):
    def next_id(logits, temperature, u):
        return int(np.sum(np.cumsum(probabilities(logits, temperature)) <= u))

    return next_id


def by_taking_away(probabilities):
    def next_id(logits, temperature, u):
        left, parts = u, list(probabilities(logits, temperature))
        while len(parts) > 1 and left >= parts[0]:
            left -= parts.pop(0)
        return len(logits) - len(parts)

    return next_id


def multiplied(logits, temperature):
    return soft(logits * temperature)


def cold(logits, temperature):
    return soft(logits)


def cold_divided(logits, temperature):
    p = soft(logits) / temperature
    return p / p.sum()


def divided_only(logits, temperature):
    return soft(logits) / temperature


def naive(logits, temperature):
    e = np.exp(logits / temperature)
    return e / e.sum()


def sorted_down(logits, temperature):
    return np.array(sorted(hot(logits, temperature), reverse=True))


def draw_best(logits, temperature, u):
    return sorted(range(len(logits)), key=lambda i: -logits[i])[0]


def draw_best_scaled(logits, temperature, u):
    return int((logits / temperature).argmax())


def draw_overflowing(logits, temperature, u):
    e = torch.exp(torch.tensor(logits) / temperature)
    return int(((e / e.sum()).cumsum(0) > u).int().argmax())


def draw_off(logits, temperature, u):
    return by_adding(hot_torch)(logits, temperature, u) + 1


def draw_off_counted(logits, temperature, u):
    return 1 + np.searchsorted(np.cumsum(hot(logits, temperature)), u, side="right")


def draw_backwards(logits, temperature, u):
    p, total = hot_torch(logits, temperature), 0.0
    for i in range(len(p) - 1, -1, -1):
        total += float(p[i])
        if total > u:
            return i
    return 0


def draw_backwards_counted(logits, temperature, u):
    p = hot(logits, temperature)
    return len(p) - 1 - int((np.cumsum(np.flip(p)) <= u).sum())


def draw_single(logits, temperature, u):
    return next((i for i, p in enumerate(hot(logits, temperature)) if p > u), 0)


def draw_single_where(logits, temperature, u):
    above = np.flatnonzero(hot_torch(logits, temperature) > u)
    return above[0] if len(above) else 0


def draw_at_equal(logits, temperature, u):
    return int(np.searchsorted(np.cumsum(hot(logits, temperature)), u))


def draw_at_equal_loop(logits, temperature, u):
    total = 0.0
    for i, part in enumerate(hot(logits, temperature)):
        total += part
        if total >= u:
            return i
    return len(logits) - 1


def draw_probability(logits, temperature, u):
    total = 0.0
    for part in hot(logits, temperature):
        total += part
        if total > u:
            break
    return part


def draw_probability_index(logits, temperature, u):
    p = hot_torch(logits, temperature)
    return float(p[int(np.sum(np.cumsum(p) <= u))])


def draw_larger(logits, temperature, u):
    return np.count_nonzero(np.cumsum(hot_torch(logits, temperature)) > u)


def draw_larger_loop(logits, temperature, u):
    total, found = 0.0, 0
    for part in hot(logits, temperature):
        total += part
        found += total > u
    return int(found)


def draw_equal_parts(logits, temperature, u):
    return int(np.floor(u * np.size(logits)))


def draw_equal_parts_loop(logits, temperature, u):
    for i in range(len(logits)):
        if (i + 1) / len(logits) > u:
            return i
    return 0


def draw_own(logits, temperature, u):
    u = np.random.default_rng(1).random()
    return int(np.argmax(np.cumsum(hot(logits, temperature)) > u))


def draw_half(logits, temperature, u):
    return int(np.argmax(np.cumsum(hot(logits, temperature)) > 0.5))


def draw_too_late(logits, temperature, u):
    p, i, total = hot_torch(logits, temperature), 0, 0.0
    while i < len(p) - 1 and not total > u:
        total += float(p[i])
        i += 1
    return i


def draw_too_late_counted(logits, temperature, u):
    before = np.concatenate([[0], np.cumsum(hot(logits, temperature))[:-1]])
    return int(np.argmax(before > u)) if before[-1] > u else len(before) - 1


# --- continue_text ---
# `reads(ids, step, window)` is what the network is given; three hands write the loop.


def by_appending(reads, guess=lambda logits: int(logits[-1].argmax()), *, more=0):
    def continue_text(logits_of, ids, count, window):
        out = list(ids)
        for step in range(count + more):
            out.append(guess(logits_of(reads(out, step, window))))
        return out

    return continue_text


def by_length(reads, guess=lambda logits: int(logits[-1].argmax()), *, more=0):
    def continue_text(logits_of, ids, count, window):
        out = np.array(ids)
        while len(out) < len(ids) + count + more:
            seen = reads(out.tolist(), len(out) - len(ids), window)
            out = np.append(out, guess(logits_of(seen)))
        return out

    return continue_text


def latest(ids, step, window):
    return ids[max(0, len(ids) - window):]


def oldest(ids, step, window):
    return ids[0:window]


def everything(ids, step, window):
    return ids


def turned(ids, step, window):
    return list(reversed(ids[-window:]))


def one_less(ids, step, window):
    return ids[-window:][1:] if len(ids) >= window else ids


def one_more(ids, step, window):
    return ids[-window - 1:]


def three(ids, step, window):
    return ids[-3:]


def filled(ids, step, window):
    return [*[0] * max(0, window - len(ids)), *ids[-window:]]


def from_step(ids, step, window):
    return ids[step:][:window]


def first_row(logits):
    return logits[0].argmax()


def worst(logits):
    return int(np.asarray(logits)[-1].argsort()[0])


def worst_of_turned(logits):
    return int((-logits[-1]).argmax())


def flat(logits):
    return logits.argmax()


def flat_listed(logits):
    numbers = [number for row in logits for number in row]
    return numbers.index(max(numbers))


def text_once(logits_of, ids, count, window):
    last = logits_of(ids[-window:])[-1]
    return list(ids) + [int(last.argmax()) for _ in range(count)]


def text_once_fixed(logits_of, ids, count, window):
    out = list(ids)
    for _ in range(count):
        out.append(int(logits_of(ids[-window:])[-1].argmax()))
    return out


def text_new_only(logits_of, ids, count, window):
    out, new = list(ids), []
    for _ in range(count):
        new.append(int(logits_of((out + new)[-window:])[-1].argmax()))
    return new


def text_new_popped(logits_of, ids, count, window):
    out = by_appending(latest)(logits_of, ids, count, window)
    del out[: len(ids)]
    return out


def text_cut(logits_of, ids, count, window):
    return by_appending(latest)(logits_of, ids, count, window)[-window:]


def text_deque(logits_of, ids, count, window):
    seen = collections.deque(ids, maxlen=window)
    for _ in range(count):
        seen.append(int(logits_of(list(seen))[-1].argmax()))
    return list(seen)


def text_all_guesses(logits_of, ids, count, window):
    out = list(ids)
    for _ in range(count):
        out += [int(row.argmax()) for row in logits_of(out[-window:])]
    return out


def text_all_guesses_array(logits_of, ids, count, window):
    out = np.array(ids)
    for _ in range(count):
        out = np.concatenate([out, logits_of(out[-window:].tolist()).argmax(axis=-1)])
    return out


# --- what_is_missing ---

CAUSES = {
    "right inside any given text, lost where it ends": "mask",
    "loss 0.2 in training, 3.0 on new text": "data",
    "the words 'on' and 'no' get the same score": "positions",
    "40 layers end with a higher training loss than 10": "shortcuts",
    "good words, but brackets opened long ago are never closed": "reach",
}
W_LEAK, W_HEART, W_SAME, W_DEEP, W_FAR = CAUSES


WRONG = [
    ("same_budget", climbing(cost_weights), "counts weights only"),
    ("same_budget", listing(cost_weights_by_layers), "counts weights only"),
    ("same_budget", halving(cost_weights), "counts weights only"),
    ("same_budget", climbing(cost_right, strictly=True), "stays below the budget"),
    ("same_budget", budget_below, "stays below the budget"),
    ("same_budget", climbing(cost_right, over=1), "goes one too far"),
    ("same_budget", budget_over, "goes one too far"),
    ("same_budget", halving(cost_output_hidden), "counts the output layer as hidden"),
    ("same_budget", budget_output_hidden, "counts the output layer as hidden"),
    ("same_budget", climbing(cost_square), "counts a square too many"),
    ("same_budget", listing(cost_square), "counts a square too many"),
    ("same_budget", climbing(cost_hidden_only), "forgets the output layer"),
    ("same_budget", halving(cost_hidden_only), "forgets the output layer"),
    ("same_budget", budget_shallow, "ignores the depth"),
    ("same_budget", budget_shallow_loop, "ignores the depth"),
    ("same_budget", budget_parameters, "returns the parameters"),
    ("same_budget", budget_parameters_loop, "returns the parameters"),
    ("same_budget", listing(cost_right, upto=100), "stops at a fixed width"),
    ("same_budget", budget_to_a_thousand, "stops at a fixed width"),
    ("same_budget", listing(cost_no_last_biases), "forgets the biases of the outputs"),
    ("same_budget", halving(cost_no_last_biases), "forgets the biases of the outputs"),
    ("same_budget", budget_rounded, "rounds to the nearest width"),
    ("same_budget", budget_rounded_half, "rounds to the nearest width"),
    ("same_budget", listing(cost_all_read_the_inputs), "lets every hidden layer read the inputs"),
    ("same_budget", halving(cost_all_read_the_inputs), "lets every hidden layer read the inputs"),
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
    ("shape_trace", {**TRACE, T_DENSE: 48120}, "takes the second kernel for 3×3"),
    ("shape_trace", {**TRACE, T_POOLED: 23}, "slides the pooling by one"),
    ("shape_trace", {**TRACE, T_POOLED: 23, T_SECOND: 19}, "slides the pooling by one"),
    ("shape_trace", {**TRACE, T_KERNELS: 2496.0}, "gives each slice a bias"),
    ("shape_trace", {**TRACE, T_CHANNELS: 96}, "multiplies the channels"),
    ("shape_trace", {**TRACE, T_CHANNELS: 96, T_FLAT: 1536}, "multiplies the channels"),
    ("shape_trace", {**TRACE, T_DENSE: 1210.0}, "takes the last layer for the first dense one"),
    ("shape_trace", {**TRACE, T_FIRST: 576}, "gives areas for sides"),
    ("shape_trace", {**TRACE, T_FIRST: 576, T_POOLED: 144}, "gives areas for sides"),
    ("shape_trace", {**TRACE, T_FIRST: 3456}, "gives all numbers for sides"),
    ("shape_trace", {**TRACE, T_FIRST: 3456, T_POOLED: 864}, "gives all numbers for sides"),
    ("causal_conv", conv_ahead, "looks ahead"),
    ("causal_conv", conv_ahead_torch, "looks ahead"),
    ("causal_conv", conv_ahead_loop, "looks ahead"),
    ("causal_conv", conv_flipped, "flips the kernel"),
    ("causal_conv", conv_flipped_padded, "flips the kernel"),
    ("causal_conv", conv_valid, "does not pad"),
    ("causal_conv", conv_valid_torch, "does not pad"),
    ("causal_conv", conv_valid_list, "does not pad"),
    ("causal_conv", conv_same, "centres the window"),
    ("causal_conv", conv_same_turned, "centres the window"),
    ("causal_conv", conv_half, "centres the window"),
    ("causal_conv", conv_edge, "repeats the first value"),
    ("causal_conv", conv_edge_loop, "repeats the first value"),
    ("causal_conv", conv_late, "leaves the present out"),
    ("causal_conv", conv_late_loop, "leaves the present out"),
    ("causal_conv", conv_full, "keeps what runs over the end"),
    ("causal_conv", conv_full_padded, "keeps what runs over the end"),
    ("causal_conv", conv_mean, "takes the mean"),
    ("causal_conv", conv_mean_after, "takes the mean"),
    ("causal_conv", conv_one_zero, "pads with one zero only"),
    ("causal_conv", conv_one_zero_torch, "pads with one zero only"),
    ("causal_conv", conv_zero_begin, "leaves the beginning at 0"),
    ("causal_conv", conv_zero_begin_filled, "leaves the beginning at 0"),
    ("causal_conv", conv_negative, "takes the end for what lies before the beginning"),
    ("causal_conv", conv_rolled, "takes the end for what lies before the beginning"),
    ("causal_conv", conv_feeds_itself, "reads its own results"),
    ("causal_conv", conv_feeds_itself_list, "reads its own results"),
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
    ("causal_weights", by_torch(lambda i, j: j >= i), "shows the future and hides the past"),
    ("causal_weights", by_rows(lambda i, j: j >= i), "shows the future and hides the past"),
    ("causal_weights", weights_columns, "shares along the wrong axis"),
    ("causal_weights", weights_columns_after, "shares along the wrong axis"),
    ("causal_weights", weights_columns_torch, "shares along the wrong axis"),
    ("causal_weights", weights_lower, "lowers hidden scores a little"),
    ("causal_weights", weights_minus_five, "lowers hidden scores a little"),
    ("causal_weights", by_torch(lambda i, j: True), "takes the mask away"),
    ("causal_weights", by_rows(lambda i, j: j >= 0), "takes the mask away"),
    ("causal_weights", weights_one_ahead, "shows one place too many"),
    ("causal_weights", by_torch(lambda i, j: j - i <= 1), "shows one place too many"),
    ("causal_weights", weights_equal, "shares equally"),
    ("causal_weights", weights_equal_torch, "shares equally"),
    ("causal_weights", weights_whole, "divides by the whole"),
    ("causal_weights", weights_whole_torch, "divides by the whole"),
    ("causal_weights", weights_unguarded, "loses the guard against large scores"),
    ("causal_weights", weights_unguarded_torch, "loses the guard against large scores"),
    ("causal_weights", weights_largest_of_all, "takes the maximum over hidden scores too"),
    ("causal_weights", weights_largest_of_all_rows, "takes the maximum over hidden scores too"),
    ("causal_weights", weights_strict_zero, "hides the place itself"),
    ("causal_weights", by_torch(lambda i, j: j < i), "hides the place itself"),
    ("causal_weights", by_rows(lambda i, j: j < i), "hides the place itself"),
    ("causal_weights", weights_times_infinity, "multiplies infinity by 0"),
    ("causal_weights", weights_plus_infinity, "multiplies infinity by 0"),
    ("causal_weights", weights_twice, "runs softmax twice"),
    ("causal_weights", weights_twice_rows, "runs softmax twice"),
    ("causal_weights", weights_sums_astray, "lays the sums of the rows along the columns"),
    ("causal_weights", weights_sums_astray_torch, "lays the sums of the rows along the columns"),
    ("causal_weights", weights_lowest, "divides by another number than the sum"),
    ("causal_weights", weights_largest_is_one, "divides by another number than the sum"),
    ("costs", {**COSTS, C_TWICE: 5000.0}, "lets the scores grow with the length"),
    ("costs", {**COSTS, C_HEADS: 2500.0}, "gets heads for nothing"),
    ("costs", {**COSTS, C_MASKED: 1225.0}, "halves the square"),
    ("costs", {**COSTS, C_MASKED: 1250.0}, "halves the square"),
    ("costs", {**COSTS, C_RECURRENT: 320000}, "exchanges the two"),
    ("costs", {**COSTS, C_ATTENTION: 102400.0}, "exchanges the two"),
    ("costs", {**COSTS, C_WRITING: 1.0}, "writes in parallel"),
    ("costs", {**COSTS, C_AT_ONCE: 100.0}, "trains attention place by place"),
    ("costs", {**COSTS, C_FOURFOLD: 32.0}, "stops where both are equal"),
    ("costs", {**COSTS, C_FOURFOLD: 8.0}, "turns the comparison round"),
    ("costs", {**COSTS, C_FOURFOLD: 64.0}, "leaves a square standing"),
    ("costs", {**COSTS, C_ALONG: 1.0}, "lets a state arrive at once"),
    ("costs", {**COSTS, C_ONE: 50, C_TWICE: 100}, "counts places for pairs"),
    ("costs", {**COSTS, C_ONE: 50, C_TWICE: 100, C_HEADS: 200, C_MASKED: 50},
     "counts places for pairs"),
    ("costs", {**COSTS, C_ONE: 1225, C_TWICE: 4950, C_HEADS: 4900}, "counts two places once"),
    ("costs", {**COSTS, C_ONE: 2450}, "lets no place look at itself"),
    ("costs", {**COSTS, C_ONE: 2450, C_TWICE: 9900.0}, "lets no place look at itself"),
    ("costs", {**COSTS, C_HEADS: 625.0}, "shares the scores among the heads"),
    ("costs", {**COSTS, C_MASKED: 2500.0}, "leaves the mask out"),
    ("costs", {**COSTS, C_AT_ONCE: 0.0}, "counts no step"),
    ("costs", {**COSTS, C_WRITING: 5050.0}, "counts the places that are read"),
    ("costs", {**COSTS, C_ATTENTION: 10240000}, "squares the product"),
    ("costs", {**COSTS, C_RECURRENT: 10240000}, "squares the product"),
    ("next_id", by_adding(multiplied), "multiplies by the temperature"),
    ("next_id", by_counting(multiplied), "multiplies by the temperature"),
    ("next_id", by_adding(cold), "loses the temperature"),
    ("next_id", by_taking_away(cold_divided), "loses the temperature"),
    ("next_id", draw_best, "always takes the best"),
    ("next_id", draw_best_scaled, "always takes the best"),
    ("next_id", draw_overflowing, "overflows"),
    ("next_id", lambda logits, temperature, u:
     int(np.argmax(np.add.accumulate(naive(logits, temperature)) > u)), "overflows"),
    ("next_id", draw_off, "is one id off"),
    ("next_id", draw_off_counted, "is one id off"),
    ("next_id", draw_backwards, "adds up from the other end"),
    ("next_id", draw_backwards_counted, "adds up from the other end"),
    ("next_id", by_adding(sorted_down), "sorts the probabilities"),
    ("next_id", by_counting(sorted_down), "sorts the probabilities"),
    ("next_id", draw_single, "compares single probabilities"),
    ("next_id", draw_single_where, "compares single probabilities"),
    ("next_id", draw_at_equal, "stops where the sum equals u"),
    ("next_id", draw_at_equal_loop, "stops where the sum equals u"),
    ("next_id", by_adding(divided_only), "divides the probabilities"),
    ("next_id", by_taking_away(divided_only), "divides the probabilities"),
    ("next_id", draw_probability, "returns the probability"),
    ("next_id", draw_probability_index, "returns the probability"),
    ("next_id", draw_larger, "counts the larger sums"),
    ("next_id", draw_larger_loop, "counts the larger sums"),
    ("next_id", draw_equal_parts, "gives each id an equal part"),
    ("next_id", draw_equal_parts_loop, "gives each id an equal part"),
    ("next_id", draw_own, "has no use for u"),
    ("next_id", draw_half, "has no use for u"),
    ("next_id", draw_too_late, "looks before it adds"),
    ("next_id", draw_too_late_counted, "looks before it adds"),
    ("continue_text", by_appending(latest, first_row), "takes the logits of the first place"),
    ("continue_text", by_length(latest, first_row), "takes the logits of the first place"),
    ("continue_text", by_appending(oldest), "reads the beginning only"),
    ("continue_text", by_length(oldest), "reads the beginning only"),
    ("continue_text", by_appending(everything), "reads beyond the window"),
    ("continue_text", by_length(everything), "reads beyond the window"),
    ("continue_text", text_once, "asks once"),
    ("continue_text", text_once_fixed, "asks once"),
    ("continue_text", text_new_only, "returns the new ids only"),
    ("continue_text", text_new_popped, "returns the new ids only"),
    ("continue_text", by_appending(turned), "reads backwards"),
    ("continue_text", by_length(turned), "reads backwards"),
    ("continue_text", by_appending(latest, worst), "takes the worst guess"),
    ("continue_text", by_length(latest, worst_of_turned), "takes the worst guess"),
    ("continue_text", by_appending(one_less), "reads one id too few"),
    ("continue_text", by_length(one_less), "reads one id too few"),
    ("continue_text", by_appending(latest, more=1), "goes one step too far"),
    ("continue_text", by_length(latest, more=1), "goes one step too far"),
    ("continue_text", by_appending(latest, flat), "looks at all places"),
    ("continue_text", by_length(latest, flat_listed), "looks at all places"),
    ("continue_text", by_appending(one_more), "reads one id too many"),
    ("continue_text", by_length(one_more), "reads one id too many"),
    ("continue_text", by_appending(three), "reads a fixed number of ids"),
    ("continue_text", by_length(three), "reads a fixed number of ids"),
    ("continue_text", by_appending(filled), "fills up with zeros"),
    ("continue_text", by_length(filled), "fills up with zeros"),
    ("continue_text", text_cut, "returns the window"),
    ("continue_text", text_deque, "returns the window"),
    ("continue_text", text_all_guesses, "appends the guesses of all places"),
    ("continue_text", text_all_guesses_array, "appends the guesses of all places"),
    ("continue_text", by_appending(from_step), "reads from the step on"),
    ("continue_text", by_length(from_step), "reads from the step on"),
    ("what_is_missing", {**CAUSES, W_LEAK: "Data"}, "takes a leak for learning by heart"),
    ("what_is_missing", {**CAUSES, W_HEART: "MASK"}, "takes a leak for learning by heart"),
    ("what_is_missing", {**CAUSES, W_SAME: "Reach"}, "takes places for distance"),
    ("what_is_missing", {**CAUSES, W_FAR: "Positions"}, "takes places for distance"),
    ("what_is_missing", {**CAUSES, W_DEEP: "Data"}, "wants more data for a training that fails"),
    ("what_is_missing", {**CAUSES, W_SAME: "Mask"}, "lets the mask give the order"),
    ("what_is_missing", {**CAUSES, W_FAR: "Shortcuts"}, "takes shortcuts for a longer reach"),
    ("what_is_missing", {**CAUSES, W_HEART: "Reach"}, "wants more data for what is out of sight"),
    ("what_is_missing", {**CAUSES, W_LEAK: " reach"}, "takes what hides for what is far"),
]

RIGHT = [
    ("same_budget", climbing(cost_right)),
    ("same_budget", halving(cost_right)),
    ("causal_conv", conv_right),
    ("causal_weights", weights_right),
    ("causal_weights", by_torch(lambda i, j: j <= i)),
    ("causal_weights", by_rows(lambda i, j: j <= i)),
    ("next_id", by_adding(hot)),
    ("next_id", by_taking_away(hot_torch)),
    ("continue_text", by_appending(latest)),
    ("continue_text", by_length(latest)),
]
