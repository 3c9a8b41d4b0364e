"""Token ids become vectors, and vectors learn where in the sequence they stand."""

import numpy as np
import torch
from torch.nn import functional as F

from nnlib import positions, validation
from nnlib.torch.module import Module, Parameter, dtype_name

_ID_DTYPES = (torch.int64, torch.int32)  # what torch itself looks up


class Embedding(Module):
    """A table with one learned vector for each token id: ``y[..., :] = W[id[...], :]``.

    The same numbers as a Dense layer without bias on one-hot rows, without the zeros.

    Parameters
    ----------
    num_embeddings : int
        Rows of the table: ids go from 0 to ``num_embeddings - 1``.
    embedding_dim : int
        Length of each vector.
    rng : numpy.random.Generator
        A child of it draws the first vectors, normal with variance 1 as in PyTorch.
    dtype : {"float32", "float64"}

    Attributes
    ----------
    weight : Parameter, shape (num_embeddings, embedding_dim)

    Shapes
    ------
    input
        (batch, ...), integers: usually (batch, sequence)
    output
        (batch, ..., embedding_dim), in the dtype of the weight

    Notes
    -----
    With G = dL/dy, each row of the table sums the gradients of all places with its id::

        dL/dW[v, :] = Σ G[n, :] over all places n with id[n] = v

    Ids have no gradient: backward returns None. The table's gradient is dense, with zeros in the
    rows of ids that did not occur. Bengio et al. (2003), "A neural probabilistic language model",
    section 2. In compiled code ids are not checked here, only by torch.

    Raises
    ------
    IndexError
        If an id is below 0 or not below num_embeddings.
    TypeError
        If the ids are not integers.
    ValueError
        If the batch axis is missing.
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        *,
        rng: np.random.Generator,
        dtype="float32",
    ):
        super().__init__()
        self.num_embeddings = validation.check_positive_int(
            "Embedding", "num_embeddings", num_embeddings
        )
        self.embedding_dim = validation.check_positive_int(
            "Embedding", "embedding_dim", embedding_dim
        )
        dtype = validation.check_float_dtype_name("Embedding", dtype)
        child = validation.check_generator("Embedding", rng).spawn(1)[0]
        values = child.standard_normal((num_embeddings, embedding_dim))
        self.weight = Parameter(torch.from_numpy(values.astype(dtype)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.is_floating_point() or x.is_complex() or x.dtype == torch.bool:
            raise validation.id_dtype("Embedding", dtype_name(x))
        validation.check_batch_axis("Embedding", x.shape)
        if x.numel() and not x.is_meta and not torch.compiler.is_compiling():
            # torch's own sentence names neither the id nor the table, and on a GPU such an id
            # ends the whole process's use of it.
            lowest, highest = (bound.item() for bound in x.aminmax())
            validation.check_ids("Embedding", lowest, highest, self.num_embeddings)
        return F.embedding(x if x.dtype in _ID_DTYPES else x.long(), self.weight)

    def extra_repr(self) -> str:
        return f"{self.num_embeddings}, {self.embedding_dim}"


class PositionalEncoding(Module):
    """Adds to each vector a fixed pattern that tells its place t in the sequence: ``y = x + P[t]``.

    Sines and cosines, of wavelengths from 2π to 10000·2π places::

        P[t, 2k]     = sin(t / 10000^(2k / embed_dim))
        P[t, 2k + 1] = cos(t / 10000^(2k / embed_dim))

    Nothing is learned or saved. The pattern of place t + m is a rotation of that of t, the same
    for all t. Vaswani et al. (2017), "Attention is all you need", section 3.5.

    Parameters
    ----------
    max_len : int
        The longest sequence.
    embed_dim : int
        Length of each vector; an odd one ends with a sine.

    Shapes
    ------
    input, output
        (batch, sequence, embed_dim), the same; sequence at most max_len.

    Notes
    -----
    P does not depend on x, so ``dL/dx = dL/dy``. P is computed in float64 and rounded to x's dtype.

    Raises
    ------
    ValueError
        If the input is not of that shape, or the sequence longer than max_len.
    TypeError
        If the input is not of floats.
    """

    def __init__(self, max_len: int, embed_dim: int):
        super().__init__()
        self.max_len = validation.check_positive_int("PositionalEncoding", "max_len", max_len)
        self.embed_dim = validation.check_positive_int("PositionalEncoding", "embed_dim", embed_dim)
        # In float64 and outside torch's state: a model that goes to float32 and back keeps it.
        self._table = positions.sinusoids(self.max_len, self.embed_dim)
        self._rounded = torch.from_numpy(self._table)  # for the last input's dtype and device

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not x.is_floating_point():  # half precision is torch's own business
            validation.check_float("PositionalEncoding", dtype_name(x))
        validation.check_sequence("PositionalEncoding", x.shape, self.max_len, self.embed_dim)
        rounded = self._rounded
        if rounded.dtype != x.dtype or rounded.device != x.device:
            rounded = self._rounded = torch.from_numpy(self._table).to(x.dtype).to(x.device)
        return x + rounded[: x.shape[1]]

    def extra_repr(self) -> str:
        return f"{self.max_len}, {self.embed_dim}"
