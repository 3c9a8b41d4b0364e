"""What a training step holds and computes that a forward pass alone does not."""

from __future__ import annotations

import itertools

from nnlib import widgets
from nnlib.widgets import plots

NETWORKS = {
    "10-64-32-16-1": (10, 64, 32, 16, 1),
    "64-64-10": (64, 64, 10),
    "784-512-512-10": (784, 512, 512, 10),
}
COPIES = {"SGD": 0, "SGD with momentum": 1, "Adam": 2}
BATCHES = (1, 64, 1024)
PARTS = ("weights", "gradients", "optimizer", "activations")
LOOKS = {"weights": ("weight", ""), "gradients": ("gradient", "//"),
         "optimizer": ("loss", "xx"), "activations": ("prediction", "..")}


def size(count):
    """Bytes in the unit that suits them."""
    for unit, factor in (("MB", 1e6), ("kB", 1e3)):
        if count >= factor:
            return f"{count / factor:.3g} {unit}"
    return f"{count:g} bytes"


def costs_explorer(multiplications, memory):
    """Return the explorer of network × optimizer × batch.

    Parameters
    ----------
    multiplications : callable
        ``multiplications(sizes)`` -> (forward, backward) of one row.
    memory : callable
        ``memory(sizes, copies, batch)`` -> {part: bytes} of a training step.
    """
    def draw(network, optimizer, batch):
        sizes = NETWORKS[network]
        forward, backward = multiplications(sizes)
        parts = memory(sizes, COPIES[optimizer], batch)
        used = parts["weights"] + 4 * batch * max(a + b for a, b in itertools.pairwise(sizes))
        total = sum(parts.values())
        figure, axes = plots.figure(480, 260, nrows=2, layout="none")
        figure.subplots_adjust(left=0.17, right=0.97, bottom=0.17, top=0.9, hspace=0.5)
        ax = axes[0]
        ax.barh([1, 0], [forward, forward], color=plots.COLORS["prediction"], height=0.6)
        ax.barh([1], [backward], left=[forward], color=plots.COLORS["gradient"], hatch="//",
                edgecolor="white", height=0.6)
        ax.text(forward / 2, 0, "forward", ha="center", va="center", color="white", fontsize=9)
        ax.text(forward / 2, 1, "forward", ha="center", va="center", color="white", fontsize=9)
        ax.text(forward + backward / 2, 1, "backward", ha="center", va="center", fontsize=9,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
        ax.set(xlim=(0, 3 * forward), title="multiplications for a row")
        ax = axes[1]
        left = 0
        for part in PARTS:
            role, hatch = LOOKS[part]
            ax.barh([1], [parts[part]], left=[left], color=plots.COLORS[role], hatch=hatch,
                    edgecolor="white", height=0.6)
            left += parts[part]
        ax.barh([0], [parts["weights"]], color=plots.COLORS["weight"], edgecolor="white",
                height=0.6)
        ax.barh([0], [used - parts["weights"]], left=[parts["weights"]],
                color=plots.COLORS["prediction"], hatch="..", edgecolor="white", height=0.6)
        ax.set(xlim=(0, total), title="bytes (training = whole width)")
        handles = [plots.plt.Rectangle((0, 0), 1, 1, facecolor=plots.COLORS[LOOKS[part][0]],
                                       hatch=LOOKS[part][1], edgecolor="white") for part in PARTS]
        figure.legend(handles, PARTS, loc="lower center", ncols=4, fontsize=9, frameon=False,
                      handlelength=1.3, columnspacing=1.2)
        for ax in axes:
            ax.set_yticks([1, 0], ["training", "inference"])
            ax.set_xticks([])
            ax.grid(visible=False)
        text = {"Multiplications": f"{forward + backward:,} : {forward:,} = "
                                   f"{(forward + backward) / forward:.2f}",
                "Bytes": f"{size(total)} : {size(used)} = {total / used:.2f}",
                "Inference holds": f"weights {size(parts['weights'])}, a layer's inputs and "
                                   f"outputs {size(used - parts['weights'])}"}
        return widgets.frame(
            figure, colours=32, text=text,
            alt=f"{network}, {optimizer}, batch of {batch}. Training against inference: "
                f"multiplications for a row {text['Multiplications']}; bytes {text['Bytes']}. In "
                "training: " + ", ".join(f"{part} {size(parts[part])}" for part in PARTS) + ".")

    return widgets.Explorer(
        draw, {"network": widgets.Choice("Network", tuple(NETWORKS)),
               "optimizer": widgets.Choice("Optimizer", tuple(COPIES)),
               "batch": widgets.Choice("Rows in the batch", BATCHES, kind="toggle")},
        default={"network": "784-512-512-10", "optimizer": "SGD", "batch": 64},
        name="What training needs, and use does not")
