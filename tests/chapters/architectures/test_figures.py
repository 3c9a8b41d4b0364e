"""The pictures of "Architectures" state what the library and the kept results give."""

import itertools
import re

import numpy as np
import pytest
import torch

import nnlib.numpy as nn
from nnlib.chapters.architectures import figures, recipes, study
from nnlib.chapters.architectures.figures import (
    costs,
    deep,
    follow,
    guide,
    order,
    reading,
    recalling,
    series,
    writing,
)

LIMIT = 0.6 * 2**20                      # bytes that an explorer may weigh


def light(explorer, frames):
    assert len(explorer.frames) == frames
    assert sum(len(frame.image) for frame in explorer.frames.values()) < LIMIT


def numbers(text):
    return [float(found) for found in re.findall(r"[-+]?\d+\.?\d*", text)]


@pytest.fixture(scope="module")
def trained():
    train, valid, _ = study.digits.parts()
    rng = np.random.default_rng(0)
    model = recipes.cnn(nn, rng=rng)
    nn.fit(model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.1),
           (train[0].reshape(-1, 8, 8, 1), train[1]), epochs=12, batch_size=32, rng=rng)
    picked = [int(np.flatnonzero(valid[1] == digit)[0]) for digit in (0, 3, 4, 7)]
    return model, valid[0].reshape(-1, 8, 8, 1)[picked], valid[1][picked]


def torch_stages(model, image):
    """The image after every layer, by PyTorch's own functions, channels last."""
    s = {name: torch.tensor(value) for name, value in model.state_dict().items()}
    F, x = torch.nn.functional, torch.tensor(image).permute(2, 0, 1)[None]
    found = [x]
    for number in (0, 3):
        kernel = s[f"{number}.weight"].permute(3, 2, 0, 1)
        x = F.conv2d(x, kernel, s[f"{number}.bias"], padding=1)
        found += [x, F.relu(x), F.max_pool2d(F.relu(x), 2)]
        x = found[-1]
    found = [one[0].permute(1, 2, 0) for one in found]
    x = found[-1].reshape(-1)
    hidden = x @ s["7.weight"] + s["7.bias"]
    return [*found, x, hidden, F.relu(hidden), F.relu(hidden) @ s["9.weight"] + s["9.bias"]]


def test_what_is_followed_is_what_torch_gives(trained):
    model, images, labels = trained
    for image, label in zip(images, labels, strict=True):
        for (name, ours), theirs in zip(follow.stages(model, image), torch_stages(model, image),
                                        strict=True):
            np.testing.assert_allclose(ours, theirs, atol=1e-4, err_msg=name)
        assert follow.stages(model, image)[-1][1].argmax() == label    # all four are read rightly


def test_the_explorer_says_shapes_parameters_and_work(trained):
    explorer = figures.follow_explorer(*trained)
    light(explorer, 44)
    learned = work = 0
    for stage in range(11):
        text = explorer.frame((stage, 1)).text
        learned += int(re.search(r"Parameters: ([\d,]+)", text)[1].replace(",", ""))
        one = int(re.search(r"one image: ([\d,]+)", text)[1].replace(",", ""))
        work += one
        assert one == {1: 4608, 4: 18432, 8: 2048, 10: 320}.get(stage, 0)
    assert learned == 3658
    assert work == 25408
    sizes = [int(re.search(r"come out: ([\d,]+)", explorer.frame((stage, 1)).text)[1])
             for stage in range(11)]
    assert max(sizes) == sizes[1] == 512


def test_one_number_adds_up_to_that_of_the_layer(trained):
    model, images, _ = trained
    explorer = figures.one_number_explorer(model, images[1])
    light(explorer, 16)
    maps = follow.stages(model, images[1])[4][1]
    for kernel, place in itertools.product((0, 5, 10, 15), ((0, 0), (1, 1), (2, 2), (3, 1))):
        said = re.search(r"the number is (\S+), after ReLU (\S+)\.$",
                         explorer.alt((kernel, place)))
        assert float(said[1]) == pytest.approx(maps[(*place, kernel)], abs=0.006)
        assert float(said[2]) == pytest.approx(max(maps[(*place, kernel)], 0), abs=0.006)
    patch, weights, _ = follow.one_number(model, images[1], 5, (2, 2))     # what the answer says
    sums = (patch * weights).sum(axis=(0, 1))
    assert 0.8 < sums[[1, 7]].min() < sums[[1, 7]].max() < 1.2
    assert sums[[5, 6]].max() < -1
    assert maps[2, 2, 5] < 0
    patch, weights, _ = follow.one_number(model, images[1], 15, (0, 0))
    assert np.abs((patch * weights).sum(axis=(0, 1))).max() < 0.45
    assert maps[0, 0, 15] < 0


def test_series_move_by_two_steps():
    light(figures.series_explorer(), 6)
    x, kernel = series.brightness(), series.KERNELS["mean of five"]
    past, both = (series.convolved(x, kernel, side) for side in series.SIDES)
    np.testing.assert_allclose(past[6:], both[4:-2])
    np.testing.assert_allclose(past[10], x[6:11].mean())
    for name, kernel in series.KERNELS.items():        # marked where the whole window lies inside
        before, after = (series.largest(x, kernel, side) for side in series.SIDES)
        whole = np.abs(np.correlate(x, kernel, "valid"))
        assert before - 4 == after - 2 == whole.argmax(), name


def test_the_kept_results_are_what_the_explorers_say():
    explorer = figures.order_explorer()
    light(explorer, 6)
    for (which, rows), frame in explorer.frames.items():
        said = numbers(re.search(r"CNN, mean of 15 seeds: (.*)", frame.text)[1])
        found = order.accuracies("CNN", which, rows)
        assert said == pytest.approx([found.mean(), found.min(), found.max()], abs=0.06)
    explorer = figures.reading_explorer()
    light(explorer, 10)
    for name in reading.NETWORKS:
        said = numbers(re.search(r"three seeds: (.*)", explorer.frame((name, "by place")).text)[1])
        found = reading.test_loss(name)
        assert said == pytest.approx([found.min(), found.max()], abs=0.006)
    explorer = figures.recall_explorer()
    light(explorer, 5)
    for name in recalling.NETWORKS:
        said = re.search(r"16 steps: (.*)", explorer.frame((name,)).text)[1]
        found = recalling.accuracies(name)[2]
        assert {min(numbers(said)), max(numbers(said))} == {round(float(found.min()), 2),
                                                           round(float(found.max()), 2)}
    explorer = figures.deep_explorer()
    light(explorer, 6)
    for depth in deep.DEPTHS:
        said = numbers(re.search(r"shortcuts: (.*)", explorer.frame((depth,)).text)[1])[0]
        assert said == pytest.approx(100 * np.mean(deep.kept("with shortcuts", depth)["accuracy"]),
                                     abs=0.06)


def test_means_of_four_places_begin_behind_the_first_four_and_anew_at_48():
    values = np.arange(96.0).reshape(1, 96) ** 2
    places, found = reading.grouped(values)
    np.testing.assert_allclose(places[:5], [0, 1, 2, 3, 5.5])
    np.testing.assert_allclose(found[0, :4], values[0, :4])
    assert found[0, 4] == pytest.approx(values[0, 4:8].mean())
    assert 49.5 in places
    assert len(places) == found.shape[1] == 27


def test_names_beside_the_lines_do_not_touch():
    for view in reading.VIEWS:
        found = sorted(reading.heights(view).values())
        assert min(np.diff(found)) > 0.139


def test_costs_cross_at_the_width():
    explorer = figures.cost_explorer()
    light(explorer, 4)
    for width in costs.WIDTHS:
        assert f"equal at {width} places" in explorer.alt((width,))
        assert f"{4096 / width:g} times" in explorer.alt((width,))
    took = study.results()["times"]
    block, lstm = took["Transformer block"], took["LSTM"]
    for n in ("32", "64", "128", "256", "512"):
        assert block[n] < lstm[n]
    assert block["1024"] > lstm["1024"]
    assert "Transformer block" in figures.times_frame().alt


def test_heads_and_texts_fit_the_page():
    light(figures.attention_explorer(), 8)
    light(figures.writing_explorer(), 32)
    stepper = figures.writing_stepper()
    assert len(stepper.frames) == 14
    for frame, (so_far, p, u, chosen) in zip(stepper.frames, writing.steps_of(), strict=True):
        assert so_far in frame.alt
        assert np.cumsum(p)[chosen] > u
        assert chosen == 0 or np.cumsum(p)[chosen - 1] <= u
        before, after = numbers(re.search(r"with it: (.*)", frame.text)[1])
        assert [before, after] == pytest.approx(
            [np.cumsum(p)[chosen] - p[chosen], np.cumsum(p)[chosen]], abs=6e-4)
    known = writing.words_known(writing.write("RNN", 0.6, 1))
    assert f": {100 * known:.0f} %" in writing.writing_frame("RNN", 0.6, 1).text


def test_the_guide_names_boxes_for_every_setting():
    explorer = figures.guide_explorer()
    light(explorer, 15)
    for (kind, rows), frame in explorer.frames.items():
        boxes, rival = guide.recipe(kind, rows)
        assert 3 <= len(boxes) <= 4
        assert all(text in frame.alt for text in (*boxes, rival))
    advised = [kind for kind in (guide.FEATURES, guide.IMAGES, guide.NUMBERS, guide.TEXT,
                                 guide.SETS) if "new last layer" in guide.recipe(kind,
                                                                               guide.ROWS[0])[0]]
    assert advised == [guide.IMAGES, guide.TEXT]           # what the answer says
    assert len(figures.assumptions_table().rows) == 5
