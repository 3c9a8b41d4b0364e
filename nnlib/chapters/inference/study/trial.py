"""The single runs of the study: a mode forgotten, units removed, preprocessing forgotten."""

from __future__ import annotations

import copy

import numpy as np

import nnlib.numpy as nn
from nnlib.chapters.inference.study import reader

SEEDS = range(5)
KNOCKED = (0, 8, 16, 24, 32, 40, 48)       # hidden units that are removed, out of 64
DRAWS = 20                                 # choices of them, over which accuracy is averaged
BATCHES = (2, 4, 8, 16, 32, 64, 128)       # rows that training mode sees together
COMPANY = ("mixed digits", "the same digit", "blank pictures")
SIZES = (2, 8, 64)                         # rows of a batch in which one row has company
RUNS = {                                   # what is trained, for how many epochs, with what
    "clean": {"epochs": 20, "lr": 0.1},
    "wrong labels": {"epochs": 60, "lr": 0.1, "momentum": 0.9},
    "ten layers": {"epochs": 10, "lr": 0.3},
}


def rows_of(run, seed):
    """Training rows of a run: all digits, or 320 with every fifth label wrong."""
    (x, y), _, _ = reader.digits()
    if run != "wrong labels":
        return x, y
    rng = np.random.default_rng(100 + seed)
    x, y = x[:320], y[:320].copy()
    wrong = rng.permutation(320)[:64]
    y[wrong] = (y[wrong] + rng.integers(1, 10, len(wrong))) % 10
    return x, y


def network_of(run, rng):
    """The network of a run: 64-128-10 with dropout, or ten layers with batch norm."""
    if run == "clean":
        return nn.Sequential(nn.Dense(64, 64, rng=rng), nn.BatchNorm(64), nn.ReLU(),
                             nn.Dropout(0.5, rng=rng), nn.Dense(64, 10, rng=rng))
    if run == "wrong labels":
        return nn.Sequential(nn.Dense(64, 128, rng=rng), nn.ReLU(), nn.Dropout(0.5, rng=rng),
                             nn.Dense(128, 10, rng=rng))
    layers = []
    for _ in range(10):
        layers += [nn.Dense(64, 64, rng=rng), nn.BatchNorm(64), nn.ReLU()]
    return nn.Sequential(*layers, nn.Dense(64, 10, rng=rng))


def forgotten(run, seed, *, forget):
    """Validation accuracy after each epoch; with `forget` the model stays in evaluation mode.

    It goes there for the first validation, as usual, and nobody switches it back.
    """
    x, y = rows_of(run, seed)
    x = reader.scaled(x)
    x_new, y_new = reader.digits()[1]
    x_new = reader.scaled(x_new)
    options = dict(RUNS[run])
    epochs = options.pop("epochs")
    rng = np.random.default_rng(seed)
    model, loss_fn = network_of(run, rng), nn.CrossEntropyLoss()
    optimizer = nn.SGD(model.parameters(), **options)
    accuracy = []
    with np.errstate(all="ignore"):                        # some of these runs overflow
        for _ in range(epochs):
            if not forget:
                model.train()
            for x_batch, y_batch in nn.batches(x, y, batch_size=reader.BATCH, rng=rng):
                loss_fn(model(x_batch), y_batch)
                optimizer.zero_grad()
                model.backward(loss_fn.backward(), input_grad=False)
                optimizer.step()
            model.eval()
            accuracy.append(float(np.mean(model(x_new).argmax(axis=1) == y_new)))
    return accuracy


def knocked_out(p, seed):
    """Validation accuracy after removing 0, 8, … of the 64 hidden units, dropout p in training."""
    (x, y), (x_new, y_new), _ = reader.digits()
    rng = np.random.default_rng(seed)
    model = nn.Sequential(nn.Dense(64, 64, rng=rng), nn.ReLU(), nn.Dropout(p, rng=rng),
                          nn.Dense(64, 10, rng=rng))
    nn.fit(model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.1),
           (reader.scaled(x), y), epochs=30, batch_size=reader.BATCH, rng=rng)
    state = model.state_dict()
    hidden = nn.relu(reader.scaled(x_new) @ state["0.weight"] + state["0.bias"])   # (257, 64)
    means = []
    for count in KNOCKED:
        right = []
        for draw in range(DRAWS):
            kept = hidden.copy()
            kept[:, np.random.default_rng(draw).permutation(64)[:count]] = 0
            logits = kept @ state["3.weight"] + state["3.bias"]
            right.append(np.mean(logits.argmax(axis=1) == y_new))
        means.append(float(np.mean(right)))
    return means


def used_in_training_mode(seed):
    """Accuracy of a trained reader left in training mode, on 256 validation rows.

    Returns
    -------
    dict
        "mixed": for each size of `BATCHES`, rows in random order · "sorted": in batches of 32, the
        rows sorted by label · "norm only": these with dropout off · "evaluation": in evaluation
        mode.
    """
    model = reader.trained(seed)
    x, y = reader.digits()[1]
    order = np.random.default_rng(seed).permutation(256)   # 256: every batch size divides it
    x, y = reader.scaled(x)[order], y[order]
    before = model.state_dict()

    def accuracy(rows, size):
        model.load_state_dict(before)                      # a forward moves running statistics
        right = [model(x[part]).argmax(axis=1) == y[part]
                 for part in np.split(rows, len(rows) // size)]
        return float(np.mean(right))

    model.train()
    found = {"mixed": [accuracy(np.arange(256), size) for size in BATCHES],
             "sorted": accuracy(np.argsort(y, kind="stable"), 32)}
    model.eval()
    found["evaluation"] = accuracy(np.arange(256), 32)
    norm_of(model).train()
    return found | {"norm only": accuracy(np.argsort(y, kind="stable"), 32)}


def norm_of(model):
    """The batch normalisation of a reader."""
    return list(model.named_children())[1][1]


def beside(row, company, size):
    """The validation row `row` and `size` − 1 others, as counts of ink."""
    x, y = reader.digits()[1]
    same = np.flatnonzero(y == y[row])
    others = {
        "mixed digits": np.delete(x, row, axis=0),
        "the same digit": x[np.resize(same[same != row], len(x))],
        "blank pictures": np.zeros_like(x),
    }[company]
    return np.concatenate([x[row:row + 1], others[:size - 1]])


def logits_beside(model, row, company, size, *, mode):
    """Logits of the validation row `row` in this company; only batch norm changes its mode."""
    model = copy.deepcopy(model).eval()
    norm_of(model).train(mode == "training")
    return model(reader.scaled(beside(row, company, size)))[0]


def twos_read(model, company, size, *, mode="training"):
    """Share of the validation 2s that are read as a 2, each in this company."""
    _, y = reader.digits()[1]
    return float(np.mean([
        logits_beside(model, row, company, size, mode=mode).argmax() == 2
        for row in np.flatnonzero(y == 2)
    ]))


def as_sent(damage, x):
    """Counts of ink (rows, 64) after a forgotten or another preprocessing, for the network."""
    mean, std = reader.pixel_scale()
    pictures = x.reshape(-1, 8, 8)
    sent = {
        "nothing forgotten": lambda: (x - mean) / std,
        "scaled by the picture's own mean and std":
            lambda: (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True),
        "sent as counts, 0 to 16": lambda: x,
        "sent as brightness, 0 to 1": lambda: x / 16,
        "scaled, but from 0 to 255": lambda: (x * (255 / 16) - mean) / std,
        "black on white": lambda: ((16 - x) - mean) / std,
        "rows and columns exchanged":
            lambda: (pictures.transpose(0, 2, 1).reshape(-1, 64) - mean) / std,
    }
    return np.asarray(sent[damage](), "float32")


DAMAGES = (
    "nothing forgotten", "scaled by the picture's own mean and std", "sent as counts, 0 to 16",
    "sent as brightness, 0 to 1", "scaled, but from 0 to 255", "black on white",
    "rows and columns exchanged",
)


def damaged(damage, model):
    """Validation accuracy, and the mean of the highest probability, after this preprocessing."""
    x, y = reader.digits()[1]
    p = nn.predict_proba(model, as_sent(damage, x))
    return float(np.mean(p.argmax(axis=1) == y)), float(p.max(axis=1).mean())
