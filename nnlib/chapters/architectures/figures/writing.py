"""Text written by the trained readers, one character at a time."""

from __future__ import annotations

import textwrap

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.architectures import study
from nnlib.chapters.architectures.exercises import next_id
from nnlib.chapters.architectures.figures import drawing
from nnlib.widgets import plots

START, LENGTH = "the function returns ", 150
TEMPERATURES, DRAWS = (0.2, 0.6, 1.0, 2.0), (0, 1)
NETWORKS = tuple(study.reading.READERS)


def logits_of(model, ids):
    """Logits of the next character after the latest ids, at most a window of them."""
    with nn.no_grad():
        return model(np.asarray(ids[-study.reading.WINDOW:])[None])[0, -1]


def write(network, temperature, draw, length=LENGTH, start=START):
    """A continuation of the beginning, drawn character by character."""
    model, rng = study.reader(network), np.random.default_rng(draw)
    ids = list(study.corpus.encode(start))
    for _ in range(length):
        logits = logits_of(model, ids).astype("float64")
        ids.append(next_id.next_id(logits, temperature, rng.random()))
    return study.corpus.decode(ids)


def words_known(text, start=START):
    """Share of the words written, the last one left out, that occur in the training text."""
    known = set(study.corpus.decode(study.corpus.parts()[0].ravel()).replace(".", " ")
                .replace(",", " ").split())
    written = text[len(start):].replace(".", " ").replace(",", " ").split()[:-1]
    return float(np.mean([one in known for one in written])) if written else 0.0


def writing_frame(network, temperature, draw):
    """Draw one text."""
    text = write(network, temperature, draw)
    known = words_known(text)
    figure, ax = plots.canvas(480, 118)
    given = len(START.rstrip())
    for row, line in enumerate(textwrap.wrap(text, 52)[:5]):
        said = {"family": "DejaVu Sans Mono"}
        if row == 0:                                  # what was given stands in the first line
            drawing.word(ax, 8, 16, line[:given], 10.5, color=plots.TEXT_COLORS["muted"], **said)
            line = " " * given + line[given:]
        drawing.word(ax, 8, 16 + 21 * row, line, 10.5, **said)
    return widgets.frame(
        figure, colours=8, text={"Words that the training text has": f"{100 * known:.0f} %"},
        alt=f"{network} at temperature {temperature:g}, draw {draw + 1}, writes: {text} "
            f"({100 * known:.0f} % of these words occur in the training text.)")


def writing_explorer():
    """Return the explorer of four readers, four temperatures and two draws."""
    return widgets.Explorer(
        writing_frame,
        {"network": widgets.Choice("Network", NETWORKS),
         "temperature": widgets.Choice("Temperature", TEMPERATURES, kind="toggle"),
         "draw": widgets.Choice("Draw", DRAWS, labels=["1", "2"], kind="toggle")},
        default={"network": "LSTM", "temperature": 0.6}, name="What the readers write")


def steps_of(count=14, network="LSTM", temperature=0.6, draw=0):
    """For each step the text so far, the probabilities, the number drawn and the id."""
    model, rng = study.reader(network), np.random.default_rng(draw)
    ids, found = list(study.corpus.encode(START)), []
    for _ in range(count):
        logits = logits_of(model, ids).astype("float64")
        u = rng.random()
        chosen = next_id.next_id(logits, temperature, u)
        found.append((study.corpus.decode(ids), nn.softmax(logits / temperature), u, chosen))
        ids.append(chosen)
    return found


def writing_stepper():
    """Return the stepper of 14 characters: probabilities, the draw, the longer text."""
    frames = []
    for so_far, p, u, chosen in steps_of():
        figure, ax = plots.figure(460, 230, layout="none")
        figure.subplots_adjust(left=0.15, right=0.98, bottom=0.15, top=0.8)
        colours = [plots.COLORS["prediction"]] * len(p)
        colours[chosen] = plots.COLORS["loss"]
        bars = ax.bar(range(len(p)), p, color=colours)
        bars[chosen].set(hatch="//", edgecolor="white")
        ax.plot(chosen, p[chosen] + 0.06, "v", color=plots.COLORS["loss"], markersize=7)
        ax.set_xticks(range(len(p)), study.corpus.CHARACTERS.replace(" ", "␣"), fontsize=10)
        ax.set(ylim=(0, 1.1), ylabel="probability")
        ax.grid(axis="x", visible=False)
        symbol = study.corpus.CHARACTERS[chosen].replace(" ", "␣")
        ax.set_title(f"{so_far.replace(' ', '␣')[-34:]} → {symbol}", fontsize=11, pad=14,
                     family="DejaVu Sans Mono")
        best, sums = int(p.argmax()), np.cumsum(p)
        frames.append(widgets.frame(
            figure, colours=24, text={
                "Number drawn": f"{u:.3f}",
                f"Running sum before {symbol} and with it":
                    f"{sums[chosen] - p[chosen]:.3f}, {sums[chosen]:.3f}",
                "Probability of what was chosen": f"{p[chosen]:.3f}"},
            alt=f"After “{so_far}” the best guess is “{study.corpus.CHARACTERS[best]}” with "
                f"{p[best]:.2f}; the number {u:.2f} chooses “{study.corpus.CHARACTERS[chosen]}”, "
                f"whose probability is {p[chosen]:.2f}."))
    return widgets.Stepper(
        frames, name="Character", title="The LSTM writes, at temperature 0.6",
        labels=[f"Character {i} of {len(frames)}" for i in range(1, len(frames) + 1)])
