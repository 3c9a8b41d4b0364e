"""A saved page without a kernel, in Python: widget models, and the links that a browser follows.

`SavedPage(widget)` takes the state that a built page would hold. `move` sets a trait as a reader's
browser would and follows the links; `shown` is the HTML that is then visible. Nothing of the live
widget objects is used after that, so what works here works with no kernel.
"""

from ipywidgets.embed import dependency_state

PREFIX = "IPY_MODEL_"


def references(value):
    """The model ids in a state's value."""
    if isinstance(value, str):
        return [value.removeprefix(PREFIX)] if value.startswith(PREFIX) else []
    if isinstance(value, (list, tuple)):
        return [key for item in value for key in references(item)]
    return []


class SavedPage:
    def __init__(self, *widgets):
        saved = dependency_state(widgets, drop_defaults=False)
        self.saved = {"version_major": 2, "version_minor": 0, "state": saved}
        self.states = {key: dict(model["state"]) for key, model in saved.items()}
        self.names = {key: model["model_name"] for key, model in saved.items()}
        self.links = []
        for key, name in self.names.items():
            if name in ("LinkModel", "DirectionalLinkModel"):
                source, target = (
                    (references(end[0])[0], end[1])
                    for end in (self.states[key]["source"], self.states[key]["target"])
                )
                self.links.append((source, target))
                if name == "LinkModel":
                    self.links.append((target, source))
        # A browser makes every target equal its source when the page opens.
        for (source, trait), _ in list(self.links):
            self.move(source, trait, self.states[source][trait])

    def move(self, widget, trait, value):
        """Set a trait in the browser; `widget` is a widget or a model id."""
        key = getattr(widget, "model_id", widget)
        self.states[key][trait] = value
        for source, (target, target_trait) in self.links:
            if source == (key, trait) and self.states[target][target_trait] != value:
                self.move(target, target_trait, value)

    def shown(self, widget):
        """The HTML that is visible of a widget."""
        key = getattr(widget, "model_id", widget)
        state, name = self.states[key], self.names[key]
        if name == "HTMLModel":
            return state["value"]
        children = references(state.get("children", []))
        if name == "StackModel":
            selected = state["selected_index"]
            children = [] if selected is None else [children[selected]]
        return "".join(self.shown(child) for child in children)

    def count(self, text):
        """How many models hold `text` in their value."""
        return sum(text in str(state.get("value", "")) for state in self.states.values())
