"""Data that is already on the reader's machine, as float32 arrays: nothing is downloaded.

Real data sets come with scikit-learn, texts with Python itself, toys are generated.
"""

from nnlib.data.datasets import (
    Dataset,
    load_breast_cancer,
    load_diabetes,
    load_digits,
    load_iris,
    load_linnerud,
    load_photographs,
    load_wine,
)
from nnlib.data.image_folder import FolderProblems, ImageFolder, load_image_folder
from nnlib.data.images import read_image
from nnlib.data.splitting import Standardizer, split
from nnlib.data.texts import TEXTS, load_text
from nnlib.data.toys import make_circles, make_line, make_moons, make_sine, make_xor

__all__ = [
    "TEXTS",
    "Dataset",
    "FolderProblems",
    "ImageFolder",
    "Standardizer",
    "load_breast_cancer",
    "load_diabetes",
    "load_digits",
    "load_image_folder",
    "load_iris",
    "load_linnerud",
    "load_photographs",
    "load_text",
    "load_wine",
    "make_circles",
    "make_line",
    "make_moons",
    "make_sine",
    "make_xor",
    "read_image",
    "split",
]
