"""A folder of pictures: read right, nothing lost, nothing skipped in silence."""

import re
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from nnlib import data
from nnlib.data import image_folder

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
    says(pets, "cows/1.png: not a picture", "cows/: a class without", "got 2 problems:", skip=True)


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
        "dogs/empty.png": "not a picture",
        "dogs/more": "a folder where a picture should be",
        "dogs/notes.txt": "not a picture",
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


def test_very_many_problems_are_cut_short(pets):
    for number in range(30):
        (pets / "cats" / f"{number:02}.txt").write_text("no picture")
    text = says(pets, "got 30 problems:", "and 10 more")
    assert text.count("\n") == 21
    assert len(load(pets, skip=True).skipped) == 30


def test_a_link_that_leads_nowhere_is_no_picture(pets):
    (pets / "cats" / "link.png").symlink_to(pets / "gone.png")
    says(pets, "cats/link.png: not a file")


def test_hidden_files_and_those_of_systems_are_named_apart(pets):
    for file in ("cats/.DS_Store", "cats/._1.png", "dogs/Thumbs.db", "dogs/desktop.ini", ".git"):
        (pets / file).write_bytes(b"x")
    (pets / ".ipynb_checkpoints").mkdir()
    found = load(pets)
    assert len(found.files) == 4
    assert found.classes == ("cats", "dogs")
    assert sorted(found.ignored) == [
        ".git", ".ipynb_checkpoints", "cats/.DS_Store", "cats/._1.png", "dogs/Thumbs.db",
        "dogs/desktop.ini",
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
    def chunk(kind, body):
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
                     + chunk(b"IDAT", zlib.compress(b"0")) + chunk(b"IEND", b""))


@pytest.mark.parametrize("side", [8_000, 10_000, 20_000], ids=str)
def test_a_huge_picture_is_refused_before_it_is_decoded(pets, side, recwarn):
    header_only(pets / "cats" / "huge.png", side, side)
    text = says(pets, "cats/huge.png: ", "more than max_pixels=50000000" if side < 13_000
                else "far more pixels than max_pixels=50000000")
    assert "decoded (" not in text
    assert list(load(pets, skip=True).skipped) == ["cats/huge.png"]
    assert not recwarn.list


def test_a_picture_20000_pixels_wide_is_read(pets):
    plain(pets / "cats" / "wide.png", GREEN, size=(20_000, 30))
    plain(pets / "cats" / "line.png", GREEN, size=(20_000, 1))
    found = load(pets)
    for file in ("cats/wide.png", "cats/line.png"):
        np.testing.assert_array_equal(found.x[found.files.index(file)][..., 1], 1)
    assert found.notes == {"cats/line.png": "cropped to 0.0075 % of it",
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
        sources = [path, str(path), path.read_bytes(), bytearray(path.read_bytes()), file]
        for source in sources:
            np.testing.assert_array_equal(data.read_image(source, size=(4, 6)), row)


def test_reading_one_picture_says_what_is_wrong(tmp_path):
    (tmp_path / "a.png").write_text("no")
    for source, said in [
        (tmp_path / "a.png", f"got {str(tmp_path / 'a.png')!r}: not a picture"),
        (b"no", "got bytes: not a picture"),
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


def test_the_sentence_for_many_problems_keeps_the_number():
    sentence = image_folder._sentence("f", "d", {"a": "b"})
    assert sentence == "f expected only readable pictures in 'd', got 1 problem:\n  a: b"
