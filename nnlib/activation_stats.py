"""How the units of a model's activations behave on given rows: who fires, and how often."""

from dataclasses import dataclass

import numpy as np

from nnlib.prediction import inference

ACTIVATIONS = ("ReLU", "LeakyReLU", "PReLU", "ELU", "GELU", "SiLU", "Sigmoid", "Tanh")


@dataclass(frozen=True, eq=False)
class ActivationStats:
    """One activation layer on some rows.

    Attributes
    ----------
    name, layer : str
        Its place in the model, as in the names of parameters, and its class.
    firing : numpy.ndarray, shape (units,)
        For which share of the rows (and positions, if there are any) each unit's input is above 0.
    mean, std : float
        Of all its outputs.
    """

    name: str
    layer: str
    firing: np.ndarray
    mean: float
    std: float

    @property
    def dead(self) -> int:
        """How many units fire for no row."""
        return int((self.firing == 0).sum())

    @property
    def always(self) -> int:
        """How many units fire for every row: a ReLU there is a linear unit."""
        return int((self.firing == 1).sum())


def activation_stats(model, x):
    """Firing shares, mean and spread of each activation layer, on either path.

    Parameters
    ----------
    model : Module
        A ``Sequential``, whose activation layers are found (in one inside another too).
    x : array_like, shape (rows, …)
        The rows, best a whole training set: a unit is dead only if no row makes it fire.

    Returns
    -------
    list of ActivationStats
        One for each activation layer, in order. Units are counted on the last axis.

    Notes
    -----
    The model runs in evaluation mode and stores nothing for a backward; afterwards every layer is
    in the mode that it was in before.
    """
    found = []
    with inference(model):
        _walk(model, "", model.as_input(x), found)
    return found


def _walk(module, name, x, found):
    """Append the statistics of a module's activations and return its output."""
    if hasattr(module, "__iter__"):
        for index, layer in enumerate(module):
            x = _walk(layer, f"{name}.{index}" if name else str(index), x, found)
        return x
    output = module(x)
    if type(module).__name__ in ACTIVATIONS:
        z, a = module.as_numpy(x), module.as_numpy(output)
        firing = (z > 0).reshape(-1, z.shape[-1]).mean(axis=0)
        found.append(ActivationStats(name, type(module).__name__, firing,
                                     float(a.mean()), float(a.std())))
    return output
