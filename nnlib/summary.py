"""A table of a model's layers, output shapes and parameters, on either path."""

import math
from dataclasses import dataclass

import numpy as np

from nnlib.prediction import inference


@dataclass(frozen=True)
class SummaryRow:
    """One layer: its place (as in the names of its parameters), class, output shape, parameters."""

    name: str
    layer: str
    output_shape: tuple
    parameters: int


@dataclass(frozen=True)
class Summary:
    """The table; it prints itself, also as the last expression of a cell."""

    rows: tuple
    total: int

    def __str__(self):
        cells = [("Layer", "", "Output shape", "Parameters")]
        for row in self.rows:
            shape = ", ".join(["batch", *map(str, row.output_shape)])
            cells.append((row.name, row.layer, f"({shape})", f"{row.parameters:,}"))
        cells.append(("Total", "", "", f"{self.total:,}"))
        # The first two columns share the heading "Layer", so their widths leave it out.
        place = max((len(row[0]) for row in cells[1:-1]), default=0)
        labels = [f"{row[0]:<{place}}  {row[1]}" if row[1] else row[0] for row in cells]
        widths = [
            max(map(len, labels)),
            max(len(row[2]) for row in cells),
            max(len(row[3]) for row in cells),
        ]
        lines = [
            f"{label:<{widths[0]}}   {row[2]:<{widths[1]}}   {row[3]:>{widths[2]}}"
            for label, row in zip(labels, cells, strict=True)
        ]
        rule = "-" * len(lines[0])
        return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1]])

    __repr__ = __str__


def summary(model, input_shape):
    """Layers, output shapes and parameter counts of a model.

    Parameters
    ----------
    model : Module
        A ``Sequential`` is listed layer by layer (one inside another too); anything else is one
        row.
    input_shape : tuple of int
        Shape of one example, without the batch axis: ``(64,)``, ``(28, 28, 1)``; of token ids,
        where the model begins with those, ``(sequence,)``.

    Returns
    -------
    Summary
        Print it, or read ``.rows`` and ``.total``.

    Raises
    ------
    ValueError
        If a layer does not accept the shape it would be given.
    """
    shape = (input_shape,) if isinstance(input_shape, int) else tuple(input_shape)
    parameters = list(model.parameters())
    dtype = model.as_numpy(parameters[0].data).dtype if parameters else np.dtype("float32")
    with inference(model):
        try:
            rows = _rows(model, np.zeros((1, *shape), dtype))
        except TypeError as error:
            try:  # a model that begins with an Embedding takes ids
                rows = _rows(model, np.zeros((1, *shape), np.int64))
            except TypeError:
                raise error from None
    return Summary(tuple(rows), sum(_size(parameter) for parameter in parameters))


def _rows(model, x):
    rows = []
    _walk(model, "", model.as_input(x), rows)
    return rows


def _walk(module, name, x, rows):
    """Append the rows of a module and return its output."""
    if hasattr(module, "__iter__"):
        for index, layer in enumerate(module):
            x = _walk(layer, f"{name}.{index}" if name else str(index), x, rows)
        return x
    output = module(x)
    size = sum(_size(parameter) for parameter in module.parameters())
    rows.append(SummaryRow(name, type(module).__name__, tuple(output.shape[1:]), size))
    return output


def _size(parameter):
    return math.prod(parameter.shape)
