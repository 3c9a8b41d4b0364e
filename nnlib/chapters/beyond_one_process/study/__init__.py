"""Times, memory and bytes that belong to one machine, measured once and kept.

    python -m nnlib.chapters.beyond_one_process.study       # measure again, write results.json

`timing` is the program of several processes that is timed, `making` measures, `kept` reads.
"""

from nnlib.chapters.beyond_one_process.study.kept import results
