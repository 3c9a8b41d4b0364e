"""A folder of pictures: read right, nothing lost, nothing skipped in silence."""

import pickle
import re
import struct
import unicodedata
import zlib

import numpy as np
import pytest
from PIL import Image, ImageFile

from nnlib import data
from nnlib.data import image_folder, images

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def plain(path, colour=RED, size=(12, 8), mode="RGB", **options):
    """Write one picture of one colour; size is (width, height)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, colour).save(path, **options)
    return path


@pytest.fixture
def pets(tmp_path):
    """Two classes of two pictures each."""
    for name, colour in (("cats", RED), ("dogs", BLUE)):
        for number in (1, 2):
            plain(tmp_path / name / f"{number}.png", colour)
    return tmp_path


def load(folder, **options):
    return data.load_image_folder(folder, **{"size": (4, 6), **options})


def says(folder, *parts, **options):
    """The error of loading names every part."""
    with pytest.raises(ValueError, match=r"^load_image_folder expected ") as caught:
        load(folder, **options)
    for part in parts:
        assert part in str(caught.value)
    return str(caught.value)


def test_rows_labels_and_names(pets):
    found = load(pets)
    assert (found.x.shape, found.x.dtype) == ((4, 4, 6, 3), np.float32)
    assert (found.y.tolist(), found.y.dtype) == ([0, 0, 1, 1], np.int64)
    assert found.classes == ("cats", "dogs")
    assert found.files == ("cats/1.png", "cats/2.png", "dogs/1.png", "dogs/2.png")
    assert (found.skipped, found.notes, found.ignored) == ({}, {}, ())
    np.testing.assert_array_equal(found.x[0], np.broadcast_to([1, 0, 0], (4, 6, 3)))
    np.testing.assert_array_equal(found.x[3], np.broadcast_to([0, 0, 1], (4, 6, 3)))
    assert repr(found) == ("ImageFolder(x=(4, 4, 6, 3) float32, cats: 2, dogs: 2; skipped: 0, "
                           "ignored: 0)")


def test_the_order_of_a_trained_model_is_kept(pets):
    found = load(pets, classes=["dogs", "cats"])
    assert found.classes == ("dogs", "cats")
    assert found.files[0] == "dogs/1.png"
    assert found.y.tolist() == [0, 0, 1, 1]
    says(pets, "expected the class folders dogs, cows", "got cats, dogs", classes=["dogs", "cows"])
    says(pets, "got cats, dogs", classes=["dogs"])
    says(pets, "got cats, dogs", classes=["dogs", "dogs", "cats"])


def test_an_empty_class_is_an_error_also_with_skip(pets):
    (pets / "cows").mkdir()
    for skip in (False, True):
        says(pets, "cows/: a class without a readable picture", "got 1 problem:", skip=skip)
    (pets / "cows" / ".DS_Store").write_bytes(b"x")
    says(pets, "cows/: a class without")


def test_a_class_of_broken_pictures_is_empty_too(pets):
    (pets / "cows").mkdir()
    (pets / "cows" / "1.png").write_bytes(b"")
    says(pets, "cows/1.png: no picture in a format", "cows/: a class without", "got 2 problems:",
         skip=True)


def broken_files(pets):
    whole = plain(pets / "whole.jpg", size=(300, 300), quality=95).read_bytes()
    (pets / "whole.jpg").unlink()
    (pets / "cats" / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (pets / "dogs" / "notes.txt").write_text("feed them at six")
    (pets / "dogs" / "empty.png").write_bytes(b"")
    (pets / "dogs" / "more").mkdir()
    plain(pets / "beside.png")
    return {
        "beside.png": "lies beside the class folders",
        "cats/cut.jpg": "cannot be decoded",
        "dogs/empty.png": "no picture in a format",
        "dogs/more": "a folder where a picture should be",
        "dogs/notes.txt": "no picture in a format",
    }


def test_all_problems_are_named_at_once(pets):
    expected = broken_files(pets)
    says(pets, "got 5 problems:", *(f"{file}: {why}" for file, why in expected.items()))


def test_what_is_skipped_is_told(pets):
    expected = broken_files(pets)
    found = load(pets, skip=True)
    assert found.files == ("cats/1.png", "cats/2.png", "dogs/1.png", "dogs/2.png")
    assert found.skipped.keys() == expected.keys()
    for file, why in expected.items():
        assert found.skipped[file].startswith(why)
    assert "skipped: 5" in repr(found)


def test_of_very_many_problems_all_are_in_the_error(pets):
    for number in range(30):
        (pets / "cats" / f"{number:02}.txt").write_text("no picture")
    with pytest.raises(data.FolderProblems) as caught:
        load(pets)
    text = str(caught.value)
    assert "got 30 problems:" in text
    assert text.endswith("and 10 more; all 30 are in the problems of this error")
    assert text.count("\n") == 21
    assert caught.value.problems == load(pets, skip=True).skipped
    assert len(caught.value.problems) == 30
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.problems) == (text, caught.value.problems)


def test_no_long_list_hides_an_empty_class(pets):
    for number in range(30):
        (pets / "cats" / f"{number:02}.txt").write_text("no picture")
    (pets / "zebras").mkdir()
    text = says(pets, "zebras/: a class without a readable picture", "got 31 problems:")
    assert text.index("zebras/") < text.index("cats/00.txt")
    text = says(pets, "zebras/: a class without a readable picture", "got 1 problem:", skip=True)
    assert "cats" not in text
    (pets / "zebras" / "1.png").write_bytes(b"")
    says(pets, "zebras/1.png: no picture", "got 2 problems:", skip=True)


def test_a_link_that_leads_nowhere_is_no_picture(pets):
    (pets / "cats" / "link.png").symlink_to(pets / "gone.png")
    says(pets, "cats/link.png: not a file")


def test_hidden_files_and_those_of_systems_are_named_apart(pets):
    for file in ("cats/.DS_Store", "cats/._1.png", "dogs/Thumbs.db", "dogs/desktop.ini", ".git"):
        (pets / file).write_bytes(b"x")
    for folder in (".ipynb_checkpoints", "__MACOSX"):
        (pets / folder).mkdir()
    plain(pets / ".old" / "1.png")
    found = load(pets)
    assert len(found.files) == 4
    assert found.classes == ("cats", "dogs")
    assert sorted(found.ignored) == [
        ".git", ".ipynb_checkpoints", ".old", "__MACOSX", "cats/.DS_Store", "cats/._1.png",
        "dogs/Thumbs.db", "dogs/desktop.ini",
    ]


def test_the_bytes_count_and_not_the_suffix(pets):
    plain(pets / "cats" / "LOUD.PNG")
    plain(pets / "cats" / "photo.JPeG")
    plain(pets / "cats" / "no suffix", format="PNG")
    plain(pets / "cats" / "called.txt", format="PNG")
    plain(pets / "cats" / "really a jpeg.png", format="JPEG")
    assert len(load(pets).files) == 9


def test_grey_beside_colour(pets):
    plain(pets / "cats" / "grey.png", 100, mode="L")
    plain(pets / "cats" / "bits.png", 1, mode="1")
    found = load(pets)
    at = found.files.index("cats/grey.png")
    np.testing.assert_allclose(found.x[at], 100 / 255)
    np.testing.assert_array_equal(found.x[found.files.index("cats/bits.png")], 1)
    grey = load(pets, colour="L")
    assert grey.x.shape == (6, 4, 6, 1)
    np.testing.assert_allclose(grey.x[at], 100 / 255)


def test_sixteen_bits_of_grey_keep_their_scale(pets):
    values = np.full((8, 12), 257 * 100, np.uint16)
    Image.fromarray(values).save(pets / "cats" / "deep.png")
    Image.fromarray(values).save(pets / "cats" / "deep.tif")
    found = load(pets)
    for file in ("cats/deep.png", "cats/deep.tif"):
        np.testing.assert_allclose(found.x[found.files.index(file)], 100 / 255)
        assert found.notes[file] == "16 bits of grey"


def test_numbers_without_a_scale_are_refused(pets):
    Image.fromarray(np.full((8, 12), 0.5, np.float32)).save(pets / "cats" / "float.tif")
    says(pets, "cats/float.tif: numbers without a known scale (mode F)")


def test_cmyk_and_palettes_become_colours(pets):
    plain(pets / "cats" / "print.jpg", (0, 255, 255, 0), mode="CMYK", quality=100)
    Image.new("RGB", (12, 8), GREEN).quantize(4).save(pets / "cats" / "palette.png")
    found = load(pets)
    printed = found.x[found.files.index("cats/print.jpg")]
    np.testing.assert_allclose(printed, np.broadcast_to([1, 0, 0], printed.shape), atol=0.03)
    np.testing.assert_array_equal(found.x[found.files.index("cats/palette.png")][..., 1], 1)
    assert found.notes == {"cats/print.jpg": "printer's colours"}


def test_what_is_transparent_stands_on_white(pets):
    plain(pets / "cats" / "clear.png", (0, 0, 0, 0), mode="RGBA")
    plain(pets / "cats" / "half.png", (0, 0, 0, 128), mode="RGBA")
    plain(pets / "cats" / "solid.png", (*GREEN, 255), mode="RGBA")
    found = load(pets)
    picture = {file: found.x[i] for i, file in enumerate(found.files)}
    np.testing.assert_array_equal(picture["cats/clear.png"], 1)
    np.testing.assert_allclose(picture["cats/half.png"], 127 / 255, atol=2 / 255)
    assert picture["cats/solid.png"][0, 0].tolist() == [0, 1, 0]
    assert found.notes == {"cats/clear.png": "on white", "cats/half.png": "on white"}


def deep_png(path, values, *, transparent=None):
    """Write a PNG of 16 bits a number; values are (height, width) or (height, width, 3)."""
    kind = 0 if values.ndim == 2 else 2
    head = struct.pack(">IIBBBBB", values.shape[1], values.shape[0], 16, kind, 0, 0, 0)
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    if transparent is not None:
        chunks.insert(1, (b"tRNS", struct.pack(f">{len(transparent)}H", *transparent)))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks))


def chunk(kind, body):
    """One part of a PNG file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@pytest.mark.parametrize("shape", [(8, 12), (8, 12, 3)], ids=["grey", "colour"])
@pytest.mark.parametrize("value", [30_000, 7], ids=str)
def test_a_transparent_colour_of_16_bits_is_never_lost(pets, shape, value):
    values = np.full(shape, value)
    deep_png(pets / "cats" / "deep.png", values)
    found = load(pets)
    at = found.files.index("cats/deep.png")
    np.testing.assert_allclose(found.x[at], value / 65535, atol=1 / 255)
    assert found.notes == {
        "cats/deep.png": "16 bits of grey" if len(shape) == 2 else "16 bits of colour"}
    channels = 1 if len(shape) == 2 else 3
    deep_png(pets / "cats" / "deep.png", values, transparent=[value] * channels)
    says(pets, "cats/deep.png: 16 bits with a transparent colour")


def test_a_transparent_colour_of_8_bits_becomes_white(pets):
    for mode, colour, kept in (("L", 100, 100), ("RGB", RED, RED), ("1", 0, 0)):
        plain(pets / "cats" / f"{mode}.png", colour, mode=mode, transparency=kept)
    found = load(pets)
    for mode in ("L", "RGB", "1"):
        np.testing.assert_array_equal(found.x[found.files.index(f"cats/{mode}.png")], 1)
        assert found.notes[f"cats/{mode}.png"] == "on white"


def small_tiff(path, bits, body, *, black=1):
    """Write two rows of four numbers of grey; `black` is 1 where 0 is black and 0 where not."""
    tags = [(256, 3, 4), (257, 3, 2), (258, 3, bits), (259, 3, 1), (262, 3, black), (273, 4, 0),
            (277, 3, 1), (278, 3, 2), (279, 4, len(body))]
    start = 8 + 2 + 12 * len(tags) + 4
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, start if tag == 273 else value)
                       for tag, kind, value in tags)
    head = b"II*\0" + struct.pack("<IH", 8, len(tags))
    path.write_bytes(head + entries + b"\0" * 4 + body)


def test_no_negative_is_taken_for_a_picture(pets):
    small_tiff(pets / "cats" / "shallow.tif", 8, b"\xe6" * 8, black=0)
    found = load(pets)                                                # Pillow turns these itself
    np.testing.assert_allclose(found.x[found.files.index("cats/shallow.tif")], 25 / 255)
    deep = struct.pack("<8H", *[60_000] * 8)
    small_tiff(pets / "cats" / "deep.tif", 16, deep)
    found = load(pets)
    np.testing.assert_allclose(found.x[found.files.index("cats/deep.tif")], 60_000 / 65_535,
                               atol=1 / 255)
    small_tiff(pets / "cats" / "deep.tif", 16, deep, black=0)
    says(pets, "cats/deep.tif: 16 bits of grey in which 0 is white")


def test_other_depths_have_no_known_scale(pets):
    small_tiff(pets / "cats" / "camera.tif", 12, b"\x55" * 12)
    says(pets, "cats/camera.tif: numbers without a known scale (12 bits)")
    Image.fromarray(np.full((8, 12), 7, np.int32)).save(pets / "cats" / "camera.tif")
    says(pets, "cats/camera.tif: numbers without a known scale (mode I)")


def test_a_pgm_says_its_scale_itself(pets):
    body = np.full((8, 12), 1000, ">u2").tobytes()
    (pets / "cats" / "a.pgm").write_bytes(b"P5 12 8 4000\n" + body)
    (pets / "cats" / "b.pgm").write_bytes(b"P5 12 8 65535\n" + body)
    found = load(pets)
    for file, value in (("cats/a.pgm", 1000 / 4000), ("cats/b.pgm", 1000 / 65535)):
        np.testing.assert_allclose(found.x[found.files.index(file)], value, atol=1 / 255)
        assert found.notes[file] == "16 bits of grey"


def test_colours_of_other_kinds_are_refused(pets):
    Image.new("LAB", (12, 8)).save(pets / "cats" / "lab.tif")
    says(pets, "cats/lab.tif: colours of a kind that is not read here (mode LAB)")


OTHERS = {
    "phone.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40,
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
    "page.pdf": b"%PDF-1.4\n",
    "print.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 12 8\n%%EndComments\n",
}


@pytest.mark.parametrize("name", OTHERS)
def test_formats_that_are_not_read_are_told_apart_from_no_picture(pets, name):
    (pets / "cats" / name).write_bytes(OTHERS[name])
    says(pets, f"cats/{name}: no picture in a format that is read here")


@pytest.mark.parametrize("name", images.FORMATS)
def test_every_format_that_is_named_is_read(pets, name):
    Image.init()
    if name not in Image.SAVE:                          # Pillow 10 knows no AVIF
        assert name == "AVIF"
        return
    plain(pets / "cats" / "other", format=name)
    found = load(pets)
    picture = found.x[found.files.index("cats/other")]
    np.testing.assert_allclose(picture, np.broadcast_to([1, 0, 0], picture.shape), atol=0.05)
    assert not found.notes


@pytest.mark.parametrize("tag", [0, 1, 9, 700])
@pytest.mark.parametrize("suffix", ["png", "tif", "webp", "jpg"])
def test_a_mark_that_means_no_turn_is_not_told_as_one(tmp_path, tag, suffix):
    exif = Image.Exif()
    exif[0x0112] = tag
    plain(tmp_path / "cats" / f"1.{suffix}", size=(20, 10), exif=exif)
    assert not load(tmp_path).notes


TURNS = {                                # value of the tag, and where the red corner was stored
    1: (0, 0), 2: (0, -1), 3: (-1, -1), 4: (-1, 0), 5: (0, 0), 6: (-1, 0), 7: (-1, -1), 8: (0, -1),
}


@pytest.mark.parametrize(("tag", "corner"), TURNS.items())
@pytest.mark.parametrize("suffix", ["jpg", "png"])
def test_a_picture_that_is_marked_as_turned_comes_upright(tmp_path, tag, corner, suffix):
    stored = np.zeros((40, 60, 3), np.uint8) if tag < 5 else np.zeros((60, 40, 3), np.uint8)
    rows = slice(0, 16) if corner[0] == 0 else slice(-16, None)
    columns = slice(0, 16) if corner[1] == 0 else slice(-16, None)
    stored[rows, columns] = RED
    exif = Image.Exif()
    exif[0x0112] = tag
    path = tmp_path / "cats" / f"turned.{suffix}"
    path.parent.mkdir()
    options = {"quality": 100, "subsampling": 0} if suffix == "jpg" else {}
    Image.fromarray(stored).save(path, exif=exif, **options)
    found = data.load_image_folder(tmp_path, size=(40, 60))
    red = found.x[0, ..., 0] > 0.5
    assert red[:14, :14].all()
    assert not red[20:].any()
    assert not red[:, 20:].any()
    assert found.notes == ({} if tag == 1 else {f"cats/turned.{suffix}": "turned upright"})


def header_only(path, width, height):
    """A PNG that says how large it is and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
                     + chunk(b"IDAT", zlib.compress(b"0")) + chunk(b"IEND", b""))


@pytest.mark.parametrize("side", [8_000, 10_000, 20_000], ids=str)
def test_a_huge_picture_is_refused_before_it_is_decoded(pets, side, recwarn):
    header_only(pets / "cats" / "huge.png", side, side)
    text = says(pets, "cats/huge.png: ", "more than max_pixels=50000000" if side < 13_000
                else "more than 178956970 pixels")
    assert "decoded (" not in text
    assert list(load(pets, skip=True).skipped) == ["cats/huge.png"]
    assert not recwarn.list


def test_the_limit_can_be_raised_as_far_as_pillow_goes_and_no_farther(pets):
    plain(pets / "cats" / "large.png", size=(8_000, 7_000), colour=1, mode="1")
    says(pets, "cats/large.png: 8000 × 7000 pixels, more than max_pixels=50000000")
    assert "cats/large.png" in load(pets, max_pixels=178_956_970).files
    for call, what in ((data.load_image_folder, pets), (data.read_image, b"")):
        with pytest.raises(ValueError, match=r"expected max_pixels <= 178956970.*got 500000000"):
            call(what, size=(4, 4), max_pixels=500_000_000)


def test_a_picture_20000_pixels_wide_is_read(pets):
    plain(pets / "cats" / "wide.png", GREEN, size=(20_000, 30))
    plain(pets / "cats" / "line.png", GREEN, size=(20_000, 1))
    found = load(pets)
    for file in ("cats/wide.png", "cats/line.png"):
        np.testing.assert_array_equal(found.x[found.files.index(file)][..., 1], 1)
    assert found.notes == {"cats/line.png": "cropped to 0.0075 % of it, "
                                            "enlarged from 20000 × 1 pixels",
                           "cats/wide.png": "cropped to 0.22 % of it"}
    says(pets, "cats/wide.png: 20000 × 30 pixels, too narrow to be padded", fit="pad")
    plain(pets / "cats" / "wide.png", GREEN, size=(200, 30))
    (pets / "cats" / "line.png").unlink()
    wide = load(pets, fit="pad").x[2]
    assert wide[..., 1].max() == 1
    assert wide[0].max() == 0
    plain(pets / "cats" / "wide.png", GREEN, size=(20_000, 30))
    says(pets, "20000 × 30 pixels, more than max_pixels=1000", max_pixels=1000)


def test_of_an_animation_the_first_frame_is_taken_and_that_is_noted(pets):
    frames = [Image.new("RGB", (12, 8), colour) for colour in (GREEN, RED, BLUE)]
    frames[0].save(pets / "cats" / "moving.gif", save_all=True, append_images=frames[1:])
    frames[0].save(pets / "cats" / "still.gif")
    found = load(pets)
    for name in ("moving", "still"):
        picture = found.x[found.files.index(f"cats/{name}.gif")]
        np.testing.assert_array_equal(picture[0, 0], [0, 1, 0])
    assert found.notes == {"cats/moving.gif": "the first of several frames"}


def test_an_enlargement_is_told(tmp_path):
    plain(tmp_path / "cats" / "dot.png", size=(1, 1))
    plain(tmp_path / "cats" / "large.png", size=(4, 2))
    found = load(tmp_path)
    assert found.notes == {"cats/dot.png": "enlarged from 1 × 1 pixels"}      # not from 4 × 2
    found = load(tmp_path, size=(5, 10), fit="pad")
    assert found.notes["cats/large.png"] == "enlarged from 4 × 2 pixels"


def test_a_file_under_two_names_is_told(pets):
    (pets / "cats" / "3.png").symlink_to(pets / "cats" / "1.png")
    (pets / "lions").symlink_to(pets / "dogs")
    found = load(pets)
    assert found.notes == {
        "cats/3.png": "the same file as cats/1.png",
        "lions/1.png": "the same file as dogs/1.png",
        "lions/2.png": "the same file as dogs/2.png",
    }


def test_an_accent_is_the_same_name_on_every_disk(tmp_path):
    composed, two_signs = (unicodedata.normalize(form, "Äpfel") for form in ("NFC", "NFD"))
    assert composed != two_signs
    for written in (composed, two_signs):
        folder = tmp_path / str(len(written))
        for name in (written, "Birnen", "Zitronen"):
            plain(folder / name / "1.png")
        assert load(folder).classes == ("Birnen", "Zitronen", composed)
        for asked in (composed, two_signs):
            found = load(folder, classes=[asked, "Zitronen", "Birnen"])
            assert found.classes == (composed, "Zitronen", "Birnen")
    plain(tmp_path / "5" / two_signs / "1.png")
    says(tmp_path / "5", "expected class folders of different names")


@pytest.mark.parametrize("classes", ["cats", ("cats", 1), (name for name in ("cats", "dogs"))],
                         ids=["a string", "a number", "a generator"])
def test_classes_are_a_sequence_of_names(pets, classes):
    with pytest.raises(TypeError, match="expected classes to be a sequence of names, got "):
        load(pets, classes=classes)


def test_a_broken_file_is_not_filled_with_grey_whatever_a_script_has_set(pets, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    expected = broken_files(pets)
    assert load(pets, skip=True).skipped.keys() == expected.keys()
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def refuse(monkeypatch, module, name, error, *, where):
    """Let a function raise for the paths that hold `where`, as a system without rights does."""
    usual = getattr(module, name)

    def refusing(first, *rest, **options):
        if where in str(first):
            raise error
        return usual(first, *rest, **options)

    monkeypatch.setattr(module, name, refusing)


def test_what_may_not_be_read_is_told_like_all_else(pets, monkeypatch):
    denied = PermissionError(13, "Permission denied")
    refuse(monkeypatch, Image, "open", denied, where="cats/1.png")
    says(pets, "cats/1.png: cannot be opened (Permission denied)")
    assert load(pets, skip=True).files[0] == "cats/2.png"
    refuse(monkeypatch, image_folder, "_listed", denied, where="dogs")
    for skip in (False, True):
        says(pets, "dogs/: a class that cannot be listed (Permission denied)", skip=skip)


def test_a_lack_of_memory_is_no_fault_of_the_picture(pets, monkeypatch):
    refuse(monkeypatch, Image, "open", MemoryError(), where="cats/1.png")
    with pytest.raises(MemoryError):
        load(pets, skip=True)


def halves(path, size):
    """Left half red, right half blue, and a green frame line at the far ends."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    picture.save(path)
    return path


def test_another_shape_is_cropped_around_its_middle_or_padded(tmp_path):
    path = halves(tmp_path / "wide.png", (40, 10))
    crop = data.read_image(path, size=(10, 10))
    assert crop[5, 1].tolist() == [1, 0, 0]
    assert crop[5, 8].tolist() == [0, 0, 1]
    pad = data.read_image(path, size=(12, 40), fit="pad")
    assert pad[0].max() == pad[-1].max() == 0
    assert pad[6, 1].tolist() == [1, 0, 0]
    assert data.read_image(path, size=(3, 7)).shape == (3, 7, 3)


def test_one_picture_from_anywhere_is_that_of_the_folder(pets):
    path = pets / "cats" / "1.png"
    row = load(pets).x[0]
    with open(path, "rb") as file:
        sources = [path, str(path), path.read_bytes(), bytearray(path.read_bytes()),
                   memoryview(path.read_bytes()), file]
        for source in sources:
            np.testing.assert_array_equal(data.read_image(source, size=(4, 6)), row)


@pytest.mark.parametrize("source", [None, 3, np.zeros((4, 4, 3))], ids=type)
def test_only_what_holds_a_file_is_read(source):
    with pytest.raises(TypeError, match=r"^read_image expected a path, bytes or a binary"):
        data.read_image(source, size=(4, 4))


def test_reading_one_picture_says_what_is_wrong(tmp_path):
    (tmp_path / "a.png").write_text("no")
    for source, said in [
        (tmp_path / "a.png", f"got {str(tmp_path / 'a.png')!r}: no picture in a format"),
        (b"no", "got bytes: no picture in a format"),
        (tmp_path / "none.png", "not a file"),
        (tmp_path, "a folder where"),
    ]:
        with pytest.raises(ValueError, match=r"^read_image expected a picture, ") as caught:
            data.read_image(source, size=(4, 4))
        assert said in str(caught.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [({"size": 4}, "expected size to be a pair (height, width), got 4"),
     ({"size": (4, 4, 3)}, "expected size to be a pair (height, width), got (4, 4, 3)"),
     ({"size": "44"}, "expected size to be a pair (height, width), got '44'"),
     ({"size": (4, 0)}, "expected each side of size >= 1, got 0"),
     ({"size": (4, 4), "colour": "CMYK"}, "expected colour to be one of 'RGB', 'L', got 'CMYK'"),
     ({"size": (4, 4), "fit": "wide"}, "expected fit to be one of 'crop', 'pad', got 'wide'"),
     ({"size": (4, 4), "max_pixels": 0}, "expected max_pixels >= 1, got 0")],
)
def test_wrong_options(pets, options, said):
    for owner, call, what in (("load_image_folder", data.load_image_folder, pets),
                              ("read_image", data.read_image, pets / "cats" / "1.png")):
        with pytest.raises(ValueError, match=f"^{re.escape(f'{owner} {said}')}"):
            call(what, **options)


def test_wrong_folders(tmp_path, pets):
    with pytest.raises(FileNotFoundError, match=r"^load_image_folder expected a folder.*not there"):
        load(tmp_path / "nowhere")
    with pytest.raises(NotADirectoryError, match=r"^load_image_folder expected a folder.*a file"):
        load(pets / "cats" / "1.png")
    says(pets / "cats", "expected one subfolder for each class", "got none")
