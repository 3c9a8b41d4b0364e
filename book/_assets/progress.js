/* What a reader did, remembered in the reader's own browser and sent nowhere: answers to predictions,
   quizzes and exercises, and the place where one stopped. Each answer is an item of its own, so two
   open pages do not overwrite each other; where the browser keeps nothing, it is remembered until the
   page is left. */
(() => {
  "use strict";

  const PREFIX = "nnlib-course ";
  const QUESTIONS = ".nn-predict, .nn-quiz-question, .nn-placement-question";

  /* The store ---------------------------------------------------------------------------------- */

  const memory = new Map();
  let shelf = null;                        // localStorage, where it can be used
  try {
    localStorage.setItem(`${PREFIX}?`, "1");
    localStorage.removeItem(`${PREFIX}?`);
    shelf = localStorage;
  } catch { /* blocked, or full: then `memory` alone */ }

  function read(name) {
    try {
      const text = shelf ? shelf.getItem(PREFIX + name) : memory.get(name);
      return text ? JSON.parse(text) : null;
    } catch {
      return null;                         // damaged, or somebody else's
    }
  }

  function write(name, value) {
    const text = JSON.stringify(value);
    memory.set(name, text);
    try {
      if (shelf) shelf.setItem(PREFIX + name, text);
    } catch { /* full */ }
  }

  function names() {
    const all = shelf ? Object.keys(shelf) : [...memory.keys()].map((name) => PREFIX + name);
    return all.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
  }

  function forget(which = () => true) {
    names().filter(which).forEach((name) => {
      if (shelf) shelf.removeItem(PREFIX + name);
      memory.delete(name);
    });
  }

  window.nnStore = { read, write };        // for what single pages remember (rubric.js)

  /* This page ---------------------------------------------------------------------------------- */

  const pageOf = (url) => url.pathname.split("/").pop().replace(/\.html$/, "") || "index";
  const page = pageOf(location);
  const words = (element) => (element ? element.textContent.trim().replace(/\s+/g, " ") : "");
  const PRACTICE = ["debugging"];          // pages without a number that are counted like chapters
  const isChapter = (name) => /^\d\d_\w+$/.test(name) || PRACTICE.includes(name);

  /* Runs without being read out: what is put back is no news. */
  function quietly(root, live, action) {
    const be = (how) => root.querySelectorAll(live).forEach((element) => element.setAttribute("aria-live", how));
    root.setAttribute("data-nn-quiet", "");
    be("off");
    action();
    setTimeout(() => {
      root.removeAttribute("data-nn-quiet");
      be("polite");
    }, 1000);
  }

  /* Predictions and quizzes: the chosen option, by its words. */
  const put = new WeakSet();
  const nameOf = (root) => `question ${page} ${words(root.querySelector(".nn-question"))}`;
  const options = (root) => [...root.querySelectorAll('input[type="radio"]')];
  const optionOf = (input) => words(input.closest("label"));

  function putBack(root) {
    const inputs = options(root);
    if (put.has(root) || !inputs.length || !root.querySelector(".nn-question")) return;
    put.add(root);
    const kept = read(nameOf(root));
    const chosen = kept && inputs.find((input) => optionOf(input) === kept.chosen);
    if (!chosen || inputs.some((input) => input.checked)) return;
    const card = root.closest(".nn-widget");
    quietly(card, ".nn-stage, .nn-score, .nn-advice", () => chosen.click());
  }

  function keepChoice({ target }) {
    const root = target.matches('input[type="radio"]') && target.closest(QUESTIONS);
    if (!root) return;
    put.add(root);
    const [kept, chosen] = [read(nameOf(root)), optionOf(target)];
    const first = (kept && (kept.first || kept.chosen)) || chosen;
    write(nameOf(root), { chosen, first });
    count();
    const place = options(root).findIndex((input) => optionOf(input) === first);
    root.dispatchEvent(new CustomEvent("nn-answered", { bubbles: true, detail: { first: place } }));   // score.js
  }

  /* All questions of this page, from the start. */
  function again() {
    forget((name) => name.startsWith(`question ${page} `));
    location.reload();
  }

  /* Exercises: what was typed or chosen, and whether it ever passed. */
  function putBackForm(form) {
    const kept = read(`exercise ${form.dataset.exercise}`);
    const inputs = [...form.querySelectorAll("select, input")];
    if (!kept || !Array.isArray(kept.texts) || kept.texts.length !== inputs.length) return;
    inputs.forEach((input, i) => { input.value = String(kept.texts[i]); });
    quietly(form, '[role="status"]', () => form.requestSubmit());
  }

  function keepForm({ target: form, detail: { passed, texts } }) {
    const name = `exercise ${form.dataset.exercise}`;
    const before = read(name);
    write(name, { page, texts, passed: passed || Boolean(before && before.passed) });
    count();
  }

  /* How much of a chapter is done: {questions, exercises, of: [questions, exercises]} ------------ */

  function done(chapter) {
    const of = read(`size ${chapter}`);
    if (!of) return null;
    const mine = names();
    const questions = mine.filter((name) => name.startsWith(`question ${chapter} `)).length;
    const exercises = mine.filter((name) => name.startsWith("exercise ")).map(read)
      .filter((kept) => kept && kept.page === chapter && kept.passed).length;
    return { questions: Math.min(questions, of[0]), exercises: Math.min(exercises, of[1]), of };
  }

  function count() {
    if (isChapter(page)) {
      const questions = document.querySelectorAll(QUESTIONS).length;
      const exercises = document.querySelectorAll("form.nn-answer").length;
      const before = read(`size ${page}`);
      if (questions + exercises && String(before) !== `${questions},${exercises}`) {
        write(`size ${page}`, [questions, exercises]);
      }
    }
    chapters().forEach(({ link, chapter }) => mark(link, done(chapter)));
    if (panel) panel.update();
  }

  function chapters() {
    return [...document.querySelectorAll("#pst-primary-sidebar a.internal[href]")]
      .map((link) => ({ link, chapter: pageOf(new URL(link.href, location.href)) }))
      .filter(({ chapter }) => isChapter(chapter));
  }

  function mark(link, how) {
    const sum = how && how.questions + how.exercises;
    let sign = link.querySelector(".nn-done");
    if (!sum) { if (sign) sign.remove(); return; }
    if (!sign) link.append(sign = Object.assign(document.createElement("span"), { className: "nn-done" }));
    const all = how.of[0] + how.of[1];
    const [seen, said] = [document.createElement("span"), document.createElement("span")];
    seen.setAttribute("aria-hidden", "true");
    seen.textContent = sum === all ? "✓" : `${sum}/${all}`;
    said.className = "visually-hidden";
    said.textContent = `, ${sum} of ${all} done`;
    sign.replaceChildren(seen, said);
  }

  /* The place where one stopped ------------------------------------------------------------------ */

  function keepPlace() {
    if (!isChapter(page)) return;
    const above = [...document.querySelectorAll("main section[id] > h1, main section[id] > h2, main section[id] > h3")]
      .filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const last = above.pop();
    if (!last) return;
    const title = (heading) => words(heading).replace(/#$/, "").trim();
    write("place", {
      page, chapter: title(document.querySelector("main h1")), id: last.parentElement.id, section: title(last),
    });
  }

  /* The panel on the landing page ---------------------------------------------------------------- */

  let panel = null;

  function makePanel() {
    const after = page === "index" && document.getElementById("the-chapters");
    if (!after) return null;
    const root = document.createElement("div");
    root.className = "nn-widget nn-progress";
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", "Your progress");
    root.innerHTML = '<p class="nn-title">Your progress</p><p class="nn-place" hidden>Go on where you '
      + 'stopped: <a href="#"></a></p><div class="nn-table"></div><p class="nn-kept"></p>'
      + '<div class="nn-buttons"><button type="button">Save to a file</button>'
      + '<label>Load from a file<input type="file" accept=".json,application/json"></label>'
      + '<button type="button">Forget everything</button></div><div role="status"></div>';
    const [save, drop] = root.querySelectorAll("button");
    const status = root.querySelector('[role="status"]');
    save.addEventListener("click", () => download(status));
    drop.addEventListener("click", () => {
      if (!confirm("Forget all answers and the place where you stopped, in this browser?")) return;
      forget();
      count();
      status.textContent = "Forgotten.";
    });
    root.querySelector("input").addEventListener("change", ({ target }) => load(target, status));
    after.append(root);
    return { update: () => update(root) };
  }

  function update(root) {
    const rows = chapters().map(({ link, chapter }) => ({ link, how: done(chapter) }))
      .filter(({ how }) => how && how.questions + how.exercises);
    const place = read("place");
    const line = root.querySelector(".nn-place");
    line.hidden = !(place && isChapter(String(place.page)));
    if (!line.hidden) {
      const link = line.querySelector("a");
      link.href = `${encodeURIComponent(place.page)}.html#${encodeURIComponent(place.id)}`;
      link.textContent = [...new Set([place.chapter, place.section])].join(", ");
    }
    const box = root.querySelector(".nn-table");
    box.replaceChildren();
    if (rows.length) box.append(tableOf(rows));
    root.querySelector(".nn-kept").textContent = shelf
      ? `${rows.length ? "" : "Nothing answered yet. "}Your answers are kept in this browser and sent nowhere.`
      : "This browser keeps nothing for these pages: what you answer is forgotten when you leave a page.";
  }

  function tableOf(rows) {
    const table = document.createElement("table");
    const row = (section, kind, cells) => {
      const line = section.insertRow();
      cells.forEach((text, i) => {
        const cell = document.createElement(kind === "head" || i === 0 ? "th" : "td");
        if (cell.tagName === "TH") cell.scope = kind === "head" ? "col" : "row";
        cell.textContent = text;
        line.append(cell);
      });
    };
    row(table.createTHead(), "head", ["Chapter", "Questions answered", "Exercises passed in the page"]);
    const body = table.createTBody();
    rows.forEach(({ link, how }) => {
      const own = link.cloneNode(true);
      own.querySelectorAll(".nn-done").forEach((sign) => sign.remove());
      row(body, "body", [words(own), `${how.questions} of ${how.of[0]}`, `${how.exercises} of ${how.of[1]}`]);
    });
    return table;
  }

  /* To a file and back ---------------------------------------------------------------------------- */

  function download(status) {
    const items = Object.fromEntries(names().map((name) => [name, read(name)]));
    const text = JSON.stringify({ course: "nnlib", version: 1, items }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "neural-networks-progress.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    status.textContent = `Saved: ${link.download}.`;
  }

  /* Whether an item of a file has a name as this script gives them. */
  function isOurs(name) {
    const [kind, of] = name.split(" ");
    if (kind === "size") return isChapter(of);
    return kind === "question" || /^(exercise \w+\.\w+|place|rubric [1-9])$/.test(name);
  }

  async function load(input, status) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    try {
      if (file.size > 5e6) throw new Error("too large");
      const { course, version, items } = JSON.parse(await file.text());
      if (course !== "nnlib" || version !== 1) throw new Error("another file");
      Object.entries(items).filter(([name, value]) => isOurs(name) && value).forEach(([name, value]) => {
        const before = read(name);
        write(name, before && before.passed ? { ...value, passed: true } : value);
      });
      count();
      status.textContent = `Loaded: ${file.name}.`;
    } catch {
      status.textContent = `${file.name} is not a file that was saved here. Nothing was changed.`;
    }
  }

  /* Start ------------------------------------------------------------------------------------------ */

  function start() {
    panel = makePanel();
    document.querySelectorAll("form.nn-answer").forEach(putBackForm);
    document.addEventListener("nn-checked", keepForm);
    document.addEventListener("change", keepChoice);
    document.addEventListener("nn-again", again);
    const look = () => document.querySelectorAll(QUESTIONS).forEach(putBack);
    let waiting = 0;
    document.querySelectorAll(".nn-slot").forEach((slot) => new MutationObserver(() => {
      look();
      clearTimeout(waiting);               // the widgets of a page come one after the other
      waiting = setTimeout(count, 300);
    }).observe(slot, { childList: true, subtree: true }));
    look();
    count();
    addEventListener("pagehide", keepPlace);
    document.addEventListener("visibilitychange", () => { if (document.hidden) keepPlace(); });
    addEventListener("storage", ({ key }) => { if (key === null || key.startsWith(PREFIX)) count(); });
  }

  if (document.readyState === "complete") start();
  else addEventListener("DOMContentLoaded", start);
})();
