"""The same misconceptions as in the banks of "Losses", written by other hands.

`RIGHT` holds further correct answers.
"""

import math

import numpy as np
import torch

# --- best_constant ---

CONSTANT_ALL_HUBER_ROBUST = {
    "squared error, averaged": "mean", "absolute error, averaged": "Median",
    "squared error, summed": "mean", "square root of the mean squared error": "mean",
    "Huber with δ = 0.001": "median", "Huber with δ = 1000": "median",
}
CONSTANT_ROOT = {**CONSTANT_ALL_HUBER_ROBUST, "Huber with δ = 1000": "mean",
                 "square root of the mean squared error": "median"}
CONSTANT_MEAN = {**dict.fromkeys(CONSTANT_ALL_HUBER_ROBUST, "mean"),
                 "Huber with δ = 0.001": "median"}

# --- huber ---


def huber_full_square(e, delta):
    e = abs(e)
    if e > delta:
        return delta * e - 0.5 * delta * delta
    return pow(e, 2)


def huber_no_offset(e, delta):
    return 0.5 * e**2 if -delta <= e <= delta else delta * max(e, -e)


def huber_one_sided(e, delta):
    if e > delta:
        return delta * e - 0.5 * delta**2
    return 0.5 * e**2


def huber_torch_smooth(e, delta):
    pair = torch.tensor(float(e)), torch.tensor(0.0)
    return torch.nn.functional.smooth_l1_loss(*pair, beta=float(delta)).item()


# --- binary_cross_entropy ---


def bce_first_half(p, y):
    return math.log(1 / p) * y


def bce_swapped(p, y):
    p = 1 - p
    return -(y * math.log(p) + (1 - y) * math.log(1 - p))


def bce_bits(p, y):
    return -(y * math.log(p, 2) + (1 - y) * math.log(1 - p, 2))


def bce_hard(p, y):
    hard = round(y)
    return -math.log(p) if hard else -math.log(1 - p)


def bce_brier(p, y):
    return abs(p - y) * abs(y - p)


# --- stable_bce ---


def sbce_by_torch_probability(z, y):
    p = torch.sigmoid(torch.as_tensor(z)).numpy()
    return np.where(y == 1, -np.log(p), -(y * np.log(p) + (1 - y) * np.log1p(-p)))


def sbce_clamped_by_torch(z, y):
    p = torch.sigmoid(torch.as_tensor(z))
    return torch.nn.functional.binary_cross_entropy(p, torch.as_tensor(y), reduction="none")


def sbce_softplus_by_hand(z, y):
    return np.log(1 + np.exp(z)) - y * z


def sbce_mean(z, y):
    return (np.logaddexp(0, z) - z * y).sum() / z.size


# --- stable_cross_entropy ---


def sce_naive(z, labels):
    e = np.e ** z
    p = e / e.sum(1)[:, None]
    one_hot = np.eye(len(z[0]))[labels]
    return -np.sum(np.log((p * one_hot).sum(1))) / len(z), (p - one_hot) / len(z)


def sce_log_softmax(z, labels):
    p = torch.softmax(torch.as_tensor(z), dim=1).numpy()
    one_hot = np.eye(z.shape[1])[labels]
    return np.mean(-np.log((p * one_hot).sum(1))), (p - one_hot) / len(labels)


def sce_sum_gradient(z, labels):
    t = torch.tensor(z, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(t, torch.as_tensor(labels), reduction="sum")
    loss.backward()
    return loss.item() / len(labels), t.grad


def sce_downhill(z, labels):
    t = torch.tensor(z, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(t, torch.as_tensor(labels))
    loss.backward()
    return loss.item(), -t.grad


# --- kl_divergence ---


def kl_reversed(p, q):
    return float(sum(b * math.log(b / a) if a else math.inf for a, b in zip(p, q, strict=True)))


def kl_nan(p, q):
    return (p * (np.log(p) - np.log(q))).sum()


def kl_mean(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        if a > 0:
            total += a * math.log(a / b)
    return total / p.size


def kl_cross_entropy(p, q):
    return sum(-a * math.log(b) for a, b in zip(p, q, strict=True))


# --- loss_for_task ---

TASKS = {
    "tomorrow's temperature, clean targets, large errors count extra": "mse",
    "a price, a few targets are off by a factor of ten": "huber",
    "fraud or not, one logit": "bce",
    "fraud or not, two logits": "ce",
    "one of 1,000 objects in a picture": "ce",
    "all objects in a picture, any number of 1,000": "CE",
    "three body measures at once, clean targets": "mse",
}
TASKS_TWO = {**TASKS, "all objects in a picture, any number of 1,000": "bce",
             "fraud or not, two logits": "BCE"}

# --- malignant_found ---


def malignant_missed(p, labels):
    return float(sum(p[labels == 0] > 0.5)) / int(sum(labels == 0))


def malignant_false_alarms(p, labels):
    return sum(float(q) <= 0.5 for q in p[labels == 1]) / len(p[labels == 1])


def malignant_precision(p, labels):
    return 1 - float(sum(labels[p <= 0.5])) / len(labels[p <= 0.5])


def malignant_accuracy(p, labels):
    return float((1.0 * (p > 0.5) == 1.0 * labels).sum()) / len(p)


# --- training_loss ---


def twice_less_floor(z, labels):
    p = torch.softmax(torch.as_tensor(z), dim=1)
    loss = torch.nn.functional.cross_entropy(p, torch.as_tensor(labels))
    return loss.item() - math.log(1 + (z.shape[1] - 1) * math.exp(-1))


def twice_times_hundred(z, labels):
    p = torch.softmax(torch.as_tensor(z), dim=1) * 100
    return torch.nn.functional.cross_entropy(p, torch.as_tensor(labels)).item()


def once_then_log(z, labels):
    p = torch.softmax(torch.as_tensor(z), dim=1)
    return torch.nn.functional.nll_loss(p.log(), torch.as_tensor(labels)).item()


def probability_as_log(z, labels):
    p = torch.softmax(torch.as_tensor(z), dim=1)
    return 1 + torch.nn.functional.nll_loss(p, torch.as_tensor(labels)).item()


WRONG = [
    ("best_constant", CONSTANT_ALL_HUBER_ROBUST, "takes Huber for robust whatever δ is"),
    ("best_constant", CONSTANT_ROOT, "lets the reduction move the minimum"),
    ("best_constant", CONSTANT_MEAN, "expects the mean everywhere"),
    ("huber", huber_full_square, "leaves out the half"),
    ("huber", huber_no_offset, "leaves out the offset"),
    ("huber", huber_one_sided, "forgets negative errors"),
    ("huber", huber_torch_smooth, "gives smooth L1"),
    ("binary_cross_entropy", bce_first_half, "pays for label 1 only"),
    ("binary_cross_entropy", bce_swapped, "swaps the two halves"),
    ("binary_cross_entropy", bce_bits, "takes another logarithm"),
    ("binary_cross_entropy", bce_hard, "rounds the label"),
    ("binary_cross_entropy", bce_brier, "squares the difference"),
    ("stable_bce", sbce_by_torch_probability, "goes through the probability"),
    ("stable_bce", sbce_clamped_by_torch, "limits the probability or the logit"),
    ("stable_bce", sbce_softplus_by_hand, "overflows on one side"),
    ("stable_bce", sbce_mean, "takes the mean"),
    ("stable_cross_entropy", sce_naive, "leaves out the shift"),
    ("stable_cross_entropy", sce_log_softmax, "takes the logarithm of a softmax"),
    ("stable_cross_entropy", sce_sum_gradient, "forgets the mean in the gradient"),
    ("stable_cross_entropy", sce_downhill, "turns the gradient round"),
    ("kl_divergence", kl_reversed, "goes the other direction"),
    ("kl_divergence", kl_nan, "multiplies zero by infinity"),
    ("kl_divergence", kl_mean, "averages over the outcomes"),
    ("kl_divergence", kl_cross_entropy, "gives the cross-entropy"),
    ("loss_for_task", TASKS, "one winner among several true labels"),
    ("loss_for_task", TASKS_TWO, "counts answers, not logits"),
    ("malignant_found", malignant_missed, "turns the labels only"),
    ("malignant_found", malignant_false_alarms, "turns the prediction only"),
    ("malignant_found", malignant_precision, "divides by those that are called malignant"),
    ("malignant_found", malignant_accuracy, "gives the accuracy"),
    ("training_loss", twice_less_floor, "subtracts the floor"),
    ("training_loss", twice_times_hundred, "stretches instead of removing"),
    ("training_loss", once_then_log, "takes the logarithm of the softmax"),
    ("training_loss", probability_as_log, "drops the logarithm"),
]


def right_huber_by_torch(e, delta):
    pair = torch.tensor(float(e), dtype=torch.float64), torch.zeros((), dtype=torch.float64)
    return torch.nn.functional.huber_loss(*pair, delta=float(delta))


def right_bce_by_torch(p, y):
    pair = (torch.tensor(float(v), dtype=torch.float64) for v in (p, y))
    return torch.nn.functional.binary_cross_entropy(*pair)


def right_kl_by_torch(p, q):
    log_q = torch.log(torch.as_tensor(q))
    return torch.nn.functional.kl_div(log_q, torch.as_tensor(p), reduction="sum")


def right_found_by_mean(p, labels):
    return float(np.mean(np.asarray(p)[np.asarray(labels) == 0] <= 0.5))


RIGHT = [
    ("huber", right_huber_by_torch),
    ("binary_cross_entropy", right_bce_by_torch),
    ("kl_divergence", right_kl_by_torch),
    ("malignant_found", right_found_by_mean),
]
