"""Optimizers: what to do with the gradients.

Each one is a rule ``w ← w - lr · (something made of the gradients)``, applied to every number of
every parameter on its own. The rules follow `torch.optim`, whose conventions differ in places from
the papers; the formula in a docstring is the one that is computed.

The loops work in place, in arrays that are made once: for small networks the time of a step is the
number of NumPy calls in it, for large ones the number of passes over memory. Rules of many
operations therefore go through large parameters in blocks, which stay in the cache meanwhile.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from nnlib import validation
from nnlib.numpy.parameter import Parameter, to_numpy

BLOCK = 65536  # numbers: fewer make more NumPy calls, more no longer fit into the cache


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
        self._scratch = self.zeros()
        self._decayed: list[np.ndarray] | None = None

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

    def counters(self) -> list[np.ndarray]:
        """One count of steps for each parameter; an array, so that ``+=`` works in place."""
        return [np.zeros((), np.int64) for _ in self.parameters]

    def step(self) -> None:
        """Update every parameter that has a gradient, in place; the others stay as they are."""
        for index, parameter in enumerate(self.parameters):
            if parameter.grad is not None:
                self.update(index, parameter.data, parameter.grad)

    def update(self, index: int, data: np.ndarray, grad: np.ndarray) -> None:
        """Update one parameter in place. Leaves ``grad`` as it is."""
        raise NotImplementedError

    def blocks(
        self, index: int, data: np.ndarray, grad: np.ndarray, *slots: list[np.ndarray]
    ) -> Iterator[Sequence[np.ndarray]]:
        """Views ``(data, grad, one of each slot, scratch)`` that together cover one parameter.

        A rule that treats every number on its own may be applied to one block after the other. The
        scratch array is the same for all blocks. A small parameter is one block, and so is one
        whose arrays do not all lie in memory in the order of their entries.
        """
        arrays = [data, grad, *(slot[index] for slot in slots)]
        scratch = self._scratch[index]
        if data.size <= BLOCK or not all(array.flags.c_contiguous for array in arrays):
            yield *arrays, scratch
            return
        flat, scratch = [array.reshape(-1) for array in arrays], scratch.reshape(-1)
        for start in range(0, data.size, BLOCK):
            block = [array[start : start + BLOCK] for array in flat]
            yield *block, scratch[: block[0].size]

    def with_decay(self, index: int, data: np.ndarray, grad: np.ndarray) -> np.ndarray:
        """``g + λ w`` with λ = ``self.weight_decay``; ``grad`` itself where λ is 0."""
        if not self.weight_decay:
            return grad
        if self._decayed is None:
            self._decayed = self.zeros()
        decayed = np.multiply(data, self.weight_decay, out=self._decayed[index])
        decayed += grad
        return decayed

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
            parameter, in order]}``. Arrays are copies; those of ``torch.optim`` go on changing.
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
