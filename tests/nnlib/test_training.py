"""fit, evaluate, predict, summary and the callbacks: one implementation, run on both paths."""

import io
import math

import numpy as np
import pytest

import nnlib.numpy
import nnlib.torch
from nnlib import schedules

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])


def make_model(nn, seed=0, classes=3, dtype="float64"):
    rng = np.random.default_rng(seed)
    return nn.Sequential(
        nn.Dense(4, 8, rng=rng, dtype=dtype), nn.ReLU(), nn.Dense(8, classes, rng=rng, dtype=dtype)
    )


def make_data(rows=30, seed=1):
    """Three clouds around three corners: easy to tell apart."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 3, rows)
    return np.eye(3, 4)[y] * 3 + 0.3 * rng.standard_normal((rows, 4)), y


def fit(nn, model=None, *, lr=0.1, epochs=3, batch_size=8, seed=0, loss_fn=None, data=None, **more):
    model = model or make_model(nn)
    return nn.fit(
        model,
        loss_fn or nn.CrossEntropyLoss(),
        nn.SGD(model.parameters(), lr=lr),
        data or make_data(),
        epochs=epochs,
        batch_size=batch_size,
        rng=None if seed is None else np.random.default_rng(seed),
        **more,
    )


def to_array(nn, value):
    return make_model(nn).as_numpy(value)


# ---------------------------------------------------------------------------------------- fit


@both_paths
def test_fit_is_the_manual_loop(nn):
    x_train, y_train = make_data()
    fitted, manual = make_model(nn), make_model(nn)
    history = fit(nn, fitted, epochs=3, validation=make_data(seed=2))

    rng = np.random.default_rng(0)
    loss_fn, optimizer = nn.CrossEntropyLoss(), nn.SGD(manual.parameters(), lr=0.1)
    means, validation = [], []
    for _ in range(3):
        total = 0.0
        for x, y in nn.batches(x_train, y_train, batch_size=8, rng=rng):
            loss = loss_fn(manual(x), y)
            optimizer.zero_grad()
            manual.backward(loss_fn.backward())
            optimizer.step()
            total += loss.item() * len(y)
        means.append(total / 30)  # batches of 8, 8, 8 and 6 rows
        x, y = (nn.tensor(part) for part in make_data(seed=2))
        validation.append(loss_fn(manual(x), y).item())

    for name, value in fitted.state_dict().items():
        np.testing.assert_array_equal(
            to_array(nn, value), to_array(nn, manual.state_dict()[name])
        )
    assert history.train_loss == pytest.approx(means, rel=1e-12)
    assert history.validation_loss == pytest.approx(validation, rel=1e-12)
    assert history.steps == [4, 8, 12]
    assert history.lr == [0.1, 0.1, 0.1]
    assert len(history) == len(history.validation_accuracy) == 3


def test_both_paths_write_the_same_history():
    one, other = (
        fit(nn, epochs=5, validation=make_data(seed=2)) for nn in (nnlib.numpy, nnlib.torch)
    )
    assert one.validation_accuracy[-1] == 1.0
    assert one.train_loss[-1] < 0.3 * one.train_loss[0]
    for name, values in one.to_dict().items():
        assert len(values) == 5
        np.testing.assert_allclose(values, other.to_dict()[name], rtol=1e-12)


@both_paths
def test_without_rng_the_rows_keep_their_order(nn):
    again = [fit(nn, seed=None, epochs=1).train_loss for _ in range(2)]
    shuffled = fit(nn, seed=0, epochs=1).train_loss
    assert again[0] == again[1] != shuffled


@both_paths
def test_one_batch_larger_than_the_data_is_full_batch_descent(nn):
    history = fit(nn, batch_size=1000, epochs=2)
    assert history.steps == [1, 2]
    assert history.train_loss == pytest.approx(fit(nn, batch_size=30, epochs=2).train_loss)


@both_paths
def test_validation_data_does_not_train_and_the_mode_comes_back(nn):
    class Watch(nn.ReLU):
        modes: list = []  # noqa: RUF012

        def forward(self, x):
            self.modes.append(self.training)
            return super().forward(x)

    def model():
        rng = np.random.default_rng(0)
        return nn.Sequential(
            nn.Dense(4, 8, rng=rng, dtype="float64"), Watch(),
            nn.Dense(8, 3, rng=rng, dtype="float64"),
        )  # fmt: skip

    with_validation, without = model(), model()
    without.eval()  # fit trains whatever mode it finds
    fit(nn, without)
    Watch.modes.clear()
    fit(nn, with_validation, epochs=2, batch_size=30, validation=make_data(seed=2))
    assert Watch.modes == [True, False, True, False]
    assert with_validation.training
    fit(nn, with_validation, epochs=1)
    without = model()
    fit(nn, without, epochs=2, batch_size=30)
    fit(nn, without, epochs=1)
    for name, value in with_validation.state_dict().items():
        np.testing.assert_array_equal(to_array(nn, value), to_array(nn, without.state_dict()[name]))


@both_paths
def test_a_schedule_is_asked_before_every_step(nn):
    asked = []

    def schedule(t):
        asked.append(t)
        return 0.1 / (1 + t)

    history = fit(nn, schedule=schedule, epochs=2, batch_size=8)
    assert asked == [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75]
    assert history.lr == [0.1 / 1.75, 0.1 / 2.75]  # of the epoch's last step


@both_paths
def test_a_schedule_of_the_library(nn):
    step = schedules.StepLR(0.4, step_size=2, gamma=0.5)
    assert fit(nn, schedule=step, epochs=5).lr == [0.4, 0.4, 0.2, 0.2, 0.1]


@both_paths
def test_reduce_on_plateau_follows_the_validation_loss(nn):
    plateau = schedules.ReduceLROnPlateau(0.2, factor=0.5, patience=0)
    # Pure noise as labels: the validation loss cannot keep falling.
    x, y = make_data(seed=2)
    noise = np.random.default_rng(3).integers(0, 3, len(y))
    history = fit(nn, schedule=plateau, epochs=6, validation=(x, noise))
    expected, rate, best = [], 0.2, math.inf
    for loss in history.validation_loss:
        expected.append(rate)  # the rate of this epoch was set at the end of the one before
        if loss < best * (1 - 1e-4):
            best = loss
        else:
            rate *= 0.5
    assert history.lr == expected
    assert history.lr[-1] < 0.2
    assert plateau.lr == 0.2  # fit works on a copy


@both_paths
def test_reduce_on_plateau_without_validation_follows_the_training_loss(nn):
    plateau = schedules.ReduceLROnPlateau(0.05, factor=0.5, patience=1)
    assert fit(nn, schedule=plateau, epochs=4).lr == [0.05] * 4  # it falls in every epoch
    flat = fit(nn, schedule=schedules.ReduceLROnPlateau(0.0, patience=0), epochs=2)
    assert flat.lr == [0.0, 0.0]


@both_paths
def test_a_diverged_training_is_recorded_and_goes_on(nn):
    with np.errstate(all="ignore"):
        history = fit(nn, lr=1e200, epochs=3, validation=make_data(seed=2))
    assert len(history) == 3
    assert math.isnan(history.train_loss[-1])
    assert math.isnan(history.validation_loss[-1])


@both_paths
def test_regression_has_no_accuracy(nn):
    x, _ = make_data()
    y = x[:, :1].copy()
    model = make_model(nn, classes=1)
    history = fit(nn, model, loss_fn=nn.MSELoss(), data=(x, y), validation=(x, y), epochs=2)
    assert history.validation_accuracy == []
    assert len(history.validation_loss) == 2
    assert nn.evaluate(model, nn.MSELoss(), (x, y)) == {"loss": history.validation_loss[-1]}


BAD_ARGUMENTS = {
    "no epochs": (ValueError, {"epochs": 0}, "fit expected epochs >= 1, got 0"),
    "half an epoch": (TypeError, {"epochs": 1.5}, "fit expected epochs to be an integer, got 1.5"),
    "batch of 0": (ValueError, {"batch_size": 0}, "fit expected batch_size >= 1, got 0"),
    "one label too few": (
        ValueError,
        {"data": (np.zeros((10, 4)), np.zeros(9, int))},
        "fit (data) expected as many targets as rows, got 10 rows and 9 targets",
    ),
    "validation": (
        ValueError,
        {"validation": (np.zeros((2, 4)), np.zeros(3, int))},
        "fit (validation) expected as many targets as rows, got 2 rows and 3 targets",
    ),
    "no rows": (
        ValueError,
        {"data": (np.zeros((0, 4)), np.zeros(0, int))},
        "fit expected data with at least one row, got 0 rows",
    ),
    "only x": (
        ValueError,
        {"data": np.zeros((10, 4))},
        "fit expected data to be a pair (x, y), got ndarray",
    ),
    "a loss for each row": (
        ValueError,
        {"loss_fn": nnlib.numpy.CrossEntropyLoss(reduction="none")},
        "fit expected a loss that reduces to one number, "
        "got CrossEntropyLoss with reduction='none'",
    ),
}


@pytest.mark.parametrize("case", BAD_ARGUMENTS)
def test_a_bad_argument_gets_one_sentence_and_changes_nothing(case):
    kind, arguments, sentence = BAD_ARGUMENTS[case]
    model = make_model(nnlib.numpy)
    settings = {
        "loss_fn": nnlib.numpy.CrossEntropyLoss(), "data": make_data(),
        "epochs": 1, "batch_size": 8, "rng": None,
    } | arguments  # fmt: skip
    optimizer = nnlib.numpy.SGD(model.parameters(), lr=0.1)
    loss_fn, data = settings.pop("loss_fn"), settings.pop("data")
    with pytest.raises(kind) as error:
        nnlib.numpy.fit(model, loss_fn, optimizer, data, **settings)
    assert str(error.value) == sentence
    for name, value in make_model(nnlib.numpy).state_dict().items():
        np.testing.assert_array_equal(value, model.state_dict()[name])


def test_a_seed_instead_of_a_generator():
    model = make_model(nnlib.numpy)
    optimizer = nnlib.numpy.SGD(model.parameters(), lr=0.1)
    with pytest.raises(TypeError, match=r"numpy\.random\.Generator, got int"):
        nnlib.numpy.fit(
            model, nnlib.numpy.CrossEntropyLoss(), optimizer, make_data(),
            epochs=1, batch_size=8, rng=0,
        )  # fmt: skip


# ------------------------------------------------------------------------ evaluate and predict


@both_paths
def test_evaluate_does_not_depend_on_the_batches(nn):
    model, data = make_model(nn), make_data()
    for loss_fn in (nn.CrossEntropyLoss(), nn.CrossEntropyLoss(reduction="sum")):
        whole = nn.evaluate(model, loss_fn, data)
        parts = nn.evaluate(model, loss_fn, data, batch_size=7)
        assert parts["loss"] == pytest.approx(whole["loss"], rel=1e-12)
        assert parts["accuracy"] == whole["accuracy"]
        x, y = (nn.tensor(part) for part in data)
        assert whole["loss"] == pytest.approx(loss_fn(model(x), y).item(), rel=1e-12)
        right = to_array(nn, model(x)).argmax(axis=1) == data[1]
        assert whole["accuracy"] == right.mean()


@both_paths
def test_predictions(nn):
    model, (x, _) = make_model(nn), make_data()
    outputs = to_array(nn, model(nn.tensor(x)))
    for batch_size in (7, 30, 1000):
        predicted = nn.predict(model, x, batch_size=batch_size)
        assert type(predicted) is np.ndarray
        np.testing.assert_allclose(predicted, outputs, rtol=1e-12)
    labels = nn.predict_class(model, x)
    assert (labels.shape, labels.dtype) == ((30,), np.int64)
    np.testing.assert_array_equal(labels, outputs.argmax(axis=1))
    probabilities = nn.predict_proba(model, x)
    exponentials = np.exp(outputs)
    np.testing.assert_allclose(
        probabilities, exponentials / exponentials.sum(axis=1, keepdims=True), rtol=1e-12
    )
    assert nn.predict(model, x[:0]).shape == (0, 3)


@both_paths
def test_one_logit_is_a_sigmoid(nn):
    model, x = make_model(nn, classes=1), np.random.default_rng(1).standard_normal((30, 4))
    logits = nn.predict(model, x)
    assert (logits > 0).any()
    assert (logits < 0).any()
    np.testing.assert_allclose(nn.predict_proba(model, x), 1 / (1 + np.exp(-logits)), rtol=1e-12)
    np.testing.assert_array_equal(nn.predict_class(model, x), (logits[:, 0] > 0).astype(int))


@both_paths
def test_probabilities_of_extreme_logits(nn):
    class Times(nn.Module):
        def __init__(self, factor):
            super().__init__()
            self.factor = factor

        def forward(self, x):
            return x * self.factor

    three = nn.predict_proba(Times(1e3), np.array([[1.0, 0.0, -1.0], [-1.0, -1.0, -1.0]]))
    np.testing.assert_allclose(three, [[1, 0, 0], [1 / 3, 1 / 3, 1 / 3]], atol=1e-15)
    one = nn.predict_proba(Times(1e3), np.array([[1.0], [-1.0], [0.0]]))
    np.testing.assert_allclose(one, [[1], [0], [0.5]], atol=1e-15)
    small = nn.predict_proba(Times(1.0), np.array([[-40.0]], "float32"))
    assert small.dtype == np.float32
    assert small[0, 0] == pytest.approx(math.exp(-40), rel=1e-5)


@both_paths
def test_predicting_stores_nothing_and_keeps_the_mode(nn):
    model, (x, y) = make_model(nn), make_data()
    for mode in (True, False):
        model.train(mode)
        nn.predict(model, x)
        nn.evaluate(model, nn.CrossEntropyLoss(), (x, y))
        nn.summary(model, (4,))
        assert model.training is mode
        with pytest.raises(RuntimeError, match="expected a forward before it"):
            model.backward(nn.tensor(np.zeros((30, 3))))
    with pytest.raises(ValueError, match="last axis must equal"):
        nn.predict(model, x[:, :2])
    assert model.training is False  # also after an error


def test_predict_refuses_a_batch_of_0():
    with pytest.raises(ValueError, match="predict expected batch_size >= 1, got 0"):
        nnlib.numpy.predict(make_model(nnlib.numpy), make_data()[0], batch_size=0)


# ------------------------------------------------------------------------------------- summary


@both_paths
def test_summary_text(nn):
    rng = np.random.default_rng(0)
    inner = nn.Sequential(nn.Dense(1000, 10, bias=False, rng=rng), nn.Softmax())
    model = nn.Sequential(nn.Flatten(), nn.Dense(64, 1000, rng=rng), nn.ReLU(), inner)
    table = nn.summary(model, (8, 8))
    assert str(table) == repr(table) == (
        "Layer          Output shape    Parameters\n"
        "-----------------------------------------\n"
        "0    Flatten   (batch, 64)              0\n"
        "1    Dense     (batch, 1000)       65,000\n"
        "2    ReLU      (batch, 1000)            0\n"
        "3.0  Dense     (batch, 10)         10,000\n"
        "3.1  Softmax   (batch, 10)              0\n"
        "-----------------------------------------\n"
        "Total                              75,000"
    )
    assert table.total == sum(math.prod(p.shape) for p in model.parameters()) == 75000
    assert [row.parameters for row in table.rows] == [0, 65000, 0, 10000, 0]


@both_paths
def test_summary_of_a_single_layer_and_of_another_dtype(nn):
    layer = nn.Dense(4, 2, rng=np.random.default_rng(0), dtype="float64")
    table = nn.summary(layer, 4)
    assert (table.rows[0].output_shape, table.total) == ((2,), 10)
    assert "Dense   (batch, 2)" in str(table)
    with pytest.raises(ValueError, match="in_features=4"):
        nn.summary(layer, (5,))


# ----------------------------------------------------------------------------------- callbacks


class Scripted:
    """Stands for fit: moves one weight and writes given validation losses."""

    def __init__(self, nn, losses):
        self.model = nn.Dense(1, 1, rng=np.random.default_rng(0))
        self.losses = losses
        self.history = nn.History()

    def run(self, callback):
        """Epochs run, with the weight of epoch number e (from 1) set to e."""
        callback.on_fit_start(len(self.losses), self.model, None, self.history)
        epochs = 0
        for epoch, loss in enumerate(self.losses):
            self.model.load_state_dict({"weight": np.full((1, 1), epoch + 1.0), "bias": [0.0]})
            self.history.train_loss.append(loss)
            self.history.validation_loss.append(loss)
            epochs += 1
            if callback.on_epoch_end(epoch, self.model, None, self.history):
                break
        callback.on_fit_end(self.model, None, self.history)
        return epochs

    @property
    def weight(self):
        return self.model.as_numpy(self.model.weight.data).item()


CURVE = (0.90, 0.70, 0.60, 0.58, 0.59, 0.60, 0.585, 0.61, 0.62, 0.1)


@both_paths
def test_early_stopping_restores_the_best_epoch(nn):
    run = Scripted(nn, CURVE)
    stopping = nn.EarlyStopping(5)
    assert run.run(stopping) == 9
    assert run.weight == 4.0
    assert stopping.best_epoch == 3  # counted from 0


@both_paths
def test_early_stopping_without_restoring(nn):
    run = Scripted(nn, CURVE)
    assert run.run(nn.EarlyStopping(5, restore_best=False)) == 9
    assert run.weight == 9.0


def test_early_stopping_is_patient_enough_or_not():
    epochs = [Scripted(nnlib.numpy, CURVE).run(nnlib.numpy.EarlyStopping(p)) for p in (1, 2, 6)]
    assert epochs == [5, 6, 10]


def test_early_stopping_restores_also_when_the_epochs_run_out():
    run = Scripted(nnlib.numpy, CURVE[:6])
    assert run.run(nnlib.numpy.EarlyStopping(5)) == 6
    assert run.weight == 4.0


def test_not_a_number_and_an_equal_loss_are_no_improvement():
    nan = math.nan
    for curve, epochs, weight in (((nan, 0.5, nan, nan), 4, 2.0), ((0.5, 0.5, 0.5), 3, 1.0)):
        run = Scripted(nnlib.numpy, curve)
        assert run.run(nnlib.numpy.EarlyStopping(2)) == epochs
        assert run.weight == weight


def test_early_stopping_serves_twice():
    stopping = nnlib.numpy.EarlyStopping(5)
    for _ in range(2):
        run = Scripted(nnlib.numpy, CURVE)
        assert run.run(stopping) == 9
        assert run.weight == 4.0


@both_paths
def test_early_stopping_in_a_real_training(nn):
    x, y = make_data(seed=2)
    noise = np.random.default_rng(3).integers(0, 3, len(y))  # cannot be learned from the x
    model = make_model(nn)
    stopping = nn.EarlyStopping(2)
    history = fit(nn, model, epochs=50, validation=(x, noise), callbacks=[stopping])
    assert len(history) == stopping.best_epoch + 3 < 50
    scores = nn.evaluate(model, nn.CrossEntropyLoss(), (x, noise))
    assert scores["loss"] == min(history.validation_loss)


def test_early_stopping_needs_validation_and_patience():
    with pytest.raises(ValueError, match="EarlyStopping expected fit to be given validation data"):
        fit(nnlib.numpy, callbacks=[nnlib.numpy.EarlyStopping(2)])
    with pytest.raises(ValueError, match="EarlyStopping expected patience >= 1, got 0"):
        nnlib.numpy.EarlyStopping(0)


@both_paths
def test_callbacks_see_every_epoch_and_can_stop(nn):
    calls = []

    class Watch:
        def on_epoch_end(self, epoch, model, optimizer, history):
            calls.append((epoch, len(history), optimizer.lr))
            return epoch == 1

    class Minimal:
        def on_epoch_end(self, epoch, model, optimizer, history):
            calls.append("second")  # is called although the first has said stop

    assert len(fit(nn, epochs=9, callbacks=[Watch(), Minimal()])) == 2
    assert calls == [(0, 1, 0.1), "second", (1, 2, 0.1), "second"]


def test_progress_bar_is_silent_where_nobody_looks(capsys):
    fit(nnlib.numpy, callbacks=[nnlib.numpy.ProgressBar()])
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


def test_progress_bar_in_a_file(capsys):
    file = io.StringIO()
    bar = nnlib.numpy.ProgressBar(file=file, description="digits")
    history = fit(nnlib.numpy, epochs=4, callbacks=[bar], validation=make_data(seed=2))
    last = file.getvalue().rstrip().rsplit("\r", 1)[-1]
    assert last.startswith("digits: 100%")
    assert "4/4" in last
    assert "epoch/s" in last or "s/epoch" in last
    assert f"loss={history.train_loss[-1]:.4f}" in last
    assert f"validation={history.validation_loss[-1]:.4f}" in last
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


def test_history_prints_itself():
    empty = nnlib.numpy.History()
    assert repr(empty) == "History(0 epochs)"
    assert empty, "a history without epochs is still a history, not a missing one"
    history = nnlib.numpy.History([0.5], [0.25], [0.75], [0.1], [4])
    assert repr(history) == (
        "History(1 epoch, last: train_loss 0.5000, validation_loss 0.2500, "
        "validation_accuracy 0.7500)"
    )
    history.to_dict()["train_loss"].append(1.0)
    assert history.train_loss == [0.5]


# ------------------------------------------------------------------------------ training or not


def modes(model):
    return {name: module.training for name, module in model.named_modules()}


def model_of_two_modes(nn):
    """In training, but for a BatchNorm that is not to move."""
    rng = np.random.default_rng(0)
    model = nn.Sequential(
        nn.Dense(3, 4, rng=rng), nn.BatchNorm(4), nn.Residual(nn.Dropout(0.5, rng=rng)),
        nn.Dense(4, 2, rng=rng),
    )  # fmt: skip
    model.train()
    model[1].eval()
    return model


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_evaluate_and_predict_leave_every_layer_in_its_mode(nn):
    x, y = np.ones((6, 3), np.float32), np.zeros(6, np.int64)
    model, loss_fn = model_of_two_modes(nn), nn.CrossEntropyLoss()
    loss_fn.eval()
    calls = [
        lambda x, y: nn.evaluate(model, loss_fn, (x, y)),
        lambda x, y: nn.predict(model, x),
        lambda x, y: nn.predict_class(model, x),
        lambda x, y: nn.predict_proba(model, x),
    ]
    before = modes(model)
    assert sorted(set(before.values())) == [False, True]
    for call in calls:
        call(x, y)
        assert modes(model) == before
        with pytest.raises(ValueError, match="Dense expected input of shape"):
            call(x[:, :2], y)  # raises within the model, in evaluation mode
        assert modes(model) == before
    with pytest.raises(IndexError):  # raises within the loss
        nn.evaluate(model, loss_fn, (x, y + 5))
    assert modes(model) == before
    model.eval()
    nn.predict(model, x)
    assert set(modes(model).values()) == {False}


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_evaluation_looks_at_the_running_statistics_and_drops_nothing(nn):
    model, x = model_of_two_modes(nn), np.ones((6, 3), np.float32)
    first = nn.predict(model, x)
    np.testing.assert_array_equal(first, nn.predict(model, x))
    model.eval()
    np.testing.assert_array_equal(first, nn.predict(model, x))
