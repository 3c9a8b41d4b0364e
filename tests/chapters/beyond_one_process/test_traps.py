"""The mistakes of the page are some, the repairs repair them, and what the text says is so."""

import json

import numpy as np
import pytest

from nnlib.chapters.beyond_one_process import launching, traps


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    result = tmp_path_factory.mktemp("traps") / "found.json"
    with launching.torchrun("traps", "--result", result) as started:
        status, errors = started.wait()
    assert status == 0, errors
    return json.loads(result.read_text())


def test_every_experiment_has_told_something(found):
    assert list(found) == [experiment.__name__ for experiment in traps.EXPERIMENTS]


def test_replicas_drift_only_where_the_hooks_are_passed_by(found):
    for way, runs in found["backward"].items():
        runs = np.array(runs)
        assert runs.shape == (len(traps.SEEDS), traps.STEPS)
        if way == "model.backward(loss_fn.backward())":
            assert runs[:, 0].min() > 1e-3
            assert (runs[:, -1] > 2 * runs[:, 0]).all()
        else:
            assert not runs.any()


@pytest.mark.parametrize("name", ["unequal_shards", "clipping", "batch_norm"])
def test_parts_make_another_gradient_and_the_other_way_does_not(found, name):
    assert found[name]["wrong"] > 0.1
    assert found[name]["right"] < 1e-12


def test_sync_batch_norm_refuses_a_cpu(found):
    assert "expected input tensor to be on GPU" in found["batch_norm"]["said"]


def test_running_statistics_are_those_of_rank_0(found):
    assert found["batch_norm"]["running_apart"] > 1e-3
    assert found["batch_norm"]["running_apart_then"] == 0


def test_ddp_makes_the_weights_equal_and_leaves_masks_alone(found):
    seeds = found["seeds"]
    assert seeds["before"] > 0.1
    assert seeds["after"] == 0
    assert seeds["same_masks"]
    assert not seeds["own_masks"]


def test_no_sync_sends_once_and_gives_the_same_gradient(found):
    sent = found["accumulation"]["sent"]
    assert sent == {"sync": [2410 * 8] * 4, "no_sync": [2410 * 8]}
    assert max(found["accumulation"]["errors"].values()) < 1e-12


def test_unused_parameters_are_an_error_without_the_option(found):
    assert "finished reduction in the prior iteration" in found["unused_parameters"]["False"]
    assert found["unused_parameters"]["True"] == ""


def test_nobody_is_more_than_a_step_ahead(found):
    assert found["straggler"]["most"] <= 1


def test_a_step_that_nobody_joins_ends_with_the_timeout(found):
    assert found["one_step_more"] == {"steps": 2, "said": "waited too long for the other process"}
