"""The kept results are whole, a sample comes out again, and the text says what they say."""

import json

import numpy as np
import pytest

import nnlib.numpy
import nnlib.torch
from nnlib.chapters.architectures import recipes, study
from nnlib.chapters.architectures.study import corpus, digits, kept, making, reading, recalling

READERS = tuple(reading.READERS)


def result(part):
    return study.results()[part]


def losses(name):
    """Test loss of each seed over the places of training windows."""
    return np.array(result("reading")[name]["by position"])[:, : reading.WINDOW].mean(axis=1)


def test_results_are_whole_and_small():
    assert set(study.results()) == {"versions", *making.PARTS}
    assert kept.RESULTS.stat().st_size < 60_000
    assert kept.MODELS.stat().st_size < 250_000
    for name, found in result("reading").items():
        length = reading.WINDOW if name == "no mask" else reading.LONG
        assert np.shape(found["by position"]) == (len(reading.SEEDS), length)
        assert np.shape(found["curve"]) == (len(reading.SEEDS), reading.UPDATES // 50)
    for distances in result("recalling").values():
        assert list(map(int, distances)) == list(recalling.DISTANCES)
    assert len(result("deep")) == len(digits.STACKS) * len(digits.DEPTHS)
    assert {len(found["accuracy"]) for found in result("deep").values()} == {len(digits.DEEP_SEEDS)}
    assert len(result("order")) == 12


def test_no_chosen_rate_of_recalling_lies_at_an_edge_between_solved_and_hopeless():
    for name, distances in result("recalling").items():
        for distance, found in distances.items():
            assert [float(rate) for rate in found["tried"]] == list(recalling.RATES)
            assert {len(tried) for tried in found["tried"].values()} == {len(recalling.TUNING)}
            means = {float(rate): np.mean(tried) for rate, tried in found["tried"].items()}
            best = means[found["rate"]]
            assert best == pytest.approx(min(means.values()), abs=2e-4)
            if best > 0.01 and max(found["accuracy"]) > 0.2:
                assert recalling.RATES[0] < found["rate"] < recalling.RATES[-1], (name, distance)
    assert set(recalling.TUNING).isdisjoint(recalling.SEEDS)


def test_gates_that_start_open():
    for layer in list(recalling.open_lstm(np.random.default_rng(0)))[1:3]:
        n = layer.hidden_size
        np.testing.assert_array_equal(layer.bias.data, np.repeat([0, recalling.OPEN, 0, 0], n))


def test_no_chosen_rate_of_a_reader_lies_at_an_edge():
    for name in READERS:
        found = result("reading")[name]
        assert [float(rate) for rate in found["tried"]] == list(reading.RATES)
        best = min(found["tried"], key=lambda rate, tried=found["tried"]: np.mean(tried[rate]))
        assert float(best) == found["rate"]
        assert reading.RATES[0] < found["rate"] < reading.RATES[-1]
        assert set(reading.TUNING).isdisjoint(reading.SEEDS)


@pytest.mark.parametrize("part", ["order", "deep"])
def test_no_chosen_rate_lies_at_an_edge_where_anything_is_learned(part):
    rates = digits.ORDER_RATES if part == "order" else digits.DEEP_RATES
    for name, found in result(part).items():
        means = {float(rate): np.mean(tried) for rate, tried in found["tried"].items()}
        assert list(means) == list(rates), name
        assert means[found["rate"]] == pytest.approx(max(means.values()), abs=2e-4), name
        if max(means.values()) > 0.25:
            assert rates[0] < found["rate"] < rates[-1], name


def test_readers_to_be_compared_have_about_equally_many_parameters():
    rng = np.random.default_rng
    for builders, few, many in (
        ([lambda b=b: b(nnlib.numpy, rng(0)) for b in reading.READERS.values()], 15_500, 16_100),
        ([lambda b=b: b(rng(0)) for b in recalling.READERS.values()], 3_550, 3_750),
    ):
        for build in builders:
            assert few <= recipes.size_of(build()) <= many
    assert recipes.size_of(recipes.mlp(nnlib.numpy, (64, 49, 10), rng=rng(0))) == 3685
    assert recipes.size_of(recipes.cnn(nnlib.numpy, rng=rng(0))) == 3658
    for kind in digits.STACKS:
        for depth in digits.DEPTHS:
            size = recipes.size_of(digits.stack(kind, depth, rng(0)))
            assert 9_200 < size <= digits.BUDGET
            assert size == digits.parameters(depth, digits.width_for(
                depth, normalised=kind != "plain"), normalised=kind != "plain")


def test_a_sample_comes_out_again():
    before = result("recalling")["Transformer"]["8"]
    again, _ = recalling.run("Transformer", 8, before["rate"], 2)
    assert again == pytest.approx(before["accuracy"][1], abs=0.05)
    before = result("order")["CNN, shuffled, 320"]
    again = digits.order_accuracy("CNN", 320, "shuffled", before["rate"], 4, 2)
    assert again == pytest.approx(before["accuracy"][1], abs=0.04)
    before = result("deep")["with shortcuts, 4"]
    curve, accuracy = digits.deep_run("with shortcuts", 4, before["rate"], 4, 2)
    assert curve == pytest.approx(before["curve"][1], rel=0.1)
    assert accuracy == pytest.approx(before["accuracy"][1], abs=0.03)


def test_a_reader_begins_to_learn_as_it_did():
    """Fifty of its updates, at the full rate: the help of another Python differs in some words."""
    found = result("reading")["1-D convolution"]
    rng = np.random.default_rng(1)
    model, loss_fn = reading.READERS["1-D convolution"](nnlib.numpy, rng), None
    loss_fn, seen = nnlib.numpy.CrossEntropyLoss(), []
    optimizer = nnlib.numpy.Adam(model.parameters(), lr=found["rate"])
    for update in range(50):
        optimizer.lr = found["rate"] * 0.5 * (1 + np.cos(np.pi * update / reading.UPDATES))
        x, y = corpus.windows(corpus.parts()[0], reading.WINDOW, reading.BATCH, rng)
        seen.append(loss_fn(model(x), y).item())
        optimizer.zero_grad()
        model.backward(loss_fn.backward(), input_grad=False)
        nnlib.numpy.clip_grad_norm(model.parameters(), 1.0)
        optimizer.step()
    assert np.mean(seen) == pytest.approx(found["curve"][0][0], rel=0.03)


@pytest.mark.parametrize("name", READERS)
def test_the_kept_readers_are_those_of_the_results_on_both_paths(name):
    first = np.mean(reading.by_position(study.reader(name), 2, reading.WINDOW))
    assert first == pytest.approx(losses(name)[0], abs=0.05)
    x = reading.held_out(2)[0][:, : reading.WINDOW]
    by_path = [nn.Module.as_numpy(kept.reader(name, nn)(nn.tensor(x[:4])))
               for nn in (nnlib.numpy, nnlib.torch)]
    np.testing.assert_allclose(*by_path, atol=1e-4)


def test_the_corpus_is_cut_into_parts_that_share_next_to_nothing():
    train, valid, test = map(np.ravel, corpus.parts())
    known = corpus.decode(train)
    for part in (valid, test):
        text = corpus.decode(part)
        pieces = [text[i: i + 40] for i in range(0, len(text) - 40, 200)]
        assert np.mean([piece in known for piece in pieces]) < 0.06
    assert set(corpus.plain("A [b]\n\n c1, d.")) <= set(corpus.CHARACTERS)
    assert corpus.plain("A [b]\n\n c1, d.") == "a b c , d."
    assert corpus.decode(corpus.encode("a dog.")) == "a dog."
    x, y = reading.held_out(2)                     # every window once, and what follows
    assert x.shape == y.shape == (len(corpus.parts()[2]) * (corpus.BLOCK // reading.LONG),
                                  reading.LONG)
    first, n = corpus.parts()[2][0], reading.LONG
    np.testing.assert_array_equal(x[1], first[n: 2 * n])
    np.testing.assert_array_equal(y[1], first[n + 1: 2 * n + 1])
    x, y = corpus.windows(corpus.parts()[0], 12, 5, np.random.default_rng(0))
    assert x.shape == y.shape == (5, 12)
    np.testing.assert_array_equal(x[:, 1:], y[:, :-1])


def test_shuffling_moves_all_images_alike():
    x = np.arange(128.0).reshape(2, 64)
    moved = digits.shuffled(x)
    np.testing.assert_array_equal(moved[1] - moved[0], np.full(64, 64.0))
    assert sorted(moved[0]) == list(range(64))
    assert (moved[0] != x[0]).sum() > 50


def test_the_times_belong_to_lengths_and_grow():
    times = json.loads(kept.RESULTS.read_text())["times"]
    for took in times.values():
        assert list(map(int, took)) == list(making.LENGTHS)
        assert list(took.values()) == sorted(took.values())
