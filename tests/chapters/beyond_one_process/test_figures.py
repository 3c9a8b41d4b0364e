"""The arithmetic of the page, and frames that say what it gives."""

import re
from statistics import median

import numpy as np
import pytest

from nnlib.chapters.beyond_one_process import costs, figures, study, train
from nnlib.chapters.beyond_one_process.figures import classroom, measured, scaling
from nnlib.chapters.beyond_one_process.study import making, timing


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


def test_the_size_of_the_model_cancels_once_bytes_decide():
    """What the prediction says: only messages know how large the model is."""
    for network, (bandwidth, latency) in scaling.NETWORKS.items():
        shares = [costs.efficiency(p, 8, 64, speed=scaling.SPEED, bandwidth=bandwidth,
                                   latency=latency, overlap=False)
                  for p in (25_000_000, 1_000_000_000)]
        # within one machine the messages still count a little for the smaller model
        assert shares[0] == pytest.approx(shares[1], rel=0.25), network
    ethernet = scaling.NETWORKS["1 Gbit/s Ethernet"]
    assert ethernet[0] == 1e9 / 8


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
    kernel = study.results()["memory"]["nnlib.torch"][0]
    assert classroom.memory_needed(1000, 0.5, 100) == 500 * 100 * 1.4 / 1000
    frame = classroom.class_frame(1000, "half", "both paths")
    needed = 500 * kernel * 1.4 / 1000
    assert f"need {needed:.3g} GB, {int(np.ceil(needed / 128))} machine" in frame.alt


# --- the kept measurements -----------------------------------------------------------------------


def test_kept_results_are_whole():
    kept = study.results()
    for times in kept["steps"].values():
        assert {n: len(values) for n, values in times.items()} == {"1": making.REPEATS,
                                                                   "2": making.REPEATS}
    assert [numbers for numbers, _ in kept["all_reduce"]] == list(timing.SIZES)
    assert [slept for slept, _ in kept["straggler"]] == list(timing.SLEEPS)
    assert set(kept["memory"]) == set(making.KERNELS)
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
