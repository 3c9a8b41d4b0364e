"""One neuron as a graph: values on the way there, gradients on the way back, differences beside."""

from __future__ import annotations

from nnlib import widgets
from nnlib.chapters.backpropagation.figures.drawing import arrow, node, short, word
from nnlib.engine import Value
from nnlib.widgets import plots

TARGET = 1.0
CASES = {
    "ordinary": {"w1": 0.8, "x1": 1.5, "w2": -0.6, "x2": 0.5, "b": -0.4},
    "saturated": {"w1": -4.0, "x1": 1.5, "w2": -0.6, "x2": 0.5, "b": -0.4},
    "shared input": {"w1": 0.8, "x1": 1.5, "w2": -0.6, "b": -0.4},          # x2 is x1
}
PLACES = {"w1": (34, 34), "x1": (34, 120), "w2": (34, 206), "x2": (34, 292), "b": (148, 338),
          "u": (148, 77), "v": (148, 249), "z": (258, 163), "p": (350, 163), "L": (444, 163)}
NAMES = {"w1": "w₁", "x1": "x₁", "w2": "w₂", "x2": "x₂", "b": "b", "u": "w₁x₁", "v": "w₂x₂",
         "z": "sum z", "p": "σ(z)", "L": "L"}
EDGES = (("w1", "u"), ("x1", "u"), ("w2", "v"), ("x2", "v"), ("u", "z"), ("v", "z"), ("b", "z"),
         ("z", "p"), ("p", "L"))
# What each step adds: a value on the way there, a gradient on the way back.
THERE = (("w1", "x1", "w2", "x2", "b"), ("u", "v"), ("z",), ("p",), ("L",))
BACK = (("L",), ("p",), ("z",), ("u", "v", "b"), ("w1", "x1"), ("w2", "x2"))
STEPS = len(THERE) + len(BACK)
SAID = (
    "the inputs, the weights and the bias", "two products", "their sum with the bias",
    "the sigmoid", "the loss", "the loss moves with itself: 1", "× 2(σ − 1), slope of the square",
    "× σ(1 − σ), slope of the sigmoid", "× 1: a sum passes on what arrives",
    "× the other factor of the product", "× the other factor of the product",
)


def second_input(case):
    """The name of the value that w2 is multiplied with."""
    return "x2" if "x2" in CASES[case] else "x1"


def values_of(case, moved="", by=0.0):
    """Every value of the graph; the one called `moved` is shifted by `by` once it is known."""
    found = {}

    def put(name, value):
        found[name] = value + by if name == moved else value

    for name, value in CASES[case].items():
        put(name, value)
    put("u", found["w1"] * found["x1"])
    put("v", found["w2"] * found[second_input(case)])
    put("z", found["u"] + found["v"] + found["b"])
    put("p", float(Value(found["z"]).sigmoid().data))
    put("L", (found["p"] - TARGET) ** 2)
    return found


def difference(case, name, h=1e-5):
    """dL/d(name) by a central finite difference."""
    above, below = (values_of(case, name, side)["L"] for side in (h, -h))
    return (above - below) / (2 * h)


def gradients_of(case):
    """dL/d(name) of every value by the engine."""
    graph = {name: Value(value) for name, value in CASES[case].items()}
    graph["u"] = graph["w1"] * graph["x1"]
    graph["v"] = graph["w2"] * graph[second_input(case)]
    graph["z"] = graph["u"] + graph["v"] + graph["b"]
    graph["p"] = graph["z"].sigmoid()
    graph["L"] = (graph["p"] - TARGET) ** 2
    graph["L"].backward()
    return {name: float(value.grad) for name, value in graph.items()}


def known(case, step):
    """Names whose value is known after a step, and {name: gradient so far} on the way back."""
    shown = [name for names in THERE[:step + 1] for name in names if name in values_of(case)]
    gradients = gradients_of(case)
    arrived = {name: gradients[name] for names in BACK[:max(0, step - len(THERE) + 1)]
               for name in names if name in gradients}
    if case == "shared input" and step == STEPS - 2:        # the share of one use alone
        arrived["x1"] = gradients["u"] * values_of(case)["w1"]
    return shown, arrived


def active(case, step):
    """Names that a step adds."""
    names = (*THERE, *BACK)[step]
    return {second_input(case) if name == "x2" else name for name in names}


def graph_frame(step, case):
    """Draw the graph after `step` steps."""
    values, (shown, arrived) = values_of(case), known(case, step)
    figure, ax = plots.canvas(490, 382)
    places = dict(PLACES)
    if case == "shared input":
        del places["x2"]
        places["x1"], places["w2"] = (34, 163), PLACES["x2"]
    for start, end in EDGES:
        start = second_input(case) if start == "x2" else start
        (x0, y0), (x1, y1) = places[start], places[end]
        arrow(ax, (x0 + 24, y0), (x1 - 24, y1))
    now = active(case, step)
    for name, (x, y) in places.items():
        label = "x" if case == "shared input" and name == "x1" else NAMES[name]
        node(ax, x, y, label, active=name in now)
        if name in shown:
            word(ax, x, y - 23, short(values[name]), "prediction")
        if name in arrived:
            word(ax, x, y + 23, short(arrived[name]), "gradient", weight="bold")
            word(ax, x, y + 36, f"≈ {short(difference(case, name))}", "muted", size=8)
    word(ax, 480, 18, "above: value", "prediction", ha="right")
    word(ax, 480, 34, "below: gradient", "gradient", ha="right", weight="bold")
    word(ax, 480, 50, "≈ by a finite difference", "muted", size=8.5, ha="right")
    way = "there" if step < len(THERE) else "back"
    numbers = ", ".join(
        f"{name} {short(values[name] if way == 'there' else arrived[name])}"
        for name in (*THERE, *BACK)[step]
        if name in (values if way == "there" else arrived))
    if case == "shared input" and way == "back" and step >= STEPS - 2:
        numbers = f"x1 {short(arrived['x1'])}, " + (
            f"w1 {short(arrived['w1'])}" if step == STEPS - 2 else f"w2 {short(arrived['w2'])}")
    return widgets.frame(
        figure, colours=20,
        alt=f"Graph of a neuron, {case}, step {step} on the way {way}: {numbers}. "
            f"The loss is {short(values['L'])}." if step >= 4 else
            f"Graph of a neuron, {case}, step {step} on the way {way}: {numbers}.",
        text={f"Way {way}": SAID[step]})


def graph_explorer():
    """Return the explorer of eleven steps through three neurons."""
    return widgets.Explorer(
        graph_frame,
        {"step": widgets.Choice("Step", range(STEPS), kind="toggle"),
         "case": widgets.Choice("Case", tuple(CASES))},
        default={"step": 4}, name="Values on the way there, gradients on the way back")
