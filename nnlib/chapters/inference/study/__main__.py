"""`python -m nnlib.chapters.inference.study` runs everything and writes `results.json`."""

from nnlib.chapters.inference.study.making import write_results

if __name__ == "__main__":
    write_results()
