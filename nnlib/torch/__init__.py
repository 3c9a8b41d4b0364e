"""The library on torch: the same names as `nnlib.numpy`, with autograd for the way back.

Layers are ``torch.nn.Module``s over torch's own kernels, so everything that works with those works
with these: ``torch.optim``, ``loss.backward()``, ``torch.compile``, devices, ``copy.deepcopy``.
"""

from nnlib.activation_stats import activation_stats
from nnlib.callbacks import Checkpoint, EarlyStopping, ProgressBar
from nnlib.history import History
from nnlib.prediction import predict, predict_class, predict_proba
from nnlib.summary import summary
from nnlib.torch.activations import (
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
    log_softmax,
    relu,
    sigmoid,
    softmax,
    tanh,
)
from nnlib.torch.adam import Adam, AdamW
from nnlib.torch.adaptive import AdaGrad, RMSprop
from nnlib.torch.attention import MultiHeadAttention
from nnlib.torch.batches import batches
from nnlib.torch.clipping import clip_grad_norm, clip_grad_value
from nnlib.torch.containers import Residual, Sequential
from nnlib.torch.conv import Conv2D
from nnlib.torch.cross_entropy import BCEWithLogitsLoss, CrossEntropyLoss
from nnlib.torch.dense import Dense
from nnlib.torch.divergence import KLDivLoss
from nnlib.torch.dropout import Dropout
from nnlib.torch.embedding import Embedding, PositionalEncoding
from nnlib.torch.flatten import Flatten
from nnlib.torch.gru import GRU
from nnlib.torch.lstm import LSTM
from nnlib.torch.module import Module, Parameter, no_grad, tensor
from nnlib.torch.normalization import BatchNorm, LayerNorm
from nnlib.torch.pooling import AvgPool2D, GlobalAvgPool2D, MaxPool2D
from nnlib.torch.rectifiers import (
    ELU,
    GELU,
    LeakyReLU,
    PReLU,
    SiLU,
    elu,
    gelu,
    leaky_relu,
    silu,
)
from nnlib.torch.regression_losses import HuberLoss, MAELoss, MSELoss
from nnlib.torch.rnn import RNN
from nnlib.torch.sgd import SGD
from nnlib.torch.transformer import TransformerBlock
from nnlib.training import evaluate, fit

__all__ = [
    "ELU",
    "GELU",
    "GRU",
    "LSTM",
    "RNN",
    "SGD",
    "AdaGrad",
    "Adam",
    "AdamW",
    "AvgPool2D",
    "BCEWithLogitsLoss",
    "BatchNorm",
    "Checkpoint",
    "Conv2D",
    "CrossEntropyLoss",
    "Dense",
    "Dropout",
    "EarlyStopping",
    "Embedding",
    "Flatten",
    "GlobalAvgPool2D",
    "History",
    "HuberLoss",
    "KLDivLoss",
    "LayerNorm",
    "LeakyReLU",
    "MAELoss",
    "MSELoss",
    "MaxPool2D",
    "Module",
    "MultiHeadAttention",
    "PReLU",
    "Parameter",
    "PositionalEncoding",
    "ProgressBar",
    "RMSprop",
    "ReLU",
    "Residual",
    "Sequential",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Tanh",
    "TransformerBlock",
    "activation_stats",
    "batches",
    "clip_grad_norm",
    "clip_grad_value",
    "elu",
    "evaluate",
    "fit",
    "gelu",
    "leaky_relu",
    "log_softmax",
    "no_grad",
    "predict",
    "predict_class",
    "predict_proba",
    "relu",
    "sigmoid",
    "silu",
    "softmax",
    "summary",
    "tanh",
    "tensor",
]
