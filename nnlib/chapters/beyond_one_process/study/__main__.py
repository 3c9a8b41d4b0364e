"""`python -m nnlib.chapters.beyond_one_process.study` measures all and writes `results.json`."""

from nnlib.chapters.beyond_one_process.study.making import write_results

if __name__ == "__main__":
    write_results()
