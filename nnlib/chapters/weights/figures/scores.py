"""Weighted sums, term by term: the customer, the spam mail, and the six steps."""

from __future__ import annotations

from matplotlib.patches import FancyBboxPatch

from nnlib import widgets
from nnlib.chapters.weights.figures.drawing import draw_sigmoid_with_point, plain, signed, squash
from nnlib.widgets import plots

CUSTOMER_WEIGHTS = (0.2, 0.00001)
SPAM_WEIGHTS, SPAM_BIAS = (2.0, 1.5, -0.5), -1.0


def score_frame(terms, *, about, reach):
    """Draw what each term adds to z, as bars, and where z lands on the sigmoid.

    Parameters
    ----------
    terms : dict of str to float
        Name of each term and what it adds; z is their sum.
    about : str
        What the alternative text starts with.
    reach : float
        Both axes of z go from -reach to reach.
    """
    names, values = list(terms), list(terms.values())
    z = sum(values)
    figure, (left, right) = plots.figure(
        470, 205, ncols=2, layout="none", gridspec_kw={"width_ratios": [1.45, 1]}
    )
    figure.subplots_adjust(left=0.19, right=0.975, bottom=0.22, top=0.88, wspace=0.2)
    places = range(len(values), -1, -1)
    for place, name, value in zip(places, [*names, "z"], [*values, z], strict=True):
        role = "prediction" if name == "z" else "gradient" if value >= 0 else "loss"
        left.barh(place, value, height=0.62, color=plots.COLORS[role],
                  hatch="" if value >= 0 else "////", edgecolor="white")
        left.annotate(signed(value), (value, place), xytext=(4 if value >= 0 else -4, 0),
                      textcoords="offset points", va="center", fontsize=9.5,
                      ha="left" if value >= 0 else "right")
    left.axvline(0, color=plots.COLORS["muted"], linewidth=1)
    left.set(xlim=(-reach, reach), title="what adds up to z")
    left.set_yticks(list(places), [*names, "z"])
    left.tick_params(axis="y", length=0)
    left.grid(False, axis="y")
    draw_sigmoid_with_point(right, z, reach)
    parts = ", ".join(f"{name} {signed(value)}" for name, value in terms.items())
    return widgets.frame(
        figure, colours=16,
        alt=f"{about} Terms: {parts}. Their sum z is {plain(z)} and σ(z) is {squash(z):.6f}.",
        text={"z": plain(z), "σ(z)": f"{squash(z):.6f}"},
    )


def customer_frame(age=35, income=80_000, bias=-5):
    """Draw the three terms of the customer's score."""
    terms = {
        "age": CUSTOMER_WEIGHTS[0] * age,
        "income": CUSTOMER_WEIGHTS[1] * income,
        "bias": float(bias),
    }
    return score_frame(
        terms, about=f"Age {age}, income {income:,}, bias {plain(bias)}.", reach=14,
    )


def customer_explorer():
    """Return the explorer of age, income and bias."""
    return widgets.Explorer(
        customer_frame,
        {
            "age": widgets.Choice("Age", (21, 35, 50)),
            "income": widgets.Choice("Income", (20_000, 80_000, 200_000),
                                     labels=("20,000", "80,000", "200,000")),
            "bias": widgets.Choice("Bias", (-8, -5, 0), labels=("−8", "−5", "0")),
        },
        default={"age": 35, "income": 80_000, "bias": -5}, name="Will the customer buy?",
    )


def reputation_frame(reputation=3):
    """Draw the four terms of the spam score for a sender of this reputation, 0 to 10."""
    terms = {
        '"free"': SPAM_WEIGHTS[0], "link": SPAM_WEIGHTS[1],
        "reputation": SPAM_WEIGHTS[2] * reputation, "bias": SPAM_BIAS,
    }
    return score_frame(terms, about=f"Reputation of the sender {reputation}.", reach=6.5)


def reputation_explorer():
    """Return the explorer of the sender's reputation."""
    return widgets.Explorer(
        reputation_frame, {"reputation": widgets.Choice("Reputation", tuple(range(11)))},
        default={"reputation": 3}, name="Is this mail spam?",
    )


STEPS = (
    ("1 receive", "35\n80,000", "data"),
    ("2 multiply", "35 × 0.2\n= 7\n80,000 ×\n0.00001\n= 0.8", "weight"),
    ("3 sum", "7 + 0.8\n= 7.8", "muted"),
    ("4 add bias", "7.8 − 5\nz = 2.8", "muted"),
    ("5 activate", "σ(2.8)\n= 0.9427", "prediction"),
    ("6 pass on", "a = 0.9427\nto the next\nlayer", "data"),
)


def steps_frame():
    """Draw the six steps of a neuron with the customer's numbers."""
    figure, ax = plots.figure(500, 150, layout="none")
    figure.subplots_adjust(left=0, right=1, bottom=0, top=1)
    ax.set(xlim=(0, 6), ylim=(0, 1))
    ax.axis("off")
    for place, (name, numbers, role) in enumerate(STEPS):
        ax.add_patch(FancyBboxPatch(
            (place + 0.07, 0.12), 0.8, 0.55, boxstyle="round,pad=0.02", mutation_aspect=1.6,
            facecolor="white", edgecolor=plots.COLORS[role], linewidth=2,
        ))
        ax.text(place + 0.47, 0.4, numbers, ha="center", va="center", fontsize=8)
        ax.text(place + 0.47, 0.85, name, ha="center", va="center", fontsize=9.5,
                fontweight="bold", color=plots.TEXT_COLORS[role])
        if place < len(STEPS) - 1:
            ax.annotate("", (place + 1.05, 0.4), (place + 0.89, 0.4),
                        arrowprops={"arrowstyle": "-|>", "color": "#333840"})
    said = "; ".join(f"{name}: {' '.join(numbers.split())}" for name, numbers, _ in STEPS)
    return widgets.frame(figure, alt=f"The six steps of a neuron, from left to right. {said}.")
