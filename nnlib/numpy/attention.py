"""Multi-head self-attention."""

import math

import numpy as np

from nnlib import initializers, validation
from nnlib.numpy.checks import check_array, check_grad, check_same_dtype
from nnlib.numpy.module import Module
from nnlib.numpy.parameter import Parameter


class MultiHeadAttention(Module):
    """Self-attention: each position of a sequence gathers from the positions it may attend to.

    With q = x W_q + b_q, k = x W_k + b_k, v = x W_v + b_v, each cut into ``num_heads`` heads of
    ``d = embed_dim / num_heads`` features, and for each head by itself::

        p = softmax(q kᵀ / √d)          row i: how much position i takes from each position j
        head = p v
        y = [head_1 … head_n] W_o + b_o

    The √d keeps the scores near 1 in size, where the softmax still has a slope.

    Parameters
    ----------
    embed_dim : int
        Features of a position; num_heads must divide it.
    num_heads : int
    rng : numpy.random.Generator
        A child of it draws the first weights (uniform, Glorot and Bengio); biases start at zeros.
    dtype : {"float32", "float64"}

    Attributes
    ----------
    weight_q, weight_k, weight_v, weight_o : Parameter, shape (embed_dim, embed_dim)
    bias_q, bias_k, bias_v, bias_o : Parameter, shape (embed_dim,)

    Shapes
    ------
    input, output
        (batch, time, embed_dim), the same.
    mask
        bool, True where query i may attend to key j: (time, time), (batch, time, time) or
        (batch, num_heads, time, time), where an axis of size 1 serves for all. The causal mask is
        ``nn.tensor(np.tri(n, dtype=bool))``. A query that may attend to nothing has p = 0, so
        that its y is b_o.

    Notes
    -----
    With G = dL/dy, for each head::

        dL/dhead = G W_oᵀ                  dL/dv = pᵀ dL/dhead
        dL/dp = dL/dhead vᵀ                dL/ds = p ⊙ (dL/dp - Σ_j dL/dp ⊙ p)
        dL/dq = dL/ds k / √d               dL/dk = dL/dsᵀ q / √d

    with s = q kᵀ / √d, then as in `Dense`; x gets the sum over its three uses. The sum over j is
    computed as the equal ``Σ dL/dhead ⊙ head`` over features, which are fewer than positions.

    Vaswani et al. (2017), "Attention is all you need", section 3.2. Masks of PyTorch's
    ``MultiheadAttention`` mean the opposite: True is hidden there.

    Raises
    ------
    ValueError
        If num_heads does not divide embed_dim, or the input or the mask has another shape.
    TypeError
        If the input's dtype is not the weights', or the mask is not bool.
    """

    def __init__(
        self, embed_dim: int, num_heads: int, *, rng: np.random.Generator, dtype="float32"
    ):
        owner = "MultiHeadAttention"
        self.embed_dim = validation.check_positive_int(owner, "embed_dim", embed_dim)
        self.num_heads = validation.check_positive_int(owner, "num_heads", num_heads)
        validation.check_heads(owner, embed_dim, num_heads)
        dtype = validation.check_float_dtype_name(owner, dtype)
        child = validation.check_generator(owner, rng).spawn(1)[0]
        for name in "qkvo":
            values = initializers.glorot_uniform((embed_dim, embed_dim), rng=child, dtype=dtype)
            setattr(self, f"weight_{name}", Parameter(values))
        for name in "qkvo":
            setattr(self, f"bias_{name}", Parameter(np.zeros(embed_dim, dtype)))

    def forward(self, x: np.ndarray, mask: np.ndarray | None = None) -> np.ndarray:
        owner = "MultiHeadAttention"
        check_array(owner, x)
        validation.check_sequences(owner, x.shape, self.embed_dim, "embed_dim")
        check_same_dtype(owner, x, self.weight_q.dtype)
        batch, time, width = x.shape
        if mask is not None:
            check_array(owner, mask, "mask")
            shape = (batch, self.num_heads, time, time)
            validation.check_mask(owner, mask.dtype.name, mask.shape, shape)
            mask = mask[:, None] if mask.ndim == 3 else mask  # the same for every head
        rows = x.reshape(-1, width)
        weight, bias = self._joined("weight"), self._joined("bias")
        projected = rows @ weight  # the three projections as one matrix product
        projected += bias
        projected[:, :width] *= 1.0 / math.sqrt(width // self.num_heads)
        q, k, v = self._heads(projected.reshape(batch, time, 3 * width), 3)
        p = _masked_softmax(q @ k.swapaxes(-1, -2), mask)
        gathered = np.empty((batch, time, width), x.dtype)
        np.matmul(p, v, out=self._heads(gathered, 1)[0])
        self.keep(rows, projected, p, gathered)
        y = gathered.reshape(-1, width) @ self.weight_o.data
        y += self.bias_o.data
        return y.reshape(x.shape)

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        rows, projected, p, gathered = self.kept()
        batch, time, width = gathered.shape
        check_grad("MultiHeadAttention", grad_output, gathered.shape, rows.dtype)
        grad = grad_output.reshape(-1, width)
        ones = np.ones(len(rows), rows.dtype)
        self.weight_o.add_grad(gathered.reshape(-1, width).T @ grad)
        self.bias_o.add_grad(ones @ grad)

        grad_gathered = (grad @ self.weight_o.data.T).reshape(gathered.shape)
        (grad_heads,) = self._heads(grad_gathered, 1)
        q, k, v = self._heads(projected.reshape(batch, time, 3 * width), 3)
        grad_projected = np.empty_like(projected)
        grad_q, grad_k, grad_v = self._heads(grad_projected.reshape(batch, time, 3 * width), 3)
        np.matmul(p.swapaxes(-1, -2), grad_heads, out=grad_v)
        grad_gathered_sums = self._heads(grad_gathered * gathered, 1)[0].sum(-1, keepdims=True)
        grad_scores = grad_heads @ v.swapaxes(-1, -2)
        grad_scores -= grad_gathered_sums
        grad_scores *= p
        np.matmul(grad_scores, k, out=grad_q)
        np.matmul(grad_scores.swapaxes(-1, -2), q, out=grad_k)  # q has its 1/√d already
        grad_projected[:, :width] *= 1.0 / math.sqrt(width // self.num_heads)

        grad_weight, grad_bias = rows.T @ grad_projected, ones @ grad_projected
        for position, name in enumerate("qkv"):
            columns = slice(position * width, (position + 1) * width)
            getattr(self, f"weight_{name}").add_grad(grad_weight[:, columns].copy())
            getattr(self, f"bias_{name}").add_grad(grad_bias[columns].copy())
        if not input_grad:
            return None
        return (grad_projected @ self._joined("weight").T).reshape(gathered.shape)

    def _joined(self, kind: str) -> np.ndarray:
        """The weights (or biases) of q, k and v side by side."""
        return np.concatenate([getattr(self, f"{kind}_{name}").data for name in "qkv"], axis=-1)

    def _heads(self, x: np.ndarray, parts: int) -> np.ndarray:
        """(batch, time, parts·embed) seen as (parts, batch, heads, time, d): the same memory."""
        batch, time, _ = x.shape
        size = self.embed_dim // self.num_heads
        return x.reshape(batch, time, parts, self.num_heads, size).transpose(2, 0, 3, 1, 4)

    def extra_repr(self) -> str:
        return f"{self.embed_dim}, {self.num_heads}"


def _masked_softmax(scores: np.ndarray, mask: np.ndarray | None) -> np.ndarray:
    """Softmax over the last axis, in place; a row with nothing allowed becomes 0."""
    if mask is not None:
        np.copyto(scores, -np.inf, where=~mask)
    largest = scores.max(axis=-1, keepdims=True, initial=-np.inf)
    if mask is not None:
        largest[largest == -np.inf] = 0  # -inf - -inf is not a number
    scores -= largest
    np.exp(scores, out=scores)
    total = scores.sum(axis=-1, keepdims=True)
    if mask is not None:
        total[total == 0] = 1
    scores /= total
    return scores
