"""The NumPy path: forward and backward written by hand.

``import nnlib.torch as nn`` has the same names on autograd.
"""

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
from nnlib.numpy.batches import batches
from nnlib.numpy.clipping import clip_grad_norm, clip_grad_value
from nnlib.numpy.containers import Residual, Sequential
from nnlib.numpy.dense import Dense
from nnlib.numpy.flatten import Flatten
from nnlib.numpy.losses import BCEWithLogitsLoss, CrossEntropyLoss, MSELoss
from nnlib.numpy.module import Module, no_grad
from nnlib.numpy.optimizers import SGD, Adam
from nnlib.numpy.parameter import Parameter, tensor
from nnlib.prediction import predict, predict_class, predict_proba
from nnlib.summary import summary
from nnlib.training import evaluate, fit

__all__ = [
    "SGD",
    "Adam",
    "BCEWithLogitsLoss",
    "Checkpoint",
    "CrossEntropyLoss",
    "Dense",
    "EarlyStopping",
    "Flatten",
    "History",
    "MSELoss",
    "Module",
    "Parameter",
    "ProgressBar",
    "ReLU",
    "Residual",
    "Sequential",
    "Sigmoid",
    "Softmax",
    "Tanh",
    "batches",
    "clip_grad_norm",
    "clip_grad_value",
    "evaluate",
    "fit",
    "log_softmax",
    "no_grad",
    "predict",
    "predict_class",
    "predict_proba",
    "relu",
    "sigmoid",
    "softmax",
    "summary",
    "tanh",
    "tensor",
]
