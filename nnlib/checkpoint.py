"""Saving a training and going on with it, across both paths.

A checkpoint is one ``.npz`` file: NumPy arrays, and one JSON text for everything else. Nothing in
it is code, so opening a file that somebody else made cannot run anything.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnlib.history import History

FORMAT = "nnlib checkpoint"
VERSION = 1


@dataclass
class Resume:
    """Where a loaded training stands: epochs done, and the record of them (None if not saved)."""

    epoch: int
    history: History | None


def save(path, *, model, optimizer=None, rng=None, epoch=0, history=None) -> None:
    """Write a training to a file, whole or not at all.

    Parameters
    ----------
    path : str or path
        Of the file, ``.npz`` by custom. A file of that name is replaced only once the new one is
        complete on the disk: a crash in the middle leaves the old one.
    model : Module
        Of either path: its ``state_dict`` is saved, and the positions of the generators that its
        layers hold (those of dropout masks).
    optimizer : optimizer, optional
        Its ``state_dict`` too: rate, options, velocities or moments.
    rng : numpy.random.Generator, optional
        The generator that shuffles; its position decides the order of the epochs to come.
    epoch : int
        Epochs done.
    history : History, optional
        The record so far.

    Raises
    ------
    OSError
        If the file cannot be written: the sentence names the folder that is missing or closed.
    """
    header = {"format": FORMAT, "version": VERSION, "epoch": int(epoch)}
    arrays = {f"model/{name}": model.as_numpy(value) for name, value in model.state_dict().items()}
    if optimizer is not None:
        header["optimizer"] = state = {}
        for name, value in optimizer.state_dict().items():
            if isinstance(value, list):  # one array for each parameter: only their number goes here
                state[name] = {"arrays": len(value)}
                for index, array in enumerate(value):
                    arrays[f"optimizer/{name}/{index}"] = model.as_numpy(array)
            else:
                state[name] = value
    header["generators"] = _generator_states(_generators(model))
    if rng is not None:
        header["rng"] = rng.bit_generator.state
    if history is not None:
        header["history"] = history.to_dict()
    # JSON knows integers of any length, NaN and infinity; arrays and NumPy scalars become plain.
    text = json.dumps(header, default=lambda value: value.tolist())
    arrays["header"] = np.frombuffer(text.encode(), dtype=np.uint8)
    _write(Path(path), arrays)


def load(path, *, model, optimizer=None, rng=None) -> Resume:
    """Put a saved training back into a model and, where given, its optimizer and generator.

    Parameters
    ----------
    path : str or path
    model, optimizer, rng
        Built as they were for the saved training, on either path. They are changed only if the
        whole file fits. What the file holds beyond what is given here is left alone.

    Returns
    -------
    Resume
        ``epoch`` and ``history``. Go on with ``fit(…, epochs=total, history=resume.history)``.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is damaged, is no checkpoint, or belongs to another model or optimizer: one
        sentence says which, and nothing is changed.
    """
    path = Path(path)
    header, arrays, resume = _read(path)

    def put_rng(state):
        rng.bit_generator.state = state

    generators = _generators(model)

    def put_generators(states):
        if states.keys() != generators.keys():
            found, expected = (", ".join(names) or "none" for names in (states, generators))
            raise ValueError(f"it holds the generators {found}, the model holds {expected}")
        for name, generator in generators.items():
            generator.bit_generator.state = states[name]

    # What to do for each part: (how to put a state in, the state it has now, the saved state).
    steps = [
        (model.load_state_dict, model.state_dict(), _part(arrays, "model/")),
        (put_generators, _generator_states(generators), header.get("generators", {})),
    ]
    if optimizer is not None:
        saved = _optimizer_state(_required(path, header, "optimizer"), arrays)
        steps.append((optimizer.load_state_dict, optimizer.state_dict(), saved))
    if rng is not None:
        steps.append((put_rng, rng.bit_generator.state, _required(path, header, "rng")))

    done = []
    for put, before, saved in steps:
        done.append((put, before))
        try:
            put(saved)
        except Exception as error:  # a foreign state can fail in any way; whatever it did is undone
            for put_back, state in done:
                put_back(state)
            raise ValueError(f"checkpoint.load could not use '{path.name}': {error}") from error
    return resume


def _generators(model) -> dict[str, np.random.Generator]:
    """The generators that layers hold, by dotted name such as ``1.generator``."""
    return {
        f"{prefix}.{name}" if prefix else name: value
        for prefix, module in model.named_modules()
        for name, value in vars(module).items()
        if isinstance(value, np.random.Generator)
    }


def _generator_states(generators: dict) -> dict[str, dict]:
    return {name: generator.bit_generator.state for name, generator in generators.items()}


def _write(path: Path, arrays: dict) -> None:
    # In the same folder, hence on the same disk: only there os.replace is all or nothing.
    folder = path.parent
    if path.is_dir():
        raise IsADirectoryError(f"checkpoint.save expected the path of a file, got folder '{path}'")
    if not folder.exists():
        raise FileNotFoundError(
            f"checkpoint.save expected a folder to write into, found no '{folder}': make it first"
        )
    if not folder.is_dir():
        raise NotADirectoryError(
            f"checkpoint.save expected a folder to write into, got file '{folder}'"
        )
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as file:
            np.savez(file, **arrays)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException as error:
        with suppress(OSError):  # it may not be there, or the folder may be closed
            temporary.unlink()
        if isinstance(error, PermissionError):
            raise PermissionError(
                f"checkpoint.save expected a folder to write into, may not write into '{folder}'"
            ) from None
        raise


def _read(path: Path) -> tuple[dict, dict, Resume]:
    """Header, arrays and Resume of a file, checked as far as that needs no model."""
    with open(path, "rb") as file:
        try:
            # Without pickle an array is only numbers: a file cannot bring code.
            with np.load(file, allow_pickle=False) as archive:
                arrays = {name: archive[name] for name in archive.files}
            header = json.loads(arrays.pop("header").tobytes())
            _check(header, arrays)
            history = History(**header["history"]) if "history" in header else None
            return header, arrays, Resume(header["epoch"], history)
        except Exception as error:  # zip, zlib, NumPy and JSON each have kinds of their own
            raise ValueError(
                f"checkpoint.load expected a file written by checkpoint.save, "
                f"got '{path.name}', which is damaged or something else "
                f"({type(error).__name__}: {error})"
            ) from error


def _check(header: dict, arrays: dict) -> None:
    if header["format"] != FORMAT or header["version"] != VERSION:
        raise ValueError(f"it is {header['format']!r}, version {header['version']!r}")
    if type(header["epoch"]) is not int or header["epoch"] < 0:
        raise ValueError(f"its epoch is {header['epoch']!r}")
    for name, value in header.get("optimizer", {}).items():
        if isinstance(value, dict):
            count = value["arrays"]
            if type(count) is not int or not 0 <= count <= len(arrays):
                raise ValueError(f"its optimizer has {count!r} arrays of {name}")
    for name, values in header.get("history", {}).items():
        if not all(isinstance(value, (int, float)) for value in values):
            raise TypeError(f"its history holds something else than numbers in {name}")
    for name, array in arrays.items():
        if array.dtype.kind not in "fiu":
            raise TypeError(f"its entry {name} holds {array.dtype}, not numbers")


def _required(path: Path, header: dict, part: str) -> dict:
    if part not in header:
        raise ValueError(f"checkpoint.load found no {part} in '{path.name}': it was saved without")
    return header[part]


def _part(arrays: dict, prefix: str) -> dict:
    return {
        name.removeprefix(prefix): array
        for name, array in arrays.items()
        if name.startswith(prefix)
    }


def _optimizer_state(saved: dict, arrays: dict) -> dict:
    """The optimizer's state dict: its numbers, and its lists of arrays put together again."""
    found = _part(arrays, "optimizer/")
    return {
        name: [found.get(f"{name}/{index}", ()) for index in range(value["arrays"])]
        if isinstance(value, dict)
        else value
        for name, value in saved.items()
    }
