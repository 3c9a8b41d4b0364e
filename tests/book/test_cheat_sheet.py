"""The cheat sheet: numbers are computed, settings are trained with, deciding tests decide."""

import doctest
import math
import re

import numpy as np
import pytest
import torch
from sheets import code, page, tables, words

import nnlib.numpy
import nnlib.torch
from nnlib import data

PATHS = [nnlib.numpy, nnlib.torch]
TEXT = page("cheat_sheet")
TABLES = tables(TEXT)
DIGITS = data.load_digits()


def digits(rows=320, shuffled=False):
    y = DIGITS.y[:rows]
    return DIGITS.x[:rows], np.random.default_rng(4).permutation(y) if shuffled else y


def network(nn, *, hidden=32, dropout=0.0, outputs=10, seed=0):
    rng = np.random.default_rng(seed)
    return nn.Sequential(nn.Dense(64, hidden, rng=rng), nn.ReLU(), nn.Dropout(dropout, rng=rng),
                         nn.Dense(hidden, outputs, rng=rng))  # fmt: skip


def train(nn, model, loss_fn, pair, *, lr=1e-3, epochs=200, batch_size=32):
    """The losses of a training with Adam."""
    rng, optimizer = np.random.default_rng(0), nn.Adam(model.parameters(), lr=lr)
    return nn.fit(model, loss_fn, optimizer, pair, epochs=epochs, batch_size=batch_size,
                  rng=rng).train_loss  # fmt: skip


def probabilities(label_smoothing=0.1, classes=10):
    """The smoothed target of one row."""
    row = np.full(classes, label_smoothing / classes)
    row[0] += 1 - label_smoothing
    return row


def default(optimizer, option):
    return optimizer([torch.nn.Parameter(torch.zeros(1))]).defaults[option]


# Every number of the tables: computed, or a setting that a test below trains with.
COMPUTED = {
    "2.303": math.log(10),
    "0.693": math.log(2),
    "0.5003": -np.sum(probabilities() * np.log(probabilities())),
    "1.46": math.log(1 + 9 / math.e),
    "0.03 %": 100 * (1 - (1 - 3e-4 * 1e-4) ** 10_000),
    "1e-3": default(torch.optim.Adam, "lr"),
}
SETTINGS = {"3e-4", "0.01", "0.1", "32", "64", "1e-4", "10,000", "0.3", "1.0", "10", "0", "1", "3"}


def test_every_number_is_computed_or_a_setting():
    said = [word for rows in TABLES.values() for row in rows for cell in row
            for word in re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:e-\d)?(?: %)?", words(cell))]
    assert len(said) > 30
    assert set(said) <= set(COMPUTED) | SETTINGS, set(said) - set(COMPUTED) - SETTINGS
    assert set(COMPUTED) <= set(said)


@pytest.mark.parametrize(("said", "value"), COMPUTED.items())
def test_computed_numbers_are_right(said, value):
    number = said.removesuffix(" %")
    places = len(number.partition(".")[2])
    assert f"{value:.{places}f}" == number if "e" not in number else float(number) == value


def test_defaults_that_are_quoted():
    assert default(torch.optim.AdamW, "weight_decay") == 0.01
    assert "| 0.01 to 0.1 with AdamW, 1e-4 with SGD |" in TEXT


@pytest.mark.parametrize("nn", PATHS)
@pytest.mark.parametrize(("rate", "batch_size"), [(1e-3, 32), (3e-4, 64)])
def test_the_first_values_train_a_network(nn, rate, batch_size):
    (x, y), (new_x, new_y) = data.split(
        DIGITS.x, DIGITS.y, sizes=(1280, 257), rng=np.random.default_rng(0))
    model, loss_fn = network(nn, dropout=0.2), nn.CrossEntropyLoss()
    rng, optimizer = np.random.default_rng(0), nn.AdamW(model.parameters(), lr=rate)
    for _ in range(30):
        for rows, labels in nn.batches(x, y, batch_size=batch_size, rng=rng):
            loss_fn(model(rows), labels)
            optimizer.zero_grad()
            model.backward(loss_fn.backward())
            nn.clip_grad_norm(model.parameters(), 1.0)
            optimizer.step()
    assert nn.evaluate(model, loss_fn, (new_x, new_y))["accuracy"] > 0.75


# Heads -------------------------------------------------------------------------------------------

TARGETS = {
    "yes or no": np.array([[1.0], [0.0], [1.0]], "float32"),
    "one of C classes": np.array([0, 3, 1]),
    "several labels at once": np.array([[1, 0, 1, 0]] * 3, "float32"),
    "k numbers": np.ones((3, 4), "float32"),
}


@pytest.mark.parametrize("nn", PATHS)
@pytest.mark.parametrize("row", TABLES["The head and its loss"], ids=lambda row: row[0])
def test_heads_fit_their_losses(row, nn):
    rng, names = np.random.default_rng(0), {"h": 5, "C": 4, "labels": 4, "k": 4}
    [(layer, _)] = code(row[1])
    head = eval(layer.replace(")", ", rng=rng)"), names | {"Dense": nn.Dense, "rng": rng})
    for loss, _ in code(row[2]):
        value = getattr(nn, loss)()(head(nn.tensor(np.ones((3, 5), "float32"))),
                                    nn.tensor(TARGETS[row[0]]))
        assert math.isfinite(value.item())


# Checks ------------------------------------------------------------------------------------------

def test_the_example_with_one_batch():
    test = doctest.DocTestParser().get_doctest(TEXT.replace("```", ""), {}, "sheet", None, 0)
    report = []
    assert len(test.examples) == 5
    assert doctest.DocTestRunner().run(test, out=report.append).failed == 0, "".join(report)


@pytest.mark.parametrize("nn", PATHS)
def test_smoothing_has_the_floor_that_is_said(nn):
    loss_fn = nn.CrossEntropyLoss(label_smoothing=0.1)
    losses = train(nn, network(nn), loss_fn, digits(32), epochs=800, lr=3e-3)
    assert COMPUTED["0.5003"] < losses[-1] < 0.505


# The tests that decide ---------------------------------------------------------------------------

NN = nnlib.numpy


def test_one_batch_tells_labels_from_code():
    """Flat at ln C: with wrong labels one batch is learned; with a rate too low it is not."""
    shuffled = train(NN, network(NN), NN.CrossEntropyLoss(), digits(1500, shuffled=True), epochs=3)
    assert abs(shuffled[-1] - math.log(10)) < 0.05
    one = train(NN, network(NN), NN.CrossEntropyLoss(), digits(32, shuffled=True), epochs=800)
    slow = train(NN, network(NN), NN.CrossEntropyLoss(), digits(32), epochs=800, lr=1e-6)
    assert one[-1] < 0.1 < 2 < slow[-1]


@pytest.mark.parametrize(("clear", "times"), [(True, 1), (False, 2)])
def test_one_batch_twice_without_a_step_shows_a_forgotten_zero_grad(clear, times):
    model, loss_fn, lengths = network(NN), NN.CrossEntropyLoss(), []
    optimizer = NN.SGD(model.parameters(), lr=0.1)
    x, y = digits(32)
    for _ in range(2):
        loss_fn(model(x), y)
        if clear:
            optimizer.zero_grad()
        model.backward(loss_fn.backward())
        lengths.append(math.sqrt(sum(np.sum(p.grad**2) for p in model.parameters())))
    assert lengths[1] == pytest.approx(times * lengths[0], rel=1e-4)


@pytest.mark.parametrize(("share_of_edge", "sign"), [(0.95, -1), (0.05, 1)])
def test_the_cosine_of_two_gradients_tells_the_edge_from_a_low_rate(share_of_edge, sign):
    """Squared error of a linear model: the edge is 2 divided by the largest curvature."""
    patients = data.load_diabetes()
    x = data.Standardizer().fit(patients.x).transform(patients.x).astype("float64")
    y = (patients.y - patients.y.mean()) / patients.y.std()
    curvature = np.linalg.eigvalsh(2 * x.T @ x / len(x)).max()
    w, gradients = np.zeros(10), []
    for _ in range(30):
        gradients.append(2 * x.T @ (x @ w - y) / len(x))
        w -= share_of_edge * 2 / curvature * gradients[-1]
    before, last = gradients[-2:]
    assert sign * before @ last / np.linalg.norm(before) / np.linalg.norm(last) > 0.9


def test_softmax_twice_stays_above_the_floor_and_classifies_well():
    model = NN.Sequential(network(NN), NN.Softmax())
    x, y = digits()
    losses = train(NN, model, NN.CrossEntropyLoss(), (x, y), epochs=100, lr=3e-3)
    assert COMPUTED["1.46"] < losses[-1] < 1.6
    assert np.mean(NN.predict_class(model, x) == y) > 0.9
    np.testing.assert_allclose(NN.predict(model, x).sum(axis=1), 1, atol=1e-5)


def test_shuffled_labels_fall_in_training_and_stay_at_chance():
    model = network(NN, hidden=128)
    losses = train(NN, model, NN.CrossEntropyLoss(), digits(320, shuffled=True), epochs=200)
    right = np.mean(NN.predict_class(model, DIGITS.x[1000:]) == DIGITS.y[1000:])
    assert losses[-1] < 0.5 * losses[0]
    assert 0.05 < right < 0.2


def test_a_turned_order_of_two_labels_is_worse_than_chance():
    x, y = DIGITS.x[DIGITS.y < 2], DIGITS.y[DIGITS.y < 2]
    model = network(NN, outputs=2)
    train(NN, model, NN.CrossEntropyLoss(), (x, y), epochs=20)
    asked = 1 - NN.predict_class(model, x)         # another list of classes
    confusion = np.array([[np.sum((y == i) & (asked == j)) for j in (0, 1)] for i in (0, 1)])
    assert np.trace(confusion) < 0.05 * len(y)
    assert np.all(confusion.max(axis=1) > 0.95 * confusion.sum(axis=1))


def test_a_column_against_a_row_learns_the_mean():
    patients = data.load_diabetes()
    x = torch.tensor(data.Standardizer().fit(patients.x).transform(patients.x))
    y = torch.tensor((patients.y - patients.y.mean()) / patients.y.std())
    torch.manual_seed(0)
    model = torch.nn.Linear(10, 1)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(300):
        prediction = model(x)
        optimizer.zero_grad()
        ((prediction - y) ** 2).mean().backward()    # (442, 1) - (442,)
        optimizer.step()
    assert (prediction - y).shape == (442, 442)
    assert prediction.std() < 0.01


def test_mode_shows_by_asking_twice_and_in_company():
    x, _ = digits(8)
    model = network(NN, dropout=0.5)
    assert not np.array_equal(model(x), model(x))
    model.eval()
    assert np.array_equal(model(x), model(x))
    layer = NN.BatchNorm(64)
    assert not np.allclose(layer(x)[:2], layer(x[:2]), atol=1e-3)


def test_every_symptom_has_causes_a_test_and_a_way_on():
    rows = TABLES["When it goes wrong"]
    assert len(rows) == 18
    for symptom, causes, decides, more in rows:
        assert "" not in (symptom, causes, decides)
        assert re.search(r"\(\d\d_\w+\.ipynb#[\w-]+\)", more), symptom


@pytest.mark.parametrize("heading", ["Start with", "Design", "Before a long run"])
def test_every_line_leads_to_a_section(heading):
    for row in TABLES[heading]:
        assert re.match(r"\[.+\]\((\d\d_\w+\.ipynb)?#[\w-]+\)$", row[0]), row
