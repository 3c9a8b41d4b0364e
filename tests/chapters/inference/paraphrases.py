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


def running_zeros_torch(batches, m):
    r = torch.zeros(2, dtype=torch.float64)
    for b in batches:
        t = torch.tensor(b, dtype=torch.float64)
        r = torch.lerp(r, torch.stack([t.mean(), t.var()]), m)
    return r


def running_ones(batches, m):
    state = np.ones(2)
    for b in batches:
        state += m * (np.array([np.mean(b), np.var(b, ddof=1)]) - state)
    return state


def running_ones_by_hand(batches, m):
    mean = var = 1
    for b in batches:
        mu = sum(b) / len(b)
        mean = mean - m * mean + m * mu
        var = var - m * var + m * sum((v - mu) ** 2 for v in b) / (len(b) - 1)
    return mean, var


def running_first_start(batches, m):
    mean = var = None
    for b in batches:
        mu, s = np.mean(b), np.var(b, ddof=1)
        mean = mu if mean is None else mean + m * (mu - mean)
        var = s if var is None else var + m * (s - var)
    return mean, var


def running_first_start_torch(batches, m):
    rows = [torch.tensor(b, dtype=torch.float64) for b in batches]
    r = torch.stack([rows[0].mean(), rows[0].var()])
    for t in rows[1:]:
        r += m * (torch.stack([t.mean(), t.var()]) - r)
    return r[0].item(), r[1].item()


def running_last_torch(batches, m):
    for b in batches:
        norm = torch.nn.BatchNorm1d(1, momentum=m, dtype=torch.float64)
        norm(torch.tensor(b, dtype=torch.float64)[:, None])
    return norm.running_mean.item(), norm.running_var.item()


def running_first_torch(batches, m):
    norm = torch.nn.BatchNorm1d(1, momentum=m, dtype=torch.float64)
    for b in batches:
        norm(torch.tensor(b, dtype=torch.float64)[:, None])
        break
    return norm.running_mean.item(), norm.running_var.item()


def running_deviation_torch(batches, m):
    r = torch.tensor([0.0, 1.0], dtype=torch.float64)
    for b in batches:
        t = torch.tensor(b, dtype=torch.float64)
        r = (1 - m) * r + m * torch.stack([t.mean(), t.std()])
    return tuple(r.tolist())


def running_joined_torch(batches, m):
    norm = torch.nn.BatchNorm1d(1, momentum=m, dtype=torch.float64)
    norm(torch.cat([torch.tensor(b, dtype=torch.float64) for b in batches])[:, None])
    return norm.running_mean.item(), norm.running_var.item()


def running_average(batches, m):
    means = variances = 0.0
    for b in batches:
        means += np.mean(b) / len(batches)
        variances += np.var(b, ddof=1) / len(batches)
    return means, variances


def running_average_torch(batches, m):
    norm = torch.nn.BatchNorm1d(1, momentum=None, dtype=torch.float64)    # None: plain averages
    for b in batches:
        norm(torch.tensor(b, dtype=torch.float64)[:, None])
    return norm.running_mean.item(), norm.running_var.item()


def running_adds(batches, m):
    return (sum(m * np.mean(b) for b in batches),
            1 + sum(m * np.var(b, ddof=1) for b in batches))


def running_adds_array(batches, m):
    state = np.array([0.0, 1.0])
    for b in batches:
        state += [m * np.mean(b), m * np.var(b, ddof=1)]
    return state


def running_round_running(batches, m):
    r = np.array([0.0, 1.0])
    for b in map(np.array, batches):
        r[0] += m * (b.mean() - r[0])
        r[1] += m * (((b - r[0]) ** 2).sum() / (b.size - 1) - r[1])
    return r


def running_round_running_before(batches, m):
    mean, var = 0.0, 1.0
    for b in batches:
        t = torch.tensor(b, dtype=torch.float64)
        var = (1 - m) * var + m * ((t - mean) ** 2).sum().item() / (len(b) - 1)
        mean = (1 - m) * mean + m * t.mean().item()
    return mean, var


def running_rows(batches, m):
    mean, var = 0.0, 1.0
    for value in np.concatenate(batches):
        mean += m * (value - mean)
        var += m * ((value - mean) ** 2 - var)
    return mean, var


def running_rows_before(batches, m):
    state = [0.0, 1.0]
    for b in batches:
        for v in b:
            off = v - state[0]
            state = [state[0] + m * off, (1 - m) * state[1] + m * off * off]
    return state


def running_four_thirds(batches, m):
    r = np.array([0.0, 1.0])
    for b in batches:
        r = (1 - m) * r + m * np.array([np.mean(b), np.std(b) ** 2 / 0.75])
    return r


def running_four_thirds_by_hand(batches, m):
    mean, var = 0.0, 1.0
    for b in batches:
        mu = sum(b) / len(b)
        mean += m * (mu - mean)
        var += m * (sum((v - mu) ** 2 for v in b) / len(b) * 4 / (4 - 1) - var)
    return mean, var


# --- which_switch ---

SWITCH = {
    "dropout passes its input on unchanged": "eval()",
    "a backward has nothing to go back through": "no_grad()",
    "batch norm uses its running statistics": "eval()",
    "the running statistics stop moving": "eval()",
    "a dense layer keeps no input for later": "no_grad()",
    "a step with gradients at hand changes nothing": "neither",
    "one row alone gets through batch norm": "eval()",
    "no loss can be computed any more": "neither",
}
DROPS, BACK, USES, MOVES, KEEPS, WEIGHTS, ALONE, LOSS = SWITCH

# --- train_and_validate ---


def learn(model, loss_fn, optimizer, x, y):
    """One update, for those wordings whose fault lies elsewhere."""
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    model.backward(loss_fn.backward())
    optimizer.step()
    return loss


def measured(model, loss_fn, pair):
    """The loss of a pair, in whichever mode the model is."""
    with model.no_grad():
        return loss_fn(model(pair[0]), pair[1]).item()


def epoch_no_mode(model, loss_fn, optimizer, batches, validation):
    for batch in batches:
        learn(model, loss_fn, optimizer, *batch)
    return measured(model, loss_fn, validation)


def epoch_without_brackets(model, loss_fn, optimizer, batches, validation):
    model.train                                                      # noqa: B018
    for x, y in batches:
        learn(model, loss_fn, optimizer, x, y)
    model.eval                                                       # noqa: B018
    x, y = validation
    return loss_fn(model(x), y).item()


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


def epoch_with_modes_put_back(model, loss_fn, optimizer, batches, validation):
    before = model.training
    for batch in batches:
        learn(model, loss_fn, optimizer, *batch)
    model.eval()
    loss = measured(model, loss_fn, validation)
    model.train(before)
    return loss


def epoch_never_eval(model, loss_fn, optimizer, batches, validation):
    for x, y in batches:
        model.train()
        loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return loss_fn(model(validation[0]), validation[1]).item()


def epoch_train_twice(model, loss_fn, optimizer, batches, validation):
    model.train()
    for batch in batches:
        learn(model, loss_fn, optimizer, *batch)
    model.eval()
    model.train()
    return measured(model, loss_fn, validation)


def epoch_eval_first(model, loss_fn, optimizer, batches, validation):
    model.eval()
    for x, y in batches:
        optimizer.zero_grad()
        loss_fn(model(x), y)
        model.backward(loss_fn.backward())
        optimizer.step()
    with model.no_grad():
        return loss_fn(model(validation[0]), validation[1]).item()


def epoch_each_in_eval(model, loss_fn, optimizer, batches, validation):
    for batch in batches:
        learn(model.train(False), loss_fn, optimizer, *batch)
    return measured(model.eval(), loss_fn, validation)


def epoch_eval_within(model, loss_fn, optimizer, batches, validation):
    model.train()
    for batch in batches:
        learn(model, loss_fn, optimizer, *batch)
        model.train(False)
    return measured(model, loss_fn, validation)


def epoch_measures_within(model, loss_fn, optimizer, batches, validation):
    model.train()
    loss = None
    for x, y in batches:
        learn(model, loss_fn, optimizer, x, y)
        model.eval()
        loss = measured(model, loss_fn, validation)
    return loss


def epoch_train_after_the_update(model, loss_fn, optimizer, batches, validation):
    for batch in batches:
        learn(model, loss_fn, optimizer, *batch)
        model.train()
    return measured(model.eval(), loss_fn, validation)


def epoch_train_before_backward(model, loss_fn, optimizer, batches, validation):
    for x, y in batches:
        optimizer.zero_grad()
        loss_fn(model(x), y)
        for _, layer in model.named_modules():
            layer.training = True
        model.backward(loss_fn.backward())
        optimizer.step()
    model.eval()
    return loss_fn(model(validation[0]), validation[1]).item()


def epoch_modes_exchanged(model, loss_fn, optimizer, batches, validation):
    for batch in batches:
        learn(model.eval(), loss_fn, optimizer, *batch)
    return measured(model.train(), loss_fn, validation)


def epoch_flags_exchanged(model, loss_fn, optimizer, batches, validation):
    layers = [layer for _, layer in model.named_modules()]
    for layer in layers:
        layer.training = False
    for x, y in batches:
        learn(model, loss_fn, optimizer, x, y)
    for layer in layers:
        layer.training = True
    return loss_fn(model(validation[0]), validation[1]).item()


def epoch_train_before_the_validation(model, loss_fn, optimizer, batches, validation):
    for batch in batches:
        learn(model, loss_fn, optimizer, *batch)
    model.eval()
    model.train()
    return measured(model, loss_fn, validation)


def epoch_flag_before_the_validation(model, loss_fn, optimizer, batches, validation):
    for x, y in batches:
        loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    for _, layer in model.named_modules():
        layer.train(True)
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


def epoch_list_of_losses(model, loss_fn, optimizer, batches, validation):
    model.train()
    losses = [learn(model, loss_fn, optimizer, *batch).item() for batch in batches]
    measured(model.eval(), loss_fn, validation)
    return losses[-1]


def epoch_measures_first(model, loss_fn, optimizer, batches, validation):
    loss = measured(model.eval(), loss_fn, validation)
    for batch in batches:
        learn(model.train(), loss_fn, optimizer, *batch)
    return loss


def epoch_measures_a_copy(model, loss_fn, optimizer, batches, validation):
    import copy

    before = copy.deepcopy(model)
    model.train()
    for x, y in batches:
        learn(model, loss_fn, optimizer, x, y)
    before.eval()
    return loss_fn(before(validation[0]), validation[1]).item()


def epoch_piles_up(model, loss_fn, optimizer, batches, validation):
    model.train()
    model.zero_grad()
    for x, y in batches:
        loss_fn(model(x), y)
        model.backward(loss_fn.backward())
        optimizer.step()
    model.eval()
    return loss_fn(model(validation[0]), validation[1]).item()


def epoch_clears_after_the_loop(model, loss_fn, optimizer, batches, validation):
    for batch in batches:
        model.train()
        loss_fn(model(batch[0]), batch[1])
        model.backward(loss_fn.backward())
        optimizer.step()
    optimizer.zero_grad()
    return measured(model.eval(), loss_fn, validation)


def epoch_first_batch(model, loss_fn, optimizer, batches, validation):
    model.train()
    learn(model, loss_fn, optimizer, *batches[0])
    return measured(model.eval(), loss_fn, validation)


def epoch_breaks_off(model, loss_fn, optimizer, batches, validation):
    for x, y in batches:
        model.train()
        loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
        break
    model.eval()
    return loss_fn(model(validation[0]), validation[1]).item()


def epoch_learns_all(model, loss_fn, optimizer, batches, validation):
    model.train()
    for batch in batches + [validation]:                             # noqa: RUF005
        learn(model, loss_fn, optimizer, *batch)
    return measured(model.eval(), loss_fn, validation)


def epoch_learns_on(model, loss_fn, optimizer, batches, validation):
    model.train()
    for x, y in batches:
        learn(model, loss_fn, optimizer, x, y)
    learn(model, loss_fn, optimizer, *validation)
    model.eval()
    return loss_fn(model(validation[0]), validation[1]).item()


def epoch_clears_too_late(model, loss_fn, optimizer, batches, validation):
    model.train()
    for x, y in batches:
        loss_fn(model(x), y)
        model.backward(loss_fn.backward())
        optimizer.zero_grad()
        optimizer.step()
    return measured(model.eval(), loss_fn, validation)


def epoch_only_forward(model, loss_fn, optimizer, batches, validation):
    model.train()
    for x, _ in batches:
        model(x)
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


def epoch_train_for_each_batch(model, loss_fn, optimizer, batches, validation):
    for batch in batches:
        learn(model.train(), loss_fn, optimizer, *batch)
    loss = measured(model.eval(), loss_fn, validation)
    model.train()                                     # for whoever goes on
    return loss


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


def opinions_copied_by_numpy(model, x, passes):
    for _, layer in model.named_modules():
        layer.eval()
    for _, layer in model.named_modules():
        if "Dropout" in type(layer).__name__:
            layer.train()
    return np.repeat(model.as_numpy(model(x))[None], passes, axis=0)


def opinions_mean_by_adding(model, x, passes):
    model.eval()
    for name, layer in model.named_modules():
        if name and type(layer).__name__ == "Dropout":
            layer.train()
    total = 0
    for _ in range(passes):
        total = total + model(x) / passes
    return total


def opinions_only_norm(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        if type(layer).__name__ != "Dropout":
            layer.training = True
    return [model(x) for _ in range(passes)]


def opinions_negated(model, x, passes):
    for _, layer in model.named_modules():
        layer.training = not type(layer).__name__ == "Dropout"       # noqa: SIM201
    found = []
    while len(found) < passes:
        found.append(model(x))
    return found


def opinions_and_one(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        layer.training = type(layer).__name__ == "Dropout"
    found = [model(x)]
    for _ in range(passes):
        found.append(model(x))
    return found


def opinions_up_to(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        if type(layer).__name__ == "Dropout":
            layer.train()
    found, i = [], 0
    while i <= passes:
        found.append(model.as_numpy(model(x)))
        i += 1
    return np.array(found)


def opinions_of_the_top(model, x, passes):
    model.eval()
    for layer in model.layers:
        if type(layer).__name__ == "Dropout":
            layer.train()
    return [model(x) for _ in range(passes)]


def opinions_of_the_next(model, x, passes):
    model.eval()
    next(layer for _, layer in model.named_modules() if type(layer).__name__ == "Dropout").train()
    with model.no_grad():
        return tuple(model(x) for _ in range(passes))


def opinions_of_the_last(model, x, passes):
    model.eval()
    *_, (_, layer) = model.named_modules()
    layer.training = True
    return [model(x) for _ in range(passes)]


def opinions_of_the_last_name(model, x, passes):
    layers = dict(model.named_modules())
    last = list(layers)[-1]
    for name, layer in layers.items():
        layer.training = name == last
    with model.no_grad():
        return tuple(model(x) for _ in range(passes))


def opinions_row_by_row(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        layer.training = type(layer).__name__ == "Dropout"
    found = []
    for row in range(len(x)):
        found += [model(x[row:row + 1]) for _ in range(passes)]
    return found


def opinions_rows_within(model, x, passes):
    model.eval()
    for _, layer in model.named_modules():
        layer.training = type(layer).__name__ == "Dropout"
    return [[model.as_numpy(model(row[None])) for row in x] for _ in range(passes)]


# --- bytes_needed ---

BYTES = {
    "how many learned numbers": 1405, "how many running statistics": 100, "both, float32": 6020,
    "both, float64": 12040, "gradients, float32": 5620, "what Adam keeps, float32": 11240,
    "all of these in training, float32": 22880, "inputs of the 3 layers, 8 rows, float32": 3840,
}
(B_LEARNED, B_RUNNING, B_BOTH, B_DOUBLE, B_GRADIENTS, B_ADAM, B_TRAINING,
 B_INPUTS) = BYTES

# --- what_to_save ---

SAVE = {
    "weights and biases": "use", "running mean and variance of a batch norm": "use",
    "the two means of Adam": "resume", "mean and std of the training pixels": "use",
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


def read_own_scale_rowwise(logits_of, pictures, shipped):
    middle, spread = pictures.mean(), pictures.std()
    found = []
    for row in pictures:
        found.append(shipped["names"][int(logits_of((row[None] - middle) / spread)[0].argmax())])
    return found


def read_from_one(logits_of, pictures, shipped):
    z = logits_of((pictures - shipped["mean"]) / shipped["std"])
    names = [shipped["names"][-1], *shipped["names"][:-1]]
    return [names[k] for k in z.argmax(-1).tolist()]


def read_from_one_by_number(logits_of, pictures, shipped):
    names = dict(enumerate(shipped["names"], 1))
    last = len(names)
    z = logits_of((pictures - shipped["mean"]) / shipped["std"])
    return [names[int(k) or last] for k in z.argmax(1)]


def read_turned_round(logits_of, pictures, shipped):
    z = logits_of((pictures - shipped["mean"]) / shipped["std"])
    return [shipped["names"][::-1][int(k)] for k in z.argmax(1)]


def read_alphabet_backwards(logits_of, pictures, shipped):
    names = sorted(set(shipped["names"]), reverse=True)
    places = logits_of((pictures - shipped["mean"]) / shipped["std"]).argmax(1).tolist()
    return list(map(names.__getitem__, places))


def read_english(logits_of, pictures, shipped):
    words = "zero, one, two, three, four, five, six, seven, eight, nine".replace(",", "")
    words = list(words.split(" "))
    return [words[k] for k in
            logits_of((pictures - shipped["mean"]) / shipped["std"]).argmax(1).tolist()]


def read_own_dictionary(logits_of, pictures, shipped):
    names = {0: "zero", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six",
             7: "seven", 8: "eight", 9: "nine"}
    z = logits_of((pictures - shipped["mean"]) / shipped["std"])
    return [names.get(int(k)) for k in z.argmax(1)]


def read_own_mean(logits_of, pictures, shipped):
    z = logits_of((pictures - pictures.mean()) / shipped["std"])
    return [shipped["names"][int(k)] for k in z.argmax(1)]


def read_own_spread(logits_of, pictures, shipped):
    off = pictures - shipped["mean"]
    names, found = shipped["names"], []
    for k in logits_of(off / off.std()).argmax(1).tolist():
        found.append(names[k])
    return found


def read_raw_row_by_row(logits_of, pictures, shipped):
    return [shipped["names"][int(logits_of(row[None]).argmax())] for row in pictures]


def read_shifted_only(logits_of, pictures, shipped):
    found = []
    for row in pictures:
        found.append(shipped["names"][int(logits_of(row[None] - shipped["mean"])[0].argmax())])
    return found


def read_stretched(logits_of, pictures, shipped):
    places = logits_of(pictures * (1 / shipped["std"])).argmax(-1)
    return [shipped["names"][k] for k in places.tolist()]


def read_stretched_row_by_row(logits_of, pictures, shipped):
    return [shipped["names"][int(logits_of(row[None] / shipped["std"])[0].argmax())]
            for row in pictures]


def read_no_brackets(logits_of, pictures, shipped):
    mean, std, names = shipped["mean"], shipped["std"], shipped["names"]
    return [names[k] for k in logits_of(pictures - mean / std).argmax(-1).tolist()]


def read_small_shift(logits_of, pictures, shipped):
    shift = shipped["mean"] / shipped["std"]
    return [shipped["names"][int(logits_of(row[None] - shift).argmax())] for row in pictures]


def read_unpacked_wrongly(logits_of, pictures, shipped):
    std, mean, names = shipped.values()
    return [names[int(k)] for k in logits_of((pictures - mean) / std).argmax(1)]


def read_minus_std(logits_of, pictures, shipped):
    z = logits_of(pictures / shipped["mean"] - shipped["std"] / shipped["mean"])
    return [shipped["names"][k] for k in z.argmax(-1).tolist()]


def read_by_variance(logits_of, pictures, shipped):
    z = logits_of((pictures - shipped["mean"]) / (shipped["std"] * shipped["std"]))
    return [shipped["names"][int(k)] for k in z.argmax(-1)]


def read_divided_twice(logits_of, pictures, shipped):
    x = pictures - shipped["mean"]
    for _ in range(2):
        x = x / shipped["std"]
    return [shipped["names"][k] for k in logits_of(x).argmax(1).tolist()]


def read_each_alone(logits_of, pictures, shipped):
    found = []
    for row in pictures:
        z = logits_of(((row - row.mean()) / row.std())[None])
        found.append(shipped["names"][int(z.argmax())])
    return found


def read_each_alone_stacked(logits_of, pictures, shipped):
    middles = pictures.mean(1).reshape(-1, 1)
    spreads = pictures.std(1).reshape(-1, 1)
    return [shipped["names"][k] for k in
            logits_of((pictures - middles) / spreads).argmax(-1).tolist()]


def read_sixteenths_row_by_row(logits_of, pictures, shipped):
    return [shipped["names"][int(logits_of(row[None] / 16.0).argmax())] for row in pictures]


def read_places_as_list(logits_of, pictures, shipped):
    x = (pictures - shipped["mean"]) / shipped["std"]
    return [scores.index(max(scores)) for scores in logits_of(x).tolist()]


def read_one_of_all(logits_of, pictures, shipped):
    z = logits_of((pictures - shipped["mean"]) / shipped["std"])
    return [shipped["names"][int(z.argmax())]]


def read_one_of_all_flat(logits_of, pictures, shipped):
    scores = [v for row in logits_of((pictures - shipped["mean"]) / shipped["std"]) for v in row]
    return shipped["names"][scores.index(max(scores))]


def read_down_the_columns(logits_of, pictures, shipped):
    z = logits_of((pictures - shipped["mean"]) / shipped["std"])
    return [shipped["names"][k] for k in z.argmax(axis=0).tolist()]


def read_turned_logits(logits_of, pictures, shipped):
    z = logits_of((pictures - shipped["mean"]) / shipped["std"]).T
    found = []
    for scores in z:
        found.append(shipped["names"][int(scores.argmax())])
    return found


def read_smallest(logits_of, pictures, shipped):
    z = logits_of((pictures - shipped["mean"]) / shipped["std"])
    return [shipped["names"][int(k)] for k in (-z).argmax(-1)]


def read_first_in_order(logits_of, pictures, shipped):
    z = logits_of((pictures - shipped["mean"]) / shipped["std"])
    return [shipped["names"][k] for k in z.argsort(1)[:, 0].tolist()]


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


def fold_bias_kept_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / (float(var[k]) + eps) ** 0.5
        columns.append([float(w) * s for w in weight[:, k]])
        offsets.append(float(bias[k] - mean[k] + beta[k]))
    return np.array(columns).T, np.array(offsets)


def fold_no_bias_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / (float(var[k]) + eps) ** 0.5
        columns.append([float(w) * s for w in weight[:, k]])
        offsets.append(float(beta[k]) - float(mean[k]) * s)
    return np.array(columns).T, np.array(offsets)


def fold_variance_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / (float(var[k]) + eps)
        columns.append([float(w) * s for w in weight[:, k]])
        offsets.append((float(bias[k]) - float(mean[k])) * s + float(beta[k]))
    return np.array(columns).T, np.array(offsets)


def fold_no_eps_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / float(var[k]) ** 0.5
        columns.append([float(w) * s for w in weight[:, k]])
        offsets.append((float(bias[k]) - float(mean[k])) * s + float(beta[k]))
    return np.array(columns).T, np.array(offsets)


def fold_eps_late_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / (float(var[k]) ** 0.5 + eps)
        columns.append([float(w) * s for w in weight[:, k]])
        offsets.append((float(bias[k]) - float(mean[k])) * s + float(beta[k]))
    return np.array(columns).T, np.array(offsets)


def fold_mean_late_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / (float(var[k]) + eps) ** 0.5
        columns.append([float(w) * s for w in weight[:, k]])
        offsets.append(float(bias[k]) * s - float(mean[k]) + float(beta[k]))
    return np.array(columns).T, np.array(offsets)


def fold_plus_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / (float(var[k]) + eps) ** 0.5
        columns.append([float(w) * s for w in weight[:, k]])
        offsets.append((float(bias[k]) + float(mean[k])) * s + float(beta[k]))
    return np.array(columns).T, np.array(offsets)


def fold_beta_scaled_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / (float(var[k]) + eps) ** 0.5
        columns.append([float(w) * s for w in weight[:, k]])
        offsets.append(float(bias[k] - mean[k] + beta[k]) * s)
    return np.array(columns).T, np.array(offsets)


def fold_one_gamma_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = (float(var[k]) + eps) ** -0.5
        columns.append([float(w) * s for w in weight[:, k]])
        offsets.append((float(bias[k]) - float(mean[k])) * s + float(beta[k]))
    return np.array(columns).T, np.array(offsets)


def fold_bias_only_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / (float(var[k]) + eps) ** 0.5
        columns.append([float(w) for w in weight[:, k]])
        offsets.append((float(bias[k]) - float(mean[k])) * s + float(beta[k]))
    return np.array(columns).T, np.array(offsets)


def fold_weight_kept(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * (var + eps) ** -0.5
    return weight * 1, beta - s * (mean - bias)


def fold_turned(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * (var + eps) ** -0.5
    return s[:, None] * weight.T, s * (bias - mean) + beta


def fold_turned_by_unit(weight, bias, gamma, beta, mean, var, eps):
    rows, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / (float(var[k]) + eps) ** 0.5
        rows.append([float(w) * s for w in weight[:, k]])
        offsets.append((float(bias[k]) - float(mean[k])) * s + float(beta[k]))
    return np.array(rows), np.array(offsets)


def fold_no_beta_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / (float(var[k]) + eps) ** 0.5
        columns.append([float(w) * s for w in weight[:, k]])
        offsets.append((float(bias[k]) - float(mean[k])) * s)
    return np.array(columns).T, np.array(offsets)


def fold_no_beta(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * (var + eps) ** -0.5
    return s * weight, s * bias - s * mean


def fold_no_mean_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / (float(var[k]) + eps) ** 0.5
        columns.append([float(w) * s for w in weight[:, k]])
        offsets.append(float(bias[k]) * s + float(beta[k]))
    return np.array(columns).T, np.array(offsets)


def fold_no_mean(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * (var + eps) ** -0.5
    return s * weight, beta + s * bias


def fold_raw_bias_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / (float(var[k]) + eps) ** 0.5
        columns.append([float(w) * s for w in weight[:, k]])
        offsets.append(float(bias[k]) - float(mean[k]) * s + float(beta[k]))
    return np.array(columns).T, np.array(offsets)


def fold_raw_bias(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * (var + eps) ** -0.5
    return s * weight, bias + (beta - s * mean)


def fold_weight_shifted_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(gamma[k]) / (float(var[k]) + eps) ** 0.5
        columns.append([(float(w) - float(mean[k])) * s for w in weight[:, k]])
        offsets.append((float(bias[k]) - float(mean[k])) * s + float(beta[k]))
    return np.array(columns).T, np.array(offsets)


def fold_weight_shifted(weight, bias, gamma, beta, mean, var, eps):
    s = gamma * (var + eps) ** -0.5
    return s * weight - s * mean, s * (bias - mean) + beta


def fold_greek_exchanged_by_unit(weight, bias, gamma, beta, mean, var, eps):
    columns, offsets = [], []
    for k in range(len(bias)):
        s = float(beta[k]) / (float(var[k]) + eps) ** 0.5
        columns.append([float(w) * s for w in weight[:, k]])
        offsets.append((float(bias[k]) - float(mean[k])) * s + float(gamma[k]))
    return np.array(columns).T, np.array(offsets)


def fold_greek_exchanged(weight, bias, gamma, beta, mean, var, eps):
    gamma, beta = beta, gamma
    s = gamma * (var + eps) ** -0.5
    return s * weight, s * (bias - mean) + beta


# --- status_codes ---

CODES = {
    "a list that breaks off in the middle": 400, "a list of 65 counts": 422,
    "64 counts, one of them negative": 422, "the 64 counts of a cat, from 0 to 16": 200,
    "64 numbers from 0 to 255": 422, "a good picture, sent to /predictions": 404,
    "a good picture, as text/plain": 415, "a body announced as 2 GB": 413,
    "a good picture, when our file of weights is gone": 500,
}
C_CUT, C_LONG, C_BELOW, C_CAT, C_SCALE, C_PATH, C_KIND, C_HUGE, C_OURS = CODES

WRONG = [
    ("dropout_numbers", {**NUMBERS, KEPT: 16, OLD_MEAN: 9}, "takes p for the probability to keep"),
    ("dropout_numbers", {**NUMBERS, SQUARE: 192}, "takes p for the probability to keep"),
    ("dropout_numbers", {**NUMBERS, OLD_MEAN: 9, OLD_LATER: 9},
     "takes p for the probability to keep"),
    ("dropout_numbers", {**NUMBERS, MEAN: 4, KEPT: 16}, "divides by p"),
    ("dropout_numbers", {**NUMBERS, SQUARE: 64.0}, "divides by p"),
    ("dropout_numbers", {**NUMBERS, KEPT: 3.0, MEAN: 3}, "multiplies in training"),
    ("dropout_numbers", {**NUMBERS, SQUARE: 9, MEAN: 3}, "multiplies in training"),
    ("dropout_numbers", {**NUMBERS, KEPT: 12, SQUARE: 36}, "does not divide in training"),
    ("dropout_numbers", {**NUMBERS, MEAN: 3, SQUARE: 36}, "does not divide in training"),
    ("dropout_numbers", {**NUMBERS, SQUARE: 36}, "does not divide in training"),
    ("dropout_numbers", {**NUMBERS, MEAN: 48}, "forgets that most masks drop"),
    ("dropout_numbers", {**NUMBERS, OLD_MEAN: 12, MEAN: 48}, "forgets that most masks drop"),
    ("dropout_numbers", {**NUMBERS, OLD_LATER: 16, OLD_MEAN: 12},
     "makes the original kind larger at inference"),
    ("dropout_numbers", {**NUMBERS, OLD_KEPT: 48, OLD_LATER: 12},
     "lets the original kind divide"),
    ("dropout_numbers", {**NUMBERS, OLD_MEAN: 12, OLD_LATER: 12},
     "lets the original kind divide"),
    ("dropout_numbers", {**NUMBERS, OLD_KEPT: 48.0}, "lets the original kind divide"),
    ("running_statistics", running_keras, "turns the momentum round"),
    ("running_statistics", running_step_wrong_way, "turns the momentum round"),
    ("running_statistics", running_torch_keras, "turns the momentum round"),
    ("running_statistics", running_biased, "divides the variance by n"),
    ("running_statistics", running_biased_by_hand, "divides the variance by n"),
    ("running_statistics", running_biased_torch, "divides the variance by n"),
    ("running_statistics", running_zeros, "starts with no spread"),
    ("running_statistics", running_zeros_torch, "starts with no spread"),
    ("running_statistics", running_ones, "starts with a mean of one"),
    ("running_statistics", running_ones_by_hand, "starts with a mean of one"),
    ("running_statistics", running_first_start, "starts with the first batch"),
    ("running_statistics", running_first_start_torch, "starts with the first batch"),
    ("running_statistics", running_last_torch, "goes back to the start for each batch"),
    ("running_statistics", running_first_torch, "stops after the first batch"),
    ("running_statistics", running_deviation_torch, "remembers standard deviations"),
    ("running_statistics", running_joined_torch, "puts all batches together"),
    ("running_statistics", running_average, "averages over the batches"),
    ("running_statistics", running_average_torch, "averages over the batches"),
    ("running_statistics", running_adds, "only adds"),
    ("running_statistics", running_adds_array, "only adds"),
    ("running_statistics", running_round_running, "takes the spread round the running mean"),
    ("running_statistics", running_round_running_before, "takes the spread round the running mean"),
    ("running_statistics", running_rows, "makes a step for each row"),
    ("running_statistics", running_rows_before, "makes a step for each row"),
    ("running_statistics", running_four_thirds, "corrects for four rows everywhere"),
    ("running_statistics", running_four_thirds_by_hand, "corrects for four rows everywhere"),
    ("running_statistics", running_last, "goes back to the start for each batch"),
    ("running_statistics", running_first, "stops after the first batch"),
    ("running_statistics", running_deviation, "remembers standard deviations"),
    ("running_statistics", running_joined, "puts all batches together"),
    ("which_switch", {**SWITCH, MOVES: " No_grad()", USES: "No_grad()"},
     "lets no_grad change the layers"),
    ("which_switch", {**SWITCH, BACK: "eval()", KEEPS: " Eval()"}, "lets eval stop the recording"),
    ("which_switch", {**SWITCH, KEEPS: "EVAL()"}, "lets eval stop the recording"),
    ("which_switch", {**SWITCH, BACK: "eval() "}, "lets eval stop the recording"),
    ("which_switch", {**SWITCH, KEEPS: "Neither"}, "finds no switch for the recording"),
    ("which_switch", {**SWITCH, DROPS: "no_grad()", MOVES: "no_grad()"},
     "lets no_grad change the layers"),
    ("which_switch", {**SWITCH, USES: "no_grad()", ALONE: "no_grad()"},
     "lets no_grad change the layers"),
    ("which_switch", {**SWITCH, ALONE: "No_Grad()"}, "lets no_grad change the layers"),
    ("which_switch", {**SWITCH, WEIGHTS: "No_grad()"}, "takes a switch for a lock on the weights"),
    ("which_switch", {**SWITCH, LOSS: "No_grad()"}, "thinks that a loss needs training"),
    ("train_and_validate", epoch_no_mode, "runs through in the mode that it finds"),
    ("train_and_validate", epoch_without_brackets, "runs through in the mode that it finds"),
    ("train_and_validate", epoch_switched_at_the_end, "trains in the mode that it finds"),
    ("train_and_validate", epoch_with_modes_put_back, "trains in the mode that it finds"),
    ("train_and_validate", epoch_never_eval, "validates in training mode"),
    ("train_and_validate", epoch_train_twice, "validates in training mode"),
    ("train_and_validate", epoch_eval_first, "trains in evaluation mode"),
    ("train_and_validate", epoch_each_in_eval, "trains in evaluation mode"),
    ("train_and_validate", epoch_eval_within, "leaves training mode after one batch"),
    ("train_and_validate", epoch_measures_within, "leaves training mode after one batch"),
    ("train_and_validate", epoch_train_after_the_update,
     "switches when the first batch is through"),
    ("train_and_validate", epoch_train_before_backward, "switches when the first batch is through"),
    ("train_and_validate", epoch_modes_exchanged, "takes the modes for each other"),
    ("train_and_validate", epoch_flags_exchanged, "takes the modes for each other"),
    ("train_and_validate", epoch_train_before_the_validation, "switches before the wrong half"),
    ("train_and_validate", epoch_flag_before_the_validation, "switches before the wrong half"),
    ("train_and_validate", epoch_last_batch, "returns the loss of the last batch"),
    ("train_and_validate", epoch_list_of_losses, "returns the loss of the last batch"),
    ("train_and_validate", epoch_measures_first, "validates before it trains"),
    ("train_and_validate", epoch_measures_a_copy, "validates before it trains"),
    ("train_and_validate", epoch_piles_up, "lets gradients pile up"),
    ("train_and_validate", epoch_clears_after_the_loop, "lets gradients pile up"),
    ("train_and_validate", epoch_first_batch, "returns after the first batch"),
    ("train_and_validate", epoch_breaks_off, "returns after the first batch"),
    ("train_and_validate", epoch_learns_all, "learns from the validation rows"),
    ("train_and_validate", epoch_learns_on, "learns from the validation rows"),
    ("train_and_validate", epoch_clears_too_late, "makes no update"),
    ("train_and_validate", epoch_only_forward, "makes no update"),
    ("many_answers", opinions_training, "switches batch norm along"),
    ("many_answers", opinions_training_each, "switches batch norm along"),
    ("many_answers", opinions_training_flag, "switches batch norm along"),
    ("many_answers", opinions_still, "leaves no dropout on"),
    ("many_answers", opinions_still_late, "leaves no dropout on"),
    ("many_answers", opinions_still_off, "leaves no dropout on"),
    ("many_answers", opinions_copied, "asks once"),
    ("many_answers", opinions_copied_by_numpy, "asks once"),
    ("many_answers", opinions_mean, "averages the answers"),
    ("many_answers", opinions_mean_by_adding, "averages the answers"),
    ("many_answers", opinions_only_norm, "switches the wrong layers"),
    ("many_answers", opinions_negated, "switches the wrong layers"),
    ("many_answers", opinions_and_one, "makes a pass too many"),
    ("many_answers", opinions_up_to, "makes a pass too many"),
    ("many_answers", opinions_of_the_top, "switches one dropout of several"),
    ("many_answers", opinions_of_the_next, "switches one dropout of several"),
    ("many_answers", opinions_of_the_last, "finds dropout by its place"),
    ("many_answers", opinions_of_the_last_name, "finds dropout by its place"),
    ("many_answers", opinions_row_by_row, "asks row by row"),
    ("many_answers", opinions_rows_within, "asks row by row"),
    ("bytes_needed", {**BYTES, B_LEARNED: 1350, B_GRADIENTS: 5400}, "forgets the biases"),
    ("bytes_needed", {**BYTES, B_LEARNED: 1350.0, B_TRAINING: 22000}, "forgets the biases"),
    ("bytes_needed", {**BYTES, B_DOUBLE: 11600, B_BOTH: 5800}, "forgets the biases"),
    ("bytes_needed", {**BYTES, B_LEARNED: 1305, B_BOTH: 5620}, "forgets γ and β"),
    ("bytes_needed", {**BYTES, B_ADAM: 10440.0}, "forgets γ and β"),
    ("bytes_needed", {**BYTES, B_LEARNED: 1305, B_TRAINING: 21280}, "forgets γ and β"),
    ("bytes_needed", {**BYTES, B_ADAM: 12040}, "gives running statistics a gradient"),
    ("bytes_needed", {**BYTES, B_TRAINING: 24080, B_ADAM: 12040},
     "gives running statistics a gradient"),
    ("bytes_needed", {**BYTES, B_BOTH: 5620, B_DOUBLE: 11240}, "leaves running statistics out"),
    ("bytes_needed", {**BYTES, B_DOUBLE: 11240.0}, "leaves running statistics out"),
    ("bytes_needed", {**BYTES, B_BOTH: 1505, B_GRADIENTS: 1405}, "counts numbers, not bytes"),
    ("bytes_needed", {**BYTES, B_TRAINING: 5720}, "counts numbers, not bytes"),
    ("bytes_needed", {**BYTES, B_ADAM: 2810}, "counts numbers, not bytes"),
    ("bytes_needed", {**BYTES, B_BOTH: 48160, B_DOUBLE: 96320}, "counts bits"),
    ("bytes_needed", {**BYTES, B_GRADIENTS: 44960}, "counts bits"),
    ("bytes_needed", {**BYTES, B_LEARNED: 1425, B_BOTH: 6100}, "gives the inputs biases"),
    ("bytes_needed", {**BYTES, B_GRADIENTS: 5700}, "gives the inputs biases"),
    ("bytes_needed", {**BYTES, B_RUNNING: 50.0, B_TRAINING: 22680},
     "counts one running statistic a unit"),
    ("bytes_needed", {**BYTES, B_BOTH: 5820}, "counts one running statistic a unit"),
    ("bytes_needed", {**BYTES, B_ADAM: 5620.0}, "gives Adam one number a weight"),
    ("bytes_needed", {**BYTES, B_INPUTS: 480.0}, "counts other activations"),
    ("bytes_needed", {**BYTES, B_INPUTS: 2400}, "counts other activations"),
    ("what_to_save", {**SAVE, S_WEIGHTS: "Resume"}, "keeps the weights for training only"),
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
    ("read_digits", read_own_scale_rowwise, "scales by what is sent"),
    ("read_digits", read_from_one, "counts the outputs from one"),
    ("read_digits", read_from_one_by_number, "counts the outputs from one"),
    ("read_digits", read_alphabet, "puts the names in another order"),
    ("read_digits", read_turned_round, "puts the names in another order"),
    ("read_digits", read_alphabet_backwards, "puts the names in another order"),
    ("read_digits", read_english, "takes names of its own"),
    ("read_digits", read_own_dictionary, "takes names of its own"),
    ("read_digits", read_own_mean, "scales in part by what is sent"),
    ("read_digits", read_own_spread, "scales in part by what is sent"),
    ("read_digits", read_raw_row_by_row, "does not scale at all"),
    ("read_digits", read_shifted_only, "subtracts only"),
    ("read_digits", read_stretched, "divides only"),
    ("read_digits", read_stretched_row_by_row, "divides only"),
    ("read_digits", read_no_brackets, "divides before it subtracts"),
    ("read_digits", read_small_shift, "divides before it subtracts"),
    ("read_digits", read_unpacked_wrongly, "exchanges mean and std"),
    ("read_digits", read_minus_std, "exchanges mean and std"),
    ("read_digits", read_by_variance, "divides by the variance"),
    ("read_digits", read_divided_twice, "divides by the variance"),
    ("read_digits", read_each_alone, "gives each picture a scale of its own"),
    ("read_digits", read_each_alone_stacked, "gives each picture a scale of its own"),
    ("read_digits", read_sixteenths_row_by_row, "scales to one"),
    ("read_digits", read_places_as_list, "returns places"),
    ("read_digits", read_one_of_all, "counts through all rows"),
    ("read_digits", read_one_of_all_flat, "counts through all rows"),
    ("read_digits", read_down_the_columns, "looks along the pictures"),
    ("read_digits", read_turned_logits, "looks along the pictures"),
    ("read_digits", read_smallest, "takes the smallest logit"),
    ("read_digits", read_first_in_order, "takes the smallest logit"),
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
    ("fold_batch_norm", fold_bias_kept_by_unit, "scales the weight only"),
    ("fold_batch_norm", fold_no_bias_by_unit, "forgets the old bias"),
    ("fold_batch_norm", fold_variance_by_unit, "divides by the variance"),
    ("fold_batch_norm", fold_no_eps_by_unit, "leaves ε out"),
    ("fold_batch_norm", fold_eps_late_by_unit, "adds ε outside the root"),
    ("fold_batch_norm", fold_mean_late_by_unit, "subtracts the mean unscaled"),
    ("fold_batch_norm", fold_plus_by_unit, "adds the mean"),
    ("fold_batch_norm", fold_beta_scaled_by_unit, "scales β as well"),
    ("fold_batch_norm", fold_one_gamma_by_unit, "leaves γ out"),
    ("fold_batch_norm", fold_bias_only_by_unit, "scales the bias only"),
    ("fold_batch_norm", fold_weight_kept, "scales the bias only"),
    ("fold_batch_norm", fold_turned, "turns the weight round"),
    ("fold_batch_norm", fold_turned_by_unit, "turns the weight round"),
    ("fold_batch_norm", fold_no_beta_by_unit, "forgets β"),
    ("fold_batch_norm", fold_no_beta, "forgets β"),
    ("fold_batch_norm", fold_no_mean_by_unit, "forgets the mean"),
    ("fold_batch_norm", fold_no_mean, "forgets the mean"),
    ("fold_batch_norm", fold_raw_bias_by_unit, "leaves the old bias unscaled"),
    ("fold_batch_norm", fold_raw_bias, "leaves the old bias unscaled"),
    ("fold_batch_norm", fold_weight_shifted_by_unit, "takes the mean from the weight"),
    ("fold_batch_norm", fold_weight_shifted, "takes the mean from the weight"),
    ("fold_batch_norm", fold_greek_exchanged_by_unit, "exchanges γ and β"),
    ("fold_batch_norm", fold_greek_exchanged, "exchanges γ and β"),
    ("status_codes", {**CODES, C_LONG: 400, C_SCALE: 400}, "takes senseless for unreadable"),
    ("status_codes", {**CODES, C_BELOW: 400.0}, "takes senseless for unreadable"),
    ("status_codes", {**CODES, C_LONG: 400, C_BELOW: 400}, "takes senseless for unreadable"),
    ("status_codes", {**CODES, C_BELOW: 200.0, C_SCALE: 200}, "answers on a foreign scale"),
    ("status_codes", {**CODES, C_CAT: 422.0}, "sees what no check can see"),
    ("status_codes", {**CODES, C_OURS: 404.0}, "blames the sender for our fault"),
    ("status_codes", {**CODES, C_PATH: 400, C_KIND: 400}, "looks only at the body"),
    ("status_codes", {**CODES, C_CUT: 500}, "blames itself for a bad request"),
    ("status_codes", {**CODES, C_KIND: 413.0, C_HUGE: 415}, "exchanges size and kind"),
    ("status_codes", {**CODES, C_KIND: 406}, "takes a code that is not in the table"),
]

RIGHT = [
    ("running_statistics", running_pandas_like),
    ("train_and_validate", epoch_with_train_true),
    ("train_and_validate", epoch_train_for_each_batch),
    ("many_answers", opinions_right),
    ("read_digits", read_by_map),
    ("fold_batch_norm", fold_right),
]
