"""`python -m nnlib.chapters.beyond_one_process.study` measures all and writes `results.json`.

With names of parts (times, memory, others, pages) only these are measured again.
"""

import sys

from nnlib.chapters.beyond_one_process.study.making import write_results

if __name__ == "__main__":
    write_results(sys.argv[1:])
