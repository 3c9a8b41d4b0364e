"""The real data sets that scikit-learn carries in its package.

scikit-learn is imported where it is needed, because importing it takes longer than all of nnlib.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Dataset:
    """A data set; its fields cannot be set again, and its arrays are the caller's own copies.

    Attributes
    ----------
    x : numpy.ndarray of float32, shape (N, ...)
        One example a row.
    y : numpy.ndarray, shape (N,) or (N, targets)
        Class labels as int64, or numbers to predict as float32.
    feature_names, target_names : tuple of str
        What the columns of x, and the classes (or the columns of y), are called.
    description : str
        Where the data is from, and what to watch out for.
    """

    x: np.ndarray
    y: np.ndarray
    feature_names: tuple[str, ...]
    target_names: tuple[str, ...]
    description: str

    def __repr__(self) -> str:
        return (
            f"Dataset(x={self.x.shape} {self.x.dtype}, y={self.y.shape} {self.y.dtype}, "
            f"targets: {', '.join(self.target_names)})"
        )


def _dataset(bunch, description: str, *, labels: bool, scale: float = 1.0) -> Dataset:
    names = bunch.target_names if labels else getattr(bunch, "target_names", ["target"])
    return Dataset(
        x=(np.asarray(bunch.data) / scale).astype(np.float32),
        y=np.array(bunch.target, dtype=np.int64 if labels else np.float32),
        feature_names=tuple(str(name) for name in bunch.feature_names),
        target_names=tuple(str(name) for name in names),
        description=description,
    )


def load_digits() -> Dataset:
    """Handwritten digits: x (1797, 64) from 0 to 1, y the digits 0 to 9.

    Each row is an 8 × 8 picture, row by row, brightness 0 to 16 divided by 16:
    ``x.reshape(-1, 8, 8)`` shows it. Always answering the most frequent digit is right for 10.2 %.
    """
    from sklearn import datasets

    return _dataset(
        datasets.load_digits(),
        "1,797 handwritten digits, 8 × 8 pixels, the test part of the UCI data set 'Optical "
        "Recognition of Handwritten Digits' (Alpaydin and Kaynak, 1998). Brightness divided by 16. "
        "Flipping a picture changes what it shows.",
        labels=True,
        scale=16.0,
    )


def load_iris() -> Dataset:
    """Iris flowers: x (150, 4) in centimetres, y three species of 50 flowers each."""
    from sklearn import datasets

    return _dataset(
        datasets.load_iris(),
        "150 iris flowers, lengths and widths in centimetres (Fisher, 1936). One species is "
        "linearly separable from the others, those two are not from each other.",
        labels=True,
    )


def load_wine() -> Dataset:
    """Wines: x (178, 13), y three growers with 59, 71 and 48 wines.

    Columns differ in scale by orders of magnitude: standardise before training.
    """
    from sklearn import datasets

    return _dataset(
        datasets.load_wine(),
        "Chemical analysis of 178 Italian wines from three growers (Aeberhard and Forina, 1991). "
        "Feature scales differ by orders of magnitude.",
        labels=True,
    )


def load_breast_cancer() -> Dataset:
    """Breast tumours: x (569, 30), y 0 = malignant (212) and 1 = benign (357).

    The class that people would call positive has the label 0. Always answering "benign" is right
    for 62.7 %.
    """
    from sklearn import datasets

    return _dataset(
        datasets.load_breast_cancer(),
        "569 breast tumours, 30 measures of cell nuclei (Wolberg, Street and Mangasarian, 1995). "
        "Label 0 is malignant, label 1 is benign.",
        labels=True,
    )


def load_diabetes() -> Dataset:
    """Diabetes: x (442, 10) in raw units, y the progression after a year, from 25 to 346.

    Not scikit-learn's default, which has been standardised with *all* rows, those of any test set
    included. Standardise with the training rows: `Standardizer`.
    """
    from sklearn import datasets

    return _dataset(
        datasets.load_diabetes(scaled=False),
        "442 patients: age, sex, body mass index, blood pressure and six blood serum values, and a "
        "measure of progression one year later (Efron et al., 2004). Raw units.",
        labels=False,
    )


def load_linnerud() -> Dataset:
    """Physical exercise: x (20, 3) exercises, y (20, 3) body measures. Twenty rows only."""
    from sklearn import datasets

    return _dataset(
        datasets.load_linnerud(),
        "Three exercises and three body measures of 20 men in a fitness club (Tenenhaus, 1998). "
        "Enough to show shapes, too few to learn from.",
        labels=False,
    )


def load_photographs() -> Dataset:
    """Two colour photographs: x (2, 427, 640, 3) from 0 to 1, y which of them. Needs Pillow.

    Not a data set to split by rows: patches of one picture resemble each other, so split by region.
    """
    from sklearn import datasets

    pictures = np.stack(datasets.load_sample_images().images)
    return Dataset(
        x=pictures.astype(np.float32) / np.float32(255),
        y=np.arange(2),
        feature_names=("red", "green", "blue"),
        target_names=("china", "flower"),
        description="A Chinese temple and a flower, 427 × 640 pixels, with scikit-learn (CC BY).",
    )
