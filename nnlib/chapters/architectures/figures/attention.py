"""Where the heads of a trained Transformer look."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.architectures import study
from nnlib.chapters.architectures.figures import drawing
from nnlib.widgets import plots

SENTENCE = "if the object is not a string, an "


def weights_of(model, ids):
    """Attention weights of every block and head, (blocks, heads, n, n): rows are queries."""
    x, found = np.asarray(ids)[None], []
    with nn.no_grad():
        for layer in model:
            if hasattr(layer, "block"):
                found.append(_weights(layer.block, x))
            x = layer(x)
    return np.stack(found)


def _weights(block, x):
    """softmax(QKᵀ / √d) with the causal mask, of the normalised input of one block."""
    attention, h = block.attention, block.norm1(x)[0]
    n, width = h.shape
    q, k = ((h @ getattr(attention, f"weight_{name}").data
             + getattr(attention, f"bias_{name}").data)
            .reshape(n, attention.num_heads, -1).transpose(1, 0, 2) for name in "qk")
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(width // attention.num_heads)
    return nn.softmax(np.where(np.tri(n, dtype=bool), scores, -np.inf))


def attention_frame(weights, block, head):
    """Draw the weights of one head as a map, the characters on both sides."""
    p = weights[block, head]
    n = len(p)
    figure, ax = plots.figure(460, 460, layout="none")
    figure.subplots_adjust(left=0.11, right=0.99, bottom=0.01, top=0.86)
    drawing.picture(ax, p, 0, 1)
    shown = SENTENCE.replace(" ", "·")
    ax.set_xticks(range(n), shown, fontsize=9)
    ax.set_yticks(range(n), shown, fontsize=9)
    ax.tick_params(length=0, pad=1, labeltop=True, labelbottom=False)
    ax.xaxis.set_label_position("top")
    ax.set(xlabel="is looked at (dark 0, yellow 1)", ylabel="asks")
    ax.set_title(f"block {block + 1}, head {head + 1}", fontsize=10.5, pad=8)
    back = np.array([p[i] @ (i - np.arange(n)) for i in range(n)])
    rows = np.arange(8, n)
    text = {"Looks back, on average": f"{back[rows].mean():.1f} characters",
            "At itself": f"{np.diag(p)[rows].mean():.2f}",
            "At the character before": f"{p[rows, rows - 1].mean():.2f}",
            "At spaces": f"{at_spaces(p)[0]:.2f} (equal shares: {at_spaces(p)[1]:.2f})"}
    return widgets.frame(
        figure, colours=32, text=text,
        alt=f"Block {block + 1}, head {head + 1} of the trained Transformer on “{SENTENCE}”: "
            + "; ".join(f"{k.lower()} {v}" for k, v in text.items())
            + ". The upper triangle is 0.")


def at_spaces(p):
    """Share of the weight that lies on spaces, from row 8 on; and what equal shares would give."""
    rows, n = slice(8, None), len(p)
    spaces = np.array([character == " " for character in SENTENCE])
    equal = np.tri(n) / np.arange(1, n + 1)[:, None]
    return p[rows, spaces].sum(axis=1).mean(), equal[rows, spaces].sum(axis=1).mean()


def attention_explorer():
    """Return the explorer of two blocks with four heads each."""
    weights = weights_of(study.reader("Transformer"), study.corpus.encode(SENTENCE))
    return widgets.Explorer(
        lambda block, head: attention_frame(weights, block, head),
        {"block": widgets.Choice("Block", (0, 1), labels=["1", "2"], kind="toggle"),
         "head": widgets.Choice("Head", (0, 1, 2, 3), labels="1234", kind="toggle")},
        name="Where a trained Transformer looks")
