"""Files made to mislead: every one gets one sentence, and nothing learned or saved is lost."""

import io
import json
import zipfile

import numpy as np
import parity_cases as cases
import pytest

import nnlib.numpy
import nnlib.torch
from nnlib import checkpoint

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])


def trained(nn, seed=0):
    rng = np.random.default_rng(seed)
    model = nn.Sequential(nn.Dense(4, 5, rng=rng), nn.BatchNorm(5), nn.Dense(5, 3, rng=rng))
    optimizer = nn.Adam(model.parameters())
    x, y = np.random.default_rng(1).standard_normal((20, 4), np.float32), np.arange(20) % 3
    history = nn.fit(
        model, nn.CrossEntropyLoss(), optimizer, (x, y), epochs=2, batch_size=8, rng=rng
    )
    return {"model": model, "optimizer": optimizer, "rng": rng}, history


def snapshot(parts):
    """Everything that a load may change, as text."""
    state = {name: repr(cases.as_array(v)) for name, v in parts["model"].state_dict().items()}
    state |= {name: repr(value) for name, value in parts["optimizer"].state_dict().items()}
    return state | {"rng": json.dumps(parts["rng"].bit_generator.state)}


def npy(shape, dtype="<f8", content=b""):
    """An array file whose first bytes may promise what the rest does not hold."""
    file = io.BytesIO()
    promise = {"descr": dtype, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, promise)
    return file.getvalue() + content


# Instead of the header's entry of that name; a function gets the right one.
HEADERS = {
    "optimizer is a list": ("optimizer", [1, 2]),
    "optimizer is nothing": ("optimizer", None),
    "optimizer without a name": ("optimizer", {}),
    "optimizer with an unknown part": ("optimizer", lambda right: right | {"mean": {}}),
    "optimizer with a part of text": ("optimizer", lambda right: right | {"mean": "much"}),
    "count of text": ("optimizer", lambda right: right | {"mean": {"arrays": "4"}}),
    "count of a half": ("optimizer", lambda right: right | {"mean": {"arrays": 0.5}}),
    "count below 0": ("optimizer", lambda right: right | {"mean": {"arrays": -1}}),
    "count without end": ("optimizer", lambda right: right | {"mean": {"arrays": 10**15}}),
    "one array too few": ("optimizer", lambda right: right | {"mean": {"arrays": 3}}),
    "rate of text": ("optimizer", lambda right: right | {"lr": "fast"}),
    "rate below 0": ("optimizer", lambda right: right | {"lr": -1.0}),
    "rate of nan": ("optimizer", lambda right: right | {"lr": float("nan")}),
    "rate missing": (
        "optimizer", lambda right: {k: v for k, v in right.items() if k != "lr"},
    ),
    "rng is nothing": ("rng", None),
    "rng is a list": ("rng", [1]),
    "rng without a state": ("rng", {"bit_generator": "PCG64"}),
    "generators is a number": ("generators", 3),
    "epoch below 0": ("epoch", -3),
    "epoch is true": ("epoch", True),
    "epoch is a fraction": ("epoch", 1.5),
    "history is a list": ("history", [1]),
    "format is another": ("format", "weights"),
    "version is text": ("version", "1"),
}  # fmt: skip

# Instead of the whole header.
TEXTS = {
    "header is a list": b"[1, 2]",
    "header is empty": b"",
    "header is no text": b"\xff\xfe{",
    "header without end": b"[" * 100_000,
    "header with a number without end": b'{"epoch": ' + b"9" * 10_000 + b"}",
}

# Instead of, or besides, the arrays: the name in the archive and its bytes.
ARRAYS = {
    "shape of terabytes": ("model/2.bias.npy", npy((10**13,))),
    "shape that overflows": ("model/2.bias.npy", npy((2**40, 2**40))),
    "shape below 0": ("model/2.bias.npy", npy((-3,))),
    "shape with nothing behind it": ("model/2.bias.npy", npy((3,))),
    "one number where there were three": ("model/2.bias.npy", npy((1,), "<f4", bytes(4))),
    "another entry of terabytes": ("model/more.npy", npy((10**13,))),
    "one parameter too many": ("model/3.bias.npy", npy((3,), "<f4", bytes(12))),
    "objects": ("model/2.bias.npy", npy((3,), "|O", b"cos\nsystem\n(S'true'\ntR.")),
    "records": ("model/2.bias.npy", npy((3,), [("a", "<f8")], bytes(24))),
    "complex numbers": ("model/2.bias.npy", npy((3,), "<c16", bytes(48))),
    "truth values": ("model/2.bias.npy", npy((3,), "|b1", bytes(3))),
    "dates": ("model/2.bias.npy", npy((3,), "<M8[s]", bytes(24))),
    "no array": ("model/2.bias", b"1 2 3"),
    "code for a header": (
        "model/2.bias.npy",
        b"\x93NUMPY\x01\x00\x76\x00" + b"print('in the header')".ljust(117) + b"\n",
    ),
    "weights of the optimizer missing": ("optimizer/mean/0.npy", None),
}


def write(path, header, entries):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("header.npy", npy((len(header),), "|u1", header))
        for name, content in entries.items():
            if content is not None:
                archive.writestr(name, content)


@pytest.fixture(scope="module")
def right(tmp_path_factory):
    """The header, and the other entries as bytes by name, of a file that loads."""
    path = tmp_path_factory.mktemp("right") / "x.npz"
    parts, history = trained(nnlib.numpy, seed=5)
    checkpoint.save(path, **parts, epoch=2, history=history)
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    header = np.lib.format.read_array(io.BytesIO(entries.pop("header.npy"))).tobytes()
    return json.loads(header), entries


@both_paths
def test_the_right_parts_put_together_again_do_load(right, nn, tmp_path):
    """Otherwise the refusals below would prove nothing."""
    header, entries = right
    write(tmp_path / "x.npz", json.dumps(header).encode(), entries)
    parts, _ = trained(nn)
    before = snapshot(parts)
    assert checkpoint.load(tmp_path / "x.npz", **parts).epoch == 2
    assert snapshot(parts) != before


@both_paths
@pytest.mark.parametrize("name", [*HEADERS, *TEXTS, *ARRAYS])
def test_a_hostile_file_gets_one_sentence_and_changes_nothing(right, nn, name, tmp_path, capfd):
    path = tmp_path / "x.npz"
    header, entries = right
    text = json.dumps(header).encode()
    if name in HEADERS:
        key, value = HEADERS[name]
        value = value(header[key]) if callable(value) else value
        text = json.dumps(header | {key: value}).encode()
    elif name in TEXTS:
        text = TEXTS[name]
    else:
        replaced, content = ARRAYS[name]
        kept = {k: v for k, v in entries.items() if k.removesuffix(".npy") != replaced}
        entries = kept | {replaced: content}
    write(path, text, entries)
    content = path.read_bytes()

    parts, _ = trained(nn)
    before = snapshot(parts)
    with pytest.raises(ValueError, match=r"^checkpoint\.load [^\n]*'x\.npz'[^\n]*$"):
        checkpoint.load(path, **parts)
    assert snapshot(parts) == before
    assert path.read_bytes() == content
    assert capfd.readouterr().out == ""  # and nothing in it was run


@both_paths
def test_what_a_careless_hand_may_do_to_a_file(right, nn, tmp_path):
    """Cut anywhere, or one bit turned over: refused, or harmless, and never half loaded."""
    path = tmp_path / "x.npz"
    parts, history = trained(nn, seed=5)
    checkpoint.save(path, **parts, epoch=2, history=history)
    whole = path.read_bytes()
    fresh, _ = trained(nn)
    before = snapshot(fresh)
    rng = np.random.default_rng(0)
    for length in [0, 1, 21, 22, *rng.integers(0, len(whole), 30), len(whole) - 1]:
        path.write_bytes(whole[:length])
        with pytest.raises(ValueError, match=r"^checkpoint\.load [^\n]*'x\.npz'[^\n]*$"):
            checkpoint.load(path, **fresh)
        assert snapshot(fresh) == before
    refused = 0
    for place in rng.integers(0, len(whole), 40):
        spoiled = bytearray(whole)
        spoiled[place] ^= 1 << rng.integers(0, 8)
        path.write_bytes(spoiled)
        try:
            checkpoint.load(path, **fresh)
        except ValueError:
            refused += 1
            assert snapshot(fresh) == before
        else:  # a bit that says when the file was written, say
            assert snapshot(fresh) == snapshot(parts)
            fresh, _ = trained(nn)
    assert refused > 20
