"""Callbacks for ``fit``: early stopping, a progress bar, checkpoints.

A callback is any object with ``on_epoch_end(epoch, model, optimizer, history)``. Deciding from the
history rather than from counters of its own makes one behave the same in a resumed run.
"""

import math

from tqdm import tqdm

from nnlib import checkpoint
from nnlib.validation import check_positive_int


class EarlyStopping:
    """Stop when the validation loss has not improved for ``patience`` epochs.

    Parameters
    ----------
    patience : int
        Epochs without a new lowest validation loss after which the training ends. An equal loss
        or NaN is no improvement.
    restore_best : bool
        Give the model the weights of its best epoch when the training ends, whether it was
        stopped or ran to its last epoch.

    Attributes
    ----------
    best_epoch : int or None
        Epoch with the lowest validation loss, counted from 0.

    Notes
    -----
    Prechelt, *Early stopping, but when?* (1998), compares criteria; this is his UP criterion's
    common simplification. In a resumed run the weights of a best epoch before the interruption are
    not at hand; the model then keeps its last weights.
    """

    def __init__(self, patience, *, restore_best=True):
        self.patience = check_positive_int("EarlyStopping", "patience", patience)
        self.restore_best = restore_best
        self.best_epoch = None
        self._best_state = None

    def on_fit_start(self, epochs, model, optimizer, history):
        """Forget the weights of an earlier training."""
        self.best_epoch = self._best_state = None

    def on_epoch_end(self, epoch, model, optimizer, history):
        """Remember the weights of a new best epoch; True after ``patience`` epochs without one."""
        losses = history.validation_loss
        if len(losses) != len(history):
            raise ValueError("EarlyStopping expected fit to be given validation data, got none")
        # NaN compares as neither smaller nor larger: as infinity it can never be the best.
        ranked = [math.inf if math.isnan(loss) else loss for loss in losses]
        self.best_epoch = ranked.index(min(ranked))
        if self.best_epoch == len(losses) - 1 and self.restore_best:
            self._best_state = model.state_dict()
        return len(losses) - 1 - self.best_epoch >= self.patience

    def on_fit_end(self, model, optimizer, history):
        """Put the best epoch's weights back."""
        if self._best_state is not None:
            model.load_state_dict(self._best_state)
            self._best_state = None


class ProgressBar:
    """A tqdm bar over the epochs with the last losses.

    Parameters
    ----------
    file : text stream, optional
        Where the bar is written, always. Without it the bar goes to the terminal's stderr, and
        nowhere at all if there is no terminal: a notebook's output and a log stay free of
        carriage returns and timings.
    description : str
        Text before the bar.
    """

    def __init__(self, *, file=None, description="training"):
        self.file = file
        self.description = description
        self._bar = None

    def on_fit_start(self, epochs, model, optimizer, history):
        """Open the bar."""
        self._bar = tqdm(
            total=epochs,
            initial=len(history),
            desc=self.description,
            unit="epoch",
            file=self.file,
            # tqdm's None means: off unless the stream is a terminal.
            disable=None if self.file is None else False,
        )

    def on_epoch_end(self, epoch, model, optimizer, history):
        """Advance by one epoch."""
        values = {"loss": f"{history.train_loss[-1]:.4f}"}
        if history.validation_loss:
            values["validation"] = f"{history.validation_loss[-1]:.4f}"
        self._bar.set_postfix(values, refresh=False)
        self._bar.update()

    def on_fit_end(self, model, optimizer, history):
        """Close the bar; the line stays."""
        self._bar.close()


class Checkpoint:
    """Save the training to a file at the end of epochs, so that it can be resumed.

    Parameters
    ----------
    path : str or path
        The file, written anew each time (whole or not at all).
    rng : numpy.random.Generator, optional
        The generator given to ``fit``. Without it a resumed run shuffles differently.
    every : int
        Save after every so many epochs.

    See Also
    --------
    nnlib.checkpoint.load : how to go on from the file.
    """

    def __init__(self, path, *, rng=None, every=1):
        self.path = path
        self.rng = rng
        self.every = check_positive_int("Checkpoint", "every", every)

    def on_epoch_end(self, epoch, model, optimizer, history):
        """Save, if it is this epoch's turn."""
        if (epoch + 1) % self.every == 0:
            checkpoint.save(
                self.path,
                model=model,
                optimizer=optimizer,
                rng=self.rng,
                epoch=epoch + 1,
                history=history,
            )
