"""What the exercises of the chapter claim is what the library does."""

import numpy as np
import pytest
from PIL import Image

from nnlib import data
from nnlib.chapters.image_classifier import study
from nnlib.chapters.image_classifier.exercises import conv_work, loader_says, part_sizes
from nnlib.exercises import catalogue
from nnlib.exercises.examining import examine
from nnlib.exercises.outcomes import Passed

READ, ERROR, IGNORED = "read", "error", "ignored"


def picture(path, size=(40, 30)):
    path.parent.mkdir(exist_ok=True)
    values = np.random.default_rng(0).integers(0, 256, (*size[::-1], 3)).astype("uint8")
    Image.fromarray(values).save(path, "PNG")


def lay_out(folder, entry):
    """Put a class of good pictures there, and one entry of the exercise beside or among them."""
    picture(folder / "birds" / "7.png")
    name = entry.partition(",")[0]
    path = folder / name
    if name == "birds/young/2.png":
        picture(path)
    elif name == "birds/dog.jpg":
        Image.new("RGB", (40, 30), "brown").save(path)
    elif name == "birds/page.pdf":
        Image.new("RGB", (40, 30)).save(path)
    elif name == "birds/wide.png":
        picture(path, (3000, 40))
    elif name == "birds/empty.png":
        path.write_bytes(b"")
    elif name == "birds/copy.png":
        path.write_bytes((folder / "birds" / "7.png").read_bytes())
    elif name == ".old/":
        picture(path / "1.png")
    elif name == "bats/":
        path.mkdir()
        (path / ".DS_Store").write_bytes(b"left")
    else:
        picture(path)
    return name


@pytest.mark.parametrize("entry", loader_says.FILES)
def test_the_loader_says_what_the_exercise_says(tmp_path, entry):
    name = lay_out(tmp_path, entry)
    if loader_says.FILES[entry] == ERROR:
        with pytest.raises(ValueError, match=f"\n  {name.replace('/2.png', '')}: "):
            data.load_image_folder(tmp_path, size=(32, 32))
        return
    found = data.load_image_folder(tmp_path, size=(32, 32))
    said = READ if name in found.files else IGNORED if name.rstrip("/") in found.ignored else ""
    assert said == loader_says.FILES[entry]
    assert ("birds/wide.png" in found.notes) == (name == "birds/wide.png")


def test_the_sizes_are_those_of_pytorch():
    torch = pytest.importorskip("torch")
    conv1, conv2 = torch.nn.Conv2d(3, 10, 3), torch.nn.Conv2d(10, 20, 3)
    dense, last = torch.nn.Linear(part_sizes.SIZES[part_sizes.FLAT], 40), torch.nn.Linear(40, 3)
    pool = torch.nn.MaxPool2d(2)
    maps = [torch.zeros(1, 3, 66, 66)]
    for layer in (conv1, pool, conv2, pool):
        maps.append(layer(maps[-1]))
    sides = [found.shape[-1] for found in maps[1:]]
    counts = [sum(p.numel() for p in layer.parameters()) for layer in (conv1, conv2, dense, last)]
    assert [*sides, maps[-1].numel(), *counts] == list(part_sizes.SIZES.values())
    assert last(dense(maps[-1].flatten(1))).shape == (1, 3)


def test_the_work_is_what_pytorch_multiplies():
    torch = pytest.importorskip("torch")
    for case in conv_work.cases():
        height, width, kernel, before, after, padding = case.make_arguments()
        layer = torch.nn.Conv2d(before, after, kernel, padding=padding, bias=False)
        maps = layer(torch.zeros(1, before, height, width))
        assert case.expected == maps[0, 0].numel() * layer.weight.numel()


def test_names_of_numpy_are_names():
    """np.unique is the natural answer, and its names are no plain texts."""
    def labels_of(files):
        return np.unique([file.split("/")[0] for file in files], return_inverse=True)

    def as_a_list(files):
        classes, labels = labels_of(files)
        return list(classes), labels

    exercise = catalogue.find("image_classifier.labels_of")
    assert isinstance(examine(exercise, labels_of), Passed)
    assert isinstance(examine(exercise, as_a_list), Passed)


def test_both_lists_of_a_pair_are_shown():
    said = str(examine(catalogue.find("image_classifier.cut_by_region"),
                       lambda lefts, side, border: ([0], [2, 4])))
    assert "should be ([0, 2, 3], [4]), got ([0], [2, 4])." in said
    said = str(examine(catalogue.find("image_classifier.labels_of"),
                       lambda files: (["cats", "dogs"], [0, 1])))
    assert 'should be (["cats", "dogs"], [1, 0, 1, 0, 1]), got (["cats", "dogs"], [0, 1]).' in said


def test_a_repair_that_writes_into_what_it_got_is_told_so():
    """The right pictures, in the array that was handed in: what the report speaks of."""
    exercise = catalogue.find("image_classifier.mirrored")
    mistake = next(m for m in exercise.mistakes if m.name == "flips left-right, in place")
    said = str(examine(exercise, mistake.answers[0]))
    assert "gives the right result, but it changes pictures" in said


def test_a_training_square_mirrored_is_that_of_the_study():
    """The exercise and the study mean the same axis by left-right."""
    x = study.parts()["test"][0][:4]
    mirrored = catalogue.find("image_classifier.mirrored").solution
    assert np.array_equal(mirrored(x, [0, 1, 2, 3]), x[:, :, ::-1])
