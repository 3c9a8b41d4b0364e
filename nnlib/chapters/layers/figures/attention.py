"""Attention weights: of words over words, and what happens to them without the division by √d."""

from __future__ import annotations

import string

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.widgets import plots

TEMPERATURES = (0.25, 1, 4)
MASKS = ("all words", "no later word")
DRAWS, KEYS = 2000, 10


def letter_vectors(words):
    """How often each letter is in each word, (words, 26): vectors that nobody trained."""
    return np.array([[word.lower().count(c) for c in string.ascii_lowercase] for word in words],
                    dtype=float)


def weights_of(words, temperature=1.0, mask="all words"):
    """Attention of every word over the words it may see, (words, words): rows are queries."""
    v = letter_vectors(words)
    scores = v @ v.T / np.sqrt(v.shape[1]) / temperature
    if mask == "no later word":
        scores = np.where(np.tri(len(words), dtype=bool), scores, -np.inf)
    return nn.softmax(scores)


def attention_frame(words, query, temperature, mask):
    """Draw how much one word takes from each word."""
    row = weights_of(words, temperature, mask)[words.index(query)]
    figure, ax = plots.figure(480, 210, layout="none")
    figure.subplots_adjust(left=0.16, right=0.97, bottom=0.23, top=0.88)
    at = range(len(words))
    ax.barh(at, row, height=0.62, color=[
        plots.COLORS["loss" if word == query else "prediction"] for word in words])
    ax.set_yticks(at, words)
    ax.invert_yaxis()
    ax.set(xlim=(0, 1.0), xlabel="weight", title=f"“{query}” looks at")
    for i, value in enumerate(row):
        plots.direct_label(ax, value, i, f"{value:.2f}", "data")
    ax.grid(axis="y", visible=False)
    spelt = ", ".join(f"{word} {value:.2f}" for word, value in zip(words, row, strict=True))
    return widgets.frame(
        figure, colours=12,
        alt=f"Query {query}, temperature {temperature:g}, may see {mask}: the weights are {spelt}.",
    )


def attention_explorer(words):
    """Return the explorer of query (every other word), temperature and mask over some words."""
    return widgets.Explorer(
        lambda **setting: attention_frame(list(words), **setting),
        {"query": widgets.Choice("Query", tuple(words[::2])),
         "temperature": widgets.Choice("Temperature", TEMPERATURES, kind="toggle"),
         "mask": widgets.Choice("May see", MASKS, kind="toggle")},
        default={"query": words[0], "temperature": 1}, name="Which words does a word look at?",
    )


def random_scores(d, divide):
    """(DRAWS, KEYS) scores of random queries and keys of d features, seeded."""
    rng = np.random.default_rng(0)
    q, k = rng.normal(size=(DRAWS, 1, d)), rng.normal(size=(DRAWS, KEYS, d))
    scores = (q * k).sum(axis=-1)
    return scores / np.sqrt(d) if divide else scores


def scaling_frame(d, divide):
    """Draw the spread of the scores, and the mean weights from the largest to the smallest."""
    scores = random_scores(d, divide == "yes")
    weights = np.sort(nn.softmax(scores), axis=1)[:, ::-1].mean(axis=0)
    figure, (left, right) = plots.figure(490, 210, ncols=2, layout="none")
    figure.subplots_adjust(left=0.04, right=0.98, bottom=0.22, top=0.88, wspace=0.18)
    left.hist(scores.ravel(), bins=np.linspace(-60, 60, 61), color=plots.COLORS["muted"])
    left.set(xlim=(-60, 60), xlabel="score", title="scores", yticks=[])
    right.bar(range(1, KEYS + 1), weights, color=plots.COLORS["prediction"])
    right.set(ylim=(0, 1), xlabel="key, by weight", title="mean weights")
    right.set_xticks([1, 5, 10])
    plots.direct_label(right, 1.5, weights[0] - 0.03, f"{weights[0]:.2f}", "prediction")
    return widgets.frame(
        figure, colours=12,
        alt=f"d {d}, divided by √d: {divide}. The scores have a standard deviation of "
            f"{scores.std():.2f}; the largest of {KEYS} weights is {weights[0]:.2f} on average.",
        text={"Standard deviation of the scores": f"{scores.std():.2f}",
              "Largest weight, on average": f"{weights[0]:.2f}"},
    )


def scaling_explorer():
    """Return the explorer of the number of features, with and without the division."""
    return widgets.Explorer(
        scaling_frame,
        {"d": widgets.Choice("Features d", (1, 4, 64, 512), kind="toggle"),
         "divide": widgets.Choice("Divided by √d", ("no", "yes"), kind="toggle")},
        default={"d": 64, "divide": "no"}, name="Scores of random queries and keys",
    )
