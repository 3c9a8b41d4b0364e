"""One of many: show the view that some controls point at, with or without a kernel.

Where ipywidgets has `Stack` (8.0 and later) the controls' `index` is linked in the browser to the
`selected_index` of nested stacks, so a saved page responds with no kernel. Older versions (hosted
notebooks may ship 7.7) have no `Stack`: there a live kernel observes the controls instead.
"""

from __future__ import annotations

import math

import ipywidgets

from nnlib.widgets.frame import Frame, html_widget


def has_stack() -> bool:
    """Whether this ipywidgets can switch views in the browser alone."""
    return hasattr(ipywidgets, "Stack")


def choose(views, controls, *, trait="index"):
    """Return a widget that shows the one of `views` that `controls` point at.

    Parameters
    ----------
    views : sequence of Frame or Widget
        One for each combination of the controls' options, the last control running fastest.
    controls : sequence of (Widget, int)
        Each control with its number of options; its `trait` is an index, or None for nothing yet.
    trait : str
        The name of the index trait: "index" of a selection, "value" of a slider or player.

    Raises
    ------
    ValueError
        If the number of views is not the product of the numbers of options.
    """
    shape = [count for _, count in controls]
    if len(views) != math.prod(shape):
        raise ValueError(
            f"choose expected {math.prod(shape)} views, one for each combination, got {len(views)}"
        )
    widgets = [control for control, _ in controls]
    stage = _stacked(views, widgets, shape, trait) if has_stack() else (
        _observed(views, widgets, shape, trait)
    )
    stage.add_class("nn-stage")
    return stage


def link(source, target):
    """Link two (widget, trait) pairs in the browser, both ways."""
    return ipywidgets.jslink(source, target)


def _stacked(views, controls, shape, trait):
    from ipywidgets.widgets.widget_string import HTMLStyle  # since 8.0, like `Stack`

    # One layout for all stacks and frames, one style for all frames: a saved page stores each model
    # once, and making a model costs the reader's browser a quarter of a millisecond.
    layout = ipywidgets.Layout(width="100%", margin="0")
    shared = {"layout": layout, "style": HTMLStyle()}

    def build(level, start):
        if level == len(controls):
            return _widget(views[start], **shared)
        stride = math.prod(shape[level + 1 :])
        children = [build(level + 1, start + i * stride) for i in range(shape[level])]
        control = controls[level]
        stack = ipywidgets.Stack(
            children, selected_index=getattr(control, trait), layout=layout
        )
        ipywidgets.jsdlink((control, trait), (stack, "selected_index"))
        return stack

    return build(0, 0)


def _observed(views, controls, shape, trait):
    frames_only = all(isinstance(view, Frame) for view in views)
    stage = html_widget("") if frames_only else ipywidgets.VBox()

    def show(_change=None):
        position = 0
        for control, count in zip(controls, shape, strict=True):
            index = getattr(control, trait)
            if index is None:
                return
            position = position * count + index
        if frames_only:
            stage.value = views[position].html
        else:
            stage.children = (_widget(views[position]),)

    for control in controls:
        control.observe(show, names=trait)
    show()
    return stage


def _widget(view, **shared):
    return view.widget(**shared) if isinstance(view, Frame) else view
