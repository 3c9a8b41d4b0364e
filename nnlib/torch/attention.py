"""Multi-head self-attention."""

import numpy as np
import torch
from torch.nn import functional as F

from nnlib import initializers, validation
from nnlib.torch.module import Module, Parameter, dtype_name, not_a_tensor, torch_dtype


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
    The heads are torch's ``scaled_dot_product_attention``, whose masks mean the same as here;
    masks of ``torch.nn.MultiheadAttention`` mean the opposite: True is hidden there. Vaswani et al.
    (2017), "Attention is all you need", section 3.2.

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
        super().__init__()
        owner = "MultiHeadAttention"
        self.embed_dim = validation.check_positive_int(owner, "embed_dim", embed_dim)
        self.num_heads = validation.check_positive_int(owner, "num_heads", num_heads)
        validation.check_heads(owner, embed_dim, num_heads)
        dtype = validation.check_float_dtype_name(owner, dtype)
        child = validation.check_generator(owner, rng).spawn(1)[0]
        for name in "qkvo":
            values = initializers.glorot_uniform((embed_dim, embed_dim), rng=child, dtype=dtype)
            setattr(self, f"weight_{name}", Parameter(torch.from_numpy(values)))
        for name in "qkvo":
            setattr(
                self, f"bias_{name}", Parameter(torch.zeros(embed_dim, dtype=torch_dtype(dtype)))
            )

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        owner, dtype = "MultiHeadAttention", self.weight_q.dtype
        validation.check_sequences(owner, x.shape, self.embed_dim, "embed_dim")
        if x.dtype != dtype and not torch.is_autocast_enabled(x.device.type):
            validation.check_dtype(owner, dtype_name(x), str(dtype).removeprefix("torch."))
        if mask is not None:
            if not isinstance(mask, torch.Tensor):
                raise not_a_tensor(owner, "mask", mask)
            batch, time, _ = x.shape
            shape = (batch, self.num_heads, time, time)
            validation.check_mask(owner, dtype_name(mask), mask.shape, shape)
            mask = mask.unsqueeze(1) if mask.ndim == 3 else mask  # the same for every head
        q, k, v = (self._project(x, name) for name in "qkv")
        heads = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        gathered = heads.transpose(1, 2).reshape(x.shape)
        return F.linear(gathered, self.weight_o.t(), self.bias_o)

    def _project(self, x: torch.Tensor, name: str) -> torch.Tensor:
        """x W + b, cut into heads: (batch, heads, time, d)."""
        weight, bias = getattr(self, f"weight_{name}"), getattr(self, f"bias_{name}")
        projected = F.linear(x, weight.t(), bias)
        return projected.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)

    def extra_repr(self) -> str:
        return f"{self.embed_dim}, {self.num_heads}"
