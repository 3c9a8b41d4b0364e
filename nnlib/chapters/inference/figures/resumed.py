"""A training that stops half-way and goes on, with more or less of its state saved."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import nnlib.numpy as nn
from nnlib import checkpoint, widgets
from nnlib.chapters.inference import study
from nnlib.widgets import plots

STOP, END = 4, 7
SAVED = ("learned weights only", "all of the model", "and the optimizer", "and the generators")


def _start(seed=0):
    model, rng = study.network(seed)
    optimizer = nn.Adam(model.parameters(), lr=0.01)
    return model, rng, optimizer


def _go_on(model, rng, optimizer, epochs):
    """Losses of the training rows (in evaluation mode) after every 5 updates."""
    (x, y), _, _ = study.digits()
    x, loss_fn, losses = study.scaled(x), nn.CrossEntropyLoss(), []
    updates = 0
    for _ in range(epochs):
        model.train()
        for x_batch, y_batch in nn.batches(x, y, batch_size=study.BATCH, rng=rng):
            loss_fn(model(x_batch), y_batch)
            optimizer.zero_grad()
            model.backward(loss_fn.backward(), input_grad=False)
            optimizer.step()
            updates += 1
            if updates % 5 == 0:
                losses.append(nn.evaluate(model, loss_fn, (x, y))["loss"])
    return losses


def resumed(saved, seed=0):
    """(losses of the second half, uninterrupted; losses of the second half, resumed)."""
    model, rng, optimizer = _start(seed)
    _go_on(model, rng, optimizer, STOP)
    with TemporaryDirectory() as folder:
        path = Path(folder, "half.npz")
        checkpoint.save(path, model=model, optimizer=optimizer, rng=rng, epoch=STOP)
        state = model.state_dict()
        whole = _go_on(model, rng, optimizer, END - STOP)
        model, rng, optimizer = _start(seed + 100)          # a fresh start, from another seed
        if saved == SAVED[0]:                               # buffers keep their first values
            fresh = model.state_dict()
            model.load_state_dict({name: fresh[name] if "running" in name else value
                                   for name, value in state.items()})
        elif saved == SAVED[1]:
            model.load_state_dict(state)
        elif saved == SAVED[2]:
            generator = list(model.named_children())[3][1].generator
            position = generator.bit_generator.state
            checkpoint.load(path, model=model, optimizer=optimizer)
            generator.bit_generator.state = position        # the masks of another run
        else:
            checkpoint.load(path, model=model, optimizer=optimizer, rng=rng)
    at_once = nn.evaluate(model, nn.CrossEntropyLoss(),
                          (study.scaled(study.digits()[0][0]), study.digits()[0][1]))["loss"]
    return whole, [at_once, *_go_on(model, rng, optimizer, END - STOP)]


def resumed_explorer():
    """Return the explorer of what was saved."""
    runs = {saved: resumed(saved) for saved in SAVED}

    def draw(saved):
        whole, again = runs[saved]
        figure, ax = plots.figure(480, 250, layout="none")
        figure.subplots_adjust(left=0.12, right=0.97, bottom=0.19, top=0.88)
        at = [5 * i for i in range(len(again))]
        ax.plot(at[1:], whole, color=plots.COLORS["muted"], linewidth=5, alpha=0.5)
        ax.plot(at, again, **plots.role("loss", linewidth=1.6))
        ax.set(xlim=(0, at[-1]), ylim=(0, 0.36),
               xlabel="updates after the stop", title="training loss, in evaluation mode")
        ax.plot([0.55, 0.62], [0.9, 0.9], transform=ax.transAxes, color=plots.COLORS["muted"],
                linewidth=5, alpha=0.5)
        ax.text(0.64, 0.9, "never interrupted", transform=ax.transAxes, va="center", fontsize=9.5)
        ax.plot([0.55, 0.62], [0.79, 0.79], transform=ax.transAxes, **plots.role("loss"))
        ax.text(0.64, 0.79, "stopped and resumed", transform=ax.transAxes, va="center",
                fontsize=9.5, color=plots.TEXT_COLORS["loss"])
        apart = max(abs(a - b) for a, b in zip(whole, again[1:], strict=True))
        same = "nothing: the same to the last bit" if apart == 0 else f"up to {apart:.2g}"
        text = {"Loss right after loading": f"{again[0]:.2f}", "The curves differ by": same}
        return widgets.frame(
            figure, colours=16, text=text,
            alt=f"Saved: {saved}. Loss right after loading {again[0]:.2f}; the resumed curve "
                f"differs from the uninterrupted one by {same}.")

    return widgets.Explorer(draw, {"saved": widgets.Choice("Saved", SAVED)},
                            default={"saved": SAVED[2]},
                            name="Stopped after four epochs, and resumed")
