"""Pictures and explorers of the chapter "Generalisation", one idea a file.

`selection` the best of many, `cuts` where to cut, `leaks` scores that a leak made, `folds`
cross-validation, `many_seeds` how many seeds, `overfitting` capacity against data, `reading` curves
without a name, `descent` error over width, `methods` what helped, `stopping` early stopping,
`pictures` augmentation, `threshold` a rare class, `calibration` how sure. A function ``…_frame``
returns a `nnlib.widgets.Frame`, and ``…explorer`` puts frames behind controls.
"""

from nnlib.chapters.generalisation.figures.calibration import (
    calibration_explorer,
    scored,
    temperatures,
)
from nnlib.chapters.generalisation.figures.cuts import cut_explorer
from nnlib.chapters.generalisation.figures.descent import descent_explorer
from nnlib.chapters.generalisation.figures.folds import fold_stepper
from nnlib.chapters.generalisation.figures.leaks import leaks_frame
from nnlib.chapters.generalisation.figures.many_seeds import accuracies, seeds_explorer
from nnlib.chapters.generalisation.figures.methods import (
    methods_frame,
    outcomes,
    strength_explorer,
)
from nnlib.chapters.generalisation.figures.overfitting import overfitting_explorer
from nnlib.chapters.generalisation.figures.pictures import change_explorer
from nnlib.chapters.generalisation.figures.reading import reading_frame
from nnlib.chapters.generalisation.figures.selection import selection_explorer
from nnlib.chapters.generalisation.figures.stopping import stopping_explorer
from nnlib.chapters.generalisation.figures.threshold import threshold_explorer
