/* A rubric, filled in on the page: beneath the table a list for each of its rows, and what follows
   from the choices. Remembered like the answers to questions (progress.js), one set for each project. */
(() => {
  "use strict";

  const PROJECTS = ["Your own pictures", "A text of your own", "A table, and the hunt for its leaks",
    "One claim of this book, elsewhere", "Something else"];

  const words = (element) => element.textContent.trim().replace(/\s+/g, " ");

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function choice(name, options) {
    const id = `rubric-${name.toLowerCase().replace(/\W+/g, "-")}`;
    const list = element("select", { id }, ...options.map((text, i) => new Option(text, i === 0 ? "" : i - 1)));
    const label = element("label", { htmlFor: id }, name);
    return { list, field: element("div", { className: "nn-rubric-field" }, label, list) };
  }

  function make(root) {
    const rows = [...root.querySelectorAll("tbody tr")].map((row) => {
      const [name, ...levels] = [...row.cells];
      const options = ["choose …", ...levels.map((cell, level) => `${level}: ${words(cell)}`)];
      return { name: words(name), levels, ...choice(words(name), options) };
    });
    const project = choice("Project", ["choose …", ...PROJECTS]);
    project.list.remove(0);
    const status = element("p", {});
    status.setAttribute("role", "status");
    const clear = element("button", { type: "button" }, "Clear");
    const panel = element("div", { className: "nn-widget nn-rubric-panel" },
      element("p", { className: "nn-title" }, "Fill it in for your project"),
      project.field, ...rows.map((row) => row.field), element("div", { className: "nn-buttons" }, clear), status);
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", "Rubric of your project");
    root.after(panel);

    const place = () => `rubric ${Number(project.list.value) + 1}`;

    function show() {
      rows.forEach(({ levels, list }) => levels.forEach((cell, level) => {
        cell.classList.toggle("nn-chosen", list.value === String(level));
      }));
      status.textContent = verdict(rows.filter(({ list }) => list.value !== ""), rows.length);
    }

    function put() {
      const kept = window.nnStore.read(place());
      rows.forEach(({ list, levels }, i) => {
        const level = kept && Array.isArray(kept.levels) ? kept.levels[i] : null;
        list.value = Number.isInteger(level) && level >= 0 && level < levels.length ? level : "";
      });
      show();
    }

    function keep() {
      const levels = rows.map(({ list }) => (list.value === "" ? null : Number(list.value)));
      window.nnStore.write(place(), { levels });
      show();
    }

    rows.forEach(({ list }) => list.addEventListener("change", keep));
    project.list.addEventListener("change", put);
    clear.addEventListener("click", () => { rows.forEach(({ list }) => { list.value = ""; }); keep(); });
    put();
  }

  function verdict(chosen, all) {
    if (!chosen.length) return "Nothing chosen yet.";
    const levels = chosen.map(({ list }) => Number(list.value));
    const lowest = Math.min(...levels);
    const names = chosen.filter((_, i) => levels[i] === lowest).map(({ name }) => name).join(", ");
    const sum = levels.reduce((one, other) => one + other, 0);
    const open = all - chosen.length ? ` ${all - chosen.length} of ${all} rows still open.` : "";
    const next = lowest === 3 ? "Nothing is left to raise." : `Raise first: ${names}.`;
    return `${sum} of ${3 * chosen.length} points; lowest level ${lowest}. ${next}${open}`;
  }

  document.querySelectorAll(".nn-rubric").forEach(make);
})();
