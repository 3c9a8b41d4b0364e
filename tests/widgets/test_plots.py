import matplotlib as mpl
import pytest
from matplotlib.colors import to_rgb

from nnlib.widgets import plots


def contrast_with_white(colour):
    """WCAG 2's contrast ratio."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@pytest.fixture(autouse=True)
def restored():
    with mpl.rc_context():
        yield


@pytest.mark.parametrize("role", plots.COLORS)
def test_roles_stand_out_from_white_and_their_words_read(role):
    assert contrast_with_white(plots.COLORS[role]) >= 3
    assert contrast_with_white(plots.TEXT_COLORS[role]) >= 4.5


def test_roles_differ_in_more_than_colour():
    signs = {(line["linestyle"], line["marker"]) for line in plots.LINES.values()}
    assert len(signs) == len(plots.LINES)


def test_figure_has_the_size_in_pixels_and_the_style():
    figure, axes = plots.figure(width=500, height=300, ncols=2)
    assert len(axes) == 2
    figure.canvas.draw()
    assert figure.canvas.get_width_height() == (500, 300)
    assert axes[0].get_facecolor() == (1, 1, 1, 1)
    assert not axes[0].spines["top"].get_visible()
    title = axes[0].set_title("Loss", loc="left")
    assert title.get_fontweight() == "bold"
    mpl.pyplot.close(figure)


def test_role_gives_the_arguments_of_a_plot_and_lets_them_be_changed():
    arguments = plots.role("gradient", linewidth=1)
    assert arguments == {
        "color": plots.COLORS["gradient"], **plots.LINES["gradient"], "linewidth": 1,
    }


def test_direct_label_stands_at_its_point_in_the_readable_colour():
    figure, ax = plots.figure()
    label = plots.direct_label(ax, 0.5, 0.25, "validation", "prediction", ha="right")
    assert label.xy == (0.5, 0.25)
    assert label.get_text() == "validation"
    assert label.get_color() == plots.TEXT_COLORS["prediction"]
    assert label.get_horizontalalignment() == "right"
    mpl.pyplot.close(figure)


def test_an_unknown_role_is_named():
    with pytest.raises(ValueError, match=r"data, prediction, loss, .*got 'bias'"):
        plots.role("bias")
