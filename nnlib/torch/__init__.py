"""The library on torch: the same names as `nnlib.numpy`, with autograd for the way back.

Layers are ``torch.nn.Module``s over torch's own kernels, so everything that works with those works
with these: ``torch.optim``, ``loss.backward()``, ``torch.compile``, devices, ``copy.deepcopy``.
"""

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
from nnlib.torch.batches import batches
from nnlib.torch.clipping import clip_grad_norm, clip_grad_value
from nnlib.torch.containers import Residual, Sequential
from nnlib.torch.dense import Dense
from nnlib.torch.flatten import Flatten
from nnlib.torch.losses import BCEWithLogitsLoss, CrossEntropyLoss, MSELoss
from nnlib.torch.module import Module, Parameter, no_grad, tensor
from nnlib.torch.optimizers import SGD, Adam
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
