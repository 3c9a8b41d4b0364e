"""The same misconceptions as in the banks of "Training versus inference", by other hands.

`RIGHT` holds further correct answers.
"""

import numpy as np
import torch

# --- dropout_numbers ---

NUMBERS = {
    "inverted, training, the 12 is kept": 48, "inverted, training, the 12 is dropped": 0,
    "inverted, inference": 12, "inverted, training, mean over many masks": 12,
    "inverted, training, mean of the squares over many masks": 576,
    "original, training, the 12 is kept": 12, "original, training, mean over many masks": 3,
    "original, inference": 3,
}
KEPT, DROPPED, LATER, MEAN, SQUARE, OLD_KEPT, OLD_MEAN, OLD_LATER = NUMBERS

# --- running_statistics ---


def running_keras(batches, m):
    state = np.array([0.0, 1.0])
    for b in batches:
        state = m * state + (1 - m) * np.array([np.mean(b), np.var(b, ddof=1)])
    return tuple(state)


def running_step_wrong_way(batches, m):
    mean, var = 0, 1
    for b in batches:
        mean += (1 - m) * (sum(b) / len(b) - mean)
        var += (1 - m) * (np.var(b, ddof=1) - var)
    return mean, var


def running_torch_keras(batches, m):
    norm = torch.nn.BatchNorm1d(1, momentum=1 - m, dtype=torch.float64)
    for b in batches:
        norm(torch.tensor(b, dtype=torch.float64).reshape(-1, 1))
    return norm.running_mean.item(), norm.running_var.item()


def running_biased(batches, m):
    state = np.array([0.0, 1.0])
    for b in batches:
        state += m * (np.array([np.mean(b), np.std(b) ** 2]) - state)
    return list(state)


def running_biased_by_hand(batches, m):
    mean, var = 0.0, 1.0
    for b in batches:
        mu = sum(b) / len(b)
        mean, var = mean + m * (mu - mean), var + m * (sum((v - mu) ** 2 for v in b) / len(b) - var)
    return mean, var


def running_biased_torch(batches, m):
    mean, var = 0.0, 1.0
    for b in batches:
        t = torch.tensor(b)
        mean = (1 - m) * mean + m * t.mean().item()
        var = (1 - m) * var + m * t.var(unbiased=False).item()
    return mean, var


def running_zeros(batches, m):
    state = np.zeros(2)
    for b in batches:
        state = state * (1 - m) + m * np.array([np.mean(b), np.var(b, ddof=1)])
    return state


def running_last(batches, m):
    b = batches[-1]
    return m * np.mean(b), 1 - m + m * np.var(b, ddof=1)


def running_first(batches, m):
    b = np.array(batches[0])
    return m * b.mean(), (1 - m) + m * b.var(ddof=1)


def running_deviation(batches, m):
    mean, dev = 0.0, 1.0
    for b in batches:
        mean += m * (np.mean(b) - mean)
        dev += m * (np.var(b, ddof=1) ** 0.5 - dev)
    return mean, dev


def running_joined(batches, m):
    rows = [v for b in batches for v in b]
    return m * np.mean(rows), 1 - m + m * np.var(rows, ddof=1)


def running_pandas_like(batches, m):
    means, variances = zip(*((np.mean(b), np.var(b, ddof=1)) for b in batches), strict=True)
    start = (0.0, 1.0)
    for mu, var in zip(means, variances, strict=True):
        start = (start[0] + m * (mu - start[0]), start[1] + m * (var - start[1]))
    return start


# --- which_switch ---

SWITCH = {
    "dropout passes its input on unchanged": "eval()",
    "loss.backward() has nothing to go back through": "no_grad()",
    "batch norm uses its running statistics": "eval()",
    "the running statistics stop moving": "eval()",
    "a forward needs less memory": "no_grad()",
    "an optimizer can no longer change the weights": "neither",
    "one row alone gets through batch norm": "eval()",
    "no loss can be computed any more": "neither",
}
DROPS, BACK, USES, MOVES, MEMORY, WEIGHTS, ALONE, LOSS = SWITCH

# --- train_and_validate ---


def epoch_switched_at_the_end(model, loss_fn, optimizer, batches, validation):
    for x, y in batches:
        loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    model.train(False)
    said = loss_fn(model(validation[0]), validation[1]).item()
    model.train(True)
    return said


def epoch_eval_first(model, loss_fn, optimizer, batches, validation):
    model.eval()
    for x, y in batches:
        optimizer.zero_grad()
        loss_fn(model(x), y)
        model.backward(loss_fn.backward())
        optimizer.step()
    with model.no_grad():
        return loss_fn(model(validation[0]), validation[1]).item()


def epoch_never_eval(model, loss_fn, optimizer, batches, validation):
    for x, y in batches:
        model.train()
        loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return loss_fn(model(validation[0]), validation[1]).item()


def epoch_last_batch(model, loss_fn, optimizer, batches, validation):
    model.train()
    last = None
    for x, y in batches:
        last = loss_fn(model(x), y).item()
        model.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return last


def epoch_piles_up(model, loss_fn, optimizer, batches, validation):
    model.train()
    model.zero_grad()
    for x, y in batches:
        loss_fn(model(x), y)
        model.backward(loss_fn.backward())
        optimizer.step()
    model.eval()
    return loss_fn(model(validation[0]), validation[1]).item()


def epoch_with_train_true(model, loss_fn, optimizer, batches, validation):
    model.train(mode=True)
    for x, y in batches:
        optimizer.zero_grad()
        loss_fn(model(x), y)
        model.backward(loss_fn.backward())
        optimizer.step()
    model.eval()
    return loss_fn(model(validation[0]), validation[1])


# --- many_answers ---


def opinions_training(model, x, passes):
    model.train()
    return [model(x) for _ in range(passes)]


def opinions_training_each(model, x, passes):
    found = []
    for _ in range(passes):
        for _, layer in model.named_modules():
            layer.train()
        found.append(model(x))
    return found


def opinions_training_flag(model, x, passes):
    for _, layer in model.named_modules():
        layer.training = True
    with model.no_grad():
        return np.stack([model.as_numpy(model(x)) for _ in range(passes)])


def opinions_still(model, x, passes):
    return [model.eval()(x) for _ in range(passes)]


def opinions_still_late(model, x, passes):
    for _, layer in model.named_modules():
        if type(layer).__name__ == "Dropout":
            layer.train()
    model.eval()
    return [model(x) for _ in range(passes)]


def opinions_still_off(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        layer.training = type(layer).__name__ == "dropout"            # no layer has that name
    return [model(x) for _ in range(passes)]


def opinions_copied(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        layer.training = type(layer).__name__ == "Dropout"
    one = model(x)
    return [one for _ in range(passes)]


def opinions_mean(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        layer.training = type(layer).__name__ == "Dropout"
    with model.no_grad():
        return np.mean([model.as_numpy(model(x)) for _ in range(passes)], axis=0)


def opinions_right(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        layer.training = type(layer).__name__ == "Dropout"
    with model.no_grad():
        return [model(x) for _ in range(passes)]


# --- bytes_needed ---

BYTES = {
    "weights and biases, in numbers": 1305, "weights and biases, float32": 5220,
    "weights and biases, float64": 10440, "their gradients, float32": 5220,
    "what plain SGD keeps, float32": 0, "what Adam keeps, float32": 10440,
    "training with Adam, no activations, float32": 20880,
    "inputs of both layers, 8 rows, float32": 2240,
}
B_NUMBERS, B_WEIGHTS, B_DOUBLE, B_GRADIENTS, B_SGD, B_ADAM, B_TRAINING, B_INPUTS = BYTES

# --- what_to_save ---

SAVE = {
    "weights and biases": "use", "running mean and variance of a batch norm": "use",
    "moments of Adam": "resume", "mean and std of the training pixels": "use",
    "gradients of the last update": "neither",
    "position of the generator that shuffles": "resume",
    "which output stands for which digit": "use", "number of epochs done": "resume",
    "inputs that the layers kept for backward": "neither",
}
S_WEIGHTS, S_RUNNING, S_MOMENTS, S_SCALE, S_GRADIENTS, S_RNG, S_LABELS, S_EPOCHS, S_KEPT = SAVE

# --- read_digits ---


def read_own_scale(logits_of, pictures, shipped):
    z = logits_of((pictures - pictures.mean()) / pictures.std())
    return [shipped["names"][int(k)] for k in z.argmax(-1)]


def read_alphabet(logits_of, pictures, shipped):
    z = logits_of((pictures - shipped["mean"]) / shipped["std"])
    order = list(shipped["names"])
    order.sort()
    return [order[int(k)] for k in z.argmax(-1)]


def read_raw(logits_of, pictures, shipped):
    found = []
    for k in logits_of(pictures).argmax(-1).tolist():
        found.append(shipped["names"][k])
    return found


def read_shifted(logits_of, pictures, shipped):
    return [shipped["names"][k] for k in logits_of(pictures - shipped["mean"]).argmax(-1).tolist()]


def read_sixteenths(logits_of, pictures, shipped):
    return [shipped["names"][k] for k in logits_of(0.0625 * pictures).argmax(-1).tolist()]


def read_places(logits_of, pictures, shipped):
    return logits_of((pictures - shipped["mean"]) / shipped["std"]).argmax(-1)


def read_by_map(logits_of, pictures, shipped):
    z = logits_of((pictures - shipped["mean"]) / shipped["std"])
    return list(map(shipped["names"].__getitem__, z.argmax(-1).tolist()))


# --- fold_batch_norm ---


def fold_bias_kept(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * (var + eps) ** -0.5
    return s * weight, bias + beta - mean


def fold_no_bias(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * (var + eps) ** -0.5
    return s * weight, -s * mean + beta


def fold_variance(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * (var + eps) ** -1
    return s * weight, s * bias - s * mean + beta


def fold_no_eps(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * var ** -0.5
    return s * weight, s * bias - s * mean + beta


def fold_eps_late(weight, bias, gamma, beta, mean, var, eps):
    s = gamma / (eps + var ** 0.5)
    return s * weight, s * bias - s * mean + beta


def fold_mean_late(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * (var + eps) ** -0.5
    return s * weight, s * bias + beta - mean


def fold_plus(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * (var + eps) ** -0.5
    return s * weight, s * bias + s * mean + beta


def fold_beta_scaled(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * (var + eps) ** -0.5
    return s * weight, s * (bias + beta - mean)


def fold_one_gamma(weight, bias, gamma, beta, mean, var, eps):
    s = (var + eps) ** -0.5
    return s * weight, s * (bias - mean) + beta


def fold_right(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * (var + eps) ** -0.5
    return [weight * s[None, :], s * bias + beta - s * mean]


# --- status_codes ---

CODES = {
    "a list that breaks off in the middle": 400, "a list of 65 counts": 422,
    "64 counts, one of them NaN": 422, "the 64 counts of a cat, from 0 to 16": 200,
    "64 numbers from 0 to 255": 422, "a good picture, sent to /predictions": 404,
    "a good picture, as text/plain": 415, "a head that announces 2 GB": 413,
    "a good picture, when our file of weights is gone": 500,
}
C_CUT, C_LONG, C_NAN, C_CAT, C_SCALE, C_PATH, C_KIND, C_HUGE, C_OURS = CODES

WRONG = [
    ("dropout_numbers", {**NUMBERS, KEPT: 16, OLD_MEAN: 9}, "takes p for the probability to keep"),
    ("dropout_numbers", {**NUMBERS, SQUARE: 192}, "takes p for the probability to keep"),
    ("dropout_numbers", {**NUMBERS, OLD_MEAN: 9, OLD_LATER: 9},
     "takes p for the probability to keep"),
    ("dropout_numbers", {**NUMBERS, KEPT: 12, SQUARE: 36}, "does not divide in training"),
    ("dropout_numbers", {**NUMBERS, MEAN: 3, SQUARE: 36}, "does not divide in training"),
    ("dropout_numbers", {**NUMBERS, SQUARE: 36}, "does not divide in training"),
    ("dropout_numbers", {**NUMBERS, OLD_KEPT: 48, OLD_LATER: 12},
     "lets the original kind divide"),
    ("dropout_numbers", {**NUMBERS, OLD_MEAN: 12, OLD_LATER: 12},
     "lets the original kind divide"),
    ("dropout_numbers", {**NUMBERS, OLD_KEPT: 48.0}, "lets the original kind divide"),
    ("dropout_numbers", {**NUMBERS, LATER: 48}, "scales the inverted kind at inference"),
    ("running_statistics", running_keras, "turns the momentum round"),
    ("running_statistics", running_step_wrong_way, "turns the momentum round"),
    ("running_statistics", running_torch_keras, "turns the momentum round"),
    ("running_statistics", running_biased, "divides the variance by n"),
    ("running_statistics", running_biased_by_hand, "divides the variance by n"),
    ("running_statistics", running_biased_torch, "divides the variance by n"),
    ("running_statistics", running_zeros, "starts with no spread"),
    ("running_statistics", running_last, "goes back to the start for each batch"),
    ("running_statistics", running_first, "stops after the first batch"),
    ("running_statistics", running_deviation, "remembers standard deviations"),
    ("running_statistics", running_joined, "puts all batches together"),
    ("which_switch", {**SWITCH, BACK: "eval()", MEMORY: " Eval()"},
     "lets eval stop the recording"),
    ("which_switch", {**SWITCH, MEMORY: "EVAL()"}, "lets eval stop the recording"),
    ("which_switch", {**SWITCH, BACK: "eval() "}, "lets eval stop the recording"),
    ("which_switch", {**SWITCH, DROPS: "no_grad()", MOVES: "no_grad()"},
     "lets no_grad change the layers"),
    ("which_switch", {**SWITCH, USES: "no_grad()", ALONE: "no_grad()"},
     "lets no_grad change the layers"),
    ("which_switch", {**SWITCH, ALONE: "No_Grad()"}, "lets no_grad change the layers"),
    ("which_switch", {**SWITCH, WEIGHTS: "No_grad()"}, "takes a switch for a lock on the weights"),
    ("which_switch", {**SWITCH, LOSS: "No_grad()"}, "thinks that a loss needs training"),
    ("train_and_validate", epoch_switched_at_the_end, "still trains in the mode that it finds"),
    ("train_and_validate", epoch_eval_first, "still trains in the mode that it finds"),
    ("train_and_validate", epoch_never_eval, "validates in training mode"),
    ("train_and_validate", epoch_last_batch, "returns the loss of the last batch"),
    ("train_and_validate", epoch_piles_up, "lets gradients pile up"),
    ("many_answers", opinions_training, "switches batch norm along"),
    ("many_answers", opinions_training_each, "switches batch norm along"),
    ("many_answers", opinions_training_flag, "switches batch norm along"),
    ("many_answers", opinions_still, "leaves no dropout on"),
    ("many_answers", opinions_still_late, "leaves no dropout on"),
    ("many_answers", opinions_still_off, "leaves no dropout on"),
    ("many_answers", opinions_copied, "asks once"),
    ("many_answers", opinions_mean, "averages the answers"),
    ("bytes_needed", {**BYTES, B_NUMBERS: 1250, B_GRADIENTS: 5000}, "forgets the biases"),
    ("bytes_needed", {**BYTES, B_NUMBERS: 1250.0, B_TRAINING: 20000}, "forgets the biases"),
    ("bytes_needed", {**BYTES, B_WEIGHTS: 5000}, "forgets the biases"),
    ("bytes_needed", {**BYTES, B_WEIGHTS: 1305, B_GRADIENTS: 1305}, "counts numbers, not bytes"),
    ("bytes_needed", {**BYTES, B_TRAINING: 5220}, "counts numbers, not bytes"),
    ("bytes_needed", {**BYTES, B_ADAM: 2610}, "counts numbers, not bytes"),
    ("bytes_needed", {**BYTES, B_SGD: 5220}, "gives plain SGD a memory"),
    ("bytes_needed", {**BYTES, B_INPUTS: 280.0}, "counts other activations"),
    ("what_to_save", {**SAVE, S_RUNNING: "Resume"}, "leaves the running statistics to training"),
    ("what_to_save", {**SAVE, S_SCALE: "Neither", S_LABELS: "resume"},
     "forgets what stands around the network"),
    ("what_to_save", {**SAVE, S_LABELS: " neither"}, "forgets what stands around the network"),
    ("what_to_save", {**SAVE, S_SCALE: "RESUME"}, "forgets what stands around the network"),
    ("what_to_save", {**SAVE, S_GRADIENTS: "Resume"}, "keeps gradients"),
    ("what_to_save", {**SAVE, S_KEPT: "Resume"}, "keeps gradients"),
    ("what_to_save", {**SAVE, S_KEPT: "resume", S_GRADIENTS: "resume "}, "keeps gradients"),
    ("what_to_save", {**SAVE, S_MOMENTS: "use", S_EPOCHS: "use"},
     "takes the optimizer along to work"),
    ("what_to_save", {**SAVE, S_RNG: "Neither"}, "lets the run go on at random"),
    ("read_digits", read_own_scale, "scales by what is sent"),
    ("read_digits", read_alphabet, "sorts the names"),
    ("read_digits", read_raw, "does not scale at all"),
    ("read_digits", read_shifted, "subtracts only"),
    ("read_digits", read_sixteenths, "scales to one"),
    ("read_digits", read_places, "returns places"),
    ("fold_batch_norm", fold_bias_kept, "scales the weight only"),
    ("fold_batch_norm", fold_no_bias, "forgets the old bias"),
    ("fold_batch_norm", fold_variance, "divides by the variance"),
    ("fold_batch_norm", fold_no_eps, "leaves ε out"),
    ("fold_batch_norm", fold_eps_late, "adds ε outside the root"),
    ("fold_batch_norm", fold_mean_late, "subtracts the mean unscaled"),
    ("fold_batch_norm", fold_plus, "adds the mean"),
    ("fold_batch_norm", fold_beta_scaled, "scales β as well"),
    ("fold_batch_norm", fold_one_gamma, "leaves γ out"),
    ("status_codes", {**CODES, C_LONG: 400, C_SCALE: 400}, "takes senseless for unreadable"),
    ("status_codes", {**CODES, C_NAN: 400.0}, "takes senseless for unreadable"),
    ("status_codes", {**CODES, C_LONG: 400, C_NAN: 400}, "takes senseless for unreadable"),
    ("status_codes", {**CODES, C_NAN: 200.0, C_SCALE: 200}, "answers on a foreign scale"),
    ("status_codes", {**CODES, C_CAT: 422.0}, "sees what no check can see"),
    ("status_codes", {**CODES, C_OURS: 404.0}, "blames the sender for our fault"),
    ("status_codes", {**CODES, C_PATH: 400, C_KIND: 400}, "looks only at the body"),
    ("status_codes", {**CODES, C_CUT: 500}, "blames itself for a bad request"),
]

RIGHT = [
    ("running_statistics", running_pandas_like),
    ("train_and_validate", epoch_with_train_true),
    ("many_answers", opinions_right),
    ("read_digits", read_by_map),
    ("fold_batch_norm", fold_right),
]
