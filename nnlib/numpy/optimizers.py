"""Optimizers: what to do with the gradients.

Each one is a rule ``w ← w - lr · (something made of the gradients)``, applied to every number of
every parameter on its own. The rules follow `torch.optim`, whose conventions differ in places from
the papers; the formula in a docstring is the one that is computed.

The loops work in place, in arrays that are made once: for small networks the time of a step is the
number of NumPy calls in it, for large ones the number of passes over memory.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from nnlib import validation
from nnlib.numpy.parameter import Parameter, to_numpy


class Optimizer:
    """Base: parameters, rate, and a state that can be saved.

    ``options`` names the numbers that a rule depends on, ``slots`` what it keeps for each
    parameter. `state_dict` and `load_state_dict` handle whatever a subclass lists there.
    """

    options: tuple[str, ...] = ("lr",)
    slots: tuple[str, ...] = ()

    def __init__(self, parameters: Iterable[Parameter], lr: float):
        self.parameters = list(parameters)
        validation.check_parameters(type(self).__name__, self.parameters, Parameter)
        self.lr = lr

    @property
    def lr(self) -> float:
        """The learning rate η; set it to change it."""
        return self._lr

    @lr.setter
    def lr(self, value: float) -> None:
        self._lr = validation.check_at_least(type(self).__name__, "lr", value)

    def zeros(self) -> list[np.ndarray]:
        """One array of zeros for each parameter."""
        return [np.zeros_like(parameter.data) for parameter in self.parameters]

    def step(self) -> None:
        """Update every parameter that has a gradient, in place; the others stay as they are."""
        for index, parameter in enumerate(self.parameters):
            if parameter.grad is not None:
                self.update(index, parameter.data, parameter.grad)

    def update(self, index: int, data: np.ndarray, grad: np.ndarray) -> None:
        """Update one parameter in place. Leaves ``grad`` as it is."""
        raise NotImplementedError

    def zero_grad(self) -> None:
        """Forget all gradients (set them to None)."""
        for parameter in self.parameters:
            parameter.grad = None

    def state_dict(self) -> dict:
        """What a resumed run needs: a plain dict of numbers and lists of arrays.

        Returns
        -------
        dict
            ``{"optimizer": "Adam", "lr": …, every other option: …, every slot: [one array for each
            parameter, in order]}``. Arrays are copies.
        """
        state = {"optimizer": type(self).__name__}
        state |= {name: getattr(self, name) for name in self.options}
        state |= {name: [slot.copy() for slot in getattr(self, name)] for name in self.slots}
        return state

    def load_state_dict(self, state: Mapping) -> None:
        """Continue from a saved state, options such as the rate included.

        Raises
        ------
        ValueError
            If the state is another optimizer's or belongs to other parameters; nothing is changed.
        """
        owner = type(self).__name__
        if state.get("optimizer") != owner:
            raise ValueError(
                f"{owner} expected the state of {owner}, got that of {state.get('optimizer')}"
            )
        given = {name: [to_numpy(array) for array in state.get(name, ())] for name in self.slots}
        expected = {name: getattr(self, name) for name in self.slots}
        validation.check_state(
            owner,
            dict.fromkeys(self.options, ()) | _shapes(expected),
            {name: () for name in self.options if name in state} | _shapes(given),
        )
        options = {name: type(getattr(self, name))(state[name]) for name in self.options}
        for name, value in options.items():
            setattr(self, name, value)
        for name in self.slots:
            for own, array in zip(expected[name], given[name], strict=True):
                own[...] = array


def _shapes(slots: Mapping[str, list[np.ndarray]]) -> dict[str, tuple[int, ...]]:
    return {f"{name}.{i}": a.shape for name, arrays in slots.items() for i, a in enumerate(arrays)}


class SGD(Optimizer):
    """Stochastic gradient descent, with momentum if wanted.

    Without momentum ``w ← w - η g``. With it, a velocity v that starts at zero remembers the
    gradients::

        g ← g + λ w                      (λ = weight_decay)
        v ← m v + g                      (m = momentum)
        w ← w - η v                      or, with nesterov,  w ← w - η (g + m v)

    Under a constant gradient v grows to g/(1 - m), ten times g at m = 0.9.

    Parameters
    ----------
    parameters : iterable of Parameter
        ``model.parameters()``.
    lr : float
        η ≥ 0.
    momentum : float
        0 ≤ m < 1.
    nesterov : bool
        Use the look-ahead form; needs momentum.
    weight_decay : float
        λ ≥ 0: adds the gradient of the penalty (λ/2) Σ w².

    Raises
    ------
    ValueError
        If a number is out of its range, or there are no parameters.

    Notes
    -----
    Robbins and Monro (1951) for the method; Polyak (1964) for momentum; Sutskever et al. (2013),
    "On the importance of initialization and momentum in deep learning", for the Nesterov form. They
    put η inside the velocity, ``v ← m v - η g``, which differs as soon as η changes; here, as in
    `torch.optim.SGD`, a change of η acts on the whole velocity at once.
    """

    options = ("lr", "momentum", "nesterov", "weight_decay")
    slots = ("velocity",)

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float,
        *,
        momentum: float = 0.0,
        nesterov: bool = False,
        weight_decay: float = 0.0,
    ):
        super().__init__(parameters, lr)
        self.momentum = validation.check_fraction("SGD", "momentum", momentum)
        self.nesterov = bool(nesterov)
        self.weight_decay = validation.check_at_least("SGD", "weight_decay", weight_decay)
        validation.check_nesterov("SGD", nesterov, momentum)
        self.velocity = self.zeros() if momentum else []
        self._scratch = self.zeros()

    def update(self, index: int, data: np.ndarray, grad: np.ndarray) -> None:
        scratch = self._scratch[index]
        if self.weight_decay:
            grad = grad + self.weight_decay * data
        direction = grad
        if self.momentum:
            velocity = self.velocity[index]
            velocity *= self.momentum
            velocity += grad
            direction = velocity
        if self.nesterov:
            direction = grad + self.momentum * velocity
        np.multiply(direction, self.lr, out=scratch)
        data -= scratch


class Adam(Optimizer):
    """Adam: momentum, and a step size of its own for every number.

    With the gradient g, plus λw for a weight decay of λ, at step t = 1, 2, …::

        m ← β₁ m + (1 - β₁) g            running mean of g
        v ← β₂ v + (1 - β₂) g²           running mean of g² (not of the variance)
        m̂ = m / (1 - β₁ᵗ)                both start at zero: undo their bias towards it
        v̂ = v / (1 - β₂ᵗ)
        w ← w - η m̂ / (√v̂ + ε)

    The first step is η · sign(g), however large g is.

    Parameters
    ----------
    parameters : iterable of Parameter
        ``model.parameters()``.
    lr : float
        η ≥ 0.
    betas : tuple of two floats
        (β₁, β₂), each in [0, 1).
    eps : float
        ε ≥ 0, added outside the root.
    weight_decay : float
        λ ≥ 0, added to the gradient as in `torch.optim.Adam`, so that the division by √v̂ mostly
        undoes it.

    Raises
    ------
    ValueError
        If a number is out of its range, or there are no parameters.

    Notes
    -----
    Kingma and Ba (2015), "Adam: a method for stochastic optimization", algorithm 1. A parameter
    without a gradient is skipped and its t does not advance.
    """

    options = ("lr", "beta1", "beta2", "eps", "weight_decay")
    slots = ("steps", "mean", "square")

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float = 0.001,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ):
        super().__init__(parameters, lr)
        self.beta1 = validation.check_fraction("Adam", "betas[0]", betas[0])
        self.beta2 = validation.check_fraction("Adam", "betas[1]", betas[1])
        self.eps = validation.check_at_least("Adam", "eps", eps)
        self.weight_decay = validation.check_at_least("Adam", "weight_decay", weight_decay)
        self.mean, self.square = self.zeros(), self.zeros()
        self.steps = [np.zeros((), np.int64) for _ in self.parameters]  # arrays: += works in place
        self._scratch = self.zeros()

    def update(self, index: int, data: np.ndarray, grad: np.ndarray) -> None:
        mean, square = self.mean[index], self.square[index]
        scratch, step = self._scratch[index], self.steps[index]
        step += 1
        t = int(step)
        if self.weight_decay:
            grad = grad + self.weight_decay * data

        mean *= self.beta1
        mean += np.multiply(grad, 1.0 - self.beta1, out=scratch)
        square *= self.beta2
        np.multiply(grad, grad, out=scratch)
        scratch *= 1.0 - self.beta2
        square += scratch

        # scratch becomes √v̂ + ε, then η m̂ over it
        np.sqrt(square, out=scratch)
        scratch /= (1.0 - self.beta2**t) ** 0.5
        scratch += self.eps
        np.divide(mean, scratch, out=scratch)
        scratch *= self.lr / (1.0 - self.beta1**t)
        data -= scratch
