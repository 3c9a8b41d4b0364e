"""`python -m nnlib.experiments.rate_and_batch` trains all 162 runs and writes `results.json`."""

from nnlib.experiments.rate_and_batch.kept import write_results

write_results()
