"""The ten probabilities that a small network gives to an image, digit or not."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import data, widgets
from nnlib.widgets import plots

HEADS = ("softmax", "ten sigmoids")
IMAGES = ("a clear digit", "a doubtful digit", "a blank page", "all ink")


@functools.cache
def trained(head):
    """A network 64 -> 32 -> 10 on the digits, with the loss that its head asks for."""
    images = data.load_digits()
    (x, y), validation, _ = data.split(images.x, images.y, rng=np.random.default_rng(0))
    rng = np.random.default_rng(0)
    model = nn.Sequential(nn.Dense(64, 32, rng=rng), nn.ReLU(), nn.Dense(32, 10, rng=rng))
    if head == "softmax":
        loss_fn, lr = nn.CrossEntropyLoss(), 0.1
    else:                                       # a mean over ten outputs: ten times the rate
        loss_fn, lr, y = nn.BCEWithLogitsLoss(), 1.0, np.eye(10, dtype="float32")[y]
    nn.fit(model, loss_fn, nn.SGD(model.parameters(), lr=lr), (x, y), epochs=20, batch_size=64,
           rng=rng)
    return model, validation


def outputs(head, x):
    """What the head makes of the logits of the images x: (rows, 10)."""
    z = trained(head)[0](x)
    return nn.softmax(z) if head == "softmax" else nn.sigmoid(z)


def pictures():
    """The four images by name, each (64,), and the label of those that have one."""
    x, y = trained("softmax")[1]
    largest = outputs("softmax", x).max(axis=1)
    clear, doubtful = int(largest.argmax()), int(largest.argmin())
    return {
        "a clear digit": (x[clear], int(y[clear])),
        "a doubtful digit": (x[doubtful], int(y[doubtful])),
        "a blank page": (np.zeros_like(x[0]), None),
        "all ink": (np.full_like(x[0], x.max()), None),
    }


def digit_frame(image, head):
    """Draw one image, and the ten outputs of one head."""
    pixels, label = pictures()[image]
    p = outputs(head, pixels[None])[0]
    figure, (left, right) = plots.figure(480, 230, ncols=2, layout="none")
    left.set_position([0.03, 0.12, 0.28, 0.72])
    right.set_position([0.42, 0.17, 0.56, 0.69])
    left.imshow(pixels.reshape(8, 8), cmap="gray_r", vmin=0, vmax=1)
    left.set(xticks=[], yticks=[], title="no digit" if label is None else f"label {label}")
    left.grid(False)
    for side in left.spines.values():
        side.set_visible(True)
    bars = right.bar(range(10), p, color=plots.COLORS["prediction"])
    if label is not None:
        bars[label].set(color=plots.COLORS["loss"], hatch="//", edgecolor="white")
    right.axhline(0.5, **plots.role("muted"))
    right.set(ylim=(0, 1.02), xticks=range(10), title=f"{head}, sum {p.sum():.2f}")
    said = ", ".join(f"{v:.2f}" for v in p)
    above = int((p > 0.5).sum())
    return widgets.frame(
        figure, colours=20,
        alt=f"{image}, {head}: the outputs for the classes 0 to 9 are {said}; their sum is "
            f"{p.sum():.2f}, and {above} of them exceed one half.",
        text={"Label": "none" if label is None else str(label), "Largest": str(int(p.argmax())),
              "Sum": f"{p.sum():.2f}", "Above one half": str(above)},
    )


def digit_explorer():
    """Return the explorer of four images and two heads."""
    return widgets.Explorer(
        lambda image, head: digit_frame(image, head),
        {"image": widgets.Choice("Image", IMAGES), "head": widgets.Choice("Head", HEADS,
                                                                          kind="toggle")},
        name="Ten outputs for one image",
    )
