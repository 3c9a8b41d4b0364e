"""What the chapter "Activations" says of runs: moons, zigzag, dead units, learned slopes, heads."""

import re

import numpy as np
import pytest

import nnlib.numpy
import nnlib.torch
from nnlib.chapters.activations import figures as activations
from nnlib.chapters.activations.figures import (
    deep,
    digits,
    hinges,
    learned_slope,
    moons,
    outputs,
    revival,
    table,
    zigzag,
)

LIMIT = 0.6 * 2**20                      # bytes that an explorer may weigh


def weight(explorer):
    return sum(len(frame.image) for frame in explorer.frames.values())


def test_moons_over_ten_seeds():
    right = {size: [100 * moons.train_on_moons(size, seed)[1] for seed in moons.SEEDS]
             for size in moons.HIDDEN}
    reach = {size: sum(r >= 99 for r in rates) for size, rates in right.items()}
    assert (reach[0], reach[1], reach[2]) == (0, 0, 0)
    assert reach[4] <= 3
    assert reach[4] < reach[8] < reach[16]
    assert sum(r == 50 for r in right[1]) == 3
    new = moons.points()[1][0]
    silent = [moons.train_on_moons(1, seed)[0][0](new).max() <= 0 for seed in moons.SEEDS]
    assert silent == [r == 50 for r in right[1]]              # there the unit fires for no point
    assert np.median(right[4]) == pytest.approx(90.75, abs=0.5)
    assert np.median(right[16]) == pytest.approx(99, abs=0.5)
    explorer = activations.moons_explorer()
    for (size, run), frame in explorer.frames.items():
        accuracy = sorted(right[size])[moons.RUNS[run]]
        assert frame.alt.startswith(f"Hidden units {size}, {run} of ten runs: {accuracy:.1f} %")
        assert f"{reach[size]} of 10 reach 99 %" in frame.alt
    assert weight(explorer) < LIMIT


def test_a_single_unit_draws_straight_borders():
    """What one ReLU unit adds changes along one direction alone."""
    model, _ = moons.train_on_moons(1, 9)
    w = model[0].weight.data[:, 0]
    across = np.array([-w[1], w[0]])
    points = np.array([[0.3, 0.2]]) + np.outer([-1.0, 0.0, 2.0], across)
    np.testing.assert_allclose(model(points), model(points[:1]).repeat(3, axis=0), atol=1e-12)


def test_without_hidden_units_the_border_is_straight():
    model, _ = moons.train_on_moons(0)
    assert len(list(model.parameters())) == 2


def test_positive_inputs_move_both_weights_together_and_cap_the_rate():
    path, together = zigzag.walk(0.0, 2.0)
    steps = np.diff(path, axis=0)
    assert together == 1.0
    assert (steps[:, 0] * steps[:, 1] >= 0).all()
    assert 0.3 < zigzag.walk(-1.0, 1.0)[1] < 0.6
    np.testing.assert_allclose(zigzag.curvatures(0.0, 2.0), [1 / 3, 7 / 3])
    np.testing.assert_allclose(zigzag.curvatures(-1.0, 1.0), [1 / 3, 1 / 3])
    explorer = activations.zigzag_explorer()
    for (rate, goal), frame in explorer.frames.items():
        said = [float(of) for of in re.findall(r"walks ends (\S+) from", frame.alt)]
        end = zigzag.GOALS[goal]
        medians = [np.median(zigzag.distances(low, low + 2, end, rate)) for low in (0.0, -1.0)]
        assert said == pytest.approx(medians, rel=6e-3)
        assert (said[0] > 1) == (rate == 0.75)                # it falls apart there, and only there
    assert weight(explorer) < LIMIT


@pytest.mark.parametrize("alpha", revival.ALPHAS)
def test_how_many_dead_units_a_slope_brings_back(alpha):
    back = []
    for seed in revival.SEEDS:
        dead, revived = revival.revived(alpha, 400, seed)
        assert 25 <= dead <= 29
        back.append(revived)
    low, high = {0.0: (0, 0), 0.01: (0, 0), 0.1: (2, 4), 0.3: (6, 12)}[alpha]
    assert low <= min(back)
    assert max(back) <= high


def test_in_other_runs_the_usual_slope_wakes_a_unit_now_and_then():
    back = [revival.revived(0.01, 400, seed)[1] for seed in (7, 8, 14, 38)]
    assert sum(back) >= 1
    assert max(back) <= 2


def test_frames_of_revival_say_what_they_show():
    explorer = activations.revival_explorer()
    assert explorer.setting == {"alpha": 0.0, "updates": 0}   # which answers nothing
    for (alpha, updates), frame in explorer.frames.items():
        dead, back = revival.revived(alpha, updates)
        assert f"{back} of {dead} dead units fire again" in frame.alt
        never = (revival.shares(alpha)[revival.UPDATES.index(updates)] == 0).sum()
        assert f"{never} of 32 units never fire" in frame.alt
    assert weight(explorer) < LIMIT


def test_plain_steps_leave_dead_units_where_they_are():
    model = revival.network(0.0)
    model.load_state_dict(revival.killed())
    dead = revival.firing(model) == 0
    before = model[0].weight.data[:, dead].copy()
    revival.train(model, lr=0.1, updates=100)
    np.testing.assert_array_equal(model[0].weight.data[:, dead], before)
    assert (revival.firing(model)[dead] == 0).all()


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_a_dead_unit_can_wake_without_a_gradient_of_its_own(nn):
    """Networks of 1, 1, 2, 1 units: the layer before moves, through the other unit."""
    rng = np.random.default_rng(0)
    first, second, out = (nn.Dense(*size, rng=rng, dtype="float64")
                          for size in ((1, 1), (1, 2), (2, 1)))
    model = nn.Sequential(first, nn.ReLU(), second, nn.ReLU(), out)
    weights = {"0.weight": [[1.0]], "0.bias": [0.0], "2.weight": [[-1.0, 1.0]],
               "2.bias": [1.5, 0.0], "4.weight": [[1.0], [1.0]], "4.bias": [0.0]}
    model.load_state_dict({name: np.array(value) for name, value in weights.items()})
    rows = np.array([[2.0], [3.0]])
    assert nn.activation_stats(model, rows)[1].firing[0] == 0
    loss_fn, optimizer = nn.MSELoss(), nn.SGD(model.parameters(), lr=0.02)
    loss_fn(model(nn.tensor(rows)), nn.tensor(np.zeros((2, 1))))
    model.backward(loss_fn.backward())
    assert float(second.weight.grad[0, 0]) == 0
    optimizer.step()
    assert nn.activation_stats(model, rows)[1].firing[0] > 0


def test_how_much_of_a_gradient_ten_sigmoids_leave():
    nn, (x, y) = nnlib.numpy, revival.digits()
    factors = {}
    for activation, times in (("Sigmoid", 1), ("Sigmoid", 4), ("Sigmoid - ½", 4)):
        found = []
        for seed in range(10):
            model, _ = activations.deep_network(activation, seed=seed, dtype="float64")
            lengths = activations.weight_gradients(
                activations.scaled(model, times), nn.CrossEntropyLoss(), x.astype("float64"), y)
            found.append(lengths[-1] / lengths[0])
        factors[activation, times] = (min(found), max(found))
    assert factors["Sigmoid", 1] == pytest.approx((185_559, 407_593), rel=1e-3)
    assert factors["Sigmoid", 4] == pytest.approx((142.4, 289.7), rel=1e-3)
    low, high = factors["Sigmoid - ½", 4]
    assert 1 < low < high < 3


def test_a_sigmoid_moved_down_has_the_slopes_of_a_sigmoid():
    z = np.array([-2.0, 0.0, 3.0])
    plain, moved = nnlib.numpy.Sigmoid(), deep.SigmoidMinusHalf()
    np.testing.assert_array_equal(moved(z), plain(z) - 0.5)
    np.testing.assert_array_equal(moved.backward(np.ones(3)), plain.backward(np.ones(3)))


def test_all_but_the_last_layer_is_scaled():
    model, _ = activations.deep_network("Sigmoid", layers=3)
    before = {name: value.copy() for name, value in model.state_dict().items()}
    after = activations.scaled(model, 4).state_dict()
    times = {name: 1 if name.startswith("4.") else 4 for name in before}
    for name, value in before.items():
        np.testing.assert_array_equal(after[name], times[name] * value)


def test_slopes_differ_after_ten_epochs_and_hardly_after_forty():
    accuracy = {name: np.median(learned_slope.learning(name)[0], axis=0)
                for name in learned_slope.SETTINGS}
    ten, forty = ({name: of[epoch - 1] for name, of in accuracy.items()} for epoch in (10, 40))
    assert min(ten["α = 0.01, rate × 5"], ten["PReLU"]) > ten["α = 1"] > ten["α = 0.01"] + 1
    assert max(forty.values()) - min(forty.values()) < 2.5
    steepest, flattest = (learned_slope.learning(name)[0][:, 9] for name in ("PReLU", "α = 0.01"))
    assert flattest.max() > steepest.min()                  # single runs overlap
    alt = activations.learned_slope_frame().alt
    low, high = min(learned_slope.learning("PReLU")[1]), max(learned_slope.learning("PReLU")[1])
    assert f"PReLU's α ends between {low:.1f} and {high:.1f}" in alt
    for name in accuracy:
        assert f"{name} {ten[name]:.0f} % after 10 epochs and {forty[name]:.0f} % after 40" in alt


def test_hinges_come_nearer_with_more_units():
    x = np.linspace(-1, 1, 401)
    off = {units: np.abs(hinges.features(x, units) @ hinges.fitted(units) - hinges.curve(x)).max()
           for units in hinges.UNITS}
    assert [u for u in hinges.UNITS if off[u] < 0.05] == [12]
    explorer = activations.hinges_explorer()
    for (units,), frame in explorer.frames.items():
        assert f"at most {off[units]:.2f} off" in frame.alt
        y = hinges.features(x, units) @ hinges.fitted(units)
        bends = np.flatnonzero(np.abs(np.diff(y, 2)) > 1e-9)
        assert len(bends) <= 2 * units                        # at the kinks, and nowhere else
    assert weight(explorer) < LIMIT


def test_heads_on_digits_and_on_pages_without_one():
    explorer = activations.digit_explorer()
    for (image, head), frame in explorer.frames.items():
        p = digits.outputs(head, digits.pictures()[image][0][None])[0]
        said = [float(v) for v in re.search("to 9 are ([^;]*);", frame.alt)[1].split(", ")]
        np.testing.assert_allclose(said, p, atol=0.0051)
        if head == "softmax":
            assert p.sum() == pytest.approx(1, abs=1e-5)
        elif image != "a clear digit":
            assert (p < 0.5).all()                            # sigmoids can say none
    ink = digits.outputs("softmax", digits.pictures()["all ink"][0][None])[0]
    assert ink.argmax() == 2
    assert ink.max() > 0.5
    assert digits.outputs("softmax", digits.pictures()["a blank page"][0][None]).max() < 0.2
    counts = (digits.outputs("ten sigmoids", digits.trained("softmax")[1][0]) > 0.5).sum(axis=1)
    assert 1 <= (counts > 1).sum() <= 8
    assert 15 <= (counts == 0).sum() <= 30


def test_shapes_of_outputs():
    import torch

    z = np.array([-800.0, -3.0, 0.0, 2.0, 800.0])
    expected = torch.nn.functional.softplus(torch.tensor(z)).numpy()
    np.testing.assert_allclose(outputs.softplus(z), expected)
    np.testing.assert_allclose(outputs.between([-800.0, 0.0, 800.0], 1, 5), [1, 3, 5])
    assert "3 at a score of 0" in activations.outputs_frame().alt


def test_sigmoid_and_tanh_are_flat_alike_at_their_limits():
    assert activations.shapes_frame().alt.count("7 % of that") == 2


def test_the_numbers_of_the_table():
    import torch

    names = {"ReLU": "relu", "leaky ReLU": "leaky_relu", "GELU": "gelu", "SiLU": "silu",
             "ELU": "elu", "softplus": "softplus", "sigmoid": "sigmoid", "tanh": "tanh"}
    z = torch.linspace(-12, 12, 240_001, dtype=torch.float64, requires_grad=True)
    density = torch.exp(-(z.detach() ** 2) / 2) / np.sqrt(2 * np.pi) * 1e-4
    for function, _, mean, slope, *_ in table.ROWS:
        if function in names:
            y = getattr(torch.nn.functional, names[function])(z)
        elif function == "PReLU":
            y = torch.nn.functional.leaky_relu(z, 0.25)
        else:
            continue
        (steepness,) = torch.autograd.grad(y.sum(), z)
        assert (y.detach() * density).sum().item() == pytest.approx(mean, abs=6e-4)
        assert steepness.max().item() == pytest.approx(slope, abs=6e-4)
    assert "−0.170" in table.ROWS[3][1]
    assert "−0.278" in table.ROWS[4][1]
