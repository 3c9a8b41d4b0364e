"""Which character comes next: four recipes of about 16,000 parameters read the same text."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib.chapters.architectures import recipes
from nnlib.chapters.architectures.study import corpus

WINDOW, BATCH, UPDATES, WIDTH = 48, 32, 600, 24
RATES = (0.002, 0.006, 0.02, 0.06, 0.2)
TUNING, SEEDS = (0,), (1, 2, 3)               # the rate is chosen on the first, told of the others
LONG = 96                                     # windows twice as long as those of training
LONGER = 2400                                 # updates of the run that is four times as long
V = len(corpus.CHARACTERS)

READERS = {
    "RNN": lambda nn, rng: recipes.recurrent(nn, "RNN", V, WIDTH, 63, rng=rng),
    "LSTM": lambda nn, rng: recipes.recurrent(nn, "LSTM", V, WIDTH, 30, rng=rng),
    "Transformer": lambda nn, rng: recipes.transformer(nn, V, WIDTH, 2, rng=rng),
    "1-D convolution": lambda nn, rng: recipes.conv_reader(nn, V, WIDTH, 48, 4, rng=rng),
}
VARIANTS = {                                  # the Transformer with one thing taken away
    "no positions": lambda nn, rng: recipes.transformer(nn, V, WIDTH, 2, positions=False, rng=rng),
    "no mask": lambda nn, rng: recipes.transformer(nn, V, WIDTH, 2, mask=False, rng=rng),
}


def trained(kind, rate, seed, *, nn=nn, updates=UPDATES):
    """A reader after training with Adam and cosine decay, and its loss at every update."""
    rng = np.random.default_rng(seed)
    model = (READERS | VARIANTS)[kind](nn, rng)
    loss_fn, losses = nn.CrossEntropyLoss(), []
    optimizer = nn.Adam(model.parameters(), lr=rate)
    for update in range(updates):
        optimizer.lr = rate * 0.5 * (1 + np.cos(np.pi * update / updates))
        x, y = corpus.windows(corpus.parts()[0], WINDOW, BATCH, rng)
        losses.append(loss_fn(model(nn.tensor(x)), nn.tensor(y)).item())
        optimizer.zero_grad()
        model.backward(loss_fn.backward(), input_grad=False)
        nn.clip_grad_norm(model.parameters(), 1.0)
        optimizer.step()
    return model, losses


@functools.cache
def held_out(part):
    """The validation (1) or test (2) text in windows of LONG, and what follows each place."""
    cut = [block[: (len(block) - 1) // LONG * LONG + 1] for block in corpus.parts()[part]]
    return tuple(np.reshape([block[k: len(block) - 1 + k] for block in cut], (-1, LONG))
                 for k in (0, 1))


def by_position(model, part, length, *, nn=nn):
    """Mean loss at the first places of the held-out windows, (length,), in nats per character.

    The same windows for all lengths, or one would compare texts.
    """
    x, y = (ids[:, :length] for ids in held_out(part))
    with nn.no_grad():
        p = model.as_numpy(nn.log_softmax(model(nn.tensor(x))))
    return -np.take_along_axis(p, y[..., None], axis=2)[..., 0].mean(axis=0)
