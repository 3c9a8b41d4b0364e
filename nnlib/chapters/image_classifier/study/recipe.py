"""The layers of the chapter, at any size, and the loop that trains them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

import nnlib.numpy
from nnlib import schedules
from nnlib.chapters.image_classifier.study import pictures
from nnlib.chapters.image_classifier.study.changing import augmented

EPOCHS, BATCH, RATE, PATIENCE = 30, 32, 0.002, 8


def network(seed, *, nn=nnlib.numpy, shape=(32, 32, 3), classes=2, relu=True, pool_all=False):
    """Convolution 8, pool, convolution 16, pool, dense 32, dense; and the shuffling generator.

    `shape` is that of one picture, `classes` the number of outputs. `relu=False` leaves out the
    ReLU behind each convolution; with `pool_all` the global average of each channel goes straight
    into the last layer.
    """
    rng = np.random.default_rng(seed)
    height, width, channels = shape
    layers = []
    for before, after in ((channels, 8), (8, 16)):
        layers.append(nn.Conv2D(before, after, 3, padding="same", rng=rng))
        layers += [nn.ReLU()] if relu else []
        layers.append(nn.MaxPool2D(2))
    if pool_all:
        layers += [nn.GlobalAvgPool2D(), nn.Dense(16, classes, rng=rng)]
    else:
        flat = (height // 4) * (width // 4) * 16
        layers += [nn.Flatten(), nn.Dense(flat, 32, rng=rng), nn.ReLU(),
                   nn.Dense(32, classes, rng=rng)]
    return nn.Sequential(*layers), rng


@dataclass
class Run:
    """A trained model, and what was seen on the way: one entry an epoch."""

    model: object = None
    start: dict = field(default_factory=dict)
    best_epoch: int = 0
    train_loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    lr: list[float] = field(default_factory=list)
    states: list[dict] = field(default_factory=list)


def weights_of(model):
    """The weights as arrays, copied."""
    return {name: model.as_numpy(value).copy() for name, value in model.state_dict().items()}


def train(seed, *, nn=nnlib.numpy, parts=None, augmentation="none", epochs=EPOCHS, **options):
    """Train a network, with a warm-up and a cosine, and keep the weights of its best epoch.

    Ends when the validation loss has had no new lowest value for `PATIENCE` epochs.
    """
    parts = pictures.parts() if parts is None else parts
    (x, y), validation = parts["training"], parts["validation"]
    model, rng = network(seed, nn=nn, shape=x.shape[1:], **options)
    loss_fn = nn.CrossEntropyLoss()
    optimizer = nn.Adam(model.parameters(), lr=RATE)
    schedule = schedules.WarmupCosineLR(RATE, epochs=epochs, warmup=2)
    run = Run(model, weights_of(model))
    for epoch in range(epochs):
        model.train()
        seen, steps, total = augmented(x, augmentation, rng), -(-len(x) // BATCH), 0.0
        batches = nn.batches(seen, y, batch_size=BATCH, rng=rng)
        for step, (x_batch, y_batch) in enumerate(batches):
            optimizer.lr = schedule(epoch + step / steps)
            loss = loss_fn(model(x_batch), y_batch)
            optimizer.zero_grad()
            model.backward(loss_fn.backward(), input_grad=False)
            optimizer.step()
            total += loss.item() * len(y_batch)
        run.train_loss.append(total / len(x))
        run.lr.append(float(optimizer.lr))
        run.validation_loss.append(nn.evaluate(model, loss_fn, validation)["loss"])
        run.states.append(weights_of(model))
        run.best_epoch = int(np.argmin(run.validation_loss))
        if epoch - run.best_epoch >= PATIENCE:
            break
    model.load_state_dict(run.states[run.best_epoch])
    model.eval()
    return run
