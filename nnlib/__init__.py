"""nnlib: neural networks written to be read.

Pick a path by an import; the rest of the text is the same:

    import nnlib.numpy as nn     # forward and backward by hand
    import nnlib.torch as nn     # the same names on autograd

Importing ``nnlib`` alone imports neither path.
"""

__version__ = "0.1.0"
