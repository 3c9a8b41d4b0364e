"""What the text says of the kept results, and of what the readers do."""

import numpy as np
import pytest

import nnlib.numpy as nn
from nnlib.chapters.architectures import recipes, study
from nnlib.chapters.architectures.figures import attention, deep, order, reading, recalling, writing


def mean(kind, which, rows):
    return round(float(order.accuracies(kind, which, rows).mean()), 1)


def test_what_the_order_of_pixels_is_worth():
    before, after = (order.accuracies("CNN", which, 320) for which in ("in order", "shuffled"))
    assert (round(before.mean()), round(after.mean())) == (93, 90)
    assert round((before - after).mean()) == 3
    assert (sum(before > after), len(before)) == (14, 15)
    assert abs(mean("MLP", "in order", 320) - mean("MLP", "shuffled", 320)) < 0.5
    for which in ("in order", "shuffled"):
        assert mean("MLP", which, 320) > mean("CNN", which, 320)
    assert mean("MLP", "in order", 1180) > mean("CNN", "in order", 1180)
    assert study.digits.UPDATES == 400


def test_the_ranking_of_the_readers_holds_with_every_seed():
    found = {name: reading.test_loss(name) for name in study.reading.READERS}
    assert found["RNN"].max() < found["LSTM"].min()
    assert found["LSTM"].max() < found["1-D convolution"].min()
    assert found["1-D convolution"].max() < found["Transformer"].min()
    assert round(float(found["Transformer"].mean()), 2) == 1.84
    assert round(float(reading.test_loss("no positions").mean()), 1) == 2.2
    kept = study.results()["reading"]
    assert min(np.min(np.array(kept[name]["curve"])[:, -1]) for name in found) > 1.3


def test_four_times_as_many_updates():
    found = {name: (min(runs), max(runs)) for name, runs in study.results()["longer"].items()}
    rounded = {name: tuple(round(end, 2) for end in ends) for name, ends in found.items()}
    assert rounded["Transformer"] == rounded["1-D convolution"] == (1.45, 1.47)
    assert rounded["LSTM"] == (1.4, 1.42)
    assert rounded["RNN"] == (1.32, 1.33)
    gain = {name: reading.test_loss(name).mean() - np.mean(study.results()["longer"][name])
            for name in study.reading.READERS}
    assert max(gain, key=gain.get) == "Transformer"


def test_readers_gain_nothing_after_eight_characters():
    for name in study.reading.READERS:
        places = reading.by_position(name).mean(axis=0)
        early, late = places[5:9].mean(), places[9:48].mean()
        assert late > early - 0.04, name
        assert places[1:4].mean() > late + 0.2, name
    conv = reading.by_position("1-D convolution")           # none draws away from it
    for name in ("RNN", "LSTM", "Transformer"):
        ahead = (conv - reading.by_position(name)).mean(axis=0)
        assert ahead[33:48].mean() == pytest.approx(ahead[5:9].mean(), abs=0.03)
    heap = reading.by_position("no positions").mean(axis=0)
    assert heap.argmin() < 10
    assert heap.min() == pytest.approx(2.0, abs=0.03)
    assert heap[33:48].mean() == pytest.approx(2.3, abs=0.03)


def test_what_counting_costs():
    """The baselines: the next character by the counts of the last one, and of the last two."""
    V, text = study.reading.V, study.corpus.parts()[0].ravel()
    x, y = (ids[:, : study.reading.WINDOW] for ids in study.reading.held_out(2))
    pairs, triples = np.full((V, V), 0.1), np.full((V, V, V), 0.1)
    np.add.at(pairs, (text[:-1], text[1:]), 1)
    np.add.at(triples, (text[:-2], text[1:-1], text[2:]), 1)
    pairs, triples = (counts / counts.sum(axis=-1, keepdims=True) for counts in (pairs, triples))
    assert round(-np.log(pairs[x, y]).mean(), 2) == 2.37
    assert round(-np.log(triples[x[:, :-1], x[:, 1:], y[:, 1:]]).mean(), 2) == 1.78
    assert round(np.log(V), 2) == 3.37


def test_products_of_a_block_and_of_an_lstm():
    """12 d² and 8 d² for each place, in the dense parts."""
    rng, d = np.random.default_rng(0), 32
    def products(layer):
        return sum(p.data.size for p in layer.parameters() if p.data.ndim == 2)

    assert products(nn.TransformerBlock(d, 4, 4 * d, rng=rng)) == 12 * d * d
    assert products(nn.LSTM(d, d, return_sequences=True, rng=rng)) == 8 * d * d


def test_beyond_the_length_of_training():
    for name in study.reading.READERS:
        places = reading.by_position(name).mean(axis=0)
        worse = places[72:].mean() - places[24:48].mean()
        assert worse > 1 if name == "Transformer" else abs(worse) < 0.03, name


def test_a_network_without_mask_reads_the_answers():
    kept = study.results()["reading"]["no mask"]
    by_place = np.array(kept["by position"])
    assert by_place[:, :47].mean() < 0.01
    assert by_place[:, 47].mean() == pytest.approx(2.5, abs=0.1)
    start = np.mean([reading.by_position(name)[:, 0] for name in study.reading.READERS])
    assert start == pytest.approx(2.5, abs=0.05)


def test_one_rate_for_all_ranks_the_rates():
    tried = {name: {float(rate): np.mean(found) for rate, found in
                    study.results()["reading"][name]["tried"].items()}
             for name in study.reading.READERS}
    conv, lstm, rnn = (tried[name] for name in ("1-D convolution", "LSTM", "RNN"))
    assert conv[0.006] < lstm[0.006]
    assert lstm[0.02] < conv[0.02]
    assert lstm[0.06] < min(rnn[0.06], conv[0.06], tried["Transformer"][0.06])


def test_who_still_knows_the_first_symbol():
    reach = {name: recalling.accuracies(name) for name in recalling.NETWORKS}
    at = study.recalling.DISTANCES.index
    assert reach["Transformer"].min() > 0.99
    assert reach["LSTM, gates open"][: at(32)].min() == 1
    far = reach["LSTM, gates open"][at(32)]
    assert (round(far.min(), 2), round(far.max(), 2)) == (0.83, 1)
    for name in ("RNN", "LSTM"):
        assert reach[name][: at(16)].min() == 1
        assert reach[name][at(16):].max() < 0.2
    tried = np.array([list(study.results()["recalling"][name]["16"]["tried"].values())
                      for name in ("RNN", "LSTM")])
    assert ((tried < 1.5).sum(), (tried < 2).sum(), tried.size) == (3, 3, 30)
    assert reach["1-D convolution"][: at(8)].min() == 1
    assert reach["1-D convolution"][at(8):].max() < 0.2


def test_deep_and_narrow():
    def found(stack, depth):
        return 100 * np.array(deep.kept(stack, depth)["accuracy"])

    for depth in (1, 2):
        for stack in deep.STACKS:
            assert 95 <= found(stack, depth).min() < found(stack, depth).max() < 99
    np.testing.assert_array_equal(found("normalised", 1), found("with shortcuts", 1))
    assert found("plain", 8).max() < found("with shortcuts", 8).min()
    swings = found("normalised", 8)
    assert (round(swings.min()), round(swings.max())) == (66, 95)
    for depth in (16, 32):
        assert found("with shortcuts", depth).min() > 20 + max(
            found(stack, depth).max() for stack in ("plain", "normalised"))
    assert round(found("normalised", 1).mean()) == 98
    for stack in deep.STACKS:
        for depth in study.digits.DEPTHS:
            assert found(stack, depth).mean() <= found("normalised", 1).mean()
    assert (round(found("plain", 32).min()), round(found("plain", 32).max())) == (14, 22)
    assert (round(found("with shortcuts", 32).min()),
            round(found("with shortcuts", 32).max())) == (72, 92)
    assert found("with shortcuts", 32).max() < found("normalised", 1).min()
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
    at_spaces = [round(float(attention.at_spaces(p)[0]), 2) for p in weights[1]]
    assert at_spaces[2] == 0.68
    assert sorted(at_spaces)[:3] == [0.29, 0.33, 0.36]
    assert round(float(attention.at_spaces(weights[1, 2])[1]), 2) == 0.21


def test_what_the_text_says_of_the_writing():
    steps = writing.steps_of()
    first, fifth = steps[0], steps[4]
    assert (round(float(first[1].max()), 2), round(float(first[1][first[3]]), 2)) == (0.25, 0.02)
    assert study.corpus.CHARACTERS[first[3]] == "r"
    assert study.corpus.CHARACTERS[fifth[3]] == "h"
    assert round(float(fifth[1][fifth[3]]), 2) == 0.02
    twelfth = steps[11]
    assert twelfth[0].endswith("t")
    assert study.corpus.CHARACTERS[twelfth[3]] == "a"
    assert twelfth[1][twelfth[3]] < 0.005
    reach = next(step for step in steps if step[0].endswith("reach"))
    assert study.corpus.CHARACTERS[int(reach[1].argmax())] == " "
    assert round(float(reach[1].max()), 2) == 0.95
    def known(name, temperature, draws):
        return np.mean([writing.words_known(writing.write(name, temperature, draw))
                        for draw in range(draws)])

    for name, tenths in (("RNN", 9), ("LSTM", 8), ("1-D convolution", 8), ("Transformer", 5)):
        assert 10 * known(name, 0.6, draws=8) == pytest.approx(tenths, abs=0.6)
        assert known(name, 2.0, draws=2) < 0.35
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
