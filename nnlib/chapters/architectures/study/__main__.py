"""`python -m nnlib.chapters.architectures.study [part ...]` runs the parts, or all of them."""

import sys

from nnlib.chapters.architectures.study.making import write_results

if __name__ == "__main__":
    write_results(*sys.argv[1:])
