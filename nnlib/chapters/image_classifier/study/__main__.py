"""`python -m nnlib.chapters.image_classifier.study` trains everything, writes `results.json`."""

from nnlib.chapters.image_classifier.study.making import write_results

if __name__ == "__main__":
    write_results()
