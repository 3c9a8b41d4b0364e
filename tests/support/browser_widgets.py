"""Drive the widgets of a page by keyboard, and read what they show."""

import itertools
import re
from pathlib import Path

SCRIPT = (Path(__file__).parent / "browser_widgets.js").read_text(encoding="utf-8")
NUMBER = re.compile(r"[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][-+−]?\d+)?")


def numbers(text):
    """The numbers in a text, whatever the way they are written: 1,280 and 1e-4 and −0.5."""
    return {float(n.replace(",", "").replace("−", "-")) for n in NUMBER.findall(text)}


def says(alt, label):
    """Whether an alternative text names an option: by its numbers, or by its words."""
    wanted = numbers(label)
    return wanted <= numbers(alt) if wanted else label.casefold() in alt.casefold()


def snake(sizes, start):
    """Every setting of a grid, from `start` on to each next one by one step of one control."""
    if not sizes:
        return [()]
    rest = snake(sizes[1:], start[1:])
    first = sorted(range(sizes[0]), key=lambda i: (i < start[0], abs(i - start[0])))
    # The way up from the start, then back below it: the browser walks over what it has seen.
    path = []
    for row, index in enumerate(first):
        path += [(index, *tail) for tail in (rest if row % 2 == 0 else reversed(rest))]
    return path


class Panel:
    """Controls and the picture that follows them: an explorer, a comparison's side, a stepper."""

    def __init__(self, page, handle):
        self.page, self.handle = page, handle
        self.title = handle.evaluate("(panel) => bookWidgets.titleOf(panel)")

    def read(self):
        return self.handle.evaluate("(panel) => bookWidgets.read(panel)")

    def setting(self, state=None):
        return [c["options"][c["index"]] for c in (state or self.read())["controls"]]

    def press(self, target, *keys):
        """Press keys on an element; the panel's state once that has changed, or 1 s later."""
        target.focus()
        before = self.handle.evaluate("(panel) => bookWidgets.state(panel)")
        for key in keys:
            self.page.keyboard.press(key)
        return self.handle.evaluate(
            "(panel, before) => bookWidgets.changed(panel, before, 1000)", before
        )

    def move(self, number, index):
        """Set control `number` to option `index` with keys only; the state that follows."""
        control = self.read()["controls"][number]
        target = self.handle.evaluate_handle(
            "(panel, [number, index]) => bookWidgets.target(panel, number, index)", [number, index]
        ).as_element()
        steps = index - control["index"]
        if control["kind"] == "toggle":
            return self.press(target, "Space")
        return self.press(target, *["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps))


def find(opened, selector):
    """The visible elements of a page that match, ready to be driven."""
    opened.page.evaluate(SCRIPT)
    return [h for h in opened.page.query_selector_all(selector) if h.is_visible()]


def panels(opened, selector):
    return [Panel(opened.page, handle) for handle in find(opened, selector)]


def faults_of_state(title, state):
    """What is wrong with what a panel shows: one picture is due, whose alt names the setting."""
    setting = [(c["name"], c["options"][c["index"]]) for c in state["controls"]]
    at = f"{title} at {', '.join(f'{name} {option}' for name, option in setting)}"
    if len(state["pictures"]) != 1:
        return [f"{at}: {len(state['pictures'])} pictures are shown instead of one"]
    picture = state["pictures"][0]
    missing = [f"{name} {option}" for name, option in setting if not says(picture["alt"], option)]
    faults = [f"{at}: the alt text does not say {m}: “{picture['alt'][:120]}”" for m in missing]
    if not picture["loaded"]:
        faults.append(f"{at}: the picture is broken")
    return faults


def walk_grid(panel):
    """Visit every setting of a panel by keyboard; all that is wrong on the way."""
    state = panel.read()
    if not state["controls"]:
        return [f"{panel.title}: there are no controls"]
    faults = faults_of_state(f"{panel.title} (as it opens)", state)
    if not state["live"]:
        faults.append(f"{panel.title}: no aria-live region tells of a change")
    sizes = [len(c["options"]) for c in state["controls"]]
    now = tuple(c["index"] for c in state["controls"])
    alts = {now: state["pictures"][0]["alt"] if state["pictures"] else ""}
    for goal in snake(sizes, now):
        for number, index in enumerate(goal):
            if now[number] == index:
                continue
            before, state = state, panel.move(number, index)
            reached = tuple(c["index"] for c in state["controls"])
            wanted = (*now[:number], index, *now[number + 1 :])
            if reached != wanted:
                name = state["controls"][number]["name"]
                return [*faults, f"{panel.title}: keys moved {name} to {reached}, not to {wanted}"]
            now = wanted
            faults += faults_of_state(panel.title, state)
            if (state["pictures"], state["text"]) == (before["pictures"], before["text"]):
                faults.append(f"{panel.title}: the same is shown at {panel.setting(state)}")
            alts[now] = state["pictures"][0]["alt"] if state["pictures"] else ""
        if len(faults) > 8:  # enough to see what is wrong
            return faults
    unseen = set(itertools.product(*map(range, sizes))) - set(alts)
    if unseen:
        faults.append(f"{panel.title}: settings that the walk missed: {sorted(unseen)[:5]}")
    different = len(set(alts.values()))
    if different < len(alts):
        faults.append(f"{panel.title}: {len(alts)} settings have {different} alt texts")
    return faults


class Gate:
    """A question whose feedback shows after a choice."""

    def __init__(self, page, handle):
        self.page, self.handle = page, handle

    def read(self):
        return self.handle.evaluate("(gate) => bookWidgets.readGate(gate)")

    def choose(self, index):
        """Choose an option as a keyboard does: Space on the group, then the arrows."""
        radios = self.handle.query_selector_all(":scope > .nn-options input[type=radio]")
        chosen = self.read()["chosen"]
        if chosen < 0:
            radios[0].focus()
            self.page.keyboard.press("Space")
            chosen = 0
        else:
            radios[chosen].focus()
        for _ in range(abs(index - chosen)):
            self.page.keyboard.press("ArrowDown" if index > chosen else "ArrowUp")
        self.page.evaluate("() => bookWidgets.settled()")
        return self.read()


def answer_all(gate, written):
    """Go through all options of a gate, forth and back; all that is wrong on the way."""
    state = gate.read()
    at = f"“{state['question'][:70]}”"
    expected = written.get(state["question"])
    if expected is None:
        return [f"{at}: the page holds no such question"]
    faults = []
    if state["chosen"] >= 0 or state["shown"] or state["pictures"]:
        faults.append(f"{at}: shows “{state['shown'][:60]}” before a choice")
    if not state["groupName"]:
        faults.append(f"{at}: the radio buttons are not a named group")
    if not state["live"]:
        faults.append(f"{at}: no aria-live region tells of the feedback")
    if state["options"] != list(expected["options"]):
        faults.append(f"{at}: offers {state['options']}, written were {expected['options']}")
    right = []
    count = len(expected["options"])
    for index in [*range(count), *reversed(range(count - 1))]:
        state = gate.choose(index)
        option = f"{at}, option {index + 1}"
        if state["chosen"] != index:
            return [*faults, f"{option}: the keys chose option {state['chosen'] + 1}"]
        for number, feedback in enumerate(expected["feedback"]):
            if (feedback in state["shown"]) != (number == index):
                faults.append(f"{option}: shows “{state['shown'][:80]}”, which is not its feedback")
        if state["right"] + state["wrong"] != 1:
            faults.append(f"{option}: {state['right']} right and {state['wrong']} wrong at once")
        right += [index] * state["right"]
    if len(set(right)) != 1:
        faults.append(f"{at}: {len(set(right))} options are called right")
    return faults
