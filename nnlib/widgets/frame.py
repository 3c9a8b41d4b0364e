"""A frame: one picture with its alternative text, as small as it can be and still be sharp.

Explorers hold dozens of frames, all of them stored in the published page. A palette of 32 colours
shrinks a plot to a fifth of a plain PNG, and two runs of the same code give the same bytes.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

COLOURS = 32


@dataclass(frozen=True, eq=False)
class Frame:
    """One rendered picture of an explorer or a stepper.

    Attributes
    ----------
    image : bytes
        A PNG file with a palette of at most 32 colours.
    width, height : int
        Size in CSS pixels, written into the page so that nothing moves while it loads.
    alt : str
        What the picture shows, in words and numbers.
    text : str
        Lines shown beneath the picture; a line ``term: value`` becomes a row of a small table.
    """

    image: bytes
    width: int
    height: int
    alt: str
    text: str = ""
    _views: dict = field(default_factory=dict, repr=False)

    @property
    def html(self) -> str:
        """The frame as HTML: the picture, and the rows of `text` beneath it."""
        return self.markup()

    def markup(self, heading="") -> str:
        """Return the HTML, with an optional line of text above the picture."""
        above = f'<p class="nn-step">{html.escape(heading)}</p>' if heading else ""
        source = base64.b64encode(self.image).decode("ascii")
        return (
            f'<div class="nn-frame">{above}'
            f'<img class="nn-picture" alt="{html.escape(self.alt)}" width="{self.width}" '
            f'height="{self.height}" style="max-width:100%;height:auto" '
            f'src="data:image/png;base64,{source}">{_rows(self.text)}</div>'
        )

    def widget(self, **shared) -> ipywidgets.HTML:
        """Return the widget that shows this frame; `shared` is its layout and style, if any.

        It is made once, so a frame that stands in several explorers is stored once in the page.
        """
        if "widget" not in self._views:
            self._views["widget"] = html_widget(self.html, **shared)
        return self._views["widget"]

    def __repr__(self):
        return f"Frame({self.width}×{self.height}, {self.alt!r})"

    def _repr_png_(self):
        # As the value of a cell it is a picture like any other: the built page takes its
        # alternative text from the repr above (book/_ext/alternative_texts.py).
        return self.image


def frame(figure, *, alt, text="", colours=COLOURS, scale=1) -> Frame:
    """Render a matplotlib figure to a `Frame` and close the figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Its size in inches times its dpi is the size of the picture in pixels.
    alt : str
        The alternative text: state the numbers that the picture shows. Must not be empty.
    text : str or mapping of str to str
        What stands beneath the picture: lines, or terms with their values.
    colours : int
        Size of the palette, 2 to 256.
    scale : float
        Picture pixels for each CSS pixel: 2 is sharper on a dense screen, and twice the bytes.

    Returns
    -------
    Frame

    Raises
    ------
    ValueError
        If `alt` is empty.
    """
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(f"frame expected alt text that says what the picture shows, got {alt!r}")
    if isinstance(text, Mapping):
        text = "\n".join(f"{term}: {value}" for term, value in text.items())
    width, height = (round(inches * figure.dpi) for inches in figure.get_size_inches())
    figure.set_dpi(figure.dpi * scale)
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba())[..., :3]
    plt.close(figure)
    picture = _palettised(np.ascontiguousarray(pixels), colours)
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG", optimize=True)
    return Frame(buffer.getvalue(), width, height, " ".join(alt.split()), text)


def _palettised(pixels, colours):
    """Return an image with a palette of `colours` for (height, width, 3) pixels.

    A third of the palette are the most frequent colours as they are: paper, grid, ink, the
    curves. Median cut alone turned faint orange lines and grey grids blue. The rest covers what
    there is besides. No dithering: it would speckle the flat areas and double the size.
    """
    packed = pixels.astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)
    values, where, counts = np.unique(packed, return_inverse=True, return_counts=True)
    values = np.stack([values >> 16, values >> 8 & 255, values & 255], axis=1).astype(int)
    frequent = []
    for value in values[np.argsort(-counts, kind="stable")]:
        # Nearly equal colours (paper and its rims) would crowd out the curves.
        if all(np.abs(value - other).max() > 12 for other in frequent):
            frequent.append(value)
        if len(frequent) == colours // 3:
            break
    covering = Image.fromarray(pixels).quantize(
        colors=colours - len(frequent), method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )
    rest = np.array(covering.getpalette()[: 3 * (colours - len(frequent))]).reshape(-1, 3)
    table = np.concatenate([frequent, rest])
    # Pillow's own mapping onto a palette is coarse (white may come out as nearly white).
    distances = ((values[:, None] - table[None]) ** 2).sum(axis=-1)
    indices = distances.argmin(axis=1).astype(np.uint8)[where].reshape(packed.shape)
    picture = Image.fromarray(indices)
    # Up to 16 entries, Pillow packs two pixels or more into a byte, and such bytes compress worse:
    # pages get up to a tenth larger. Entries that no pixel uses keep it at a byte a pixel.
    unused = max(0, 17 - len(table))
    picture.putpalette(np.pad(table, ((0, unused), (0, 0))).astype(np.uint8).tobytes())
    return picture


def html_widget(value, *, css_class="nn-html", **shared) -> ipywidgets.HTML:
    """Return an HTML widget that may shrink with its column; its layout may be `shared`."""
    if "layout" not in shared:
        shared["layout"] = ipywidgets.Layout(width="100%", margin="0")
    widget = ipywidgets.HTML(value, **shared)
    widget.add_class(css_class)
    return widget


def _rows(text):
    """Return HTML for the lines of `text`: rows for ``term: value``, paragraphs for the rest."""
    rows, notes = [], []
    for line in filter(None, map(str.strip, text.splitlines())):
        term, colon, value = line.partition(": ")
        if colon:
            rows.append(f"<div><dt>{html.escape(term)}</dt><dd>{html.escape(value)}</dd></div>")
        else:
            notes.append(f"<p>{html.escape(line)}</p>")
    table = f'<dl class="nn-rows">{"".join(rows)}</dl>' if rows else ""
    return table + (f'<div class="nn-notes">{"".join(notes)}</div>' if notes else "")
