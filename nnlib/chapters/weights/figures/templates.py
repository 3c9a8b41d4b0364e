"""A unit's weights as a template: weight times pixel, pixel by pixel, and the sum."""

from __future__ import annotations

from nnlib import widgets
from nnlib.chapters.weights.figures.drawing import plain
from nnlib.widgets import plots


def template_frame(weight, bias, digit, *, name, unit):
    """Draw the weights, a digit, their products, and what they add up to.

    Parameters
    ----------
    weight, digit : numpy.ndarray, shape (64,)
    bias : float
    name, unit : str
        What the digit shows and which unit it is, for the words.
    """
    products = weight * digit                                                # (64,)
    speaks_for, against = products[products > 0].sum(), products[products < 0].sum()
    z = float(products.sum() + bias)
    figure, axes = plots.figure(400, 140, ncols=3, layout="none")
    figure.subplots_adjust(left=0.02, right=0.98, bottom=0.03, top=0.82, wspace=0.28)
    pictures = ((weight, "weights", "cividis", 1.2), (digit, "× digit", "gray_r", None),
                (products, "= products", "cividis", 1.2))
    for ax, (values, title, colours, reach) in zip(axes, pictures, strict=True):
        limits = {"vmin": -reach, "vmax": reach} if reach else {"vmin": 0, "vmax": 1}
        ax.imshow(values.reshape(8, 8), cmap=colours, **limits)
        ax.set(xticks=[], yticks=[])
        ax.set_title(title, fontsize=10, loc="center")
        ax.grid(False)
    return widgets.frame(
        figure, colours=20,
        alt=f"Unit {unit} and a {name}: the products above 0 sum to {plain(speaks_for, 3)}, those "
            f"below to {plain(against, 3)}; with the bias {plain(bias, 3)} z is {plain(z, 3)}.",
        text={"For": f"+{speaks_for:.2f}", "Against": f"{against:.2f}".replace("-", "−"),
              "Bias": f"{bias:+.2f}".replace("-", "−"),
              "z, and ReLU(z)": f"{z:.2f}, {max(z, 0):.2f}".replace("-", "−")},
    )


def template_explorer(weight, bias, digits, names, units):
    """Return the explorer of some units and some digits.

    Parameters
    ----------
    weight : numpy.ndarray, shape (64, h)
    bias : numpy.ndarray, shape (h,)
    digits : numpy.ndarray, shape (n, 64)
    names : sequence
        What each of the digits shows.
    units : sequence of int
    """
    def draw(unit, which):
        return template_frame(weight[:, unit], float(bias[unit]), digits[which],
                              name=str(names[which]), unit=str(unit))

    return widgets.Explorer(
        draw,
        {"unit": widgets.Choice("Unit", tuple(units)),
         "which": widgets.Choice("Digit", tuple(range(len(digits))), labels=names)},
        name="A template, times a digit",
    )
