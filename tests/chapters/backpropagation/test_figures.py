"""The pictures of the chapter "Backpropagation" state what the live code and torch give."""

import itertools
import re

import numpy as np
import pytest
import torch

from nnlib.chapters.backpropagation import figures
from nnlib.chapters.backpropagation.figures import (
    cost,
    depth,
    difference,
    moons,
    network,
    neuron,
    shapes,
    through_time,
    ways,
)
from nnlib.chapters.layers.figures import anatomy
from nnlib.engine import Value, backward_order

LIMIT = 0.6 * 2**20                      # bytes that an explorer may weigh


def numbers(text):
    found = re.findall(r"[-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?", text)
    return [float(number.replace("−", "-")) for number in found]


def weight(explorer):
    frames = explorer.frames
    return sum(len(f.image) for f in (frames.values() if isinstance(frames, dict) else frames))


# --- the neuron as a graph ---


def torch_gradients(case):
    leaves = {k: torch.tensor(v, dtype=torch.float64, requires_grad=True)
              for k, v in neuron.CASES[case].items()}
    x2 = leaves.get("x2", leaves["x1"])
    z = leaves["w1"] * leaves["x1"] + leaves["w2"] * x2 + leaves["b"]
    ((torch.sigmoid(z) - 1) ** 2).backward()
    return {k: leaf.grad.item() for k, leaf in leaves.items()}


@pytest.mark.parametrize("case", neuron.CASES)
def test_the_graphs_gradients_are_torchs_and_those_of_the_differences(case):
    found, expected = neuron.gradients_of(case), torch_gradients(case)
    for name, gradient in expected.items():
        assert found[name] == pytest.approx(gradient, rel=1e-12)
    for name, gradient in found.items():
        assert neuron.difference(case, name) == pytest.approx(gradient, rel=1e-6, abs=1e-9)


def test_frames_of_the_graph_say_what_their_step_adds():
    explorer = figures.graph_explorer()
    assert list(explorer.frames) == list(itertools.product(range(11), neuron.CASES))
    for (step, case), frame in explorer.frames.items():
        assert f"{case}, step {step} on the way {'there' if step < 5 else 'back'}" in frame.alt
    assert numbers(explorer.alt({"step": 7, "case": "ordinary"}).split("back: ")[1])[0] == -0.177
    assert weight(explorer) < LIMIT


def test_a_shared_input_has_half_of_its_gradient_first():
    explorer = figures.graph_explorer()
    shares = [numbers(explorer.alt({"step": step, "case": "shared input"}).split("x1 ")[1])[0]
              for step in (9, 10)]
    gradients = neuron.gradients_of("shared input")
    assert shares == pytest.approx([-0.209, -0.052], abs=6e-4)
    assert shares[0] == pytest.approx(gradients["u"] * 0.8, abs=6e-4)
    assert gradients["v"] * -0.6 == pytest.approx(0.157, abs=6e-4)


def test_the_saturated_neuron_stands_still_though_its_loss_is_large():
    values, gradients = neuron.values_of("saturated"), neuron.gradients_of("saturated")
    assert values["L"] > 0.99
    assert gradients["w1"] == pytest.approx(-0.004, abs=6e-4)
    assert values["p"] * (1 - values["p"]) == pytest.approx(0.0012, abs=6e-5)
    ordinary = neuron.gradients_of("ordinary")
    assert (ordinary["p"], ordinary["z"]) == pytest.approx((-0.755, -0.177), abs=6e-4)


# --- the network 2-3-2-1 ---


def test_the_network_is_that_of_the_chapter_on_layers():
    assert network.STATE.keys() == anatomy.STATE.keys()
    for name, array in network.STATE.items():
        np.testing.assert_array_equal(array, anatomy.STATE[name])


def test_its_gradients_are_torchs():
    leaves = {k: torch.tensor(v, requires_grad=True) for k, v in network.STATE.items()}
    a = torch.tensor(network.X)
    for part in (0, 2, 4):
        a = torch.sigmoid(a @ leaves[f"{part}.weight"] + leaves[f"{part}.bias"])
    (-torch.log(a)).sum().backward()
    _, found = network.backward(network.STATE)
    for name, leaf in leaves.items():
        np.testing.assert_allclose(found[name], leaf.grad.numpy(), rtol=1e-12)


def test_the_pass_says_its_numbers():
    stepper = figures.pass_stepper()
    assert numbers(stepper.alt(4).split("layer 2: ")[1]) == [-0.054, 0.036]
    assert "0.8683 and L = 0.1412" in stepper.alt(8)
    assert len({frame.image for frame in stepper.frames}) == len(stepper.frames)


def test_the_credit_map_shows_every_weight_once():
    said = numbers(re.sub(r"layer \d: ", "", figures.credit_frame().alt))
    _, gradients = network.backward(network.STATE)
    expected = [abs(v) for part in (0, 2, 4) for v in gradients[f"{part}.weight"].ravel()]
    assert said == pytest.approx(expected, abs=6e-5)
    assert max(said) == 0.0903


def test_what_the_text_says_about_ways_and_bounds_in_the_network():
    deltas, _ = network.backward(network.STATE)
    ways = network.STATE["2.weight"] * deltas[1]                    # (3, 2): from unit, to unit
    np.testing.assert_allclose(ways[:2], [[-0.032, -0.018], [-0.022, 0.025]], atol=5e-4)
    sizes = [np.abs(delta).max() for delta in deltas]
    assert sizes[0] < sizes[1] / 2 < sizes[2] / 4
    state, a = network.STATE, network.forward(network.STATE)
    assert max(np.abs(state[name]).max() for name in ("2.weight", "4.weight")) == 1.5
    assert max(a[1].max(), a[2].max()) == pytest.approx(0.9, abs=5e-4)


# --- conventions, ways and orders ---


def test_the_shapes_fit_and_are_those_of_numpy():
    explorer = figures.shapes_explorer()
    assert len(explorer.frames) == 9
    for (convention, formula), frame in explorer.frames.items():
        first, second, result = shapes.PRODUCTS[shapes.CONVENTIONS.index(convention),
                                                shapes.FORMULAS.index(formula)]
        gone = shapes.gone_axis(first, second, result)
        assert f"summed over {gone}," in frame.alt
        left = np.ones([shapes.SIZES[axis] for axis in first[1:]])
        out = left @ np.ones([shapes.SIZES[axis] for axis in second[1:]]) if second else (
            left.sum(axis=first[1:].index("batch")))
        assert out.shape == tuple(shapes.SIZES[axis] for axis in result[1:] if axis)


def test_ways_double_and_edges_add_up():
    explorer = figures.ways_explorer()
    for (doublings,), frame in explorer.frames.items():
        assert numbers(frame.alt) == [doublings, 2**doublings, 2**doublings, 2 * doublings]


def test_the_order_decides_what_arrives():
    assert ways.swept("users first", 4)["a"] == 26
    assert ways.swept("nearest first", 4)["a"] == 14
    a = Value(3.0)
    b = 2.0 * a
    c = b + 1.0
    last = b * c
    last.backward()
    assert (last.data, b.grad, a.grad) == (42, 13, 26)
    named = {id(a): "a", id(b): "b", id(c): "c", id(last): "L"}
    order = [named[id(v)] for v in backward_order(last) if id(v) in named]
    assert tuple(order) == ways.ORDERS["users first"]
    assert "too late" in figures.order_explorer().alt({"order": "nearest first", "steps": 3})


# --- the moons ---


def test_the_moons_are_learned_as_the_text_says():
    stepper = figures.moons_stepper()
    at_300 = stepper.alt(moons.SHOWN.index(300))
    assert "loss 0.030, 99.5 %" in at_300
    assert "99.5 %" in stepper.frames[moons.SHOWN.index(300)].text
    assert all(numbers(stepper.alt(i))[-2] < 99 for i in range(moons.SHOWN.index(300)))
    assert weight(stepper) < LIMIT


# --- differences ---


def test_what_the_text_says_about_differences():
    central = difference.errors("central", "float64", False)
    passing = difference.H[central < 1e-6]
    assert central.min() < 2e-11
    assert 1e-7 < difference.H[central.argmin()] < 1e-4
    assert passing.min() < 1e-9
    assert 5e-4 < passing.max() < 5e-3
    for formula in difference.FORMULAS:
        single = difference.errors(formula, "float32", False)
        assert single.min() > 1e-6
    assert difference.errors("central", "float32", False).min() < 1e-4
    kinked = difference.errors("central", "float64", True)
    assert (kinked[difference.H > 2e-3] > 0.1).all()
    assert kinked[np.abs(difference.H - 1e-5).argmin()] < 1e-8
    assert (difference.errors("one-sided", "float64", True)[difference.H <= 1e-2] < 1e-2).all()
    assert weight(figures.difference_explorer()) < LIMIT


def test_all_steps_between_those_that_are_said_to_pass_do():
    for (formula, precision, place), frame in figures.difference_explorer().frames.items():
        error = difference.errors(formula, precision, place != "smooth")
        said = re.search(r"Below 1e-6: from (\S+) to (\S+)", frame.text)
        assert (said is None) == (error.min() >= 1e-6)
        if said:
            low, high = (float(number) for number in said.groups())
            inside = (low * 0.8 < difference.H) & (high * 1.2 > difference.H)
            assert (error[inside] < 1e-6).all()


# --- cost ---


def test_the_count_is_that_of_the_products_and_matches_the_numbers_of_the_text():
    rows = cost.multiplications()
    there, back = sum(r[0] for r in rows), sum(r[1] + r[2] for r in rows)
    assert (there, back, round((there + back) / there, 2)) == (3216, 5792, 2.8)
    assert "3,216 and 5,792: 2.80 times" in figures.cost_frame().alt


def test_checkpoints_hold_the_fewest_at_the_square_root():
    found = {every: cost.checkpointed(every) for every in cost.KEEP}
    assert found == {1: (16, 0), 2: (9, 8), 4: (7, 12), 8: (9, 14), 16: (16, 15)}
    assert len(figures.checkpoint_explorer().frames) == 5


# --- depth and time ---


@pytest.mark.parametrize("build", depth.BUILDS)
def test_gradients_through_depth_are_torchs(build):
    model = depth.network("tanh", build, 1)
    x, y = depth.rows()
    state = {k: torch.tensor(np.array(v)) for k, v in model.state_dict().items()}
    weights = [k for k, v in state.items() if v.ndim == 2]
    for key in weights:
        state[key].requires_grad_()
    a = torch.tensor(x)
    for number, key in enumerate(weights[:-1], 1):
        z = a @ state[key] + state[key.replace("weight", "bias")]
        if build == "with LayerNorm":
            z = torch.nn.functional.layer_norm(z, (depth.WIDTH,))
        a = torch.tanh(z) + (a if build == "with shortcuts" and number > 1 else 0)
    logits = a @ state[weights[-1]] + state[weights[-1].replace("weight", "bias")]
    torch.nn.functional.cross_entropy(logits, torch.tensor(y).long()).backward()
    expected = [state[key].grad.norm().item() for key in weights[:-1]]
    np.testing.assert_allclose(depth.lengths("tanh", build, 1)[1], expected, rtol=1e-8)


def test_what_the_text_says_about_depth():
    ratio = {(a, b): depth.ratios(a, b) for a in depth.ACTIVATIONS for b in depth.BUILDS}

    def within(activation, build, low, high, which=0):
        smallest, *_, largest = ratio[activation, build][which]
        return low < smallest <= largest < high

    level = [build for build in depth.BUILDS if within("sigmoid", build, 0.5, 2)]
    assert level == ["with shortcuts"]
    assert within("sigmoid", "weights doubled", 1 / 2000, 1 / 700)
    assert within("sigmoid", "with LayerNorm", 1 / 2000, 1 / 690)
    assert within("tanh", "customary start", 0.2, 1)
    assert within("ReLU", "weights halved", 1 / 400, 1 / 200)
    assert within("ReLU", "weights halved", 1, 3, which=1)
    level = [build for build in depth.BUILDS if within("ReLU", build, 0.5, 2)]
    assert level == ["customary start", "with LayerNorm"]
    assert [0.25**n for n in (1, 2, 5, 10, 20)] == pytest.approx(
        [0.25, 0.0625, 9.8e-4, 9.5e-7, 9.1e-13], rel=6e-3)


def test_outputs_with_shortcuts_and_relu_grow():
    outputs, *_ = depth.measured("ReLU", "with shortcuts", 0)
    sizes = [np.abs(of).mean() for of in outputs]
    assert sizes == sorted(sizes)
    assert sizes[-1] > 10 * sizes[0]


def test_what_the_text_says_about_time():
    last = {kind: through_time.memory(kind)[:, -1] for kind in through_time.LAYERS}
    assert (last["RNN, W_h × ½"] < 1e-9).all()
    assert (last["LSTM"] < 1e-6).all()
    assert (last["RNN, W_h × 2"] > 1).all()
    assert (last["RNN"] > 0.01).all()
    assert (last["RNN"] < 1.5).all()
    steps = through_time.STEPS - 1
    per_step = last["RNN"] ** (1 / steps)
    assert per_step.min() == pytest.approx(0.89, abs=5e-3)
    assert per_step.max() == pytest.approx(1.00, abs=5e-3)
    assert last["LSTM"] ** (1 / steps) == pytest.approx([2 / 3] * 5, abs=0.05)
    assert (last["LSTM, gates open"] > 1).all()
    assert len(figures.time_explorer().frames) == 5


def test_the_gradient_by_distance_is_torchs():
    model, (x, following) = through_time.reader("RNN", 0), through_time.windows()
    state = {k: torch.tensor(np.array(v)) for k, v in model.state_dict().items()}
    inputs = torch.tensor(x, requires_grad=True)
    h = torch.zeros(len(x), through_time.HIDDEN, dtype=torch.float64)
    for t in range(through_time.STEPS):
        h = torch.tanh(inputs[:, t] @ state["0.weight_x"] + h @ state["0.weight_h"]
                       + state["0.bias"])
    logits = h @ state["1.weight"] + state["1.bias"]
    torch.nn.functional.cross_entropy(logits, torch.tensor(following)).backward()
    expected = inputs.grad.norm(dim=(0, 2)).numpy()[::-1]
    np.testing.assert_allclose(through_time.by_distance("RNN", 0), expected, rtol=1e-8)
