"""Token ids become vectors, and vectors learn where in the sequence they stand."""

import numpy as np

from nnlib import positions, validation
from nnlib.numpy.checks import check_array, check_float_array, check_grad
from nnlib.numpy.module import Module
from nnlib.numpy.parameter import Parameter


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
    section 2.

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
        self.num_embeddings = validation.check_positive_int(
            "Embedding", "num_embeddings", num_embeddings
        )
        self.embedding_dim = validation.check_positive_int(
            "Embedding", "embedding_dim", embedding_dim
        )
        dtype = validation.check_float_dtype_name("Embedding", dtype)
        child = validation.check_generator("Embedding", rng).spawn(1)[0]
        values = child.standard_normal((num_embeddings, embedding_dim))
        self.weight = Parameter(values.astype(dtype))

    def forward(self, x: np.ndarray) -> np.ndarray:
        check_array("Embedding", x)
        if x.dtype.kind not in "iu":
            raise validation.id_dtype("Embedding", x.dtype.name)
        validation.check_batch_axis("Embedding", x.shape)
        if x.size:  # NumPy itself would count an id of -1 from the end of the table
            validation.check_ids("Embedding", x.min(), x.max(), self.num_embeddings)
        self.keep(x)
        return self.weight.data[x]

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> None:
        (ids,) = self.kept()
        check_grad("Embedding", grad_output, (*ids.shape, self.embedding_dim), self.weight.dtype)
        grad_weight = np.zeros_like(self.weight.data)
        if ids.size:
            # Equal ids side by side, so that each run of them is one sum.
            ids = ids.reshape(-1)
            order = ids.argsort(kind="stable")
            sorted_ids = ids[order]
            starts = np.flatnonzero(np.r_[True, sorted_ids[1:] != sorted_ids[:-1]])
            rows = grad_output.reshape(-1, self.embedding_dim)[order]
            grad_weight[sorted_ids[starts]] = np.add.reduceat(rows, starts, axis=0)
        self.weight.add_grad(grad_weight)

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
        self.max_len = validation.check_positive_int("PositionalEncoding", "max_len", max_len)
        self.embed_dim = validation.check_positive_int("PositionalEncoding", "embed_dim", embed_dim)
        self._table = positions.sinusoids(self.max_len, self.embed_dim)

    def forward(self, x: np.ndarray) -> np.ndarray:
        check_float_array("PositionalEncoding", x)
        validation.check_sequence("PositionalEncoding", x.shape, self.max_len, self.embed_dim)
        self.keep(x.shape, x.dtype)
        return x + self._table[: x.shape[1]].astype(x.dtype)

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        shape, dtype = self.kept()
        check_grad("PositionalEncoding", grad_output, shape, dtype)
        return grad_output if input_grad else None

    def extra_repr(self) -> str:
        return f"{self.max_len}, {self.embed_dim}"
