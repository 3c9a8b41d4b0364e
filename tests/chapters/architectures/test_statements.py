"""What the text says of the kept results, and of what the readers do."""

import numpy as np
import pytest

import nnlib.numpy as nn
from nnlib.chapters.architectures import recipes, study
from nnlib.chapters.architectures.figures import attention, deep, order, reading, recalling, writing


def mean(kind, which, rows):
    return round(float(order.accuracies(kind, which, rows).mean()), 1)


def test_what_the_order_of_pixels_is_worth():
    assert (mean("CNN", "in order", 320), mean("CNN", "shuffled", 320)) == (92.1, 90.1)
    assert abs(mean("MLP", "in order", 320) - mean("MLP", "shuffled", 320)) < 0.5
    for which in ("in order", "shuffled"):
        assert mean("MLP", which, 320) > mean("CNN", which, 320)
    assert 0 < mean("MLP", "in order", 1180) - mean("CNN", "in order", 1180) < 1


def test_the_ranking_of_the_readers_holds_with_every_seed():
    found = {name: reading.test_loss(name) for name in study.reading.READERS}
    assert found["RNN"].max() < found["LSTM"].min() < 1.5
    assert found["LSTM"].max() < found["1-D convolution"].min() < 1.58
    assert found["1-D convolution"].max() < found["Transformer"].min()
    assert [round(float(x), 2) for x in (found["RNN"].min(), found["RNN"].max())] == [1.42, 1.43]
    assert [round(float(x), 2) for x in
            (found["Transformer"].min(), found["Transformer"].max())] == [1.85, 1.86]
    assert round(float(reading.test_loss("no positions").mean()), 1) == 2.2


def test_four_times_as_many_updates():
    found = study.results()["longer"]
    assert (round(min(found["Transformer"]), 2), round(max(found["Transformer"]), 2)) == (1.5, 1.51)
    assert (round(min(found["RNN"]), 2), round(max(found["RNN"]), 2)) == (1.37, 1.39)
    before = reading.test_loss("Transformer").mean() - reading.test_loss("RNN").mean()
    after = np.mean(found["Transformer"]) - np.mean(found["RNN"])
    assert 0.25 < after / before < 0.35


def test_readers_gain_nothing_after_eight_characters():
    for name in study.reading.READERS:
        places = reading.by_position(name).mean(axis=0)
        early, late = places[5:12].mean(), places[12:48].mean()
        assert late > early - 0.03, name
        assert places[1:4].mean() > late + 0.2, name
    heap = reading.by_position("no positions").mean(axis=0)
    assert heap[3:5].mean() == pytest.approx(min(heap[3:5].mean(), heap[5:8].mean(),
                                                 heap[8:20].mean(), heap[20:48].mean()))
    assert heap[20:48].mean() > heap[3:5].mean() + 0.15


def test_beyond_the_length_of_training():
    for name in study.reading.READERS:
        places = reading.by_position(name).mean(axis=0)
        worse = places[72:].mean() - places[24:48].mean()
        assert worse > 1 if name == "Transformer" else 0.04 < worse < 0.11, name


def test_a_network_without_mask_reads_the_answers():
    kept = study.results()["reading"]["no mask"]
    by_place = np.array(kept["by position"])
    assert by_place[:, :47].mean() < 0.01
    assert by_place[:, 47].min() > 2.3
    start = np.mean([reading.by_position(name)[:, 0] for name in study.reading.READERS])
    assert start == pytest.approx(2.5, abs=0.05)


def test_one_rate_for_all_ranks_the_rates():
    tried = {name: {float(rate): np.mean(found) for rate, found in
                    study.results()["reading"][name]["tried"].items()}
             for name in study.reading.READERS}
    conv, lstm, rnn = (tried[name] for name in ("1-D convolution", "LSTM", "RNN"))
    assert round(lstm[0.006] - conv[0.006], 2) == pytest.approx(0.08, abs=0.011)
    assert round(conv[0.02] - lstm[0.02], 2) == pytest.approx(0.14, abs=0.011)
    assert lstm[0.06] < min(rnn[0.06], conv[0.06], tried["Transformer"][0.06])


def test_who_still_knows_the_first_symbol():
    reach = {name: recalling.accuracies(name) for name in recalling.NETWORKS}
    at = study.recalling.DISTANCES.index
    assert reach["Transformer"].min() == 1
    for name in ("RNN", "LSTM"):
        assert reach[name][: at(16)].min() == 1
        assert reach[name][at(32)].max() < 0.2
    assert reach["RNN"][at(16)].max() < 0.2
    assert reach["LSTM"][at(16)].max() == pytest.approx(0.25, abs=0.01)
    assert reach["1-D convolution"][: at(8)].min() == 1
    assert reach["1-D convolution"][at(8):].max() < 0.2


def test_deep_and_narrow():
    def found(stack, depth):
        return 100 * np.array(deep.kept(stack, depth)["accuracy"])

    for depth in (1, 2):
        for stack in deep.STACKS:
            assert 95.5 < found(stack, depth).min() < found(stack, depth).max() < 98.5
    assert found("plain", 4).min() < 90 < found("with shortcuts", 4).min()
    for depth in (8, 16, 32):
        assert found("with shortcuts", depth).mean() > found("plain", depth).mean() + 10
        assert found("with shortcuts", depth).mean() < found("plain", 1).mean() - 5
    assert (round(found("plain", 32).min()), round(found("plain", 32).max())) == (19, 22)
    assert (round(found("with shortcuts", 32).min()),
            round(found("with shortcuts", 32).max())) == (57, 71)
    assert found("normalised", 32).max() < 11
    assert max(map(max, deep.kept("normalised", 32)["tried"].values())) < 0.13


def test_the_attention_that_is_drawn_is_the_attention_of_the_model():
    model, ids = study.reader("Transformer"), study.corpus.encode(attention.SENTENCE)
    weights = attention.weights_of(model, ids)
    assert weights.shape == (2, 4, 34, 34)
    np.testing.assert_allclose(weights.sum(axis=-1), 1, atol=1e-5)
    assert np.triu(weights[0, 0], 1).max() == 0
    x = model[1](model[0](ids[None]))                    # kept by the block's own forward
    model[2](x)
    _, _, p, _ = model[2].block.attention.kept()
    np.testing.assert_allclose(weights[0], p[0], atol=1e-5)


def test_what_the_text_says_of_the_heads():
    weights = attention.weights_of(study.reader("Transformer"),
                                   study.corpus.encode(attention.SENTENCE))
    rows = np.arange(8, 34)
    before = weights[..., rows, rows - 1].mean(axis=-1)
    assert np.unravel_index(before.argmax(), before.shape) == (0, 2)
    assert round(float(before[0, 2]), 2) == 0.36
    assert round(float(weights[0, 2, rows, rows].mean()), 2) == 0.32
    back = (weights[:, :, rows] * (rows[:, None] - np.arange(34))).sum(axis=-1).mean(axis=-1)
    assert 9 < back[1].min() < back[1].max() < 10.5
    assert np.mean(rows / 2) == pytest.approx(10.25)      # what equal shares would give


def test_what_the_text_says_of_the_writing():
    steps = writing.steps_of()
    first, fifth = steps[0], steps[4]
    assert (round(float(first[1].max()), 2), round(float(first[1][first[3]]), 2)) == (0.25, 0.02)
    assert study.corpus.CHARACTERS[first[3]] == "r"
    assert study.corpus.CHARACTERS[fifth[3]] == "h"
    assert round(float(fifth[1][fifth[3]]), 2) == 0.02
    reach = next(step for step in steps if step[0].endswith("reach"))
    assert study.corpus.CHARACTERS[int(reach[1].argmax())] == " "
    assert round(float(reach[1].max()), 2) == 0.95
    known = {(name, t): np.mean([writing.words_known(writing.write(name, t, draw))
                                 for draw in writing.DRAWS])
             for name in writing.NETWORKS for t in (0.2, 0.6, 2.0)}
    assert known["LSTM", 0.6] > 0.8
    assert max(known[name, 2.0] for name in writing.NETWORKS) < 0.3
    at = {name: known[name, 0.6] for name in writing.NETWORKS}
    assert max(at, key=at.get) == "RNN"
    assert min(at, key=at.get) == "Transformer"
    for name in ("RNN", "LSTM", "1-D convolution"):      # the same few words again
        words = writing.write(name, 0.2, 0).split()
        assert len(set(words)) < 0.75 * len(words)


def test_order_comes_in_with_the_second_block():
    ids = np.array([[3, 8, 5, 20, 9, 14]])
    shuffled = ids[:, [2, 0, 4, 3, 1, 5]]
    for seed in range(3):
        for blocks, changes in ((1, False), (2, True)):
            model = recipes.transformer(nn, 29, 24, blocks, positions=False,
                                        rng=np.random.default_rng(seed)).astype("float64")
            gap = np.abs(model(ids)[0, -1] - model(shuffled)[0, -1]).max()
            assert (gap > 1e-6) == changes
