"""One image on its way through every layer of a trained CNN."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.architectures import recipes
from nnlib.chapters.architectures.figures import drawing
from nnlib.widgets import plots

SIZE = (480, 236)


def stages(model, image):
    """Pairs (name, output without the batch axis) of the image and of every layer."""
    x = np.asarray(image, "float32").reshape(1, 8, 8, 1)
    found = [("the image", x[0])]
    with nn.no_grad():
        for number, layer in enumerate(model):
            x = layer(x)
            found.append((f"{number} {type(layer).__name__}", x[0]))
    return found


def products_of(layer, before, after):
    """Multiplications that a layer needs for one image."""
    weights = getattr(layer, "weight", None)
    if weights is None:
        return 0
    places = int(np.prod(after.shape[:-1])) if before.ndim == 3 else 1
    return places * int(np.prod(weights.shape))


def follow_frame(model, image, label, stage):
    """Draw everything that comes out of one stage, brightest for its largest number."""
    found = stages(model, image)
    name, out = found[stage]
    figure, ax = plots.canvas(*SIZE)
    drawing.word(ax, 8, 14, f"{name}   →   {' × '.join(map(str, out.shape))}", 11, weight="bold")
    bound = max(float(np.abs(out).max()), 1e-6)
    low = -bound if out.min() < 0 else 0.0
    if out.ndim == 3:
        columns = {1: 1, 8: 4, 16: 8}[out.shape[2]]
        side = {1: 170, 4: 92, 8: 54}[columns]
        for k in range(out.shape[2]):
            left, top = 10 + (k % columns) * (side + 5), 34 + k // columns * (side + 6)
            drawing.picture(drawing.place(figure, left, top, side, side), out[:, :, k], low, bound)
    else:
        bars = drawing.place(figure, 40, 40, 425, 160)
        bars.bar(range(len(out)), out, color=plots.COLORS["prediction"])
        bars.axhline(0, color=plots.COLORS["muted"], linewidth=0.8)
        if len(out) == 10:
            bars.set_xticks(range(10))
            bars.bar(int(out.argmax()), out.max(), color=plots.COLORS["loss"], hatch="//",
                     edgecolor="white")
    layer = None if stage == 0 else model[stage - 1]
    work = 0 if layer is None else products_of(layer, found[stage - 1][1], out)
    learned = 0 if layer is None else recipes.size_of(layer)
    text = {"Numbers that come out": f"{out.size:,}", "Parameters": f"{learned:,}",
            "Multiplications for one image": f"{work:,}"}
    said = f" The largest logit is that of {int(out.argmax())}." if out.shape == (10,) else ""
    return widgets.frame(
        figure, colours=24, text=text,
        alt=f"A {label} after {name}: shape {' by '.join(map(str, out.shape))}, from "
            f"{out.min():.2f} to {out.max():.2f}, {np.mean(out == 0):.0%} of it exactly 0; "
            f"{learned:,} parameters, {work:,} multiplications.{said}")


def follow_explorer(model, images, labels):
    """Return the explorer of some images and all stages of a network."""
    names = [name for name, _ in stages(model, images[0])]
    return widgets.Explorer(
        lambda digit, stage: follow_frame(model, images[digit], int(labels[digit]), stage),
        {"stage": widgets.Choice("After", tuple(range(len(names))), labels=names),
         "digit": widgets.Choice("Image of", tuple(range(len(images))),
                                 labels=[str(int(label)) for label in labels], kind="toggle")},
        default={"stage": 1}, name="One image through every layer")


def one_number(model, image, kernel, place):
    """The patches (3, 3, 8), the kernel (3, 3, 8) and the bias behind one number of layer 3."""
    before = stages(model, image)[3][1]                        # (4, 4, 8): after the first pooling
    padded = np.pad(before, ((1, 1), (1, 1), (0, 0)))
    row, column = place
    patch = padded[row:row + 3, column:column + 3]
    state = model[3].state_dict()
    return patch, state["weight"][..., kernel], float(state["bias"][kernel])


def one_number_frame(model, image, kernel, place):
    """Draw how eight maps and one kernel make one number of the second convolution."""
    patch, weights, bias = one_number(model, image, kernel, place)
    sums = (patch * weights).sum(axis=(0, 1))
    total = float(sums.sum() + bias)
    figure, ax = plots.canvas(480, 236)
    for y, said in ((52, "map"), (118, "kernel"), (168, "sum")):
        drawing.word(ax, 4, y, said, 9.5)
    bound = float(np.abs(weights).max())
    for d in range(8):
        left = 54 + 53 * d
        drawing.word(ax, left, 14, f"{d}", 9)
        drawing.picture(drawing.place(figure, left, 26, 46, 46), patch[..., d], 0,
                        max(float(patch.max()), 1e-6))
        drawing.picture(drawing.place(figure, left, 92, 46, 46), weights[..., d], -bound, bound)
        drawing.word(ax, left, 168, f"{sums[d]:+.2f}", 9.5)
    drawing.word(ax, 4, 200, f"all sums {sums.sum():+.2f}, bias {bias:+.2f}: {total:+.2f}"
                             f"   →   ReLU   →   {max(total, 0):.2f}", 11, weight="bold")
    return widgets.frame(
        figure, colours=24,
        alt=f"Kernel {kernel} at row {place[0]}, column {place[1]}: the eight maps give "
            f"{', '.join(f'{value:+.2f}' for value in sums)}; with the bias {bias:+.2f} the number "
            f"is {total:+.2f}, after ReLU {max(total, 0):.2f}.")


def one_number_explorer(model, image):
    """Return the explorer of four kernels and four places of the second convolution."""
    places = ((0, 0), (1, 1), (2, 2), (3, 1))
    return widgets.Explorer(
        lambda kernel, place: one_number_frame(model, image, kernel, place),
        {"kernel": widgets.Choice("Kernel", (0, 5, 10, 15), kind="toggle"),
         "place": widgets.Choice("Place", places, kind="toggle",
                                 labels=[f"row {i}, column {j}" for i, j in places])},
        name="Where one number of the second convolution comes from")
