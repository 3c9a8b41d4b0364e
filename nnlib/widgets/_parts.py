"""Parts that every widget of the course shares: a stable text form, titles, wrapping rows."""

from __future__ import annotations

import html

import ipywidgets

from nnlib.widgets.frame import Frame, html_widget

# What a notebook interface needs to show a widget well. The published page has a style sheet of its
# own, whose rules are more specific. Notebook interfaces style lists and labels; hence "important".
STYLE = """<style>
.nn-widget{padding:4px 0}
.nn-widget .nn-controls{gap:6px 18px}
.nn-widget .nn-control{display:flex;flex-direction:column;align-items:flex-start;height:auto}
.nn-widget .nn-control>.widget-label{text-align:left;height:auto;line-height:1.5}
.nn-widget .nn-control select{flex:none;min-width:8em;height:28px}
.nn-widget .widget-radio,.nn-widget .widget-radio-box{width:auto;height:auto;max-width:100%}
.nn-widget .widget-radio-box label{display:flex;gap:.6em;align-items:center;height:auto;
line-height:1.4;white-space:normal;padding:.3em 0}
.nn-widget .widget-radio-box input{order:-1;flex:none;margin:0}
.nn-widget .widget-html-content{line-height:1.45;white-space:normal}
.nn-widget p{margin:0 0 .4em}
.nn-widget .nn-title,.nn-widget .nn-question,.nn-widget .nn-letter{font-weight:600}
.nn-widget .nn-frame{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:flex-start}
.nn-widget .nn-picture{background:#fff;border-radius:4px}
.nn-widget .nn-step,.nn-widget .nn-notes{flex:1 0 100%}
.nn-widget .nn-rows{flex:1 1 130px;display:flex!important;flex-wrap:wrap;gap:6px 20px;
margin:0!important}
.nn-widget .nn-rows dt,.nn-widget .nn-rows dd{float:none!important;width:auto!important;
margin:0!important;padding:0!important;line-height:1.35}
.nn-widget .nn-rows dt{font-weight:400!important}
.nn-widget .nn-rows dd{font-weight:600!important;font-variant-numeric:tabular-nums}
.nn-widget .nn-feedback{margin:.4em 0;padding:.4em .8em;border-left:4px solid #009e73}
.nn-widget .nn-feedback.nn-wrong{border-left:4px dashed #d55e00}
</style>"""


class Card(ipywidgets.VBox):
    """A box of the course: named for style sheets, and printed the same on every run.

    A widget's usual text form lists model ids or whole states, which differ from run to run.
    """

    def __init__(self, children, *, css_class, summary):
        super().__init__(children, layout=ipywidgets.Layout(width="100%"))
        self.summary = summary
        self.add_class("nn-widget")
        self.add_class(css_class)

    def __repr__(self):
        return f"{type(self).__name__}({self.summary})"


def paragraph(text, css_class, *, style=False):
    """Return a line of plain text as a widget; `style` adds the rules that every widget needs."""
    value = f'<p class="{css_class}">{html.escape(text)}</p>'
    return html_widget((STYLE if style else "") + value, css_class=f"{css_class}-box")


def section_link(title, address):
    """Return HTML that leads to a section of another page, ``"02_tensors.ipynb#channels"``.

    It opens beside a live notebook, whose answers would be lost; `book/_ext/section_links.py` makes
    a link of the published book of it.
    """
    return (
        f'<a class="nn-section" target="_blank" href="{html.escape(address)}">'
        f"{html.escape(title)}</a>"
    )


def row(children, css_class, align="flex-end"):
    """Return a row that wraps where the page is narrow."""
    box = ipywidgets.HBox(
        children,
        layout=ipywidgets.Layout(flex_flow="row wrap", width="100%", align_items=align),
    )
    box.add_class(css_class)
    return box


def as_widget(content):
    """Return a widget for a `Frame`, a widget, or a string of HTML."""
    if isinstance(content, Frame):
        return content.widget()
    if isinstance(content, ipywidgets.Widget):
        return content
    if isinstance(content, str):
        return html_widget(content, css_class="nn-reveal")
    raise TypeError(
        f"expected a Frame, a widget or a string of HTML, got {type(content).__name__}"
    )


def count(number, noun):
    """Return the number with its noun: 1 option, 9 options."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
