"""The arithmetic of the page, and frames that say what it gives."""

import json
import re
from statistics import median

import nbformat
import numpy as np
import pytest
import torch
import torch.distributed as dist
from torch.distributed.algorithms.ddp_comm_hooks.default_hooks import allreduce_hook
from torch.nn.parallel import DistributedDataParallel

from nnlib.chapters.beyond_one_process import costs, figures, launching, study, train
from nnlib.chapters.beyond_one_process.figures import classroom, measured, scaling
from nnlib.chapters.beyond_one_process.study import making, timing

NOTEBOOK = launching.REPOSITORY / "book" / "beyond_one_process.ipynb"


def test_bytes_of_a_ring():
    assert costs.bytes_sent(1000, 1) == 0
    assert costs.bytes_sent(1000, 2) == 1000 * 4                # half is sent, half comes back
    assert costs.bytes_sent(1000, 4) == 6 * 250 * 4             # six parts of a quarter
    assert costs.bytes_sent(1000, 10**6) == pytest.approx(2 * 1000 * 4, rel=1e-5)


def test_time_of_an_all_reduce_is_messages_and_bytes():
    assert costs.all_reduce(0, 5, bandwidth=1.0, latency=0.5) == 8 * 0.5
    assert costs.all_reduce(100, 2, bandwidth=50.0, latency=0.0) == 400 / 50
    assert costs.all_reduce(100, 1, bandwidth=50.0, latency=1.0) == 0


def test_overlap_hides_what_fits_behind_backward():
    cluster = {"speed": 1.0, "bandwidth": 1.0, "latency": 0.0}
    alone = costs.compute(10, 3, 1.0)
    assert alone == 180
    talking = costs.bytes_sent(10, 2)
    assert costs.step(10, 2, 3, overlap=False, **cluster) == alone + talking
    assert costs.step(10, 2, 3, overlap=True, **cluster) == alone        # 40 < 120
    slow = cluster | {"bandwidth": 0.25}
    assert costs.step(10, 2, 3, overlap=True, **slow) == alone + 160 - 120
    assert costs.efficiency(10, 1, 3, overlap=False, **cluster) == 1


@pytest.mark.parametrize("rows", scaling.ROWS)
def test_the_size_of_the_model_cancels_once_bytes_decide(rows):
    """What the prediction says, with its eight processes, its network and no overlap."""
    bandwidth, latency = scaling.NETWORKS["100 Gbit/s"]
    shares = [1 - costs.efficiency(p, 8, rows, speed=scaling.SPEED, bandwidth=bandwidth,
                                   latency=latency, overlap=False)
              for p in (25_000_000, 1_000_000_000)]
    assert shares[0] == pytest.approx(shares[1], rel=0.02)
    assert scaling.NETWORKS["1 Gbit/s Ethernet"][0] == 1e9 / 8


def test_what_the_task_at_the_explorer_says():
    explorer = figures.scaling_explorer()
    assert len(explorer.frames) == 27
    def gained(n, setting):
        found = re.search(rf"\b{n} processes × ([\d,.e+-]+) hidden", explorer.alt(setting))
        return float(found[1].replace(",", ""))
    for network in scaling.NETWORKS:
        for rows in scaling.ROWS:
            assert gained(1024, (2_410, network, rows)) < 1
    slow = [gained(64, (25_000_000, "1 Gbit/s Ethernet", rows)) for rows in scaling.ROWS]
    assert slow[0] < slow[1] < slow[2]
    larger = gained(64, (1_000_000_000, "1 Gbit/s Ethernet", 512))
    assert larger == pytest.approx(slow[1], rel=0.1)


@pytest.mark.parametrize("make", [figures.scaling_explorer, figures.class_explorer])
def test_explorers_are_small(make):
    assert sum(len(frame.image) for frame in make().frames.values()) < 0.6 * 2**20


def ring(vectors):
    """An all-reduce of another make: each process adds up everything in one step."""
    n = len(vectors)
    held = [list(np.array_split(vector, n)) for vector in vectors]
    yield held
    yield [list(np.array_split(sum(vectors), n)) for _ in range(n)]
    yield [list(np.array_split(sum(vectors), n)) for _ in range(n)]


def test_the_ring_shows_what_each_process_holds():
    stepper = figures.ring_stepper(ring)
    assert [frame.alt.count("1111,") + frame.alt.count("1111;") > 0 for frame in stepper.frames] \
        == [False, True, True]
    assert "process 2 holds 0100, 0100, 0100, 0100" in stepper.frames[0].alt
    assert stepper.frames[0].alt.endswith("Finished (1111): 0 of 16 parts.")
    assert stepper.frames[2].alt.endswith("16 of 16 parts.")


def test_drift_says_where_nothing_drifts():
    frame = figures.drift_frame({"a": [[0.0, 0.0]], "b": [[0.1, 0.3]]})
    assert "a: 0 to 0 after the first step" in frame.alt
    assert "b: 0.1 to 0.1 after the first step, 0.3 to 0.3 at the end" in frame.alt


def test_batches_say_medians_and_classes():
    losses = {"same": {1: [0.5, 0.4, 0.6], 2: [1.0, 1.1, 1.2]},
              "scaled": {1: [0.5, 0.4, 0.6], 2: [2.3, 9.0, 2.4]}}
    alt = figures.batches_frame(losses, rows=16, rate=0.01, epochs=5).alt
    assert "1 process 0.50, 2 processes 1.10" in alt
    assert "2 processes no better than guessing" in alt


def test_restart_says_what_is_repeated():
    alt = figures.restart_frame(epochs=5, steps=20, killed=(2, 7), resumed=2).alt
    assert "in epoch 2 after step 7, when" in alt
    assert "8 steps were lost" in alt


def test_a_class_needs_memory_for_those_who_run_at_once():
    kept = study.results()
    assert classroom.memory_needed(1000, 0.5, 100) == 500 * 100 * 1.4 / 1000
    largest, server = max(resident for resident, _ in kept["after"].values()), kept["server"][0]
    for notebooks in classroom.OPEN:
        needed = 500 * (notebooks * largest + server) * 1.4 / 1000
        alt = classroom.class_frame(1000, "half", notebooks).alt
        assert f"500 times {notebooks * largest} MB of kernels and {server} MB of a server" in alt
        assert f"are {needed:,.0f} GB, {int(np.ceil(needed / 128))} machine" in alt
        assert 1000 * (notebooks * largest + server) * 1.4 / 1000 < 2000       # the axis


def test_what_the_answer_about_machines_says():
    (answer,) = (cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells
                 if cell.source.startswith("The memory was measured"))
    machines = [re.search(r"(\d+) machine", classroom.class_frame(1000, active, 1).alt)[1]
                for active in ("all at once", "half", "a tenth")]
    words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    all_at_once, half, tenth = (words[int(n)] for n in machines)
    assert f"{all_at_once.capitalize()} machines for all at once, {half} for half, {tenth} for a " \
           "tenth" in answer


# --- the kept measurements -----------------------------------------------------------------------


def test_kept_results_are_whole():
    kept = study.results()
    for times in kept["steps"].values():
        assert {n: len(values) for n, values in times.items()} == {"1": making.REPEATS,
                                                                   "2": making.REPEATS}
    assert [numbers for numbers, _ in kept["all_reduce"]] == list(timing.SIZES)
    assert [slept for slept, _ in kept["straggler"]] == list(timing.SLEEPS)
    assert set(kept["memory"]) == set(making.KERNELS)
    chapters = [path.stem for path in making.chapters()]
    assert list(kept["pages"]["chapters"]) == list(kept["pages"]["plain"]) == chapters
    assert list(kept["after"]) == list(making.AFTER)
    assert {"server", "launched"} <= set(kept)
    assert kept["machine"]
    assert set(kept["versions"]) == {"python", "torch"}


def test_the_models_have_the_weights_that_the_pictures_say():
    assert train.flat(train.network(0)).numel() == measured.PARAMETERS["small"] \
        == min(scaling.MODELS)
    for name, widths in timing.WIDTHS.items():
        assert sum(p.numel() for p in timing.network(widths).parameters()) \
            == measured.PARAMETERS[name]


def test_what_the_text_says_of_the_measured_times():
    steps = study.results()["steps"]
    small = {n: median(values) for n, values in steps["small"].items()}
    assert small["2"] > 2 * small["1"]
    assert study.results()["all_reduce"][0][1] > small["1"]
    large = {n: median(values) for n, values in steps["large"].items()}
    assert large["1"] / 2 < large["2"] < large["1"]
    assert 4 * measured.PARAMETERS["large"] / 1e6 == pytest.approx(7, abs=0.5)
    alt = figures.measured_frame().alt
    assert f"{small['1']:.3g} ms with one process" in alt
    assert f"{small['2']:.3g} ms with two" in alt


def test_a_straggler_costs_the_others_at_least_what_it_sleeps():
    slept, times = np.array(study.results()["straggler"]).T
    assert (times >= slept).all()
    for s, t in zip(slept, times, strict=True):
        assert f"{s:g} ms slept {t:.3g} ms" in figures.straggler_frame().alt


def test_what_the_text_says_of_memory_and_pages():
    kept = study.results()
    assert min(own for _, own in kept["after"].values()) > kept["memory"]["nnlib.torch"][1]
    assert kept["launched"][1] + kept["memory"]["nnlib.torch"][1] > 1000       # Binder's sure 1 GB
    compressed, plain = (np.array(list(kept["pages"][name].values()))
                         for name in ("chapters", "plain"))
    assert 2 < plain[plain.argmax()] / compressed[plain.argmax()] < 3


@pytest.fixture
def alone():
    """A process group of one, in which DDP counts what it would send."""
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    yield
    dist.destroy_process_group()


@pytest.mark.parametrize(("name", "buckets"), [("small", 1), ("large", 2)])
@pytest.mark.usefixtures("alone")
def test_buckets_of_the_two_networks(name, buckets):
    replica = DistributedDataParallel(timing.network(timing.WIDTHS[name]))
    sent = []

    def count(state, bucket):
        sent[-1].append(bucket.buffer().nbytes)
        return allreduce_hook(None, bucket)

    replica.register_comm_hook(None, count)
    for _ in range(3):
        sent.append([])
        replica(torch.ones(2, timing.WIDTHS[name][0])).sum().backward()
    assert [len(one) for one in sent[1:]] == [buckets] * 2        # built anew after the first step
    assert sum(sent[-1]) == 4 * measured.PARAMETERS[name]


def test_a_part_is_measured_beside_the_rest_or_not_at_all(tmp_path, monkeypatch):
    kept = tmp_path / "results.json"
    monkeypatch.setattr(making, "PARTS", {"a": lambda: {"x": 1}, "b": lambda: {"y": 2}})
    making.write_results(path=kept)
    monkeypatch.setitem(making.PARTS, "b", lambda: {"y": 3})
    making.write_results(["b"], kept)
    made = json.loads(kept.read_text())
    assert (made["x"], made["y"]) == (1, 3)
    with pytest.raises(ValueError, match="no such parts: c"):
        making.write_results(["c"], kept)
    monkeypatch.setattr(making, "machine", lambda: "another")
    with pytest.raises(ValueError, match="another machine"):
        making.write_results(["b"], kept)


def test_a_book_that_is_built_in_part_is_not_measured(tmp_path, monkeypatch):
    monkeypatch.setattr(making, "PAGES", tmp_path)
    (tmp_path / "01_learning_loop.html").write_text("a page")
    with pytest.raises(FileNotFoundError, match="lacks 02_tensors"):
        making.pages()
