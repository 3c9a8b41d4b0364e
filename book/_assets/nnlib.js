/* Names and roles that the widgets' own script leaves out, the end of a widget's empty slot, and the
   keyboard's place kept in sight.
   Widgets come and go as they change, so everything here runs again after each change; it sets
   attributes only where they differ. */
(() => {
  "use strict";

  let count = 0;
  const idOf = (element) => (element.id ||= `nn-${++count}`);
  const set = (element, name, value) => {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  };
  const text = (element) => (element ? element.textContent.trim() : "");
  const each = (root, selector, action) => root.querySelectorAll(selector).forEach(action);

  /* The words that name a control: its own label, or the question or title above it. */
  function nameOf(control, root) {
    const label = control.querySelector(":scope > .widget-label");
    if (text(label)) return label;
    const above = control.parentElement.querySelector(".nn-question, .nn-title");
    return above || root.querySelector(".nn-title, .nn-question");
  }

  function radios(control, root) {
    const box = control.querySelector(".widget-radio-box");
    const name = nameOf(control, root);
    if (!box || !name) return;
    set(box, "role", "radiogroup");
    set(box, "aria-labelledby", idOf(name));
    // One name makes one group: a single tab stop, and the arrow keys move inside it.
    each(box, "input", (input) => { input.name ||= `${idOf(box)}-options`; });
  }

  function toggles(control, root) {
    const name = nameOf(control, root);
    set(control, "role", "group");
    if (name) set(control, "aria-labelledby", idOf(name));
    each(control, "button", (button) => {
      set(button, "aria-pressed", String(button.classList.contains("mod-active")));
      button.removeAttribute("title");
    });
  }

  function slider(control, root) {
    const handle = control.querySelector('[role="slider"], .ui-slider-handle');
    const name = nameOf(control, root);
    if (!handle) return;
    if (name) set(handle, "aria-labelledby", idOf(name));
    const step = text(root.querySelector(".nn-stage .nn-step"));
    if (step) set(handle, "aria-valuetext", step);
  }

  function player(control, root) {
    const [play, stop] = control.querySelectorAll("button");
    if (!play) return;
    const playing = Boolean(play.querySelector(".fa-pause"));
    const word = playing ? "Pause" : "Play";
    set(play, "aria-label", word);
    set(play, "title", word);
    if (stop) {
      set(stop, "aria-label", "Back to the start");
      set(stop, "title", "Back to the start");
    }
    return playing;
  }

  function describe(root) {
    const title = root.querySelector(".nn-title, .nn-question");
    set(root, "role", "group");
    if (title) set(root, "aria-labelledby", idOf(title));
    each(root, ".widget-radio", (control) => radios(control, root));
    each(root, ".widget-toggle-buttons", (control) => toggles(control, root));
    each(root, ".widget-slider", (control) => slider(control, root));
    let playing = false;
    each(root, ".widget-play", (control) => { playing = player(control, root) || playing; });
    // What changes is read out, but not every frame of something that plays, nor what is put back.
    const quiet = root.closest("[data-nn-quiet]") || root.querySelector("[data-nn-quiet]");
    each(root, ".nn-stage", (stage) => set(stage, "aria-live", playing || quiet ? "off" : "polite"));
    each(root, ".nn-controls + .nn-stage", keepHeight);
  }

  /* A stage never gets lower than it was, so that the page below stays put from frame to frame.
     All stages at once, first reading and then writing: each reading after a writing would lay the
     whole page out again, a twentieth of a second for a page with fifteen widgets. */
  const stages = new Set();

  function keepHeight(stage) {
    if (stages.size === 0) requestAnimationFrame(keepHeights);
    stages.add(stage);
  }

  function keepHeights() {
    const all = [...stages];
    stages.clear();
    const widths = all.map((stage) => stage.clientWidth);
    all.forEach((stage, i) => { if (stage.nnWidth !== widths[i]) stage.style.minHeight = ""; });
    const heights = all.map((stage) => stage.querySelector("img") && `${stage.offsetHeight}px`);
    all.forEach((stage, i) => {
      stage.nnWidth = widths[i];
      if (heights[i] && stage.style.minHeight !== heights[i]) stage.style.minHeight = heights[i];
    });
  }

  function watch(slot) {
    const update = () => {
      const roots = slot.querySelectorAll(".nn-widget:not(.nn-still)");
      roots.forEach(describe);
      const shown = roots.length && roots[0].querySelector(".nn-stage, .nn-score-table");
      // Adding a class that is there already would count as a change and run this for ever.
      if (shown && !slot.classList.contains("nn-ready")) slot.classList.add("nn-ready");
    };
    new MutationObserver(update).observe(slot, {
      attributeFilter: ["class"], childList: true, subtree: true,
    });
    new ResizeObserver(update).observe(slot);
    update();
  }

  /* The page goes to what the keyboard reaches; code that is laid out only on arrival (pages.css) can
     then grow above it and push it out of the window again. So it is looked after for some pictures. */
  function keepInSight({ target }) {
    let pictures = 12;
    const look = () => {
      if (document.activeElement !== target || !target.matches(":focus-visible")) return;
      const { top, bottom } = target.getBoundingClientRect();
      if (bottom <= 0 || top >= innerHeight) target.scrollIntoView({ block: "center", behavior: "instant" });
      if ((pictures -= 1) > 0) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }

  document.addEventListener("focusin", keepInSight);
  const start = () => document.querySelectorAll(".nn-slot").forEach(watch);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
