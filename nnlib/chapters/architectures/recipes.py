"""The recipes of the chapter, each from parts of the library and on either path.

A recipe takes the path (`nnlib.numpy` or `nnlib.torch`) first, as the chapter's own cells do. Two
parts are missing in the library because they are compositions of what it has: a Transformer block
that never looks ahead, and a convolution along time that never looks ahead.
"""

from __future__ import annotations

import functools
import itertools

import numpy as np


@functools.cache
def causal_block(nn):
    """Return the class of Transformer blocks in which no position sees a later one."""

    class CausalBlock(nn.Module):
        """`TransformerBlock` with the causal mask for whatever length comes in."""

        def __init__(self, embed_dim, num_heads, hidden_dim, *, rng):
            super().__init__()
            self.block = nn.TransformerBlock(embed_dim, num_heads, hidden_dim, rng=rng)

        def forward(self, x):
            return self.block(x, nn.tensor(np.tri(x.shape[1], dtype=bool)))

        def backward(self, grad_output, *, input_grad=True):
            return self.block.backward(grad_output, input_grad=input_grad)

    return CausalBlock


@functools.cache
def causal_conv(nn):
    """Return the class of convolutions along time, in which no output sees a later input."""

    class CausalConv(nn.Module):
        """`Conv2D` with a kernel of 1 × k on (batch, time, features), seen as one row of pixels.

        Padding adds k - 1 zeros on both sides; what comes out for the right ones is cut off.
        """

        def __init__(self, in_features, out_features, kernel_size, *, rng):
            super().__init__()
            self.extra = kernel_size - 1
            self.conv = nn.Conv2D(in_features, out_features, (1, kernel_size),
                                  padding=(0, self.extra), rng=rng)

        def forward(self, x):
            return self.conv(x[:, None])[:, 0, : x.shape[1]]

        def backward(self, grad_output, *, input_grad=True):
            batch, time, features = grad_output.shape
            padded = np.zeros((batch, 1, time + self.extra, features), grad_output.dtype)
            padded[:, 0, :time] = grad_output
            grad = self.conv.backward(padded, input_grad=input_grad)
            return grad[:, 0] if input_grad else None

    if nn.__name__.endswith("torch"):            # autograd knows these derivatives itself
        del CausalConv.backward
    return CausalConv


def mlp(nn, sizes, *, rng):
    """Dense layers with ReLU between them: ``sizes`` names all widths, the inputs' first."""
    layers = []
    for before, after in itertools.pairwise(sizes):
        layers += [nn.Dense(before, after, rng=rng), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def cnn(nn, *, rng):
    """The CNN for digits of chapter 4: two convolutions with pooling, then dense 64-32-10."""
    return nn.Sequential(
        nn.Conv2D(1, 8, 3, padding="same", rng=rng), nn.ReLU(), nn.MaxPool2D(2),
        nn.Conv2D(8, 16, 3, padding="same", rng=rng), nn.ReLU(), nn.MaxPool2D(2),
        nn.Flatten(), nn.Dense(64, 32, rng=rng), nn.ReLU(), nn.Dense(32, 10, rng=rng),
    )


def recurrent(nn, kind, vocabulary, width, hidden, *, rng):
    """Embedding, two recurrent layers ("RNN" or "LSTM"), and a score for each character."""
    layer = getattr(nn, kind)
    return nn.Sequential(
        nn.Embedding(vocabulary, width, rng=rng),
        layer(width, hidden, return_sequences=True, rng=rng),
        layer(hidden, hidden, return_sequences=True, rng=rng),
        nn.Dense(hidden, vocabulary, rng=rng),
    )


def transformer(nn, vocabulary, width, blocks, *, rng, max_len=512, positions=True, mask=True,
                heads=4):
    """Embedding and positions, causal blocks, a last normalisation, a score for each character.

    Without `mask` every position sees the whole window: a fault that the chapter measures.
    """
    make = causal_block(nn) if mask else nn.TransformerBlock
    return nn.Sequential(
        nn.Embedding(vocabulary, width, rng=rng),
        *([nn.PositionalEncoding(max_len, width)] if positions else []),
        *(make(width, heads, 4 * width, rng=rng) for _ in range(blocks)),
        nn.LayerNorm(width), nn.Dense(width, vocabulary, rng=rng),
    )


def conv_reader(nn, vocabulary, width, channels, kernel_size, *, rng):
    """Embedding, two causal convolutions, and a score for each character."""
    conv = causal_conv(nn)
    return nn.Sequential(
        nn.Embedding(vocabulary, width, rng=rng),
        conv(width, channels, kernel_size, rng=rng), nn.ReLU(),
        conv(channels, channels, kernel_size, rng=rng), nn.ReLU(),
        nn.Dense(channels, vocabulary, rng=rng),
    )


def size_of(model):
    """How many numbers training may change."""
    return sum(int(np.prod(parameter.shape)) for parameter in model.parameters())
