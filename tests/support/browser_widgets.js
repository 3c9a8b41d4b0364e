/* How the browser tests read the widgets of a page: what each control says, and what is shown for it. */
(() => {
  const visible = (el) => bookChecks.visible(el);
  const text = (el) => (el ? el.textContent.trim().replace(/\s+/g, " ") : "");

  // A picture is long; its fingerprint is enough to tell it from another.
  const fingerprint = (words) => {
    let hash = 0x811c9dc5;
    for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words.charCodeAt(i), 0x01000193);
    return (hash >>> 0).toString(16) + "-" + words.length;
  };

  const nameOf = (box) => text(box.querySelector(".widget-label, legend"))
    || box.getAttribute("aria-label") || "";

  const controlOf = (box) => {
    const select = box.querySelector("select");
    if (select) {
      const options = [...select.options].map(text);
      return { kind: "select", name: nameOf(box), options, index: select.selectedIndex };
    }
    const radios = [...box.querySelectorAll("input[type=radio]")];
    if (radios.length) {
      const options = radios.map((el) => text(el.closest("label")));
      return { kind: "radio", name: nameOf(box), options, index: radios.findIndex((el) => el.checked) };
    }
    const buttons = [...box.querySelectorAll("button")];
    return { kind: "toggle", name: nameOf(box), options: buttons.map(text),
      index: buttons.findIndex((el) => el.classList.contains("mod-active")) };
  };

  const own = (panel, name) => panel.querySelector(`:scope > .${name}`);
  const boxes = (panel) => [...own(panel, "nn-controls").querySelectorAll(".nn-control")];

  // One panel: its controls in order, and what its stage shows now.
  const read = (panel) => {
    const stage = own(panel, "nn-stage");
    const pictures = [...stage.querySelectorAll("img.nn-picture")].filter(visible);
    return {
      controls: boxes(panel).map(controlOf),
      pictures: pictures.map((el) => ({ alt: el.alt, mark: fingerprint(el.src), loaded: el.complete && el.naturalWidth > 0 })),
      text: stage.innerText.trim(),
      live: !!(stage.closest("[aria-live]") || stage.querySelector("[aria-live], [role=status]")),
    };
  };

  const titleOf = (panel) => {
    const card = panel.closest(".nn-widget");
    const side = own(panel, "nn-letter-box");
    return [text(card.querySelector(".nn-title, .nn-question")), text(side)].filter(Boolean).join(" / ");
  };

  // What takes the focus to set option `index` of control `number` by keyboard.
  const target = (panel, number, index) => {
    const box = boxes(panel)[number];
    const select = box.querySelector("select");
    if (select) return select;
    const radios = [...box.querySelectorAll("input[type=radio]")];
    return radios.length ? radios.find((el) => el.checked) || radios[0] : box.querySelectorAll("button")[index];
  };

  // Wait, at most `limit` ms, until `panel` shows something else than `before`.
  const changed = async (panel, before, limit) => {
    const end = performance.now() + limit;
    const now = () => JSON.stringify([read(panel).pictures, read(panel).text]);
    const waiting = () => now() === before || read(panel).pictures.some((picture) => !picture.loaded);
    while (waiting() && performance.now() < end) {
      await new Promise((next) => requestAnimationFrame(next));
    }
    return read(panel);
  };
  const state = (panel) => JSON.stringify([read(panel).pictures, read(panel).text]);

  // The questions as the notebook wrote them into the page, by their text: an oracle for what the
  // browser shows after a choice.
  const gates = () => {
    const found = {};
    const words = (html) => {
      const el = new DOMParser().parseFromString(html, "text/html").body;
      el.querySelectorAll("style").forEach((style) => style.remove());
      return text(el);
    };
    for (const script of document.querySelectorAll('script[type="application/vnd.jupyter.widget-state+json"]')) {
      const models = JSON.parse(script.textContent).state;
      const model = (reference) => models[reference.replace("IPY_MODEL_", "")];
      const firstHtml = (m) => (m.model_name === "HTMLModel" ? m.state.value : firstHtml(model(m.state.children[0])));
      for (const m of Object.values(models)) {
        const children = (m.state.children || []).map(model);
        const at = children.findIndex((c) => c.model_name === "RadioButtonsModel" && (c.state._dom_classes || []).includes("nn-options"));
        if (at < 1) continue;
        found[words(firstHtml(children[at - 1]))] = {
          options: children[at].state._options_labels,
          feedback: children[at + 1].state.children.map((c) => words(firstHtml(model(c)))),
        };
      }
    }
    return found;
  };

  const readGate = (gate) => {
    const stage = own(gate, "nn-stage");
    const radios = [...own(gate, "nn-options").querySelectorAll("input[type=radio]")];
    const group = radios[0].closest("[role=radiogroup], fieldset");
    return {
      question: text(own(gate, "nn-question-box")?.querySelector(".nn-question")),
      options: radios.map((el) => text(el.closest("label"))),
      chosen: radios.findIndex((el) => el.checked),
      shown: visible(stage) ? stage.innerText.trim().replace(/\s+/g, " ") : "",
      pictures: [...stage.querySelectorAll("img")].filter(visible).length,
      right: [...stage.querySelectorAll(".nn-right")].filter(visible).length,
      wrong: [...stage.querySelectorAll(".nn-wrong")].filter(visible).length,
      groupName: group ? group.getAttribute("aria-label") || text(document.getElementById(group.getAttribute("aria-labelledby"))) || text(group.querySelector("legend")) : "",
      live: !!(stage.closest("[aria-live]") || stage.querySelector("[aria-live], [role=status]")),
    };
  };

  const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));

  window.bookWidgets = { read, titleOf, target, changed, state, gates, readGate, settled };
})();
