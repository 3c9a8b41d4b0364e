"""`python -m nnlib.chapters.learning_rate.study` trains all 162 runs and writes `results.json`."""

from nnlib.chapters.learning_rate.study.kept import write_results

write_results()
