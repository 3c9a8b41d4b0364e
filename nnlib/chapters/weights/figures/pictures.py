"""Weights as pictures."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots


def weight_pictures_frame(before, after, units=8):
    """Draw the weights of the first units as 8 × 8 pictures, before and after training.

    Parameters
    ----------
    before, after : numpy.ndarray, shape (64, h)
        A column for each unit.
    units : int
        How many of the h units are shown.
    """
    figure, axes = plots.figure(496, 190, ncols=units, nrows=2, layout="none")
    figure.subplots_adjust(left=0.1, right=0.995, bottom=0.1, top=0.88, wspace=0.08, hspace=0.1)
    reach = np.abs(after[:, :units]).max()
    moved = relative_change(before, after)[:units]
    said = [f"changed, relative to the start: {', '.join(f'{share:.1f}' for share in moved)}"]
    for row, (name, weight) in enumerate((("before", before), ("after", after))):
        for unit in range(units):
            ax = axes[row, unit]
            ax.imshow(weight[:, unit].reshape(8, 8), cmap="cividis", vmin=-reach, vmax=reach)
            ax.set_xticks([])
            ax.set_yticks([])
            ax.grid(False)
            if row == 0:
                ax.set_title(f"unit {unit}", fontsize=8.5, fontweight="normal")
            else:
                ax.set_xlabel(f"{moved[unit]:.1f}", fontsize=8.5, labelpad=2)
        axes[row, 0].set_ylabel(name, fontsize=10)
        said.append(f"{name}, neighbouring pixels have a correlation of "
                    f"{neighbours(weight[:, :units]):.2f}")
    figure.text(0.01, 0.055, "moved", fontsize=8.5)
    return widgets.frame(
        figure,
        alt=f"Weights of {units} hidden units as pictures of 8 × 8 pixels. {'; '.join(said)}.",
    )


def relative_change(before, after):
    """Length of each column's change over the length of the column at the start."""
    return np.linalg.norm(after - before, axis=0) / np.linalg.norm(before, axis=0)


def neighbours(weight):
    """Correlation of weights of pixels side by side: 0 for noise, towards 1 for smooth pictures."""
    images = weight.T.reshape(-1, 8, 8)
    return float(np.corrcoef(images[:, :, :-1].ravel(), images[:, :, 1:].ravel())[0, 1])
