"""What every layer owes the others: dtypes, its share of the random numbers, clear refusals.

Driven by the table of cases, on both paths; the mathematics is tested elsewhere.
"""

import numpy as np
import parity_cases as cases
import pytest

import nnlib.numpy
import nnlib.torch

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
# Other numbers or sizes make no difference here.
CASES = [case for case in cases.LAYERS if not case.name.endswith(("-large", "-empty", "-rows"))]
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def rng(seed=0):
    return np.random.default_rng(seed)


def after_a_forward(case, nn, dtype="float32"):
    """A layer, its output, and an upstream gradient for it."""
    layer = case.make(nn, rng(), dtype)
    y = layer(nn.tensor(case.input(rng(1), dtype)))
    return layer, y, nn.tensor(np.ones(tuple(y.shape), dtype))


@both_paths
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@every_case
def test_everything_has_the_dtype_asked_for(case, dtype, nn):
    layer, y, upstream = after_a_forward(case, nn, dtype)
    found = layer.state_dict()
    found |= {"output": y, "gradient of the input": layer.backward(upstream)}
    found |= {f"gradient of {name}": p.grad for name, p in layer.named_parameters()}
    dtypes = {name: cases.as_array(v).dtype.name for name, v in found.items() if v is not None}
    assert dtypes == dict.fromkeys(dtypes, dtype)


@every_case
def test_a_layer_draws_from_as_many_children_of_the_generator_on_both_paths(case):
    spawned = []
    for nn in (nnlib.numpy, nnlib.torch):
        generator = rng()
        case.make(nn, generator, "float32")
        spawned.append(generator.bit_generator.seed_seq.n_children_spawned)
        assert generator.random() == rng().random(), "only children are drawn from"
    if "Sequential" not in case.name:
        assert spawned[0] <= 1
    assert spawned[0] == spawned[1]


@every_case
def test_a_gradient_that_does_not_fit_gets_one_sentence_on_both_paths(case):
    sentences = []
    for nn in (nnlib.numpy, nnlib.torch):
        for kind, spoil in [(ValueError, lambda g: g[None]), (TypeError, lambda g: g * g)]:
            layer, y, upstream = after_a_forward(case, nn)
            if kind is TypeError:
                upstream = nn.tensor(np.ones(tuple(y.shape), "float64"))
            with pytest.raises(kind, match=r"expected .*grad_output") as caught:
                layer.backward(spoil(upstream))
            sentences.append(str(caught.value))
    assert sentences[:2] == sentences[2:]


@both_paths
@every_case
def test_a_gradient_that_is_a_list_is_refused(case, nn):
    layer, _, upstream = after_a_forward(case, nn)
    with pytest.raises(TypeError, match=r"expected grad_output to be a .*, got list: nn\.tensor"):
        layer.backward(upstream.tolist())


@both_paths
@every_case
def test_a_list_is_refused_by_the_layer_that_gets_it(case, nn):
    layer = case.make(nn, rng(), "float32")
    with pytest.raises(TypeError, match=r"expected input to be a .*, got list") as caught:
        layer(case.input(rng(1), "float32").tolist())
    named = str(caught.value).split()[0]
    # An activation may be named as its function; a container leaves it to the layer inside.
    container = isinstance(layer, nn.Sequential | nn.Residual)
    possible = [part for _, part in layer.named_modules()] if container else [layer]
    assert named.replace("_", "").lower() in {type(part).__name__.lower() for part in possible}


@both_paths
@every_case
def test_a_forward_in_another_dtype_is_forgotten(case, nn):
    layer, y, _ = after_a_forward(case, nn)
    layer.astype("float64")
    with pytest.raises(RuntimeError, match="expected a forward before it"):
        layer.backward(nn.tensor(np.ones(tuple(y.shape), "float64")))


# ------------------------------------------------------------------ no float64 in a float32 layer


class Watched(np.ndarray):
    """An array that reports every operation on it that has float64 arrays in or out."""

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
        plain = [np.asarray(x) if isinstance(x, Watched) else x for x in inputs]
        given = () if out is None else out
        if given:
            options["out"] = tuple(np.asarray(o) if isinstance(o, Watched) else o for o in given)
        result = getattr(ufunc, method)(*plain, **options)
        results = result if isinstance(result, tuple) else (result,)
        for array in (*plain, *results):
            wide = isinstance(array, np.ndarray | np.float64) and array.dtype == np.float64
            assert not wide, f"float64 in {ufunc.__name__}.{method}"
        if given:
            return given[0]
        return result.view(Watched) if isinstance(result, np.ndarray) else result


@every_case
def test_no_float64_creeps_into_a_float32_layer(case):
    layer = case.make(nnlib.numpy, rng(), "float32")
    for parameter in layer.parameters():
        parameter.data = parameter.data.view(Watched)
    y = layer(case.input(rng(1), "float32").view(Watched))
    layer.backward(np.ones(y.shape, "float32").view(Watched))
