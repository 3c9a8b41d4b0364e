"""Four things that real data ask for and a straight line cannot give."""

from __future__ import annotations

import itertools

import numpy as np

from nnlib import data, widgets
from nnlib.widgets import plots


def shares_of_benign(x, y, edges):
    """Share of benign tumours in each interval of mean radius, and the intervals' middles."""
    middles, shares = [], []
    for low, high in itertools.pairwise(edges):
        inside = (x >= low) & (x < high)
        middles.append((low + high) / 2)
        shares.append(float(y[inside].mean()))
    return np.array(middles), np.array(shares)


def main_directions(x):
    """The rows of x on their two directions of largest variance (signs fixed)."""
    centred = x.astype("float64") - x.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    directions = directions[:2] * np.sign(directions[:2].sum(axis=1, keepdims=True))
    return centred @ directions.T


def needs_frame():
    """Return the four panels: a curve, a threshold, an interaction, shapes in many dimensions."""
    figure, axes = plots.figure(480, 400, ncols=2, nrows=2, layout="none")
    figure.subplots_adjust(left=0.09, right=0.97, bottom=0.11, top=0.93, wspace=0.28, hspace=0.52)
    curve, step, together, pixels = axes.ravel()

    x, y = data.make_sine(60, noise=0.1, rng=np.random.default_rng(0))
    curve.plot(x, y, "o", color="black", markersize=3)
    slope, height = np.polyfit(x[:, 0], y[:, 0], 1)
    ends = np.array([-1.0, 1.0])
    curve.plot(ends, slope * ends + height, **plots.role("loss"))
    curve.set(title="a curve", xlabel="x (synthetic)", ylim=(-1.7, 1.7))

    tumours = data.load_breast_cancer()
    edges = np.array([6.0, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 29])
    middles, shares = shares_of_benign(tumours.x[:, 0], tumours.y, edges)
    step.plot(tumours.x[:, 0], tumours.y, "|", color=plots.COLORS["muted"], markersize=6)
    step.plot(middles, shares, "o-", color=plots.COLORS["prediction"], markersize=4, linewidth=1.2)
    step.set(title="a threshold", xlabel="mean radius (stroke: tumour)", ylim=(-0.12, 1.12),
             xlim=(6, 29))
    step.text(17.5, 0.62, "share benign", color=plots.TEXT_COLORS["prediction"], fontsize=9)

    corners, classes = data.make_xor()
    for k, marker in ((0, "o"), (1, "^")):
        together.plot(*corners[classes == k].T, marker, color=plots.COLORS[("data", "loss")[k]],
                      markersize=10)
    together.set(title="an interaction", xlabel="either, not both (XOR)", xlim=(-0.4, 1.4),
                 ylim=(-0.4, 1.4), xticks=[0, 1], yticks=[0, 1])

    digits = data.load_digits()
    plane = main_directions(digits.x)
    for digit, role in ((0, "prediction"), (1, "loss"), (4, "gradient"), (7, "weight")):
        rows = plane[digits.y == digit][:80]
        pixels.plot(*rows.T, ".", color=plots.COLORS[role], markersize=3)
        plots.direct_label(pixels, *np.median(rows, axis=0), str(digit), role, fontsize=15,
                           weight="bold", ha="center", xytext=(0, 0))
    pixels.set(title="shapes among pixels", xlabel="4 digits, 2 of 64 directions")
    return widgets.frame(
        figure,
        alt="Four panels. A curve: 60 synthetic points on a sine wave, which the best straight "
            "line misses. A threshold: benign or malignant is 1 or 0, but the share of benign "
            f"tumours falls over several intervals of the mean radius, from {shares[0]:.2f} to "
            f"{shares[-1]:.2f}. An interaction: the four points of XOR, with opposite corners "
            "alike. Shapes among pixels: the digits 0, 1, 4 and 7 as clouds in two of 64 "
            "directions.",
    )
