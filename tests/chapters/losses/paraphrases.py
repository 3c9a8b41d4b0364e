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


# --- cost_parts ---


def parts_nan(z, y):
    log_p = torch.log_softmax(torch.as_tensor(z), dim=0).numpy()
    with np.errstate(all="ignore"):
        entropy = -(y * np.log(y)).sum()
    return (-(y * log_p).sum(), entropy, -(y * log_p).sum() - entropy)


def parts_hard(z, y):
    label = torch.tensor([int(np.argmax(y))])
    loss = torch.nn.functional.cross_entropy(torch.as_tensor(z)[None], label).item()
    return loss, 0.0, loss


def parts_reversed(z, y):
    log_p = torch.log_softmax(torch.as_tensor(z), dim=0).numpy()
    entropy = -sum(t * math.log(t) for t in y if t > 0)
    back = sum(math.exp(a) * (a - math.log(t)) if t else math.inf
               for a, t in zip(log_p, y, strict=True))
    return -(y * log_p).sum(), entropy, back


def parts_bits(z, y):
    log_p = torch.log_softmax(torch.as_tensor(z), dim=0).numpy() / math.log(2)
    entropy = -sum(t * math.log(t, 2) for t in y if t > 0)
    return [-(y * log_p).sum(), entropy, -(y * log_p).sum() - entropy]


# --- two_losses ---

HOLDS = {
    "averaged over labels 0 and 1, lowest at their share of ones": "cross-entropy",
    "with label 0.3, nearly no slope by the logit at logit 10": "squared",
    "slope by p without limit as p nears 0 with label 1": "cross-entropy",
    "no slope by the logit where p equals the label 0.3": "both",
    "one answer can cost more than 1": "cross-entropy",
    "with label 1, a smaller p always costs more": "Both ",
    "with label 1, steepest by the logit at p = 1/3": "squared",
}
HOLDS_FLAT = {**HOLDS, "averaged over labels 0 and 1, lowest at their share of ones": "both",
              "with label 1, steepest by the logit at p = 1/3": "both",
              "with label 0.3, nearly no slope by the logit at logit 10": "both"}

# --- reductions ---

TIMES = {
    "squared error, predictions (50, 4): sum ÷ mean": 50,
    "its slopes: those of the sum ÷ those of the mean": 50,
    "cross-entropy, logits (32, 10), labels (32,): sum ÷ mean": 32,
    "cross-entropy, logits (8, 105, 45), labels (8, 105): sum ÷ mean": 840,
    "binary cross-entropy, logits (32, 4): sum ÷ mean": 32,
    "KL in torch, (32, 10): batchmean ÷ mean": 10,
    "squared error, (50, 4): how many numbers does none return": 200,
    "cross-entropy, logits (32, 10): how many numbers does none return": 32,
}
TIMES_CLASSES = {**TIMES, "squared error, predictions (50, 4): sum ÷ mean": 200,
                 "its slopes: those of the sum ÷ those of the mean": 200.0,
                 "binary cross-entropy, logits (32, 4): sum ÷ mean": 128,
                 "cross-entropy, logits (32, 10), labels (32,): sum ÷ mean": 320,
                 "cross-entropy, logits (8, 105, 45), labels (8, 105): sum ÷ mean": 37800}

# --- two_heads ---


def heads_unweighted_gradient(output, numbers, labels, weight):
    t = torch.tensor(output, requires_grad=True)
    squared = torch.nn.functional.mse_loss(t[:, 0], torch.as_tensor(numbers))
    crossed = torch.nn.functional.cross_entropy(t[:, 1:], torch.as_tensor(labels))
    (squared + crossed).backward()
    return (squared + weight * crossed).item(), t.grad


def heads_summed_gradient(output, numbers, labels, weight):
    t = torch.tensor(output, requires_grad=True)
    loss = torch.nn.functional.mse_loss(t[:, 0], torch.as_tensor(numbers))
    loss = loss + weight * torch.nn.functional.cross_entropy(t[:, 1:], torch.as_tensor(labels))
    (loss * len(output)).backward()
    return loss.item(), t.grad


def heads_weight_on_the_number(output, numbers, labels, weight):
    t = torch.tensor(output, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(t[:, 1:], torch.as_tensor(labels))
    loss = loss + weight * ((t[:, 0] - torch.as_tensor(numbers)) ** 2).mean()
    loss.backward()
    return loss.item(), t.grad


# --- loss_for_task ---

TASKS = {
    "tomorrow's temperature, clean targets, large errors count extra": "mse",
    "a price, a few targets are off by a factor of ten": "huber",
    "fraud or not, one logit": "bce",
    "fraud or not, two logits": "ce",
    "one of 1,000 objects in a picture": "ce",
    "all objects in a picture, any number of 1,000": "CE",
    "three body measures at once, large errors count extra": "mse",
}
TASKS_TWO = {**TASKS, "all objects in a picture, any number of 1,000": "bce",
             "fraud or not, two logits": "BCE"}

# --- malignant_found ---


def malignant_strictly_below(p, labels):
    return float(sum(p[labels == 0] < 0.5)) / int(sum(labels == 0))


def malignant_missed(p, labels):
    return float(sum(p[labels == 0] > 0.5)) / int(sum(labels == 0))


def malignant_false_alarms(p, labels):
    return sum(float(q) <= 0.5 for q in p[labels == 1]) / len(p[labels == 1])


def malignant_precision(p, labels):
    return 1 - float(sum(labels[p <= 0.5])) / len(labels[p <= 0.5])


def malignant_accuracy(p, labels):
    return float((1.0 * (p > 0.5) == 1.0 * labels).sum()) / len(p)


# --- training_loss ---


def shift_by_the_mean(z, labels):
    t = z - np.average(z, axis=-1)[:, None]
    sums = np.log(np.exp(t).sum(-1))
    return np.mean(sums - t[range(len(t)), labels])


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
    ("cost_parts", parts_nan, "multiplies zero by infinity"),
    ("cost_parts", parts_hard, "makes a hard label of the target"),
    ("cost_parts", parts_reversed, "goes the other direction"),
    ("cost_parts", parts_bits, "counts in bits"),
    ("two_losses", HOLDS, "thinks the squared error asks for something else"),
    ("two_losses", HOLDS_FLAT, "takes the squared error for steep far out"),
    ("reductions", TIMES, "averages numbers over the rows"),
    ("reductions", TIMES_CLASSES, "counts the class axis"),
    ("two_heads", heads_unweighted_gradient, "weighs the loss and not its gradient"),
    ("two_heads", heads_summed_gradient, "gives the gradient of sums over rows"),
    ("two_heads", heads_weight_on_the_number, "weighs the other loss"),
    ("loss_for_task", TASKS, "one winner among several true labels"),
    ("loss_for_task", TASKS_TWO, "counts answers, not logits"),
    ("malignant_found", malignant_missed, "turns the labels only"),
    ("malignant_found", malignant_false_alarms, "turns the prediction only"),
    ("malignant_found", malignant_precision, "divides by those that are called malignant"),
    ("malignant_found", malignant_accuracy, "gives the accuracy"),
    ("malignant_found", malignant_strictly_below, "leaves out the border"),
    ("training_loss", shift_by_the_mean, "shifts by something else"),
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


def right_parts_by_torch(z, y):
    pair = torch.as_tensor(z), torch.as_tensor(y)
    crossed = torch.nn.functional.cross_entropy(*pair)
    entropy = torch.distributions.Categorical(pair[1]).entropy()
    return torch.stack([crossed, entropy, crossed - entropy])


def right_found_by_mean(p, labels):
    return float(np.mean(np.asarray(p)[np.asarray(labels) == 0] <= 0.5))


RIGHT = [
    ("huber", right_huber_by_torch),
    ("binary_cross_entropy", right_bce_by_torch),
    ("cost_parts", right_parts_by_torch),
    ("malignant_found", right_found_by_mean),
]
