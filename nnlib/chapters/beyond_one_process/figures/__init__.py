"""The pictures of the page, one idea a file."""

from nnlib.chapters.beyond_one_process.figures.batches import batches_frame
from nnlib.chapters.beyond_one_process.figures.classroom import class_explorer
from nnlib.chapters.beyond_one_process.figures.drift import drift_frame
from nnlib.chapters.beyond_one_process.figures.measured import measured_frame, straggler_frame
from nnlib.chapters.beyond_one_process.figures.overview import overview_frame
from nnlib.chapters.beyond_one_process.figures.restart import restart_frame
from nnlib.chapters.beyond_one_process.figures.ring import ring_stepper
from nnlib.chapters.beyond_one_process.figures.scaling import scaling_explorer
