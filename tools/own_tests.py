"""Which tests belong to which file of nnlib, for `tools/mutants.py`."""

from pathlib import Path

# Tests of everything: of these, what belongs to a file are the cases with its words in their names.
SHARED = ("parity", "rules_for_every_layer", "properties_of_every_layer",
          "properties_of_losses_and_functions")  # fmt: skip
# Which tests belong to which file, on both paths: test files of its own, and words for the shared.
TESTS = {
    "activations": ("activations", "function relu sigmoid tanh softmax"),
    "adam": ("optimizers optimizer_options parity_training", "adam"),
    "adaptive": ("optimizers optimizer_options parity_training", "adagrad rmsprop"),
    "attention": ("attention", "attention mask"),
    "batches": ("batches", "batches"),
    "batching": ("batches", "batches"),
    "callbacks": ("training checkpoint", ""),
    "checkpoint": ("checkpoint", ""),
    "checks": ("layers losses", "dense grad loss"),
    "clipping": ("optimizers", "clip"),
    "containers": ("layers", "sequential residual layer_by_layer layer-twice"),
    "conv": ("conv", "conv"),
    "cross_entropy": ("losses", "entropy bce extreme number"),
    "datasets": ("data", ""),
    "dense": ("layers", "dense"),
    "divergence": ("losses", "kl"),
    "dropout": ("dropout", "dropout"),
    "embedding": ("embedding", "embedding position"),
    "flatten": ("layers", "flatten"),
    "gradcheck": ("gradcheck", ""),
    "gru": ("recurrent", "gru"),
    "history": ("training", ""),
    "initializers": ("initializers", "init"),
    "loss": ("losses", "loss mse number"),
    "lstm": ("recurrent", "lstm"),
    "module": ("module", "dense grad backward state tensor batches equal_seeds"),
    "normalization": ("normalization", "norm"),
    "optimizer": ("optimizers optimizer_options parity_training", "sgd optimizer adam"),
    "parameter": ("module", "dense state grad"),
    "pooling": ("pooling", "pool global"),
    "positions": ("embedding", "position"),
    "prediction": ("training", ""),
    "rectifiers": ("rectifiers", "function relu elu silu"),
    "recurrent": ("recurrent", "rnn lstm gru"),
    "regression_losses": ("losses", "mse mae huber bce number"),
    "rnn": ("recurrent", "rnn"),
    "schedules": ("schedules", ""),
    "sgd": ("optimizers optimizer_options parity_training", "sgd"),
    "splitting": ("data", ""),
    "summary": ("training", ""),
    "texts": ("data", ""),
    "toys": ("data", ""),
    "training": ("training bad_data", ""),
    "transformer": ("transformer", "transformer block"),
    "validation": (
        "losses optimizers layers training batches attention normalization data conv module"
        " recurrent embedding",
        "mistake",
    ),
    "windows": ("windows conv pooling", "conv pool"),
}


def tests_of(path: str) -> list[str]:
    """What pytest is told: the test files, and which of the parity cases."""
    names, words = TESTS[Path(path).stem]
    names = names.split()
    if "/torch/" in path:
        names.append("torch_module")
    if not words:
        return [f"tests/nnlib/test_{name}.py" for name in names]
    shared = " or ".join(f"test_{name}.py" for name in SHARED)
    words = " or ".join([f"not ({shared})", *words.split()])
    return [*(f"tests/nnlib/test_{name}.py" for name in (*names, *SHARED)), "-k", words]
