"""Checkpoints: across paths, exact on resuming, and safe against damaged and hostile files."""

import json
import math
import os
import pickle
import zipfile

import numpy as np
import pytest

import nnlib.numpy
import nnlib.torch
from nnlib import checkpoint, schedules

PATHS = [nnlib.numpy, nnlib.torch]
both_paths = pytest.mark.parametrize("nn", PATHS, ids=["numpy", "torch"])
all_ways = pytest.mark.parametrize(
    ("first", "second"),
    [(a, b) for a in PATHS for b in PATHS],
    ids=["numpy-numpy", "numpy-torch", "torch-numpy", "torch-torch"],
)

OPTIMIZERS = {
    "SGD": lambda nn, p: nn.SGD(p, lr=0.1),
    "momentum": lambda nn, p: nn.SGD(p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01),
    "Adam": lambda nn, p: nn.Adam(p, lr=0.01, betas=(0.8, 0.99)),
}


def make(nn, optimizer="Adam", seed=0, hidden=5):
    rng = np.random.default_rng(seed)
    model = nn.Sequential(
        nn.Dense(4, hidden, rng=rng, dtype="float64"), nn.ReLU(),
        nn.Dense(hidden, 3, rng=rng, dtype="float64"),
    )  # fmt: skip
    return model, OPTIMIZERS[optimizer](nn, model.parameters()), rng


def data():
    rng = np.random.default_rng(1)
    y = rng.integers(0, 3, 24)
    return np.eye(3, 4)[y] + 0.3 * rng.standard_normal((24, 4)), y


def train(nn, model, optimizer, rng, epochs, validation=None, **more):
    return nn.fit(
        model, nn.CrossEntropyLoss(), optimizer, data(), epochs=epochs, batch_size=7, rng=rng,
        validation=validation or data(), **more,
    )  # fmt: skip


def snapshot(nn, model, optimizer, rng):
    """Everything that a load may change, as plain values."""
    parts = {name: model.as_numpy(value) for name, value in model.state_dict().items()}
    for name, value in optimizer.state_dict().items():
        if isinstance(value, list):
            parts |= {f"{name}.{i}": np.array(model.as_numpy(a)) for i, a in enumerate(value)}
        else:
            parts[name] = value
    return parts | {"rng": json.dumps(rng.bit_generator.state)}


def assert_same(one, other, rtol=0.0):
    assert one.keys() == other.keys()
    for name, value in one.items():
        if isinstance(value, np.ndarray):
            np.testing.assert_allclose(value, other[name], rtol=rtol, atol=rtol, err_msg=name)
        else:
            assert value == other[name], name


# ---------------------------------------------------------------------------------- round trip


@all_ways
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_resumed_run_is_the_uninterrupted_one(first, second, optimizer, tmp_path):
    path = tmp_path / "run.npz"
    schedule = schedules.CosineLR(0.05, epochs=6)
    whole = make(second, optimizer)
    expected = train(second, *whole, epochs=6, schedule=schedule)

    begun = make(first, optimizer)
    train(first, *begun, epochs=3, schedule=schedule,
          callbacks=[first.Checkpoint(path, rng=begun[2])])  # fmt: skip

    resumed = make(second, optimizer, seed=99)
    model, new_optimizer, rng = resumed
    new_optimizer.lr = 0.9
    loaded = checkpoint.load(path, model=model, optimizer=new_optimizer, rng=rng)
    assert loaded.epoch == len(loaded.history) == 3
    got = train(second, *resumed, epochs=6, schedule=schedule, history=loaded.history)

    exact = first is second
    assert_same(snapshot(second, *resumed), snapshot(second, *whole), rtol=0 if exact else 1e-10)
    for name, values in expected.to_dict().items():
        assert len(values) == 6
        if exact:
            assert got.to_dict()[name] == values, name
        else:
            np.testing.assert_allclose(got.to_dict()[name], values, rtol=1e-10, err_msg=name)


@both_paths
def test_what_decides_from_the_history_goes_on_after_resuming(nn, tmp_path):
    """A plateau schedule counts and early stopping waits across the interruption."""
    x, y = data()
    noise = x, np.random.default_rng(3).integers(0, 3, len(y))  # its loss falls, then rises

    def settings():
        plateau = schedules.ReduceLROnPlateau(0.5, factor=0.5, patience=1)
        stopping = nn.EarlyStopping(5, restore_best=False)
        return {"schedule": plateau, "callbacks": [stopping], "validation": noise}

    expected = train(nn, *make(nn, "SGD"), epochs=40, **settings())
    assert len(expected) < 40  # it was stopped
    assert len(set(expected.lr)) > 1  # and the rate had fallen before
    for interrupted in range(1, len(expected)):
        path = tmp_path / "run.npz"
        model, optimizer, rng = make(nn, "SGD")
        history = train(nn, model, optimizer, rng, epochs=interrupted, **settings())
        checkpoint.save(path, model=model, optimizer=optimizer, rng=rng, history=history)
        model, optimizer, rng = make(nn, "SGD", seed=5)
        loaded = checkpoint.load(path, model=model, optimizer=optimizer, rng=rng)
        got = train(nn, model, optimizer, rng, epochs=40, history=loaded.history, **settings())
        assert got == expected, interrupted


def test_a_finished_run_is_not_trained_further():
    model, optimizer, rng = make(nnlib.numpy)
    history = train(nnlib.numpy, model, optimizer, rng, epochs=3)
    before = snapshot(nnlib.numpy, model, optimizer, rng)
    assert len(train(nnlib.numpy, model, optimizer, rng, epochs=3, history=history)) == 3
    assert_same(snapshot(nnlib.numpy, model, optimizer, rng), before)


@pytest.mark.parametrize(
    "bits", [np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.Philox,
             np.random.SFC64],
)  # fmt: skip
def test_every_kind_of_generator(bits, tmp_path):
    model, _, _ = make(nnlib.numpy)
    rng = np.random.Generator(bits(3))
    rng.integers(0, 9, 5, dtype=np.int32)  # an odd number of 32-bit draws leaves half a number over
    checkpoint.save(tmp_path / "x.npz", model=model, rng=rng)
    other = np.random.Generator(bits(4))
    checkpoint.load(tmp_path / "x.npz", model=model, rng=other)
    np.testing.assert_array_equal(
        rng.integers(0, 9, 50, dtype=np.int32), other.integers(0, 9, 50, dtype=np.int32)
    )


@both_paths
def test_a_file_of_only_a_model(nn, tmp_path):
    path = tmp_path / "model.npz"
    model, optimizer, rng = make(nn)
    checkpoint.save(path, model=model)
    other, _, _ = make(nn, seed=1)
    loaded = checkpoint.load(str(path), model=other)
    assert (loaded.epoch, loaded.history) == (0, None)
    assert_same(*({n: m.as_numpy(v) for n, v in m.state_dict().items()} for m in (model, other)))
    for part in ({"optimizer": optimizer}, {"rng": rng}):
        with pytest.raises(ValueError, match=f"found no {next(iter(part))} in 'model.npz'"):
            checkpoint.load(path, model=other, **part)


def test_history_with_not_a_number_and_infinity(tmp_path):
    model, _, _ = make(nnlib.numpy)
    history = nnlib.numpy.History([math.nan, math.inf, 0.1 + 0.2], lr=[np.float32(0.1)] * 3)
    checkpoint.save(tmp_path / "x.npz", model=model, history=history)
    loaded = checkpoint.load(tmp_path / "x.npz", model=model).history
    assert math.isnan(loaded.train_loss[0])
    assert loaded.train_loss[1:] == [math.inf, 0.1 + 0.2]
    assert loaded.lr == [float(np.float32(0.1))] * 3


@both_paths
def test_checkpoint_callback_saves_at_its_turn(nn, tmp_path):
    path = tmp_path / "x.npz"
    model, optimizer, rng = make(nn)
    train(nn, model, optimizer, rng, epochs=5, callbacks=[nn.Checkpoint(path, rng=rng, every=2)])
    assert checkpoint.load(path, model=model).epoch == 4
    with pytest.raises(ValueError, match="Checkpoint expected every >= 1, got 0"):
        nn.Checkpoint(path, every=0)


# ------------------------------------------------------------------ generators that layers hold


def make_random(nn, seed=0, p=0.5, dropouts=2):
    """A model with masks and running statistics."""
    rng = np.random.default_rng(seed)
    model = nn.Sequential(
        nn.Dense(4, 8, rng=rng, dtype="float64"), nn.BatchNorm(8, dtype="float64"), nn.ReLU(),
        nn.Residual(nn.Dropout(p, rng=rng)),
        *(nn.Dropout(p, rng=rng) for _ in range(dropouts - 1)),
        nn.Dense(8, 3, rng=rng, dtype="float64"),
    )  # fmt: skip
    return model, nn.SGD(model.parameters(), lr=0.05, momentum=0.9), rng


def mask_positions(model):
    return [
        json.dumps(module.generator.bit_generator.state)
        for _, module in model.named_modules() if hasattr(module, "generator")
    ]  # fmt: skip


@all_ways
def test_a_resumed_run_draws_the_masks_of_the_uninterrupted_one(first, second, tmp_path):
    path = tmp_path / "run.npz"
    whole = make_random(second)
    expected = train(second, *whole, epochs=6)
    begun = make_random(first)
    train(first, *begun, epochs=3, callbacks=[first.Checkpoint(path, rng=begun[2])])
    resumed = make_random(second, seed=99)
    model, optimizer, rng = resumed
    loaded = checkpoint.load(path, model=model, optimizer=optimizer, rng=rng)
    got = train(second, *resumed, epochs=6, history=loaded.history)
    tolerance = 0 if first is second else 1e-10
    assert_same(snapshot(second, *resumed), snapshot(second, *whole), rtol=tolerance)
    np.testing.assert_allclose(got.train_loss, expected.train_loss, rtol=tolerance)
    assert mask_positions(model) == mask_positions(whole[0])
    assert len(mask_positions(model)) == 2
    assert mask_positions(model) != mask_positions(begun[0])


@both_paths
def test_generators_that_do_not_fit_are_refused_and_nothing_is_changed(nn, tmp_path):
    path = tmp_path / "x.npz"
    model, optimizer, rng = make_random(nn)
    train(nn, model, optimizer, rng, epochs=1)
    before, masks = snapshot(nn, model, optimizer, rng), mask_positions(model)

    def refused(words):
        with pytest.raises(ValueError, match=r"^checkpoint\.load .*'x\.npz'") as error:
            checkpoint.load(path, model=model, optimizer=optimizer, rng=rng)
        assert words in str(error.value)
        assert_same(snapshot(nn, model, optimizer, rng), before)
        assert mask_positions(model) == masks

    other = make_random(nn, seed=1)
    checkpoint.save(path, model=other[0], optimizer=other[1], rng=other[2])
    states = header(path)["generators"]
    assert list(states) == ["3.module.generator", "4.generator"]
    with_header(path, generators={})
    refused("holds the generators none, the model holds 3.module.generator, 4.generator")
    with_header(path, generators=states | {"9.generator": states["4.generator"]})
    refused("9.generator")
    # The second fails after the first has been put in: both are as they were.
    with_header(path, generators=states | {"4.generator": {"bit_generator": "PCG64"}})
    refused("checkpoint.load could not use")
    with_header(path, generators=["4.generator"])
    refused("checkpoint.load could not use")


@both_paths
def test_a_file_from_before_there_were_generators_still_loads(nn, tmp_path):
    path = tmp_path / "x.npz"
    model, _, _ = make(nn)
    checkpoint.save(path, model=model, epoch=2)
    kept = header(path)
    del kept["generators"]
    parts = entries(path) | {"header": np.frombuffer(json.dumps(kept).encode(), np.uint8)}
    np.savez(path, **parts)
    assert checkpoint.load(path, model=make(nn, seed=1)[0]).epoch == 2


# ---------------------------------------------------------------------------------- bad files


class Harmful:
    """What pickle would run on loading."""

    def __reduce__(self):
        return os.mkdir, (os.environ["HARM"],)


def good_file(path, **options):
    model, optimizer, rng = make(nnlib.numpy, **options)
    history = train(nnlib.numpy, model, optimizer, rng, epochs=2)
    checkpoint.save(path, model=model, optimizer=optimizer, rng=rng, epoch=2, history=history)


def entries(path):
    with np.load(path) as archive:
        return dict(archive)


def header(path):
    return json.loads(entries(path)["header"].tobytes())


def with_header(path, **changes):
    text = json.dumps(header(path) | changes)
    np.savez(path, **entries(path) | {"header": np.frombuffer(text.encode(), np.uint8)})


def truncated(path):
    good_file(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def one_byte_changed(path):
    good_file(path)
    content = bytearray(path.read_bytes())
    content[200] ^= 0xFF  # within the first array: only its checksum can tell
    path.write_bytes(content)


def another_model(path):
    good_file(path, hidden=6)


def another_optimizer(path):
    good_file(path, optimizer="momentum")


def optimizer_slots_missing(path):
    good_file(path)
    np.savez(path, **{k: v for k, v in entries(path).items() if not k.endswith("mean/1")})


def weight_missing(path):
    good_file(path)
    np.savez(path, **{k: v for k, v in entries(path).items() if k != "model/2.bias"})


def weights_of_text(path):
    good_file(path)
    np.savez(path, **entries(path) | {"model/2.bias": np.array(["a", "b", "c"])})


def rng_of_another_kind(path):
    good_file(path)
    with_header(path, rng=np.random.Generator(np.random.SFC64(0)).bit_generator.state | {
        "state": {"state": [1, 2, 3, 4]}})  # fmt: skip


def pickle_inside(path):
    good_file(path)
    with zipfile.ZipFile(path, "a") as archive, archive.open("model/extra.npy", "w") as file:
        np.save(file, np.array([Harmful()], dtype=object), allow_pickle=True)


def pickle_instead_of_an_array(path):
    good_file(path)
    parts = entries(path) | {"model/2.bias": np.array([Harmful()] * 3, dtype=object)}
    np.savez(path, **parts)


def pure_pickle(path):
    path.write_bytes(pickle.dumps(Harmful()))


def empty(path):
    path.write_bytes(b"")


def text(path):
    path.write_text("weights: 1 2 3\n" * 10)


def plain_array(path):
    with open(path, "wb") as file:
        np.save(file, np.zeros(3))


def foreign_npz(path):
    np.savez(path, weight=np.zeros((4, 5)))


def newer_version(path):
    good_file(path)
    with_header(path, version=2)


def epoch_of_text(path):
    good_file(path)
    with_header(path, epoch="many")


def history_of_something_else(path):
    good_file(path)
    with_header(path, history={"train_loss": ["low"]})


def history_with_unknown_lists(path):
    good_file(path)
    with_header(path, history={"mood": [1]})


BAD_FILES = (
    truncated, one_byte_changed, another_model, another_optimizer, optimizer_slots_missing,
    weight_missing, weights_of_text, rng_of_another_kind, pickle_inside,
    pickle_instead_of_an_array, pure_pickle, empty, text, plain_array, foreign_npz, newer_version,
    epoch_of_text, history_of_something_else, history_with_unknown_lists,
)  # fmt: skip


@both_paths
@pytest.mark.parametrize("spoil", BAD_FILES, ids=lambda function: function.__name__)
def test_a_bad_file_gets_one_sentence_and_changes_nothing(nn, spoil, tmp_path, monkeypatch):
    monkeypatch.setenv("HARM", str(tmp_path / "harm"))
    path = tmp_path / "x.npz"
    spoil(path)
    parts = make(nn, seed=7)
    train(nn, *parts, epochs=1)  # so that there is an optimizer state to lose
    before = snapshot(nn, *parts)
    model, optimizer, rng = parts
    with pytest.raises(ValueError, match=r"^checkpoint\.load .*'x\.npz'") as error:
        checkpoint.load(path, model=model, optimizer=optimizer, rng=rng)
    assert "\n" not in str(error.value)
    assert_same(snapshot(nn, *parts), before)
    assert not (tmp_path / "harm").exists()


def test_the_harmful_file_would_harm_a_careless_reader(tmp_path, monkeypatch):
    """Otherwise the test above would prove nothing."""
    monkeypatch.setenv("HARM", str(tmp_path / "harm"))
    path = tmp_path / "x.npz"
    pickle_instead_of_an_array(path)
    with np.load(path, allow_pickle=True) as archive:
        archive["model/2.bias"]
    assert (tmp_path / "harm").exists()


def test_what_the_sentences_name(tmp_path):
    path = tmp_path / "x.npz"
    model, optimizer, _ = make(nnlib.numpy)
    for spoil, words in (
        (another_model, "0.weight of shape (4, 6) where (4, 5) is expected"),
        (weight_missing, "missing 2.bias"),
        (another_optimizer, "Adam expected the state of Adam, got that of SGD"),
        (newer_version, "version 2"),
    ):
        spoil(path)
        with pytest.raises(ValueError, match=r"checkpoint\.load") as error:
            checkpoint.load(path, model=model, optimizer=optimizer)
        assert words in str(error.value)


def test_a_missing_file_is_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        checkpoint.load(tmp_path / "none.npz", model=make(nnlib.numpy)[0])


# ------------------------------------------------------------------------------ whole or not at all


@pytest.mark.parametrize("where", ["savez", "fsync", "replace"])
def test_a_crash_while_saving_leaves_the_old_file(where, tmp_path, monkeypatch):
    path = tmp_path / "x.npz"
    good_file(path)
    old = path.read_bytes()

    def crash(*arguments, **options):
        if where == "savez":
            arguments[0].write(b"half of it")
        raise KeyboardInterrupt

    monkeypatch.setattr(*{"savez": (np, "savez"), "fsync": (os, "fsync"),
                          "replace": (os, "replace")}[where], crash)  # fmt: skip
    with pytest.raises(KeyboardInterrupt):
        checkpoint.save(path, model=make(nnlib.numpy, seed=3)[0])
    assert path.read_bytes() == old
    assert os.listdir(tmp_path) == ["x.npz"]  # and no litter


def test_nothing_but_the_file_is_left(tmp_path):
    good_file(tmp_path / "any name")
    assert os.listdir(tmp_path) == ["any name"]
    with pytest.raises(FileNotFoundError):
        checkpoint.save(tmp_path / "no folder" / "x.npz", model=make(nnlib.numpy)[0])
    assert os.listdir(tmp_path) == ["any name"]


@both_paths
def test_where_nothing_can_be_written_the_sentence_names_the_place(nn, tmp_path, monkeypatch):
    model = make(nn)[0]
    (tmp_path / "file").write_text("not ours")

    def sentence(kind, path):
        with pytest.raises(kind) as error:
            checkpoint.save(path, model=model)
        return str(error.value)

    assert sentence(FileNotFoundError, tmp_path / "a" / "b" / "x.npz") == (
        f"checkpoint.save expected a folder to write into, found no '{tmp_path / 'a' / 'b'}': "
        "make it first"
    )
    assert sentence(IsADirectoryError, str(tmp_path)) == (
        f"checkpoint.save expected the path of a file, got folder '{tmp_path}'"
    )
    assert sentence(NotADirectoryError, tmp_path / "file" / "x.npz") == (
        f"checkpoint.save expected a folder to write into, got file '{tmp_path / 'file'}'"
    )

    def refuse(path, mode):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(checkpoint, "open", refuse, raising=False)  # nothing is closed to root
    assert sentence(PermissionError, tmp_path / "x.npz") == (
        f"checkpoint.save expected a folder to write into, may not write into '{tmp_path}'"
    )
    assert os.listdir(tmp_path) == ["file"]
    assert (tmp_path / "file").read_text() == "not ours"


def test_a_file_in_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    checkpoint.save("x.npz", model=make(nnlib.numpy)[0])
    assert os.listdir(tmp_path) == ["x.npz"]
