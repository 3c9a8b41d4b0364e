"""PReLU against leaky ReLU with a fixed slope, epoch by epoch."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import data, widgets
from nnlib.widgets import plots

EPOCHS, SEEDS = 40, range(9)
SETTINGS = {                              # name -> (activation, rate, role, where its label stands)
    "α = 0.01": (lambda: nn.LeakyReLU(0.01), 0.1, "loss", (5, (4, -14))),
    "α = 1": (lambda: nn.LeakyReLU(1.0), 0.1, "muted", (1, (4, 38))),
    "α = 0.01, rate × 5": (lambda: nn.LeakyReLU(0.01), 0.5, "prediction", (3, (-86, 6))),
    "PReLU": (nn.PReLU, 0.1, "weight", (2, (8, -14))),
}


@functools.cache
def learning(name):
    """Validation accuracy in % by epoch (seeds, epochs), and the slopes PReLU ends with, if any."""
    images = data.load_digits()
    train, validation, _ = data.split(images.x, images.y, rng=np.random.default_rng(0))
    activation, rate, *_ = SETTINGS[name]
    right, slopes = [], []
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        model = nn.Sequential(nn.Dense(64, 32, rng=rng), activation(),
                              nn.Dense(32, 10, rng=rng))
        history = nn.fit(model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=rate), train,
                         epochs=EPOCHS, batch_size=64, validation=validation, rng=rng)
        right.append(100 * np.array(history.validation_accuracy))
        slopes += [float(p.data[0]) for p in model[1].parameters()]
    return np.array(right), slopes


def learned_slope_frame():
    """Draw the accuracy by epoch for three fixed slopes and for the learned one."""
    figure, ax = plots.figure(480, 270)
    said = []
    for name, (*_, role, (epoch, offset)) in SETTINGS.items():
        middle = np.median(learning(name)[0], axis=0)
        style = plots.role(role) | {"linewidth": 1.8}
        ax.semilogx(range(1, EPOCHS + 1), middle, **style)
        plots.direct_label(ax, epoch, middle[epoch - 1], name, role, xytext=offset)
        said.append(f"{name} {middle[9]:.0f} % after 10 epochs and {middle[-1]:.0f} % after "
                    f"{EPOCHS}")
    ax.set(xlabel="epoch (logarithmic)", title="validation digits right, % (median of 9 runs)",
           ylim=(60, 100), xlim=(1, EPOCHS + 1), xticks=[1, 2, 5, 10, 20, 40],
           xticklabels=["1", "2", "5", "10", "20", "40"])
    ax.minorticks_off()
    ends = learning("PReLU")[1]
    return widgets.frame(figure, alt="Accuracy on validation digits by epoch, median of nine "
                         "runs: " + "; ".join(said) + f". PReLU's α ends between {min(ends):.1f} "
                         f"and {max(ends):.1f}.")
