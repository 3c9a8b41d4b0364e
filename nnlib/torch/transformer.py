"""The Transformer block."""

import numpy as np
import torch

from nnlib import validation
from nnlib.torch.attention import MultiHeadAttention
from nnlib.torch.dense import Dense
from nnlib.torch.dropout import Dropout
from nnlib.torch.module import Module, dtype_name
from nnlib.torch.normalization import LayerNorm
from nnlib.torch.rectifiers import GELU


class TransformerBlock(Module):
    """A Transformer block: attention, then a feed-forward network, each with a shortcut.

    With ``f(h) = GELU(h W_1 + b_1) W_2 + b_2`` and dropout on what each shortcut is added to::

        norm="pre":    h = x + attention(norm1(x))        y = h + f(norm2(h))
        norm="post":   h = norm1(x + attention(x))        y = norm2(h + f(h))

    "pre" leaves a way from the output to the input that nothing scales, and so trains more easily
    when deep; "post" is the original.

    Parameters
    ----------
    embed_dim, num_heads : int
        As in `MultiHeadAttention`.
    hidden_dim : int
        Width inside the feed-forward network, often 4·embed_dim.
    norm : {"pre", "post"}
    dropout : float
        Probability to drop, from 0 to 1.
    rng : numpy.random.Generator
        A child of it draws the first weights and the dropout masks.
    dtype : {"float32", "float64"}

    Attributes
    ----------
    norm1, attention, dropout1
        `LayerNorm`, `MultiHeadAttention`, `Dropout` of the first half.
    norm2, dense1, activation, dense2, dropout2
        `LayerNorm`, `Dense`, `GELU`, `Dense`, `Dropout` of the second half.

    Shapes
    ------
    input, output
        (batch, time, embed_dim), the same.
    mask
        As in `MultiHeadAttention`.

    Notes
    -----
    ``torch.nn.TransformerEncoderLayer`` with ``activation="gelu"`` is the same, apart from one more
    dropout inside the feed-forward network and one on the attention weights. Vaswani et al. (2017),
    "Attention is all you need", section 3.1 (post, with ReLU); Xiong et al. (2020), "On layer
    normalization in the Transformer architecture", table 1 (pre).

    Raises
    ------
    ValueError
        If an argument is out of range, or the input or the mask has another shape.
    TypeError
        If the input's dtype is not the weights', or the mask is not bool.
    """

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        hidden_dim: int,
        *,
        norm: str = "pre",
        dropout: float = 0.0,
        rng: np.random.Generator,
        dtype="float32",
    ):
        super().__init__()
        owner = "TransformerBlock"
        self.embed_dim = validation.check_positive_int(owner, "embed_dim", embed_dim)
        validation.check_positive_int(owner, "num_heads", num_heads)
        validation.check_heads(owner, embed_dim, num_heads)
        validation.check_positive_int(owner, "hidden_dim", hidden_dim)
        validation.check_choice(owner, "norm", norm, ("pre", "post"))
        validation.check_fraction(owner, "dropout", dropout, one=True)
        dtype = validation.check_float_dtype_name(owner, dtype)
        child = validation.check_generator(owner, rng).spawn(1)[0]
        self.norm = norm
        self.norm1 = LayerNorm(embed_dim, dtype=dtype)
        self.attention = MultiHeadAttention(embed_dim, num_heads, rng=child, dtype=dtype)
        self.dropout1 = Dropout(dropout, rng=child)
        self.norm2 = LayerNorm(embed_dim, dtype=dtype)
        self.dense1 = Dense(embed_dim, hidden_dim, rng=child, dtype=dtype)
        self.activation = GELU()
        self.dense2 = Dense(hidden_dim, embed_dim, init="glorot_uniform", rng=child, dtype=dtype)
        self.dropout2 = Dropout(dropout, rng=child)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        dtype = self.dense1.weight.dtype
        validation.check_sequences("TransformerBlock", x.shape, self.embed_dim, "embed_dim")
        if x.dtype != dtype and not torch.is_autocast_enabled(x.device.type):
            expected = str(dtype).removeprefix("torch.")
            validation.check_dtype("TransformerBlock", dtype_name(x), expected)
        if self.norm == "pre":
            h = x + self.dropout1(self.attention(self.norm1(x), mask))
            return h + self._feed_forward(self.norm2(h))
        h = self.norm1(x + self.dropout1(self.attention(x, mask)))
        return self.norm2(h + self._feed_forward(h))

    def _feed_forward(self, h: torch.Tensor) -> torch.Tensor:
        return self.dropout2(self.dense2(self.activation(self.dense1(h))))
