"""The runs behind this chapter: recipes of equal size, tuned alike, on the same data.

    python -m nnlib.chapters.architectures.study              # run all again, write the results

takes about a quarter of an hour of one core; a word behind it runs one part: "reading" (next
characters of a text), "longer" (the same with four times as many updates), "recalling" (how far
back a recipe reaches), "order" (digits with shuffled pixels), "deep" (depth against width) or
"times". `corpus`, `reading`, `recalling` and `digits` are single runs, `making` makes the results,
`kept` reads them; a test runs a sample again.
"""

from nnlib.chapters.architectures.study import corpus, digits, reading, recalling
from nnlib.chapters.architectures.study.kept import reader, results

__all__ = ["corpus", "digits", "reader", "reading", "recalling", "results"]
