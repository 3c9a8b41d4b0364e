"""The same misconceptions as in the banks, written by other hands.

With the bank's own answer most of these mistakes are tried in three wordings: loops, other
operations, attributes, tensors. `RIGHT` holds further correct answers.
"""

import math

import numpy as np
import torch

from nnlib.chapters.optimizers.exercises import clipped_training, fair, first_moves, whose_state

# --- contraction ---


def factors(rate, curvatures):
    return 1 - rate * np.array(curvatures)


def contraction_by(choose):
    def contraction(rate, curvatures):
        return choose(rate, curvatures)

    return contraction


def steepest_by_sorting(rate, curvatures):
    return math.fabs(1 - sorted(curvatures)[-1] * rate)


def flattest_by_sorting(rate, curvatures):
    return ((1 - sorted(curvatures)[0] * rate) ** 2) ** 0.5


def multiplied_by_logarithms(rate, curvatures):
    result = 1.0
    while curvatures:
        result, curvatures = result * (1 - rate * curvatures[0]), curvatures[1:]
    return result if result > 0 else -result


# --- momentum_step ---


def momentum_by(weights, velocity):
    def momentum_step(w, v, grad, lr, beta):
        new = velocity(v, grad, lr, beta)
        return weights(w, v, new, grad, lr, beta), new

    return momentum_step


def plain(v, grad, lr, beta):
    return grad + v * beta


def velocity_first(w, v, grad, lr, beta):
    v = v * beta + grad
    w = w - v * lr
    return [v, w]


# --- coasting ---


def coasting_by(first, factor):
    """Add up moves, the first of which is given, and each of which is so much of the last."""
    def coasting(v, lr, beta):
        move, way = first(v, lr, beta), 0.0
        for _ in range(6000):
            way, move = way + move, move * factor(beta)
        return way

    return coasting


# --- adagrad_moves ---


def adagrad_by(divide):
    def adagrad_moves(grads, lr):
        return [lr * divide(grads[:i + 1]) for i in range(len(grads))]

    return adagrad_moves


def root_of_sum(seen):
    return math.sqrt(math.fsum(g * g for g in seen))


def own_sign(seen):
    return float(np.sign(seen[-1]))


def added_up(grads, lr):
    grads = np.array(grads)
    return (lr * grads / np.sqrt((grads**2).cumsum())).cumsum().tolist()


def added_up_by_hand(grads, lr):
    ends, w, total = [], 0.0, 0.0
    for g in grads:
        total += g * g
        w += lr * g / math.sqrt(total)
        ends = [*ends, w]
    return ends


def by_shifted_sums(grads, lr):
    grads = np.array(grads)
    sums = np.cumsum(grads**2)
    return lr * grads / np.sqrt(np.concatenate([[1.0], sums[:-1]]))


# --- rmsprop_step ---


def rmsprop_by(divisor, mean=lambda s, grad, rho: rho * s + (1 - rho) * grad * grad,
               numerator=lambda grad: grad):
    def rmsprop_step(w, s, grad, lr, rho, eps):
        new = mean(s, grad, rho)
        return w - numerator(grad) * lr / divisor(s, new, eps), new

    return rmsprop_step


def outside(s, new, eps):
    return eps + new**0.5


# --- adam_step ---


def adam_by(move):
    def adam_step(w, m, s, t, grad, lr, beta1, beta2, eps):
        m = m - (1 - beta1) * (m - grad)
        s = s - (1 - beta2) * (s - grad * grad)
        return w - lr * move(m, s, t, grad, beta1, beta2, eps), m, s

    return adam_step


def hats(m, s, t, beta1, beta2):
    return m / (1 - beta1**t), s / (1 - beta2**t)


def corrected_move(m, s, t, grad, beta1, beta2, eps):
    m, s = hats(m, s, t, beta1, beta2)
    return m / (s**0.5 + eps)


RIGHT_ADAM = adam_by(corrected_move)


def hands_on_the_corrected(w, m, s, t, grad, lr, beta1, beta2, eps):
    m, s = hats(beta1 * m + grad * (1 - beta1), beta2 * s + grad * grad * (1 - beta2), t, beta1,
                beta2)
    return [w - m * lr / (eps + s**0.5), m, s]


def hands_on_the_corrected_by_steps(w, m, s, t, grad, lr, beta1, beta2, eps):
    m = (m * beta1 + (1 - beta1) * grad) * (1 / (1 - beta1**t))
    s = (s * beta2 + (1 - beta2) * grad**2) * (1 / (1 - beta2**t))
    w = w - lr / (s**0.5 + eps) * m
    return w, m, s


# --- adam_moves ---


def moves_by(corrections):
    """`corrections(t, beta1, beta2)` gives both divisors in the step that is really number t."""
    def adam_moves(grads, lr, beta1, beta2):
        m, s, moves = 0.0, 0.0, []
        for t, g in enumerate(grads, start=1):
            m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g * g
            first, second = corrections(t, beta1, beta2)
            moves.append(lr * (m / first) / math.sqrt(s / second))
        return moves

    return adam_moves


def signs_alone(grads, lr, beta1, beta2):
    return [0.0 if g == 0 else math.copysign(lr, g) for g in grads]


def signs_alone_by_division(grads, lr, beta1, beta2):
    return [lr * g / abs(g) if g else 0.0 for g in grads]


def first_move_repeated(grads, lr, beta1, beta2):
    return [math.copysign(lr, grads[0]) for _ in grads]


def first_move_repeated_by_numpy(grads, lr, beta1, beta2):
    return lr * np.sign(grads[0]) * np.ones(len(grads))


# --- resting_weight ---


def sign(number):
    return (number > 0) - (number < 0)


def resting_by(step):
    def resting_weight(grad, lr, decay):
        w = 0.5
        for _ in range(30000):
            w = step(w, grad, lr, decay)
        return w

    return resting_weight


# --- clip_together ---


def clip_by(length):
    """Scale all by the limit over a length, where that length is above the limit."""
    def clip_together(grads, limit):
        measured = length([float(x) for grad in grads for x in grad], grads)
        return [grad * (limit / measured) if measured > limit else grad + 0 for grad in grads]

    return clip_together


def norm(numbers):
    return math.sqrt(math.fsum(x * x for x in numbers))


def one_by_one(grads, limit):
    return [grad / max(1.0, norm(map(float, grad)) / limit) for grad in grads]


def one_by_one_in_a_loop(grads, limit):
    result = []
    for grad in grads:
        own = norm([float(x) for x in grad])
        result.append(grad * (limit / own) if own > limit else grad * 1)
    return result


def cut_by_numpy(grads, limit):
    return [np.minimum(np.maximum(np.asarray(grad), -limit), limit) for grad in grads]


def cut_number_by_number(grads, limit):
    return [[min(max(float(x), -limit), limit) for x in grad] for grad in grads]


def stretched(grads, limit):
    whole = norm(float(x) for grad in grads for x in grad)
    return [grad * limit / whole if whole > 0 else grad * 0 for grad in grads]


def stretched_by_steps(grads, limit):
    squares = 0.0
    for grad in grads:
        squares += float((grad * grad).sum())
    scale = limit / squares**0.5 if squares else 1.0
    return [scale * grad for grad in grads]


def unit_vectors(grads, limit):
    whole = sum((grad**2).sum() for grad in grads) ** 0.5
    return [grad / whole * min(whole, limit) for grad in grads]


def shares_of_the_whole(grads, limit):
    flat = np.concatenate([np.asarray(grad) for grad in grads])
    short = min(limit, np.linalg.norm(flat)) / np.sqrt(flat @ flat)
    return [np.asarray(grad) * short for grad in grads]


# --- clipped_training ---


def training_by(order, before=""):
    """The loop with its lines in this order, after those of `before`, once."""
    def clipped_training(model, loss_fn, optimizer, batches, clip, limit):
        losses, batch = [], []

        def clip_each():
            for weights in model.parameters():
                clip(iter([weights]), limit)

        def backward_clipped():
            start = loss_fn.backward()
            length = norm(float(x) for row in start for x in row)
            model.backward(start * (limit / length) if length > limit else start)

        def cut_loss():
            losses.append(min(float(loss_fn(model(batch[0]), batch[1])), limit))

        def step_if_short():
            if norm(float(x) for p in model.parameters() for x in p.grad.reshape(-1)) <= limit:
                optimizer.step()

        lines = {
            "loss": lambda: losses.append(float(loss_fn(model(batch[0]), batch[1]))),
            "clear": model.zero_grad,
            "backward": lambda: model.backward(loss_fn.backward()),
            "backward_clipped": backward_clipped,
            "clip": lambda: clip(list(model.parameters()), limit),
            "clip_each": clip_each,
            "cut_loss": cut_loss,
            "step": optimizer.step,
            "step_if_short": step_if_short,
        }
        for line in before.split():
            lines[line]()
        for pair in batches:
            batch[:] = pair
            for line in order.split():
                lines[line]()
        return losses

    return clipped_training


def cut_in_the_end(model, loss_fn, optimizer, batches, clip, limit):
    losses = clipped_training.broken(model, loss_fn, optimizer, batches, clip, limit)
    return np.minimum(losses, limit).tolist()


# --- state_bytes ---


def bytes_by(count):
    def state_bytes(weights, method, bytes_each):
        return count(method) * weights * bytes_each

    return state_bytes


def arrays_of(method):
    return 2 * (method in ("Adam", "AdamW")) + (method in ("momentum", "AdaGrad", "RMSprop"))


# --- answers that are dictionaries ---


def moves(sgd, adam, rmsprop, momentum, adagrad):
    values = (sgd, adam, rmsprop, momentum, adagrad)
    return dict(zip(first_moves.MOVES, values, strict=True))


def states(*words):
    return dict(zip(whose_state.STATES, words, strict=True))


def verdicts(*words):
    return dict(zip(fair.REPORTS, words, strict=True))


WRONG = [
    ("contraction", steepest_by_sorting, "looks at the steepest alone"),
    ("contraction", contraction_by(lambda r, c: abs(1 - max(c) * r)),
     "looks at the steepest alone"),
    ("contraction", flattest_by_sorting, "looks at the flattest alone"),
    ("contraction", contraction_by(lambda r, c: abs(1 - min(c) * r)),
     "looks at the flattest alone"),
    ("contraction", contraction_by(lambda r, c: factors(r, c).max()), "keeps the sign"),
    ("contraction", contraction_by(lambda r, c: 1 - r * min(c)), "keeps the sign"),
    ("contraction", contraction_by(lambda r, c: np.abs(factors(r, c)).min()), "takes the fastest"),
    ("contraction", contraction_by(lambda r, c: sorted(map(abs, factors(r, c)))[0]),
     "takes the fastest"),
    ("contraction", contraction_by(lambda r, c: np.abs(factors(r, c)).mean()), "takes the mean"),
    ("contraction", contraction_by(lambda r, c: np.mean([abs(f) for f in factors(r, c)])),
     "takes the mean"),
    ("contraction", multiplied_by_logarithms, "multiplies the directions"),
    ("contraction", contraction_by(lambda r, c: abs(np.prod(factors(r, c)))),
     "multiplies the directions"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - v * lr, plain),
     "follows the old velocity"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w + -lr * v, plain),
     "follows the old velocity"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - lr * n,
                                  lambda v, g, lr, b: v + (1 - b) * (g - v)), "takes a mean"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - n * lr,
                                  lambda v, g, lr, b: g - b * g + b * v), "takes a mean"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - n,
                                  lambda v, g, lr, b: g * lr + v * b), "puts the rate inside"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - b * v - lr * g,
                                  lambda v, g, lr, b: b * v - -lr * g), "puts the rate inside"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w + n * lr, plain), "goes uphill"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - -lr * n, plain), "goes uphill"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - lr * n,
                                  lambda v, g, lr, b: g + v), "forgets nothing"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - lr * g - lr * v,
                                  lambda v, g, lr, b: v - -1 * g), "forgets nothing"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - lr * g - lr * b * n, plain),
     "looks ahead"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - (b * n + g) * lr, plain),
     "looks ahead"),
    ("momentum_step", velocity_first, "returns the velocity first"),
    ("momentum_step", lambda w, v, grad, lr, beta: (grad + beta * v, w - lr * (grad + beta * v)),
     "returns the velocity first"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - g * lr, plain),
     "follows the gradient alone"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - lr * (n - b * v), plain),
     "follows the gradient alone"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - lr * n,
                                  lambda v, g, lr, b: g * b + v), "puts β on the gradient"),
    ("momentum_step", momentum_by(lambda w, v, n, g, lr, b: w - lr * v - lr * b * g,
                                  lambda v, g, lr, b: v - -b * g), "puts β on the gradient"),
    ("coasting", coasting_by(lambda v, lr, b: lr * v, lambda b: b), "counts the step before"),
    ("coasting", lambda v, lr, beta: lr * v + lr * v * beta / (1 - beta),
     "counts the step before"),
    ("coasting", lambda v, lr, beta: v * beta * lr, "stops after one step"),
    ("coasting", coasting_by(lambda v, lr, b: lr * b * v, lambda b: 0), "stops after one step"),
    ("coasting", coasting_by(lambda v, lr, b: b * v, lambda b: b), "leaves out the rate"),
    ("coasting", lambda v, lr, beta: v / (1 - beta) - v, "leaves out the rate"),
    ("coasting", coasting_by(lambda v, lr, b: lr * b * b * v, lambda b: b), "skips a step"),
    ("coasting", lambda v, lr, beta: lr * v * beta * (1 / (1 - beta) - 1), "skips a step"),
    ("coasting", lambda v, lr, beta: lr * v * sum(beta**k for k in range(1, 6)),
     "stops after some steps"),
    ("coasting", lambda v, lr, beta: lr * v * beta * (1 - beta**20) / (1 - beta),
     "stops after some steps"),
    ("adagrad_moves", adagrad_by(lambda seen: seen[-1] / math.fsum(g * g for g in seen)),
     "leaves out the root"),
    ("adagrad_moves", adagrad_by(lambda seen: seen[-1] / root_of_sum(seen) ** 2),
     "leaves out the root"),
    ("adagrad_moves", adagrad_by(own_sign), "remembers nothing"),
    ("adagrad_moves", lambda grads, lr: [lr * float((g > 0) - (g < 0)) for g in grads],
     "remembers nothing"),
    ("adagrad_moves",
     adagrad_by(lambda seen: seen[-1] / math.sqrt(np.mean(np.square(seen)))), "takes a mean"),
    ("adagrad_moves", adagrad_by(lambda seen: seen[-1] / root_of_sum(seen) * len(seen) ** 0.5),
     "takes a mean"),
    ("adagrad_moves", adagrad_by(lambda seen: seen[-1] / sum(map(abs, seen))),
     "adds up the sizes"),
    ("adagrad_moves", adagrad_by(lambda seen: seen[-1] / np.abs(seen).sum()),
     "adds up the sizes"),
    ("adagrad_moves", adagrad_by(lambda seen: abs(seen[-1]) / root_of_sum(seen)),
     "loses the direction"),
    ("adagrad_moves", adagrad_by(lambda seen: abs(seen[-1] / root_of_sum(seen))),
     "loses the direction"),
    ("adagrad_moves", adagrad_by(lambda seen: -seen[-1] / root_of_sum(seen)),
     "turns the moves round"),
    ("adagrad_moves", adagrad_by(lambda seen: seen[-1] / -root_of_sum(seen)),
     "turns the moves round"),
    ("adagrad_moves", added_up, "adds up the moves"),
    ("adagrad_moves", added_up_by_hand, "adds up the moves"),
    ("adagrad_moves", adagrad_by(
        lambda seen: seen[-1] / root_of_sum(seen[:-1]) if len(seen) > 1 else own_sign(seen)),
     "divides before it adds"),
    ("adagrad_moves", by_shifted_sums, "divides before it adds"),
    ("adagrad_moves", lambda grads, lr: [math.copysign(lr, grads[0])], "returns at once"),
    ("adagrad_moves", lambda grads, lr: lr * np.sign(grads[:1]), "returns at once"),
    ("rmsprop_step", rmsprop_by(lambda s, new, eps: (eps + new) ** 0.5), "puts ε inside the root"),
    ("rmsprop_step", rmsprop_by(lambda s, new, eps: (new - -eps) ** (1 / 2)),
     "puts ε inside the root"),
    ("rmsprop_step", rmsprop_by(lambda s, new, eps: eps + new, numerator=lambda g: g * g),
     "squares the gradient"),
    ("rmsprop_step", rmsprop_by(lambda s, new, eps: new + eps, numerator=lambda g: abs(g) ** 2),
     "squares the gradient"),
    ("rmsprop_step", rmsprop_by(
        lambda s, new, eps: new + eps,
        lambda s, grad, rho: (s * rho + grad * grad * (1 - rho)) ** 0.5), "keeps the root"),
    ("rmsprop_step", rmsprop_by(
        lambda s, new, eps: eps + new,
        lambda s, grad, rho: (s + (1 - rho) * (grad**2 - s)) ** (1 / 2)), "keeps the root"),
    ("rmsprop_step", rmsprop_by(
        lambda s, new, eps: eps + new,
        lambda s, grad, rho: s * rho + (grad**2) ** 0.5 * (1 - rho)), "averages sizes"),
    ("rmsprop_step", rmsprop_by(
        lambda s, new, eps: eps + new,
        lambda s, grad, rho: s + (1 - rho) * (abs(grad) - s)), "averages sizes"),
    ("rmsprop_step", rmsprop_by(lambda s, new, eps: outside(None, s, eps)),
     "divides by the old mean"),
    ("rmsprop_step", rmsprop_by(lambda s, new, eps: s ** (1 / 2) + eps),
     "divides by the old mean"),
    ("rmsprop_step", rmsprop_by(outside, lambda s, grad, rho: s + grad * grad),
     "adds up the squares"),
    ("rmsprop_step", rmsprop_by(outside, lambda s, grad, rho: abs(grad) ** 2 + s),
     "adds up the squares"),
    ("rmsprop_step", rmsprop_by(lambda s, new, eps: (eps + new) / 1000), "mends one number"),
    ("rmsprop_step", rmsprop_by(lambda s, new, eps: 1e-3 * (new + eps)), "mends one number"),
    ("rmsprop_step", rmsprop_by(
        outside, lambda s, grad, rho: s - (1 - rho) * (s - (1e-3 * grad) ** 2),
        lambda grad: 1e-3 * grad), "changes the unit of the gradient"),
    ("rmsprop_step", rmsprop_by(
        lambda s, new, eps: 1000 * (eps + new),
        lambda s, grad, rho: s * rho + grad * grad / 1e6 * (1 - rho)),
     "changes the unit of the gradient"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: m / (eps + s**0.5)),
     "leaves out the corrections"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: 1 / (s ** (1 / 2) + eps) * m),
     "leaves out the corrections"),
    ("adam_step", hands_on_the_corrected, "keeps the corrected means"),
    ("adam_step", hands_on_the_corrected_by_steps, "keeps the corrected means"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: hats(m, s, t + 1, b1, b2)[0]
                          / (hats(m, s, t + 1, b1, b2)[1] ** 0.5 + eps)), "counts one too many"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: m / (1 - b1 * b1**t)
                          / ((s / (1 - b2 * b2**t)) ** 0.5 + eps)), "counts one too many"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: hats(m, s, 1, b1, b2)[0]
                          / (hats(m, s, 1, b1, b2)[1] ** 0.5 + eps)), "corrects without t"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: m / (1 - b1)
                          / (eps + s**0.5 / (1 - b2) ** 0.5)), "corrects without t"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: hats(m, s, t, b1, b2)[0]
                          / (eps + hats(m, s, t, b1, b2)[1]) ** 0.5), "puts ε inside the root"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: m / (1 - b1**t)
                          * (s / (1 - b2**t) + eps) ** -0.5), "puts ε inside the root"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: g
                          / (eps + hats(m, s, t, b1, b2)[1] ** 0.5)),
     "follows the newest gradient"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: g * 1.0
                          / (s**0.5 / (1 - b2**t) ** 0.5 + eps)), "follows the newest gradient"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: hats(m, s, t, b1, b2)[0]
                          / (eps + hats(m, s, t, b1, b2)[1])), "leaves out the root"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: m / (1 - b1**t)
                          * (1 / (s / (1 - b2**t) + eps))), "leaves out the root"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: hats(m, s, t, b1, b2)[0]
                          / (eps + s**0.5)), "corrects the mean alone"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: 1 / (1 - b1**t) * m
                          * (1 / (s**0.5 + eps))), "corrects the mean alone"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: m
                          / (eps + hats(m, s, t, b1, b2)[1] ** 0.5)),
     "corrects the squares alone"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: m
                          / (s**0.5 * (1 - b2**t) ** -0.5 + eps)), "corrects the squares alone"),
    ("adam_step", lambda w, m, s, t, grad, lr, beta1, beta2, eps: RIGHT_ADAM(
        w, m, s, t, grad, lr, beta2, beta1, eps), "exchanges the memories"),
    ("adam_step", lambda w, m, s, t, grad, lr, beta1, beta2, eps: list(RIGHT_ADAM(
        w, m, s, t, grad, lr, beta2, beta1, eps)), "exchanges the memories"),
    ("adam_step", adam_by(lambda m, s, t, g, b1, b2, eps: -corrected_move(
        m, s, t, g, b1, b2, eps)), "goes uphill"),
    ("adam_step", lambda w, m, s, t, grad, lr, beta1, beta2, eps: RIGHT_ADAM(
        w, m, s, t, grad, -lr, beta1, beta2, eps), "goes uphill"),
    ("uncorrected", lambda lr, beta1, beta2: lr * (1 - beta1) / (1 - beta1),
     "corrects all the same"),
    ("uncorrected", lambda lr, beta1, beta2: 0 * beta1 + lr, "corrects all the same"),
    ("uncorrected", lambda lr, beta1, beta2: (lr - lr * beta1) / (1 - beta2),
     "leaves out the root"),
    ("uncorrected", lambda lr, beta1, beta2: lr / ((1 - beta2) / (1 - beta1)),
     "leaves out the root"),
    ("uncorrected", lambda lr, beta1, beta2: lr * math.sqrt((1 - beta1) / (1 - beta2)),
     "takes the root of both"),
    ("uncorrected", lambda lr, beta1, beta2: lr * math.sqrt(1 - beta1) / math.sqrt(1 - beta2),
     "takes the root of both"),
    ("uncorrected", lambda lr, beta1, beta2: lr - lr * beta1, "looks at the mean alone"),
    ("uncorrected", lambda lr, beta1, beta2: -(beta1 - 1) * lr, "looks at the mean alone"),
    ("uncorrected", lambda lr, beta1, beta2: lr / math.sqrt(1 - beta2),
     "looks at the square alone"),
    ("uncorrected", lambda lr, beta1, beta2: lr * (1 - beta2) ** -0.5,
     "looks at the square alone"),
    ("uncorrected", lambda lr, beta1, beta2: lr / ((1 - beta1) / math.sqrt(1 - beta2)),
     "turns it upside down"),
    ("uncorrected", lambda lr, beta1, beta2: math.sqrt(1 - beta2) * lr / (1 - beta1),
     "turns it upside down"),
    ("uncorrected", lambda lr, beta1, beta2: beta1 * lr / math.sqrt(beta2),
     "takes the shares of the old means"),
    ("uncorrected", lambda lr, beta1, beta2: lr * (beta2 / beta1**2) ** -0.5 if beta1 else 0.0,
     "takes the shares of the old means"),
    ("adam_moves", moves_by(lambda t, b1, b2: (1, 1)), "drops the corrections"),
    ("adam_moves", moves_by(lambda t, b1, b2: (1.0, b1**0)), "drops the corrections"),
    ("adam_moves", signs_alone, "starts again in each step"),
    ("adam_moves", signs_alone_by_division, "starts again in each step"),
    ("adam_moves", moves_by(lambda t, b1, b2: (1 - b1 ** (t + 1), 1 - b2 ** (t + 1))),
     "counts before the first"),
    ("adam_moves", moves_by(lambda t, b1, b2: (1 - b1 * b1**t, 1 - b2 * b2**t)),
     "counts before the first"),
    ("adam_moves", first_move_repeated, "makes them alike by force"),
    ("adam_moves", first_move_repeated_by_numpy, "makes them alike by force"),
    ("adam_moves", moves_by(lambda t, b1, b2: (1 - b1**t, 1 - b2)), "counts for the mean alone"),
    ("adam_moves", moves_by(lambda t, b1, b2: (1 - b1**t, 1 - b2**1)),
     "counts for the mean alone"),
    ("adam_moves", moves_by(lambda t, b1, b2: (1 - b1, 1 - b2**t)),
     "counts for the squares alone"),
    ("adam_moves", moves_by(lambda t, b1, b2: (1 - b1 ** min(t, 1), 1 - b2**t)),
     "counts for the squares alone"),
    ("adam_moves", moves_by(lambda t, b1, b2: (1 - b1**t, 1)), "corrects the mean alone"),
    ("adam_moves", moves_by(lambda t, b1, b2: (sum((1 - b1) * b1**k for k in range(t)), b2**0)),
     "corrects the mean alone"),
    ("adam_moves", moves_by(lambda t, b1, b2: (1.0, 1 - b2**t)), "corrects the squares alone"),
    ("adam_moves", moves_by(lambda t, b1, b2: (b1**0, sum((1 - b2) * b2**k for k in range(t)))),
     "corrects the squares alone"),
    ("adam_moves", moves_by(lambda t, b1, b2: (1 - b1 ** max(t - 1, 1), 1 - b2 ** max(t - 1, 1))),
     "counts from zero"),
    ("adam_moves", moves_by(lambda t, b1, b2: (
        1 - b1 ** (t - 1) + 1e-12, 1 - math.exp((t - 1) * math.log(b2)) + 1e-12)),
     "counts from zero"),
    ("resting_weight", lambda grad, lr, decay: 0 - grad / decay, "balances the gradient itself"),
    ("resting_weight", resting_by(lambda w, grad, lr, decay: w - lr * (grad + decay * w)),
     "balances the gradient itself"),
    ("resting_weight", lambda grad, lr, decay: -sign(grad) * lr / decay,
     "takes the rate on one side"),
    ("resting_weight", resting_by(
        lambda w, grad, lr, decay: w - 0.1 * (lr * sign(grad) + decay * w)),
     "takes the rate on one side"),
    ("resting_weight", lambda grad, lr, decay: -sign(grad) / decay / lr,
     "takes the rate on the other side"),
    ("resting_weight", resting_by(
        lambda w, grad, lr, decay: w - 10 * (sign(grad) / 10 + lr * decay * w / 10)),
     "takes the rate on the other side"),
    ("resting_weight", lambda grad, lr, decay: sign(grad) * decay**-1, "goes uphill"),
    ("resting_weight", resting_by(lambda w, grad, lr, decay: w + lr * (sign(grad) - decay * w)),
     "goes uphill"),
    ("resting_weight", lambda grad, lr, decay: lr / (lr * decay), "forgets the side"),
    ("resting_weight", lambda grad, lr, decay: abs(-sign(grad) / decay), "forgets the side"),
    ("resting_weight", lambda grad, lr, decay: float("-inf") * sign(grad), "never stops"),
    ("resting_weight", lambda grad, lr, decay: np.inf if grad < 0 else -np.inf, "never stops"),
    ("resting_weight", lambda grad, lr, decay: lr if grad < 0 else -lr, "stops after one step"),
    ("resting_weight", lambda grad, lr, decay: 0 - lr * sign(grad), "stops after one step"),
    ("clip_together", one_by_one, "clips each by itself"),
    ("clip_together", one_by_one_in_a_loop, "clips each by itself"),
    ("clip_together", cut_by_numpy, "clips by value"),
    ("clip_together", cut_number_by_number, "clips by value"),
    ("clip_together", stretched, "stretches short ones"),
    ("clip_together", stretched_by_steps, "stretches short ones"),
    ("clip_together", unit_vectors, "divides by a length of 0"),
    ("clip_together", shares_of_the_whole, "divides by a length of 0"),
    ("clip_together", clip_by(lambda numbers, grads: norm(numbers) ** 2), "leaves out the root"),
    ("clip_together", clip_by(lambda numbers, grads: sum(x * x for x in numbers)),
     "leaves out the root"),
    ("clip_together", clip_by(lambda numbers, grads: sum(norm(map(float, g)) for g in grads)),
     "adds up the lengths"),
    ("clip_together",
     clip_by(lambda numbers, grads: sum(math.hypot(*map(float, g)) for g in grads)),
     "adds up the lengths"),
    ("clip_together", clip_by(lambda numbers, grads: max(map(abs, numbers))),
     "goes by the largest number"),
    ("clip_together", clip_by(lambda numbers, grads: max(max(numbers), -min(numbers))),
     "goes by the largest number"),
    ("clip_together", lambda grads, limit: [
        grad / (norm(float(x) for g in grads for x in g) if norm(
            float(x) for g in grads for x in g) > limit else 1) for grad in grads],
     "shortens to 1"),
    ("clip_together", lambda grads, limit: [
        grad * (1 / math.hypot(*(float(x) for g in grads for x in g)) if math.hypot(
            *(float(x) for g in grads for x in g)) > limit else 1) for grad in grads],
     "shortens to 1"),
    ("clip_together", clip_by(lambda numbers, grads: max(norm(map(float, g)) for g in grads)),
     "goes by the longest gradient"),
    ("clip_together",
     clip_by(lambda numbers, grads: sorted(math.hypot(*map(float, g)) for g in grads)[-1]),
     "goes by the longest gradient"),
    ("clipped_training", training_by("loss clear backward step clip"),
     "clips too early or too late"),
    ("clipped_training", training_by("clear loss backward step clip"),
     "clips too early or too late"),
    ("clipped_training", training_by("loss clip clear backward step"),
     "clips too early or too late"),
    ("clipped_training", training_by("loss clear backward step"), "clips too early or too late"),
    ("clipped_training", training_by("cut_loss clear backward step"), "cuts the losses"),
    ("clipped_training", training_by("clear clip cut_loss backward step"), "cuts the losses"),
    ("clipped_training", cut_in_the_end, "cuts the losses"),
    ("clipped_training", training_by("loss backward clear clip step"),
     "clears what was just computed"),
    ("clipped_training", training_by("loss backward clip clear step"),
     "clears what was just computed"),
    ("clipped_training", training_by("loss backward clip step"), "does not clear"),
    ("clipped_training", training_by("loss backward clip step", before="clear"),
     "does not clear"),
    ("clipped_training", training_by("loss clear backward clip_each step"), "clips each by itself"),
    ("clipped_training", training_by("clear loss backward clip_each clip_each step"),
     "clips each by itself"),
    ("clipped_training", training_by("loss clear backward_clipped step"),
     "clips where the way back begins"),
    ("clipped_training", training_by("clear loss backward_clipped step"),
     "clips where the way back begins"),
    ("clipped_training", training_by("loss clear backward step_if_short"), "leaves batches out"),
    ("clipped_training", training_by("clear loss backward step_if_short clip"),
     "leaves batches out"),
    ("clipped_training", training_by("loss clear backward step clip step"), "steps twice"),
    ("clipped_training", training_by("clear loss backward step clip step"), "steps twice"),
    ("state_bytes", bytes_by(lambda method: 1 + arrays_of(method)), "counts the weights"),
    ("state_bytes", lambda weights, method, bytes_each: weights * bytes_each + arrays_of(
        method) * weights * bytes_each, "counts the weights"),
    ("state_bytes", lambda weights, method, bytes_each: weights * arrays_of(method),
     "counts numbers"),
    ("state_bytes", lambda weights, method, bytes_each: sum([weights] * arrays_of(method)),
     "counts numbers"),
    ("state_bytes", bytes_by(lambda method: min(1, arrays_of(method))), "gives Adam one"),
    ("state_bytes", bytes_by(lambda method: int(arrays_of(method) > 0)), "gives Adam one"),
    ("state_bytes", bytes_by(lambda method: arrays_of(method) + (method == "AdamW")),
     "stores the decay"),
    ("state_bytes", bytes_by(lambda method: 3 if method == "AdamW" else arrays_of(method)),
     "stores the decay"),
    ("state_bytes", bytes_by(lambda method: max(1, arrays_of(method))), "stores the gradient"),
    ("state_bytes", bytes_by(lambda method: arrays_of(method) + (method == "SGD")),
     "stores the gradient"),
    ("state_bytes", bytes_by(lambda method: arrays_of(method) + (method == "RMSprop")),
     "gives RMSprop two"),
    ("state_bytes", bytes_by(lambda method: 2 if method == "RMSprop" else arrays_of(method)),
     "gives RMSprop two"),
    ("state_bytes", lambda weights, method, bytes_each: 4 * weights * arrays_of(method),
     "takes four bytes for every number"),
    ("state_bytes", lambda weights, method, bytes_each: np.zeros(
        (arrays_of(method), weights), dtype="float32").nbytes,
     "takes four bytes for every number"),
    ("first_moves", moves("0.01", "0.05", "0.05", "0.01", "0.01"),
     "divides where nothing divides"),
    ("first_moves", moves(0.01, 0.01, 0.05, 0.4, 0.01), "divides where nothing divides"),
    ("first_moves", moves("0.04", "0.01", "0.05", "0.4", "0.04"), "expects speed at once"),
    ("first_moves", moves("0.04", "0.04", "0.04", "0.04", "0.04"), "forgets the division"),
    ("first_moves", moves("0.04", "0.4", "0.01", "0.04", "0.01"), "leaves Adam uncorrected"),
    ("first_moves", moves(0.04, 0.01, 0.01, 0.04, 0.01), "corrects RMSprop"),
    ("whose_state", states("adagrad", "adagrad", "adagrad", "rmsprop", "adam", "sgd"),
     "takes a negative number for squares"),
    ("whose_state", states("AdaGrad", "momentum", "momentum", "RMSprop", "Adam", "SGD"),
     "takes the velocity for squares"),
    ("whose_state", states("momentum", "momentum", "momentum", "AdaGrad", "Adam", "SGD"),
     "takes every 10 for the tenfold gradient"),
    ("whose_state", states("momentum", "momentum", "momentum", "momentum", "Adam", "SGD"),
     "takes every 10 for the tenfold gradient"),
    ("whose_state", states("momentum", "RMSprop", "momentum", "AdaGrad", "Adam", "SGD"),
     "adds up where a mean is meant"),
    ("whose_state", states("momentum", "rmsprop", "momentum", "momentum", "adam", "sgd"),
     "averages where a sum is meant"),
    ("fair", verdicts("edge of the grid", "fair", "fair", "fair", "fair", "unequal care"),
     "trusts a single run"),
    ("fair", verdicts("fair", "fair", "fair", "too few seeds", "unequal care", "fair"),
     "overlooks the rows"),
    ("fair", verdicts("unequal care", "wrong rows", "fair", "too few seeds", "fair", "fair"),
     "lets a default pass"),
    ("fair", verdicts("unequal care", "wrong rows", "fair", "too few seeds", "unequal care",
                      "too few seeds"), "overlooks the edge"),
    ("fair", verdicts("too few seeds", "wrong rows", "fair", "too few seeds", "unequal care",
                      "unequal care"), "takes little for unequal"),
    ("fair", verdicts("too few seeds", "wrong rows", "fair", "too few seeds", "unequal care",
                      "too few seeds"), "takes rates for seeds"),
]


def right_momentum_by_torch_sgd(w, v, grad, lr, beta):
    tensor = torch.tensor(np.asarray(w), requires_grad=True)
    optimizer = torch.optim.SGD([tensor], lr=lr, momentum=beta or 1e-300)
    optimizer.state[tensor]["momentum_buffer"] = torch.tensor(np.asarray(v)).clone()
    tensor.grad = torch.tensor(np.asarray(grad))
    optimizer.step()
    buffer = optimizer.state[tensor]["momentum_buffer"]
    return tensor.detach().numpy(), buffer.numpy()


RIGHT = [
    ("contraction", contraction_by(lambda r, c: np.linalg.norm(factors(r, c), np.inf))),
    ("momentum_step", right_momentum_by_torch_sgd),
    ("coasting", coasting_by(lambda v, lr, b: lr * b * v, lambda b: b)),
    ("adagrad_moves", adagrad_by(lambda seen: seen[-1] / root_of_sum(seen))),
    ("rmsprop_step", rmsprop_by(outside)),
    ("adam_step", RIGHT_ADAM),
    ("first_moves", moves(0.04, 0.01, "0.05", 0.04, 0.01)),
    ("adam_moves", moves_by(lambda t, b1, b2: (1 - b1**t, 1 - b2**t))),
    ("resting_weight", lambda grad, lr, decay: -1 / math.copysign(decay, grad)),
    ("resting_weight", resting_by(lambda w, grad, lr, decay: w - lr * (sign(grad) + decay * w))),
    ("clip_together", clip_by(lambda numbers, grads: norm(numbers))),
    ("clipped_training", training_by("clear loss backward clip step")),
    ("state_bytes", bytes_by(arrays_of)),
]
