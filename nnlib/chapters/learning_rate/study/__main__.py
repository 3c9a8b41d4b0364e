"""`python -m nnlib.chapters.learning_rate.study` trains everything and writes `results.json`."""

from nnlib.chapters.learning_rate.study.making import write_results

if __name__ == "__main__":       # the worker processes import this file too
    write_results()
