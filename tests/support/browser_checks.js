/* What the browser tests ask of a page. Each check returns a list of findings, empty when all is well.
   A finding names the element, so that it can be found in the page without running the test again. */
(() => {
  const visible = (el) => {
    const box = el.getBoundingClientRect();
    return el.checkVisibility({ visibilityProperty: true }) && box.width > 0 && box.height > 0;
  };

  const describe = (el) => {
    if (!el || el === document.body) return "<body>";
    const classes = [...el.classList].slice(0, 3).map((name) => "." + name).join("");
    const words = (el.getAttribute("aria-label") || el.getAttribute("alt") || el.textContent || "")
      .trim().replace(/\s+/g, " ").slice(0, 60);
    const source = el.getAttribute("src") || el.getAttribute("href") || "";
    const shown = source.startsWith("data:") ? source.slice(0, 22) + "…" : source.slice(-60);
    const id = el.id ? "#" + el.id : "";
    return `<${el.localName}${id}${classes}>${shown ? " " + shown : ""}${words ? ` “${words}”` : ""}`;
  };

  const headings = () => {
    const found = [];
    const list = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].filter(visible);
    const tops = list.filter((el) => el.localName === "h1");
    if (tops.length !== 1) found.push(`${tops.length} visible h1 instead of one: ${tops.map(describe)}`);
    let before = 0;
    for (const el of list) {
      const level = Number(el.localName[1]);
      if (level > before + 1) found.push(`h${level} follows ${before ? "h" + before : "nothing"}: ${describe(el)}`);
      if (!el.textContent.trim()) found.push(`empty heading ${describe(el)}`);
      before = level;
    }
    return found;
  };

  // Every picture, also the ones a widget does not show now.
  const alternatives = () => {
    const found = [];
    for (const el of document.querySelectorAll("img, svg[role=img], [role=img]")) {
      if (el.localName === "img" && !el.hasAttribute("alt")) {
        found.push(`no alt: ${describe(el)}`);
        continue;
      }
      const inText = el.closest("article, main");
      const decorative = ["presentation", "none"].includes(el.getAttribute("role"))
        || el.closest("[aria-hidden=true]");
      if (el.localName !== "img" || !inText || decorative) continue;
      const alt = el.alt.trim();
      const file = (el.getAttribute("src") || "").split("/").pop();
      if (!alt) found.push(`empty alt on a picture of the text: ${describe(el)}`);
      else if (alt === file || /\.(png|svg|jpe?g|webp)$/i.test(alt)) found.push(`alt is a file name: ${describe(el)}`);
    }
    return found;
  };

  // A picture that did not load, or whose drawn shape is not its own shape.
  const squeezed = () => {
    const found = [];
    for (const el of document.images) {
      if (!visible(el)) continue;
      if (!el.complete || !el.naturalWidth) {
        found.push(`picture did not load: ${describe(el)}`);
        continue;
      }
      if (["contain", "cover", "none", "scale-down"].includes(getComputedStyle(el).objectFit)) continue;
      const drawn = el.clientWidth / el.clientHeight;
      const own = el.naturalWidth / el.naturalHeight;
      // One pixel of rounding on a small icon is not a squeeze.
      const slack = 0.01 + 1.5 / Math.min(el.clientWidth, el.clientHeight);
      if (Math.abs(drawn / own - 1) > slack) {
        found.push(`drawn ${el.clientWidth}×${el.clientHeight}, own shape ${el.naturalWidth}×${el.naturalHeight}: ${describe(el)}`);
      }
    }
    return found;
  };

  const scrollsInside = (el) => {
    for (let at = el.parentElement; at && at !== document.body; at = at.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };

  // Wider than the screen, or cut off at its edge where no scroll bar leads to the rest.
  const overflow = () => {
    const found = [];
    const root = document.documentElement;
    const width = root.clientWidth;
    if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth} px wide on a ${width} px screen`);
    for (const el of document.querySelectorAll("main *, article *, .nn-explorer *")) {
      const box = el.getBoundingClientRect();
      if (box.right <= width + 1 || box.left >= width || !visible(el) || scrollsInside(el)) continue;
      if (el.closest(".MathJax, mjx-assistive-mml, .visually-hidden, .sr-only")) continue;
      if (el.parentElement.getBoundingClientRect().right > width + 1) continue; // named once, by the parent
      found.push(`reaches ${Math.round(box.right)} px on a ${width} px screen: ${describe(el)}`);
    }
    return found.slice(0, 8);
  };

  const viewScripts = () => [...document.querySelectorAll('script[type="application/vnd.jupyter.widget-view+json"]')];

  const rendered = (script) => [...script.parentElement.querySelectorAll(":scope > .widget-subarea")];

  const widgetsReady = () => viewScripts().every((s) => rendered(s).some((area) => area.childElementCount));

  const widgets = () => {
    const found = [];
    for (const script of viewScripts()) {
      const areas = rendered(script);
      const before = `widget ${JSON.parse(script.textContent).model_id.slice(0, 8)}`;
      const siblings = script.parentElement.querySelectorAll(":scope > script[type*=widget-view]").length;
      if (areas.length < siblings) found.push(`${before} was not rendered`);
      if (areas.length > siblings) found.push(`${before} was rendered ${areas.length} times`);
      for (const area of areas) {
        const shown = area.firstElementChild;
        if (!shown) found.push(`${before} is blank`);
        else if (!shown.getBoundingClientRect().height && area.checkVisibility()) found.push(`${before} has no height`);
        if (/error (displaying|creating) widget|model not found/i.test(area.textContent)) found.push(`${before} shows an error: ${area.textContent.slice(0, 80)}`);
      }
    }
    return found;
  };

  // What a hand or a key can use inside the page's widgets, one entry a radio group.
  const controls = () => {
    const groups = new Set();
    const list = [];
    for (const el of document.querySelectorAll(".jupyter-widgets :is(select, input, button, textarea, summary, [tabindex='0'])")) {
      if (!visible(el) || el.disabled) continue;
      if (el.type === "radio") {
        const group = el.closest("fieldset, [role=radiogroup], .widget-radio, .widget-radio-box") || el.name;
        if (groups.has(group)) continue;
        groups.add(group);
        list.push({ el, group });
      } else list.push({ el, group: null });
    }
    return list;
  };

  // Not the colour of the text: that alone is no sign that a reader would see.
  const STYLES = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "borderTopColor",
    "borderBottomColor", "borderTopWidth", "textDecorationLine", "textDecorationColor", "textDecorationThickness",
    "opacity", "top", "left", "transform", "clipPath", "width", "filter"];
  const looks = (el) => {
    const near = [el, el.parentElement, el.parentElement && el.parentElement.parentElement,
      el.firstElementChild, el.nextElementSibling];
    return near.filter(Boolean).map((at) => {
      const style = getComputedStyle(at);
      const line = style.outlineStyle === "none" ? "" : style.outlineWidth + style.outlineColor;
      return line + STYLES.slice(3).map((name) => style[name]).join("|");
    }).join("/");
  };

  const walk = { last: null, lastLooks: "", reached: new Set(), findings: [], first: null };
  const startWalk = () => {
    if (document.activeElement) document.activeElement.blur();
    window.scrollTo(0, 0);
    Object.assign(walk, { last: null, lastLooks: "", reached: new Set(), findings: [], first: null });
    // A press of Tab starts from the last click or selection: put that point at the very top.
    const range = document.createRange();
    range.setStart(document.body, 0);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]").length;
  };
  // Called after each Tab; false when the walk is back where it began.
  const step = async () => {
    const now = document.activeElement;
    if (walk.last && walk.last !== now && walk.last.isConnected && looks(walk.last) === walk.lastLooks) {
      walk.findings.push(`focus does not show on ${describe(walk.last)}`);
    }
    if (walk.last === now && now !== document.body) walk.findings.push(`Tab does not leave ${describe(now)}`);
    if (!now || now === document.body || now === walk.first || walk.last === now) return false;
    walk.first = walk.first || now;
    walk.reached.add(now);
    const seen = () => {
      const box = now.getBoundingClientRect();
      const outside = box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
      return !outside && (visible(now) || [...now.querySelectorAll("*")].some(visible));
    };
    // A page that is still being laid out is scrolled to the focus in one of its next pictures.
    for (let pictures = 0; !seen() && pictures < 30; pictures += 1) {
      await new Promise((drawn) => { requestAnimationFrame(drawn); });
    }
    if (!seen()) walk.findings.push(`focus is on something that is not to be seen: ${describe(now)}`);
    walk.last = now;
    walk.lastLooks = looks(now);
    return true;
  };
  const endWalk = () => {
    for (const { el, group } of controls()) {
      const inGroup = group && [...walk.reached].some((r) => r.type === "radio"
        && (r === el || (group.contains ? group.contains(r) : r.name === group)));
      if (!walk.reached.has(el) && !inGroup) walk.findings.push(`Tab does not reach ${describe(el)} of a widget`);
    }
    return walk.findings;
  };

  const deadControls = () => [...document.querySelectorAll(".nn-live-only")].filter(visible)
    .map((el) => `a control that needs a kernel is shown: ${describe(el)}`);

  // How far what a reader looks at jumped while the page came up (the web's usual measure: 0.1 is a lot).
  const shifts = () => new Promise((done) => {
    const found = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const moved = (entry.sources || []).map((source) => describe(source.node && source.node.nodeType === 3
          ? source.node.parentElement : source.node));
        found.push({ value: entry.value, moved });
      }
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(found), 60);
  });

  const mainText = () => ((document.querySelector("article, main") || document.body).innerText || "").trim();

  // A transition half way is neither of the two states that the checks compare.
  const still = document.createElement("style");
  still.textContent = "*,*::before,*::after{transition:none!important}";
  document.head.append(still);

  window.bookChecks = { visible, describe, headings, alternatives, squeezed, overflow, widgets, widgetsReady,
    viewScripts, controls, startWalk, step, endWalk, deadControls, shifts, mainText };
})();
