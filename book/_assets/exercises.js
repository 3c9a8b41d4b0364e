/* Exercises in the page: judges what is chosen or typed, by the data that nnlib.exercises.forms wrote.
   What it says is what `check` says in a notebook; tests/browser compares the two. */
(() => {
  "use strict";

  /* Numbers --------------------------------------------------------------------------------- */

  const DECIMAL = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;
  const GROUPED = /^[+-]?\d{1,3}([, ]\d{3})+$/;

  /* The numbers that a text may mean: "1,350" is 1350 to some and 1.35 to others. */
  function readings(written) {
    const text = written.trim().replaceAll("\u2212", "-");
    const slash = text.indexOf("/");
    if (slash >= 0) {
      const [top] = readings(text.slice(0, slash));
      const [bottom] = readings(text.slice(slash + 1));
      return top === undefined || !bottom ? [] : [top / bottom];
    }
    const found = [];
    if (GROUPED.test(text)) found.push(Number(text.replace(/[, ]/g, "")));
    if (DECIMAL.test(text)) found.push(Number(text.replace(",", ".")));
    return found;
  }

  const shapeAsTyped = (text) => (text.toLowerCase().match(/[\p{L}\p{N}_.-]+/gu) || []).join(",");

  function means(text, value, close) {
    if (value === null) return false;
    if (typeof value === "string") return shapeAsTyped(text) === shapeAsTyped(value);
    const allowed = Number.isInteger(value) ? 0 : close * Math.abs(value);
    return readings(text).some((number) => Math.abs(number - value) <= allowed);
  }

  /* Verdicts: {passed, says} ------------------------------------------------------------------ */

  const fill = (sentence, parts) => sentence.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  const failed = (sentence, hint) => ({ passed: false, says: [sentence, hint] });

  function judge(form, texts) {
    const empty = form.labels.filter((_, i) => !texts[i].trim());
    if (empty.length === texts.length) return { passed: false, says: [form.says.empty] };
    if (empty.length) {
      const names = empty.join("; ");
      return failed(fill(form.says.missing, { names, labels: names }), form.next);
    }
    return form.kind === "values" ? judgeValues(form, texts) : judgeChoices(form, texts);
  }

  function judgeValues(form, texts) {
    const indices = form.labels.map((_, i) => i);
    const said = (chosen) => chosen.map((i) => form.labels[i]).join("; ");
    const strange = indices.filter(
      (i) => typeof form.expected[i] !== "string" && !readings(texts[i]).length);
    if (strange.length) {
      return failed(fill(form.says.unreadable, { labels: said(strange) }), form.next);
    }
    const wrong = indices.filter((i) => !means(texts[i], form.expected[i], form.close));
    if (!wrong.length) return { passed: true, says: [form.passed] };
    const complaint = fill(form.says.right, {
      right: texts.length - wrong.length, count: texts.length, labels: said(wrong),
    });
    const known = form.mistakes.find(({ answers }) => answers.some(
      (row) => wrong.every((i) => means(texts[i], row[i], form.close))));
    const relation = form.relations.find(({ answers, alone }) => (alone || wrong.length > 1)
      && wrong.every((i) => means(texts[i], answers[i], form.close)));
    return failed(complaint, (known || relation || { hint: form.next }).hint);
  }

  function judgeChoices(form, texts) {
    const words = form.kind === "words";
    const got = texts.map((text) => (words ? text : readings(text)[0]));
    const strange = form.labels.filter((_, i) => !words && !Number.isInteger(got[i]));
    if (strange.length) {
      return failed(fill(form.says.strange, { names: strange.join("; ") }), form.next);
    }
    const twice = [...new Set(got.filter((place, i) => got.indexOf(place) !== i))];
    if (form.kind === "places" && twice.length) {
      const places = twice.sort((a, b) => a - b).join(", ");
      return failed(fill(form.says.same, { places }), form.next);
    }
    const wrong = form.labels.map((_, i) => i).filter((i) => got[i] !== form.expected[i]);
    if (!wrong.length) return { passed: true, says: [form.passed] };
    const count = form.labels.length;
    const complaint = fill(form.says.right, { right: count - wrong.length, count });
    const known = form.mistakes.find((mistake) => explains(mistake, got, wrong));
    return failed(complaint, known ? known.hint : ofAll(form, got, wrong));
  }

  /* What is said of the values all together: nnlib/exercises/diagnosing/dictionaries.py. */
  function ofAll({ counts, expected, kind }, got, wrong) {
    const off = new Set(wrong.map((i) => got[i] - expected[i]));
    if (kind !== "words" && off.size === 1 && (wrong.length > 1 || got.length === 1)) {
      const [by] = off;
      return fill(counts.offset, { by: Math.abs(by), size: by > 0 ? "large" : "small" });
    }
    if (wrong.length === got.length) return counts["all wrong"];
    const surplus = new Map();
    got.forEach((value) => surplus.set(value, (surplus.get(value) || 0) + 1));
    expected.forEach((value) => surplus.set(value, (surplus.get(value) || 0) - 1));
    const most = Math.max(...surplus.values());
    if (most <= 0) return counts.exchanged;
    if (new Set(got).size === 1 && new Set(expected).size > 1) return counts["all alike"];
    const [value] = [...surplus].find(([, count]) => count === most);
    const said = { value: kind === "words" ? `"${value}"` : value };
    return fill(counts[expected.includes(value) ? "too often" : "nowhere"], said);
  }

  /* The rules of nnlib/exercises/recognising.py. */
  function explains(mistake, got, wrong) {
    if (mistake.answers) return mistake.answers.some((row) => row.every((v, i) => v === got[i]));
    if (mistake.late) {
      const [first, second] = mistake.late;
      return got[mistake.opens] === 1 && got[second] < got[first]
        && mistake.kept.every(([a, b]) => got[a] < got[b]);
    }
    const among = (pairs, i) => pairs.some(([name, value]) => name === i && value === got[i]);
    return mistake.only.some((pairs, rule) => {
      const needs = mistake.needs[rule];
      return wrong.every((i) => among(pairs, i))
        && (!needs.length || wrong.some((i) => among(needs, i)));
    });
  }

  /* The form in the page ------------------------------------------------------------------------ */

  function start(element) {
    const rule = JSON.parse(element.querySelector("script").textContent);
    const inputs = [...element.querySelectorAll("select, input")];
    const status = element.querySelector('[role="status"]');
    element.hidden = false;
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const { passed, says } = judge(rule, inputs.map((input) => input.value));
      status.replaceChildren(...says.map((line) => {
        const paragraph = document.createElement("p");
        const [, opening, rest] = line.match(/^((?:Passed|Not yet|Not attempted yet|Hint)[.:])?(.*)$/s);
        if (opening) paragraph.append(Object.assign(document.createElement("strong"), { textContent: opening }));
        paragraph.append(rest);
        return paragraph;
      }));
      status.className = `nn-feedback ${passed ? "nn-right" : "nn-wrong"}`;
      const detail = { passed, texts: inputs.map((input) => input.value) };
      element.dispatchEvent(new CustomEvent("nn-checked", { bubbles: true, detail }));    // progress.js
    });
    // What was said belongs to what was there; a change makes it old.
    element.addEventListener("input", () => { status.className = ""; status.replaceChildren(); });
  }

  const startAll = () => document.querySelectorAll("form.nn-answer").forEach(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
  else startAll();
  window.nnExercises = { judge };
})();
