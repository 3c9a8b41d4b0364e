"""The NumPy path: forward and backward written by hand.

``import nnlib.torch as nn`` has the same names on autograd.
"""

from nnlib.activation_stats import activation_stats
from nnlib.callbacks import Checkpoint, EarlyStopping, ProgressBar
from nnlib.history import History
from nnlib.numpy.activations import (
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
from nnlib.numpy.adam import Adam, AdamW
from nnlib.numpy.adaptive import AdaGrad, RMSprop
from nnlib.numpy.attention import MultiHeadAttention
from nnlib.numpy.batches import batches
from nnlib.numpy.clipping import clip_grad_norm, clip_grad_value
from nnlib.numpy.containers import Residual, Sequential
from nnlib.numpy.conv import Conv2D
from nnlib.numpy.cross_entropy import BCEWithLogitsLoss, CrossEntropyLoss
from nnlib.numpy.dense import Dense
from nnlib.numpy.divergence import KLDivLoss
from nnlib.numpy.dropout import Dropout
from nnlib.numpy.embedding import Embedding, PositionalEncoding
from nnlib.numpy.flatten import Flatten
from nnlib.numpy.gru import GRU
from nnlib.numpy.lstm import LSTM
from nnlib.numpy.module import Module, no_grad
from nnlib.numpy.normalization import BatchNorm, LayerNorm
from nnlib.numpy.parameter import Parameter, tensor
from nnlib.numpy.pooling import AvgPool2D, GlobalAvgPool2D, MaxPool2D
from nnlib.numpy.rectifiers import (
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
from nnlib.numpy.regression_losses import HuberLoss, MAELoss, MSELoss
from nnlib.numpy.rnn import RNN
from nnlib.numpy.sgd import SGD
from nnlib.numpy.transformer import TransformerBlock
from nnlib.prediction import predict, predict_class, predict_proba
from nnlib.summary import summary
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
