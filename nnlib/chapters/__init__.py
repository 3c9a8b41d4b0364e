"""One room a chapter, named by the chapter's slug: its `figures`, its `exercises`, its `study`.

The slug is the same in the notebook (``book/03_weights.ipynb``), the room (``weights``), the ids of
the exercises (``weights.neuron``) and the tests (``tests/chapters/weights``). Rooms stand on top of
the library: nothing in it knows a chapter, and no chapter imports another.
"""

ORDER = (
    "learning_loop", "tensors", "weights", "layers", "activations", "losses",
    "backpropagation", "optimizers", "learning_rate", "generalisation",
    "inference", "architectures", "image_classifier",
)  # fmt: skip

# Rooms of pages without a number, after the chapters: those with exercises, and the rest.
PRACTICE = ("debugging",)
WITHOUT_EXERCISES = ("beyond_one_process",)
TITLES = {"debugging": "Debugging laboratory"}
