"""The same misconceptions as in the banks, written by other hands.

A bank's first answer is what a mistake is recognised by, so the bank alone could agree with itself.
These are written differently (other operations, dtypes, loops, torch) and name the mistake that
must be recognised. `RIGHT` holds further correct answers.
"""

import math

import numpy as np
import torch

# --- sgd_step ---


def sgd_uphill_in_place(w, grad, lr):
    w += grad * lr
    return w


def sgd_without_rate_by_lists(w, grad, lr):
    return [a - b for a, b in zip(w, grad, strict=True)]


def sgd_in_place_by_slice(w, grad, lr):
    w[:] = w - grad * lr
    return w.copy() if hasattr(w, "copy") else w.clone()


def sgd_step_only_torch(w, grad, lr):
    return torch.mul(grad, -lr)


def sgd_times_w_by_numpy(w, grad, lr):
    return np.asarray(w) * (1 - lr * np.asarray(grad))


def sgd_decay(w, grad, lr):
    w = w - lr * w
    return w


def sgd_mean_first(w, grad, lr):
    step = grad.sum() / np.size(np.asarray(grad))
    return w - step * lr


def sgd_sign(w, grad, lr):
    return np.asarray(w) - lr * np.sign(np.asarray(grad))


# --- gradient_descent ---


def descent_return_too_early(grad, w0, lr, steps):
    w, path = w0, [w0]
    while len(path) <= steps:
        w -= lr * grad(w)
        path.append(w)
        return np.array(path)


def descent_uphill(grad, w0, lr, steps):
    w, path = w0, []
    for _ in range(steps + 1):
        path.append(w)
        w += lr * grad(w)
    return np.array(path)


def descent_without_start(grad, w0, lr, steps):
    w = np.float64(w0)
    while steps > 0:
        w = w - lr * grad(w)
        steps -= 1
        yield w


def descent_end_only(grad, w0, lr, steps):
    if steps == 0:
        return w0
    return descent_end_only(grad, w0 - lr * grad(w0), lr, steps - 1)


# --- pick_rate ---


def pick_largest_drop(rates, losses):
    drops = [before - after if after == after and after < float("inf") else float("-inf")
             for before, after in zip(losses[:-1].tolist(), losses[1:].tolist(), strict=True)]
    return rates.tolist()[drops.index(max(drops)) + 1]


def pick_bottom_by_loop(rates, losses):
    best = 0
    for i in range(len(losses)):
        if losses[i] < losses[best]:
            best = i
    return rates[best]


def pick_first(rates, losses):
    return min(rates)


def pick_index(rates, losses):
    return np.where(losses == np.nanmin(losses))[0][0]


def pick_far_above(rates, losses):
    bottom = min((loss, rate) for loss, rate in zip(losses, rates, strict=True) if loss == loss)
    return bottom[1] * 4


def pick_third_of_the_last(rates, losses):
    return max(rates[np.isfinite(losses)].tolist()) / 3


def pick_ten_places_earlier(rates, losses):
    return rates.tolist()[int(np.nanargmin(losses)) - 10]


# --- steps_per_epoch ---


def steps_with_leftovers(n, batch_size, drop_last):
    full, left = divmod(n, batch_size)
    return full if drop_last else full + left


def steps_less_one(n, batch_size, drop_last):
    steps = math.ceil(n / batch_size)
    return steps - drop_last


def steps_floor(n, batch_size, drop_last):
    return math.floor(n / batch_size)


def steps_ceil(n, batch_size, drop_last):
    return float(math.ceil(n / batch_size))


def steps_one_more(n, batch_size, drop_last):
    steps = int(n / batch_size)
    if not drop_last:
        steps += 1
    return steps


def steps_swapped(n, batch_size, drop_last):
    return math.ceil(n / batch_size) if drop_last is True else math.floor(n / batch_size)


# --- predicted_noise ---


def noise_of_sum(spread, batch_size):
    return math.sqrt(batch_size * spread**2)


def noise_variance(spread, batch_size):
    return np.square(spread / np.sqrt(batch_size))


def noise_over_b(spread, batch_size):
    return np.float32(spread) * (1 / batch_size)


def noise_precedence(spread, batch_size):
    return spread / batch_size ** 1 * 2


# --- scaled_rate ---


def scaled_floor(base_rate, base_batch, batch, step, warmup_steps):
    times = int(batch / base_batch)
    return times * base_rate * (1 if step >= warmup_steps else (step + 1) / warmup_steps)


def scaled_jump(base_rate, base_batch, batch, step, warmup_steps):
    if step >= warmup_steps:
        return base_rate / base_batch * batch
    return np.linspace(0, base_rate, warmup_steps + 1)[step + 1]


def scaled_root(base_rate, base_batch, batch, step, warmup_steps):
    target = base_rate * math.sqrt(batch) / math.sqrt(base_batch)
    return target if step >= warmup_steps else target / warmup_steps * (step + 1)


def scaled_from_zero(base_rate, base_batch, batch, step, warmup_steps):
    target = base_rate / base_batch * batch
    if step < warmup_steps:
        return np.linspace(0, target, warmup_steps + 1)[step]
    return target


def scaled_at_once(base_rate, base_batch, batch, step, warmup_steps):
    return batch / (base_batch / base_rate)


# --- cosine_rate ---


def cosine_in_degrees(t, total, base):
    angle = t / total * 180
    return base / 2 + base / 2 * math.cos(angle)


def cosine_linear(t, total, base):
    return float(np.interp(t, [0, total], [base, 0]))


def cosine_not_moved(t, total, base):
    return base * math.cos(math.pi * t / total)


def cosine_sine(t, total, base):
    return base / 2 + base / 2 * math.sin(math.pi * t / total)


def cosine_floor(t, total, base):
    return base * math.cos(math.pi / 2 * (t // 1) / total) ** 2


def cosine_clipped(t, total, base):
    return base * float(np.clip(np.cos(np.pi * t / total), 0, 1))


# --- accumulate_gradients ---


def accumulate_last_only(model, loss_fn, x, y, size):
    for p in model.parameters():
        p.grad = None
    starts = list(range(0, len(x), size))
    for start in starts:
        part = x[start:] if start == starts[-1] else x[start : start + size]
        loss_fn(model(part), y[start : start + len(part)])
    model.backward(loss_fn.backward() * (len(part) / len(x)))
    return tuple(p.grad for p in model.parameters())


def accumulate_equal_weights(model, loss_fn, x, y, size):
    model.zero_grad()
    for start in range(0, len(x), size):
        loss_fn(model(x[start : start + size]), y[start : start + size])
        model.backward(loss_fn.backward() * (size / len(y)))
    return [p.grad for p in model.parameters()]


def accumulate_full_pieces(model, loss_fn, x, y, size):
    model.zero_grad()
    start = 0
    while start + size <= len(x):
        loss_fn(model(x[start : start + size]), y[start : start + size])
        model.backward(loss_fn.backward() * (size / len(x)))
        start += size
    return [p.grad for p in model.parameters()]


def accumulate_sum(model, loss_fn, x, y, size):
    model.zero_grad()
    for start in range(0, len(x), size):
        loss = loss_fn(model(x[start : start + size]), y[start : start + size])
        if hasattr(loss, "backward"):
            loss.backward()
        else:
            model.backward(loss_fn.backward())
    return [p.grad for p in model.parameters()]


def accumulate_clearing(model, loss_fn, x, y, size):
    for start in range(0, len(x), size):
        for parameter in model.parameters():
            parameter.grad = None
        part = x[start : start + size]
        loss_fn(model(part), y[start : start + size])
        model.backward(len(part) / len(x) * loss_fn.backward())
    return tuple(p.grad for p in model.parameters())


def accumulate_stale(model, loss_fn, x, y, size):
    start = 0
    while start < len(x):
        part = x[start : start + size]
        loss_fn(model(part), y[start : start + size])
        model.backward(loss_fn.backward() * len(part) / len(x))
        start += size
    return [p.grad for p in model.parameters()]


WRONG = [
    ("sgd_step", sgd_uphill_in_place, "goes uphill"),
    ("sgd_step", sgd_without_rate_by_lists, "leaves out the learning rate"),
    ("sgd_step", sgd_in_place_by_slice, "changes the weights in place"),
    ("sgd_step", sgd_step_only_torch, "returns the step, not the weights"),
    ("sgd_step", sgd_times_w_by_numpy, "multiplies by the weights"),
    ("sgd_step", sgd_decay, "leaves out the gradient"),
    ("sgd_step", sgd_mean_first, "one gradient for all weights"),
    ("sgd_step", sgd_sign, "uses only the direction"),
    ("gradient_descent", descent_return_too_early, "returns from within the loop"),
    ("gradient_descent", descent_uphill, "goes uphill"),
    ("gradient_descent", descent_without_start, "leaves out the start"),
    ("gradient_descent", descent_end_only, "returns only the end"),
    ("pick_rate", pick_bottom_by_loop, "takes the bottom itself"),
    ("pick_rate", pick_first, "takes the smallest rate"),
    ("pick_rate", pick_index, "returns the index"),
    ("pick_rate", pick_largest_drop, "takes the steepest fall"),
    ("pick_rate", pick_far_above, "goes up from the bottom"),
    ("pick_rate", pick_third_of_the_last, "takes the last rate before NaN"),
    ("pick_rate", pick_ten_places_earlier, "counts places"),
    ("steps_per_epoch", steps_with_leftovers, "adds the rows left over"),
    ("steps_per_epoch", steps_less_one, "takes one off though nothing is left over"),
    ("steps_per_epoch", steps_floor, "always drops the last partial batch"),
    ("steps_per_epoch", steps_ceil, "ignores drop_last"),
    ("steps_per_epoch", steps_one_more, "adds a batch that is not there"),
    ("steps_per_epoch", steps_swapped, "takes drop_last the wrong way round"),
    ("predicted_noise", noise_of_sum, "the noise of the sum"),
    ("predicted_noise", noise_variance, "the variance"),
    ("predicted_noise", noise_over_b, "noise falls as 1/B"),
    ("predicted_noise", noise_precedence, "halves the batch for its root"),
    ("scaled_rate", scaled_floor, "drops the fraction"),
    ("scaled_rate", scaled_jump, "rises to the base rate"),
    ("scaled_rate", scaled_root, "scales by the square root"),
    ("scaled_rate", scaled_from_zero, "starts at zero"),
    ("scaled_rate", scaled_at_once, "leaves out the warm-up"),
    ("cosine_rate", cosine_in_degrees, "degrees for radians"),
    ("cosine_rate", cosine_linear, "a straight line"),
    ("cosine_rate", cosine_not_moved, "falls below zero"),
    ("cosine_rate", cosine_sine, "a sine"),
    ("cosine_rate", cosine_floor, "counts whole epochs only"),
    ("cosine_rate", cosine_clipped, "cuts or turns the cosine at zero"),
    ("accumulate_gradients", accumulate_last_only, "keeps the last piece only"),
    ("accumulate_gradients", accumulate_equal_weights,
     "gives a small piece the share of a full one"),
    ("accumulate_gradients", accumulate_full_pieces, "leaves out the last rows"),
    ("accumulate_gradients", accumulate_sum, "adds means without a share"),
    ("accumulate_gradients", accumulate_clearing, "keeps the last piece only"),
    ("accumulate_gradients", accumulate_stale, "never clears the gradients"),
]


def right_step_by_fractions(n, batch_size, drop_last):
    from fractions import Fraction

    exact = Fraction(n, batch_size)
    return Fraction(math.floor(exact) if drop_last else math.ceil(exact))


def right_noise_by_decimals(spread, batch_size):
    from decimal import Decimal

    return Decimal(spread) / Decimal(batch_size).sqrt()


def right_path_as_map(grad, w0, lr, steps):
    import itertools

    return itertools.accumulate(range(steps), lambda w, _: w - lr * grad(w), initial=w0)


def right_scaled_with_keyword_defaults(base_rate, base_batch, batch, step=0, warmup_steps=0):
    return np.array([base_rate * batch / base_batch * min(1, (step + 1) / (warmup_steps or 1))])[0]


RIGHT = [
    ("steps_per_epoch", right_step_by_fractions),
    ("predicted_noise", right_noise_by_decimals),
    ("gradient_descent", right_path_as_map),
    ("scaled_rate", right_scaled_with_keyword_defaults),
]
