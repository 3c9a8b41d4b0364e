"""`python -m nnlib.chapters.generalisation.study` trains everything and writes `results.json`."""

from nnlib.chapters.generalisation.study.making import write_results

if __name__ == "__main__":       # the worker processes import this file too
    write_results()
