"""What a training run records, one entry an epoch."""

from dataclasses import dataclass, field, fields


@dataclass
class History:
    """The record of a training run: plain lists with one number for each epoch.

    Attributes
    ----------
    train_loss : list of float
        Mean of the losses of the epoch's batches, weighted by their rows. The weights change from
        batch to batch, so this is *not* the loss of any one model: it averages over the epoch.
    validation_loss : list of float
        Loss of the model as it stands after the epoch; empty without validation data.
    validation_accuracy : list of float
        Fraction of right classes after the epoch; filled only where the labels are integers.
    lr : list of float
        Learning rate of the epoch's last update.
    steps : list of int
        Updates made since the beginning of the run.
    """

    train_loss: list = field(default_factory=list)
    validation_loss: list = field(default_factory=list)
    validation_accuracy: list = field(default_factory=list)
    lr: list = field(default_factory=list)
    steps: list = field(default_factory=list)

    def __len__(self):
        """Epochs trained so far."""
        return len(self.train_loss)

    def __bool__(self):
        """An empty history is still a history: ``if history`` asks whether there is one."""
        return True

    def to_dict(self):
        """The lists by name, as copies."""
        return {entry.name: list(getattr(self, entry.name)) for entry in fields(self)}

    def __repr__(self):
        if not len(self):
            return "History(0 epochs)"
        parts = [f"train_loss {self.train_loss[-1]:.4f}"]
        if self.validation_loss:
            parts.append(f"validation_loss {self.validation_loss[-1]:.4f}")
        if self.validation_accuracy:
            parts.append(f"validation_accuracy {self.validation_accuracy[-1]:.4f}")
        epochs = "1 epoch" if len(self) == 1 else f"{len(self)} epochs"
        return f"History({epochs}, last: {', '.join(parts)})"
