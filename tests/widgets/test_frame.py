import base64
import io
import re
from html.parser import HTMLParser

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from nnlib import widgets
from nnlib.widgets import plots


def figure():
    fig, (left, right) = plots.figure(ncols=2)
    x = np.linspace(0, 3, 50)
    for alpha in (1.0, 0.4, 0.4):
        left.plot(x, np.exp(-x) + 0.1 * alpha * np.sin(9 * x), **plots.role("loss", alpha=alpha))
        right.plot(x, 1 - np.exp(-x), **plots.role("prediction", alpha=alpha))
    left.set(title="Loss", xlabel="epoch")
    right.set(title="Accuracy", xlabel="epoch")
    plots.direct_label(right, 1.5, 0.4, "validation", "prediction")
    return fig


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def one(self, tag):
        (attrs,) = [attrs for name, attrs in self.found if name == tag]
        return attrs


def test_picture_is_a_small_palette_png_of_the_stated_size():
    frame = widgets.frame(figure(), alt="two curves")
    picture = Image.open(io.BytesIO(frame.image))
    assert picture.format == "PNG"
    assert picture.mode == "P"
    assert len(picture.getcolors()) <= 32
    assert picture.size == (frame.width, frame.height) == (500, 300)
    assert len(frame.image) < 10_000


def test_palette_keeps_faint_lines_in_their_own_hue():
    # A palette by median cut turned the faint orange lines blue.
    fig = figure()
    fig.canvas.draw()
    before = np.asarray(fig.canvas.buffer_rgba())[..., :3].astype(int)
    frame = widgets.frame(fig, alt="two curves")
    after = np.asarray(Image.open(io.BytesIO(frame.image)).convert("RGB")).astype(int)
    assert np.abs(after - before).max() < 60


@pytest.mark.parametrize("colours", [16, 32])
def test_paper_grid_and_curves_keep_their_exact_colours(colours):
    frame = widgets.frame(figure(), alt="two curves", colours=colours)
    picture = Image.open(io.BytesIO(frame.image)).convert("RGB")
    kept = {f"#{r:02X}{g:02X}{b:02X}" for _, (r, g, b) in picture.getcolors()}
    wanted = {"#FFFFFF", plots.STYLE["grid.color"], plots.COLORS["prediction"],
              plots.COLORS["loss"]}
    assert wanted <= kept


def test_few_colours_take_a_byte_a_pixel_as_many_do():
    """Two pixels in a byte compress worse: a picture of fewer colours would be the larger one."""
    few, more = (widgets.frame(figure(), alt="two curves", colours=n).image for n in (16, 20))
    assert few[24] == more[24] == 8                  # the bit depth, in the header of a PNG file
    assert len(Image.open(io.BytesIO(few)).getcolors()) <= 16
    assert len(few) < len(more)


def test_same_code_gives_the_same_bytes():
    first, second = (widgets.frame(figure(), alt="two curves") for _ in range(2))
    assert first.image == second.image


def test_figure_is_closed():
    fig = figure()
    widgets.frame(fig, alt="two curves")
    assert fig.number not in plt.get_fignums()


def test_scale_gives_more_pixels_to_the_same_size():
    frame = widgets.frame(figure(), alt="two curves", scale=2)
    assert (frame.width, frame.height) == (500, 300)
    assert Image.open(io.BytesIO(frame.image)).size == (1000, 600)


def test_html_carries_alt_size_and_picture():
    frame = widgets.frame(figure(), alt='loss < 0.1 at "0.3"')
    image = Tags(frame.html).one("img")
    assert image["alt"] == 'loss < 0.1 at "0.3"'
    assert (image["width"], image["height"]) == ("500", "300")
    assert image["style"] == "max-width:100%;height:auto"
    assert base64.b64decode(image["src"].removeprefix("data:image/png;base64,")) == frame.image


@pytest.mark.parametrize("alt", ["", "  \n", None])
def test_a_picture_needs_words(alt):
    with pytest.raises(ValueError, match=r"frame expected alt text .*, got"):
        widgets.frame(figure(), alt=alt)


def test_text_becomes_rows_and_notes():
    frame = widgets.frame(
        figure(), alt="two curves", text="Steps to 90 %: 140\nthree seeds, 2 < 3\nTime: 3 ms"
    )
    terms = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", frame.html)
    assert terms == [("Steps to 90 %", "140"), ("Time", "3 ms")]
    assert "<p>three seeds, 2 &lt; 3</p>" in frame.html


def test_text_takes_a_mapping():
    frame = widgets.frame(figure(), alt="two curves", text={"Steps": 140, "Epochs": 7})
    assert frame.text == "Steps: 140\nEpochs: 7"


def test_text_form_does_not_differ_between_runs():
    frame = widgets.frame(figure(), alt="two  curves\n and more")
    assert repr(frame) == "Frame(500×300, 'two curves and more')"
