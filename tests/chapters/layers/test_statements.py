"""What the chapter on layers says without showing it in a cell, on both paths."""

import numpy as np
import pytest
import torch

import nnlib.numpy
import nnlib.torch
from nnlib import data
from nnlib.chapters.layers import figures

PATHS = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])


def as_numpy(array):
    return array.detach().numpy() if isinstance(array, torch.Tensor) else np.asarray(array)


def size_of(module):
    return sum(int(np.prod(p.shape)) for p in module.parameters())


@PATHS
def test_two_units_with_softmax_are_one_with_sigmoid(nn):
    logits = nn.tensor(np.array([0.4, 1.9]))
    two, one = nn.softmax(logits)[1], nn.sigmoid(logits[1] - logits[0])
    assert float(two) == pytest.approx(float(one), abs=1e-12)


@PATHS
def test_sizes_and_counts_of_the_text(nn):
    rng = np.random.default_rng(0)
    for n, k, s, p, expected in ((224, 3, 1, 0, 222), (224, 3, 1, 1, 224), (224, 7, 2, 3, 112)):
        conv = nn.Conv2D(1, 1, k, stride=s, padding=p, rng=rng)
        assert conv(nn.tensor(np.zeros((1, n, n, 1), "float32"))).shape[1] == expected
    assert size_of(nn.Conv2D(3, 32, 3, rng=rng)) == 896
    assert size_of(nn.Conv2D(32, 64, 3, rng=rng)) == 18496
    counts = [size_of(getattr(nn, name)(32, 64, rng=rng)) for name in ("RNN", "LSTM", "GRU")]
    assert counts == [6208, 24832, 18816]
    assert size_of(nn.Embedding(45, 16, rng=rng)) == 720
    assert size_of(nn.TransformerBlock(16, 4, 64, rng=rng)) == 3280


@PATHS
def test_a_moved_image_moves_the_maps(nn):
    images = np.random.default_rng(0).normal(size=(1, 12, 12, 3))
    conv = nn.Conv2D(3, 4, 3, padding=1, rng=np.random.default_rng(1), dtype="float64")
    first, second = (as_numpy(conv(nn.tensor(x))) for x in
                     (images, np.roll(images, (2, 1), axis=(1, 2))))
    shifted = np.roll(first, (2, 1), axis=(1, 2))
    assert second[:, 3:-3, 3:-3] == pytest.approx(shifted[:, 3:-3, 3:-3])
    assert second != pytest.approx(shifted)                 # the borders are another matter


@PATHS
def test_a_kernel_of_one_is_a_dense_layer_at_every_pixel(nn):
    x = np.random.default_rng(0).normal(size=(2, 4, 5, 3))
    conv = nn.Conv2D(3, 6, 1, rng=np.random.default_rng(1), dtype="float64")
    state = {name: as_numpy(value) for name, value in conv.state_dict().items()}
    expected = x @ state["weight"][0, 0] + state["bias"]
    assert as_numpy(conv(nn.tensor(x))) == pytest.approx(expected)


@PATHS
def test_rows_of_an_embedding_get_what_was_looked_up(nn):
    embedding = nn.Embedding(6, 2, rng=np.random.default_rng(0), dtype="float64")
    embedding(nn.tensor(np.array([[3, 1, 3]])))
    embedding.backward(nn.tensor(np.array([[[1.0, 1.0], [5.0, 5.0], [10.0, 10.0]]])))
    assert as_numpy(embedding.weight.grad)[:, 0].tolist() == [0, 5, 0, 11, 0, 0]


@PATHS
def test_attention_is_blind_to_order_without_positions(nn):
    order = [3, 0, 5, 1, 4, 2]
    x = np.random.default_rng(0).normal(size=(2, 6, 16))
    block = nn.TransformerBlock(16, 4, 64, rng=np.random.default_rng(0), dtype="float64")
    positions = nn.PositionalEncoding(6, 16)
    for prepare, blind in ((lambda x: x, True), (positions, False)):
        straight = as_numpy(block(prepare(nn.tensor(x))))[:, order]
        shuffled = as_numpy(block(prepare(nn.tensor(x[:, order]))))
        assert np.allclose(straight, shuffled, atol=1e-10) == blind
    attention, mask = block.attention, nn.tensor(np.tri(6, dtype=bool))
    straight = as_numpy(attention(nn.tensor(x), mask))[:, order]
    assert not np.allclose(straight, as_numpy(attention(nn.tensor(x[:, order]), mask)), atol=0.1)


@PATHS
def test_only_a_bias_directly_before_batch_norm_gets_no_gradient(nn):
    for directly in (True, False):
        rng, norm = np.random.default_rng(0), nn.BatchNorm(4, dtype="float64")
        model = nn.Sequential(nn.Dense(8, 4, rng=rng, dtype="float64"),
                              *([norm, nn.ReLU()] if directly else [nn.ReLU(), norm]))
        model(nn.tensor(rng.normal(size=(16, 8))))
        model.backward(nn.tensor(rng.normal(size=(16, 4))))
        assert (np.abs(as_numpy(model[0].bias.grad)).max() < 1e-12) == directly
        assert np.abs(as_numpy(norm.bias.grad)).max() > 0.1


def test_of_the_two_biases_of_a_gru_only_the_candidates_are_both_needed():
    """Moving the reset and update biases from one array to the other changes nothing."""
    rng = np.random.default_rng(0)
    layer = nnlib.numpy.GRU(3, 4, rng=rng, dtype="float64")
    state = layer.state_dict() | {"bias_x": rng.normal(size=12), "bias_h": rng.normal(size=12)}
    x = rng.normal(size=(2, 5, 3))

    def output(moved):
        there = np.zeros(12)
        there[moved] = state["bias_h"][moved]
        layer.load_state_dict(state | {"bias_x": state["bias_x"] + there,
                                       "bias_h": state["bias_h"] - there})
        return layer(x)

    before = output(slice(0, 0))
    assert output(slice(0, 8)) == pytest.approx(before)            # gates r and z
    assert output(slice(8, 12)) != pytest.approx(before)           # candidate n
    assert size_of(nnlib.numpy.GRU(32, 64, rng=rng)) - 2 * 64 == 18688


def test_equal_incoming_weights_alone_do_not_keep_twins_together():
    nn, rng = nnlib.numpy, np.random.default_rng(0)
    for outgoing, twins in ((rng.normal(size=(3, 1)), False), (np.full((3, 1), 0.3), True)):
        model = nn.Sequential(nn.Dense(2, 3, rng=rng, dtype="float64"), nn.Tanh(),
                              nn.Dense(3, 1, rng=rng, dtype="float64"))
        model.load_state_dict({"0.weight": np.full((2, 3), 0.3), "0.bias": np.full(3, 0.3),
                               "2.weight": outgoing, "2.bias": np.zeros(1)})
        loss_fn = nn.MSELoss()
        loss_fn(model(np.array([[1.0, 2.0]])), np.array([[1.0]]))
        model.backward(loss_fn.backward())
        nn.SGD(model.parameters(), lr=0.1).step()
        columns = model[0].weight.data
        assert np.allclose(columns, columns[:, :1]) == twins


def text():
    poem = data.load_text("zen")
    characters = sorted(set(poem))
    return characters, np.array([characters.index(c) for c in poem])


def test_i_is_mostly_the_nearest_of_a_and_e_is_mostly_elsewhere():
    nn, (characters, ids) = nnlib.numpy, text()
    nearer = {"e": [], "i": []}                   # how many lie between them and a
    for seed in range(12):
        rng = np.random.default_rng(seed)
        model = nn.Sequential(nn.Embedding(45, 2, rng=rng), nn.Dense(2, 45, rng=rng))
        nn.fit(model, nn.CrossEntropyLoss(), nn.Adam(model.parameters(), lr=0.05),
               (ids[:-1], ids[1:]), epochs=40, batch_size=95, rng=rng)
        table = model[0].weight.data
        away = {c: np.linalg.norm(table[characters.index(c)] - table[characters.index("a")])
                for c in "eioubcdfghlmnprstvwy "}
        for c, counts in nearer.items():
            counts.append(sum(away[other] < away[c] for other in away))
    assert nearer["i"].count(0) >= 9
    assert sum(count >= 3 for count in nearer["e"]) >= 8


@pytest.mark.parametrize("seed", range(3))
def test_the_lstm_starts_slower_and_ends_ahead_of_the_plain_layer(seed):
    nn, (_, ids) = nnlib.numpy, text()
    starts = range(0, len(ids) - 21, 4)
    windows = np.stack([ids[i : i + 20] for i in starts])
    following = np.stack([ids[i + 1 : i + 21] for i in starts])
    losses = {}
    for layer in ("RNN", "LSTM"):
        rng = np.random.default_rng(seed)
        model = nn.Sequential(nn.Embedding(45, 16, rng=rng),
                              getattr(nn, layer)(16, 32, return_sequences=True, rng=rng),
                              nn.Dense(32, 45, rng=rng))
        history = nn.fit(model, nn.CrossEntropyLoss(), nn.Adam(model.parameters(), lr=0.01),
                         (windows, following), epochs=30, batch_size=32, rng=rng)
        losses[layer] = history.train_loss
    assert losses["LSTM"][9] > losses["RNN"][9] + 0.05
    assert losses["LSTM"][29] < losses["RNN"][29] - 0.05


# --- digits, with more seeds than the cells ---


def digits():
    loaded = data.load_digits()
    return data.split(loaded.x, loaded.y, rng=np.random.default_rng(0))[:2]


def history_on_digits(layers_of, rate, epochs, seed, dtype="float32"):
    nn, rng = nnlib.numpy, np.random.default_rng(seed)
    train, valid = ((x.astype(dtype), y) for x, y in digits())
    model = nn.Sequential(*layers_of(rng))
    return nn.fit(model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=rate), train,
                  epochs=epochs, batch_size=64, validation=valid, rng=rng)


def test_the_average_survives_a_move_with_eight_seeds():
    nn, (train, valid) = nnlib.numpy, digits()
    for seed in range(8):
        rng = np.random.default_rng(seed)
        model = nn.Sequential(
            nn.Conv2D(1, 8, 3, padding="same", rng=rng), nn.ReLU(),
            nn.Conv2D(8, 16, 3, padding="same", rng=rng), nn.ReLU(),
            nn.GlobalAvgPool2D(), nn.Dense(16, 10, rng=rng))
        nn.fit(model, nn.CrossEntropyLoss(), nn.Adam(model.parameters(), lr=0.03),
               (figures.placed(train[0], 0), train[1]), epochs=8, batch_size=64, rng=rng)
        found = [np.mean(nn.predict_class(model, figures.placed(valid[0], shift)) == valid[1])
                 for shift in range(5)]
        assert min(found) > 0.65
        assert max(found) - min(found) < 0.06


def test_neither_place_of_a_batch_norm_is_the_place():
    nn = nnlib.numpy

    def tiny(shape, *, rng, dtype):
        return (0.01 * rng.normal(size=shape)).astype(dtype)

    def mean(init, rate, before):
        def layers_of(rng):
            layers = []
            for _ in range(10):
                pair = [nn.BatchNorm(64, dtype="float64"), nn.ReLU()]
                layers += [nn.Dense(64, 64, init=init, rng=rng, dtype="float64"),
                           *(pair if before else reversed(pair))]
            return [*layers, nn.Dense(64, 10, rng=rng, dtype="float64")]

        return np.mean([history_on_digits(layers_of, rate, 3, seed, "float64")
                        .validation_accuracy[-1] for seed in range(6)])

    assert mean("he_normal", 0.03, before=False) > mean("he_normal", 0.03, before=True) + 0.05
    assert mean("he_normal", 0.3, before=True) > mean("he_normal", 0.3, before=False) + 0.01
    assert mean(tiny, 0.1, before=True) > mean(tiny, 0.1, before=False) + 0.01


@pytest.mark.parametrize("seed", range(3))
def test_twenty_plain_layers_learn_with_shorter_steps_and_more_epochs(seed):
    def layers_of(rng):
        nn = nnlib.numpy
        layers = [nn.Dense(64, 32, rng=rng)]
        for _ in range(20):
            layers += [nn.Dense(32, 32, rng=rng, init="he_normal"), nn.ReLU()]
        return [*layers, nn.Dense(32, 10, rng=rng)]

    assert history_on_digits(layers_of, 0.03, 60, seed).validation_accuracy[-1] > 0.8
