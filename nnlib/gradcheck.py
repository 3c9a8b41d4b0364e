"""Is a backward right? Compare it with finite differences.

The derivative of a number L with respect to a number w is, to within h² and rounding::

    dL/dw ≈ (L(w + h) - L(w - h)) / 2h

Here ``L = Σ upstream · output``, with *random* upstream numbers, which are at the same time the
gradient that goes into ``backward``. A plain sum would not do: the outputs of a softmax sum to 1
whatever the input, so any backward that returns zeros would pass. Both the gradient with respect
to the input and those of all parameters are compared.
"""

import copy
from dataclasses import dataclass

import numpy as np

from nnlib import validation


class GradientError(AssertionError):
    """A gradient from ``backward`` differs from the finite difference."""


@dataclass(frozen=True)
class Comparison:
    """The entry of one array at which both gradients differ most.

    Attributes
    ----------
    name : str
        "input", or the name of a parameter.
    entry : tuple of int
        Index of the worst entry.
    backward, difference : float
        What backward says there, and what the finite difference says.
    error : float
        Their relative difference; infinite if one of them is not a finite number.
    """

    name: str
    entry: tuple[int, ...]
    backward: float
    difference: float
    error: float

    def __str__(self) -> str:
        place = f"{self.name}[{', '.join(map(str, self.entry))}]"
        return (
            f"{place}: backward gives {self.backward:.6g}, "
            f"the finite difference {self.difference:.6g}, relative error {self.error:.1e}"
        )


def gradcheck(
    module,
    x: np.ndarray,
    *others: np.ndarray,
    rng: np.random.Generator,
    tolerance: float = 1e-6,
    step: float = 1e-5,
    entries: int = 200,
) -> float:
    """Check the backward of a layer, model or loss of either path, in float64.

    Parameters
    ----------
    module : Module
        Works on copies: the module itself stays as it is, and every forward of the check starts
        from the same random state, so that a dropout mask does not change in between.
    x : numpy.ndarray
        The input (for a loss, the prediction); converted to float64 unless it is of integers.
    *others : numpy.ndarray
        Further inputs, passed on as they are (for a loss, the target; floats in float64).
    rng : numpy.random.Generator
        Draws the upstream gradient, and which entries of large arrays are compared.
    tolerance : float
        Largest relative error that passes.
    step : float
        h. At a kink, such as a ReLU input closer than h to 0, the finite difference is wrong.
    entries : int
        At most so many entries of each array are compared: each costs two forwards.

    Returns
    -------
    float
        The largest relative error found, ``|b - d| / max(|b|, |d|, floor)`` with b from backward
        and d from the difference. A right backward gives about 1e-9. The floor, which keeps the
        rounding of d from counting where the gradient is nearly 0, is a thousandth of the largest
        ``|d|``, or 1e7 times the rounding error where that is more.

    Raises
    ------
    GradientError
        If an error exceeds the tolerance or is NaN, naming the worst entry of every wrong array.
    """
    comparisons = compare_gradients(module, x, *others, rng=rng, step=step, entries=entries)
    wrong = [comparison for comparison in comparisons if not comparison.error <= tolerance]
    if wrong:
        lines = "\n  ".join(str(comparison) for comparison in wrong)
        raise GradientError(f"{type(module).__name__}.backward is wrong at\n  {lines}")
    return max(comparison.error for comparison in comparisons)


def compare_gradients(
    module, x, *others, rng: np.random.Generator, step: float = 1e-5, entries: int = 200
) -> list[Comparison]:
    """The worst entry of the input's gradient and of each parameter's; see `gradcheck`."""
    validation.check_generator("gradcheck", rng)
    probe = _Probe(module, x, others, rng)
    comparisons = []
    for name, gradient in probe.gradients().items():
        values = probe.values[name]
        if values.size:
            chosen = rng.permutation(values.size)[:entries]
            comparisons.append(_compare(probe, name, gradient, chosen, step))
    return comparisons


class _Probe:
    """A function of arrays by name ("input" and the parameters), and its gradients by backward."""

    def __init__(self, module, x, others, rng):
        self.module = copy.deepcopy(module).astype("float64")
        self.others = [_as_float64(other) for other in others]
        self.is_loss = hasattr(module, "reduction")
        self.values = {"input": _as_float64(x)}
        self.state = {k: module.as_numpy(v) for k, v in self.module.state_dict().items()}
        for name, _ in self.module.named_parameters():
            self.values[name] = self.state[name]
        _, output = self.forward()
        # A loss takes no incoming gradient: its own backward starts with 1.
        shape = output.shape
        self.upstream = np.ones(shape) if self.is_loss else rng.standard_normal(shape)
        self.noise = np.abs(self.upstream * output).sum() * np.finfo(np.float64).eps

    def forward(self):
        """A copy of the module with the present values, and its output."""
        module = copy.deepcopy(self.module)
        module.load_state_dict(self.state)
        inputs = [module.as_input(array.copy()) for array in (self.values["input"], *self.others)]
        output = module(*inputs)
        return module, np.array(module.as_numpy(output), dtype=np.float64)

    def loss(self) -> float:
        return float((self.upstream * self.forward()[1]).sum())

    def gradients(self) -> dict[str, np.ndarray | None]:
        module, _ = self.forward()
        if self.is_loss:
            grad_input = module.backward()
        else:
            grad_input = module.backward(module.as_input(self.upstream))
        found = {name: parameter.grad for name, parameter in module.named_parameters()}
        if self.values["input"].dtype.kind == "f":  # integers, such as token ids, have no gradient
            found = {"input": grad_input, **found}
        return {k: None if v is None else module.as_numpy(v) for k, v in found.items()}


def _compare(probe: _Probe, name: str, gradient, chosen: np.ndarray, step: float) -> Comparison:
    values = probe.values[name]
    if gradient is not None and gradient.shape != values.shape:
        raise GradientError(
            f"{type(probe.module).__name__}.backward gives {name} a gradient of shape "
            f"{validation.show(gradient.shape)}, expected {validation.show(values.shape)}"
        )
    # No gradient at all is as wrong as NaN.
    backward = np.full(len(chosen), np.nan) if gradient is None else gradient.flat[chosen]
    difference = np.empty(len(chosen))
    for i, entry in enumerate(chosen):
        kept = values.flat[entry]
        values.flat[entry] = kept + step
        above = probe.loss()
        values.flat[entry] = kept - step
        below = probe.loss()
        values.flat[entry] = kept
        difference[i] = (above - below) / (2.0 * step)

    # Rounding in L makes the difference uncertain by about noise / step, so entries much smaller
    # than that, or than the largest one, are measured against those instead of against themselves.
    floor = max(1e-3 * np.abs(difference).max(), 1e7 * probe.noise / step)
    scale = np.maximum(np.maximum(np.abs(backward), np.abs(difference)), floor)
    gap = np.abs(backward - difference)
    error = np.divide(gap, scale, out=np.zeros_like(gap), where=gap != 0.0)  # NaN != 0 is True
    error[~np.isfinite(error)] = np.inf
    worst = int(error.argmax())
    entry = tuple(int(i) for i in np.unravel_index(chosen[worst], values.shape))
    return Comparison(
        name, entry, float(backward[worst]), float(difference[worst]), float(error[worst])
    )


def _as_float64(array) -> np.ndarray:
    array = np.asarray(array)
    return np.array(array, dtype=np.float64 if array.dtype.kind == "f" else None)
