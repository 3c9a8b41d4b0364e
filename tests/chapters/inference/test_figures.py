"""The pictures of the chapter "Training versus inference" state what the live code gives."""

import itertools
import re

import numpy as np
import pytest
import torch

import nnlib.numpy as nn
from nnlib.chapters.inference import figures, study
from nnlib.chapters.inference.figures import (
    costs,
    forgotten,
    neighbours,
    opinions,
    passes,
    resumed,
    running,
)

LIMIT = 0.6 * 2**20                      # bytes that an explorer may weigh


@pytest.fixture(scope="module")
def reader():
    return study.trained(0)


def torch_logits(model, x, *, norm_in_training=False, factor=1.0):
    """The reader's logits by PyTorch's own functions; `factor` multiplies the hidden units."""
    s = {name: torch.tensor(value) for name, value in model.state_dict().items()}
    F = torch.nn.functional
    h = torch.tensor(study.scaled(x)) @ s["0.weight"] + s["0.bias"]
    h = F.batch_norm(h, s["1.running_mean"].clone(), s["1.running_var"].clone(), s["1.weight"],
                     s["1.bias"], training=norm_in_training)
    return (F.relu(h) * factor) @ s["4.weight"] + s["4.bias"]


def says(text):
    """The digit and the probability in a text such as "3, with 0.89"."""
    found = re.search(r"(\d), with (\d\.\d\d)", text)
    return int(found[1]), float(found[2])


def light(explorer, frames):
    assert len(explorer.frames) == frames
    assert sum(len(frame.image) for frame in explorer.frames.values()) < LIMIT


def test_passes_say_what_the_network_says(reader):
    before = reader.state_dict()
    explorer = figures.passes_explorer(reader)
    light(explorer, 16)
    row = passes.least_sure(reader)
    x, _ = study.digits()[1]
    p = torch.softmax(torch_logits(reader, x[row:row + 1]), dim=-1)[0]
    for number in passes.PASSES:                              # all alike in inference mode
        digit, probability = says(explorer.frame((number, "evaluation")).text)
        assert (digit, probability) == (int(p.argmax()), pytest.approx(p.max().item(), abs=6e-3))
        assert "0 of 36" in explorer.frame((number, "evaluation")).text
    answers = [explorer.frame((n, "training")).text for n in passes.PASSES]
    assert len(set(answers)) == len(passes.PASSES)
    assert all("of 33" in text for text in answers)
    assert sorted(says(text)[0] for text in answers) == [2] * 4 + [3] + [8] * 3
    for name, value in reader.state_dict().items():           # the reader is left as it was
        np.testing.assert_array_equal(value, before[name])


def test_dropped_units_fire_no_more_and_the_others_are_doubled(reader):
    row = passes.least_sure(reader)
    x, _ = study.digits()[1]
    others = [i for i in range(64) if i != row][:63]
    for hidden, dropped, p in passes.passes(reader, row, "training", 3):
        factor = np.ones((64, 64), "float32")
        factor[0] = np.where(dropped, 0, 2)
        logits = torch_logits(reader, x[[row, *others]], norm_in_training=True,
                              factor=torch.tensor(factor))
        np.testing.assert_allclose(torch.softmax(logits, -1)[0], p, atol=1e-4)
        assert 0.2 < dropped.sum() / (hidden > 0).sum() < 0.8


def test_masks_keep_the_mean_of_the_sum_and_raise_that_of_relu():
    explorer = figures.masks_explorer()
    light(explorer, 8)
    for (p, view), frame in explorer.frames.items():
        mean = float(re.search(r"Mean: (\S+)", frame.text)[1])
        if view == "the sum z":
            assert mean == pytest.approx(0.6, abs=0.03)
        elif p:
            assert mean > 0.65
    by_p = [float(re.search(r"Mean: (\S+)", explorer.frame((p, "ReLU(z)")).text)[1])
            for p in (0.0, 0.5, 0.8)]
    assert by_p == [pytest.approx(v, abs=0.05) for v in (0.6, 1.1, 1.8)]   # what the answer says


def test_running_statistics_are_those_of_torch():
    explorer = figures.running_explorer()
    light(explorer, 27)
    for m in running.RATES:
        rng = np.random.default_rng(0)
        norm = torch.nn.BatchNorm1d(1, momentum=m, dtype=torch.float64)
        seen = {0: (0.0, 1.0)}
        for k in range(1, 101):
            norm(torch.tensor(rng.normal(3, 2, (32, 1))))
            seen[k] = norm.running_mean.item(), norm.running_var.item()
        for k in running.STEPS:
            said = re.search(r"mean (\S+) of 3, running variance (\S+) of 4; .* weight (\S+), the",
                             explorer.frame((k, m)).alt)
            expected = [*seen[k], 1 - (1 - m) ** k]
            assert [float(v) for v in said.groups()] == pytest.approx(expected, abs=6e-3)


def test_the_weights_of_the_data_that_the_text_names():
    assert [round(1 - 0.9**k, 3) for k in (10, 22, 44)] == [0.651, 0.902, 0.990]
    assert 1 - 0.5**7 > 0.99 > 1 - 0.5**6
    assert round(0.99**100, 2) == 0.37


def test_a_large_momentum_scatters_two_and_a_half_times_as_much():
    scatter = {}
    for m in (0.1, 0.5):
        rng, norm = np.random.default_rng(0), nn.BatchNorm(2000, momentum=m, dtype="float64")
        for _ in range(running.STEPS[-1]):
            norm(rng.normal(running.MEAN, np.sqrt(running.VARIANCE), (running.ROWS, 2000)))
        state = norm.state_dict()                               # 2,000 walks side by side
        scatter[m] = np.array([state["running_mean"].std(), state["running_var"].std()])
    assert scatter[0.5] / scatter[0.1] == pytest.approx([2.5, 2.5], abs=0.15)


def test_neighbours_matter_in_training_mode_only(reader):
    explorer = figures.neighbours_explorer(reader)
    light(explorer, 24)
    for (size, mode, company), frame in explorer.frames.items():
        if (size, mode) == (1, "training"):
            assert "one row has no variance" in frame.alt
            continue
        logits = torch_logits(reader, study.beside(neighbours.ROW, company, size),
                              norm_in_training=mode == "training")
        p = torch.softmax(logits, dim=-1)[0]
        assert says(frame.text) == (int(p.argmax()), pytest.approx(p.max().item(), abs=6e-3))
    alone = {f.text for (_, mode, _), f in explorer.frames.items() if mode == "evaluation"}
    assert len(alone) == 1
    shares = {c: explorer.frame((64, "training", c)).text.split(": ")[-1] for c in study.COMPANY}
    assert shares == {"mixed digits": "100 %", "the same digit": "12 to 24 %",
                      "blank pictures": "68 to 100 %"}
    assert explorer.frame((2, "training", "the same digit")).text.endswith(": 0 %")


def test_the_framed_2_fares_as_most_do_with_every_seed():
    _, y = study.digits()[1]
    assert (y == 2).sum() == 25
    for seed in range(5):
        model = study.trained(seed)
        read = {c: study.logits_beside(model, neighbours.ROW, c, 64, mode="training").argmax()
                for c in study.COMPANY}
        assert read["mixed digits"] == read["blank pictures"] == 2 != read["the same digit"]


def test_forgotten_shows_the_kept_runs():
    explorer = figures.forgotten_explorer()
    light(explorer, 3)
    for run in forgotten.NAMES:
        kept = study.results()["forgotten"][run]
        for name in ("switched back", "forgotten"):
            ends = [100 * seed[-1] for seed in kept[name]]
            assert f"{name} {min(ends):.0f} to {max(ends):.0f} %" in explorer.frame((run,)).alt


def test_ten_layers_with_frozen_statistics_collapse():
    forgotten_runs = study.results()["forgotten"]["ten layers"]["forgotten"]
    assert all(run[1] < 0.2 < run[0] for run in forgotten_runs)
    assert sum(run[-1] < 0.2 for run in forgotten_runs) == 3
    assert sorted(round(100 * run[-1]) for run in forgotten_runs)[3:] == [92, 94]


def test_costs_are_those_of_arrays_counted_one_by_one():
    def multiplications(sizes):
        forward = sum(a * b for a, b in itertools.pairwise(sizes))
        return forward, 2 * forward - sizes[0] * sizes[1]

    def memory(sizes, copies, batch):
        model = nn.Sequential(*(nn.Dense(a, b, rng=np.random.default_rng(0))
                                for a, b in itertools.pairwise(sizes)))
        weights = sum(parameter.data.nbytes for parameter in model.parameters())
        return {"weights": weights, "gradients": weights, "optimizer": copies * weights,
                "activations": 4 * batch * sum(sizes[:-1])}

    explorer = figures.costs_explorer(multiplications, memory)
    light(explorer, 27)
    assert "9,008 : 3,216 = 2.80" in explorer.frame(("10-64-32-16-1", "Adam", 1)).text
    more = {(name, batch) for name, sizes in costs.NETWORKS.items() for batch in costs.BATCHES
            if (parts := memory(sizes, 2, batch))["activations"] > sum(parts.values()) / 2}
    assert more == {("10-64-32-16-1", 1024), ("64-64-10", 1024)}
    ratios = {(name, batch): float(frame.text.split("Bytes: ")[1].split(" = ")[1].split()[0])
              for (name, optimizer, batch), frame in explorer.frames.items()
              if optimizer == "Adam"}
    assert all(3.9 < ratios[name, 1] <= 4 for name in costs.NETWORKS)
    assert sorted(round(ratios[name, 1024], 1) for name in costs.NETWORKS) == [1.1, 1.4, 2.3]
    for (name, optimizer, batch), frame in explorer.frames.items():
        parts = memory(costs.NETWORKS[name], costs.COPIES[optimizer], batch)
        for part, count in parts.items():
            assert f"{part} {costs.size(count)}" in frame.alt


def test_throughput_shows_the_kept_times():
    explorer = figures.throughput_explorer()
    light(explorer, 22)
    took = study.results()["milliseconds"]
    for (view, size), frame in explorer.frames.items():
        for path in ("numpy", "torch"):
            value = took[path][str(size)]
            if view == "rows per second":
                assert f"{path}: {1000 * size / value:,.0f} rows" in frame.text
            else:
                assert f"{path}: {value:.3g} ms" in frame.text
    assert study.rows_per_second("numpy")[64] == pytest.approx(84_000, rel=0.02)


def test_only_a_whole_checkpoint_resumes_the_same_run():
    explorer = figures.resumed_explorer()
    light(explorer, 4)
    assert "the same to the last bit" in explorer.frame(("and the generators",)).text
    starts = []
    for seed in range(5):
        whole, again = resumed.resumed("and the generators", seed)
        assert whole == again[1:]
        starts.append(resumed.resumed("learned weights only", seed)[1][0])
        assert starts[-1] > 2 * again[0]
        _, fresh = resumed.resumed("all of the model", seed)
        assert fresh[0] == again[0]
    assert [min(starts), max(starts)] == pytest.approx([0.205, 0.72], abs=0.02)


def test_without_the_state_of_adam_a_run_falls_behind_and_catches_up():
    runs = [resumed.resumed("all of the model", seed) for seed in range(10)]
    assert all(again[1] > whole[0] for whole, again in runs)              # after 5 updates
    assert sum(again[8] > whole[7] for whole, again in runs) < 5          # after 40


def test_damage_shows_the_kept_results(reader):
    explorer = figures.damage_explorer(reader)
    light(explorer, 7)
    for damage in study.DAMAGES:
        right = [100 * accuracy for accuracy, _ in study.results()["damage"][damage]]
        low, high = f"{min(right):.0f}", f"{max(right):.0f}"
        expected = f"{low} %" if low == high else f"{low} to {high} %"
        assert f"{expected} right" in explorer.frame((damage,)).alt


def test_opinions_scatter_more_for_noise(reader):
    explorer = figures.opinions_explorer(reader)
    light(explorer, 3)
    spread = {name: float(re.search(r"Spread of p\(\d\): (\S+)", frame.text)[1])
              for (name,), frame in explorer.frames.items()}
    assert spread == {"surest": 0.04, "least sure": 0.28, "noise": 0.32}
    assert "44 for 8" in explorer.frame(("least sure",)).text
    assert "60 for 4" in explorer.frame(("noise",)).text
    outputs = opinions.many_answers(reader, study.scaled(study.digits()[1][0][:2]))
    assert outputs.shape == (100, 2, 10)
    assert reader.training                                               # left as it was


def test_requests_stop_where_their_code_says():
    answers = {"good": (200, "it is three"), "path": (404, "there is only /predict"),
               "huge": (413, "at most 10,000 bytes"), "kind": (415, "send application/json"),
               "half": (400, "the body is no JSON"), "early": (400, "the body ended early"),
               "get": (405, "send POST"),
               "shape": (422, "pixels must be a list of 64 numbers"),
               "scale": (422, "pixels must be between 0 and 16"),
               "ours": (500, "the service failed")}
    explorer = figures.requests_explorer(answers)
    light(explorer, 10)
    stops = {name: re.search(r"stopped at: (\w+)", frame.alt)
             for (name,), frame in explorer.frames.items()}
    assert stops.pop("good") is None
    assert {name: found[1] for name, found in stops.items()} == {
        "path": "path", "huge": "length", "kind": "type", "half": "JSON", "early": "length",
        "get": "method", "shape": "shape", "scale": "numbers",
        "ours": "answer"}


def test_a_knocked_network_shows_the_kept_results():
    alt = figures.knocked_frame().alt
    assert "32 removed 92 to 94 %" in alt
    assert "32 removed 66 to 70 %" in alt
    for runs in study.results()["knocked"].values():
        assert round(100 * np.mean([run[0] for run in runs])) == 98
    for p, low, high in (("0.5", 4, 5), ("0.0", 27, 31)):
        costs_points = [100 * (run[0] - run[4]) for run in study.results()["knocked"][p]]
        assert (round(min(costs_points)), round(max(costs_points))) == (low, high)
