/* Where to start: looks up what the rule says of the answers (nnlib/widgets/placement.py). */
(() => {
  "use strict";

  function update(root) {
    const stored = root.querySelector(".nn-sentences");
    if (!stored) return;                   // not opened yet, or skipped
    const answers = stored.dataset.answers.split(",").map(Number);
    const chosen = [...root.querySelectorAll(".nn-placement-question")].map(
      (question) => [...question.querySelectorAll("input")].findIndex((input) => input.checked));
    const answered = chosen.filter((option) => option >= 0).length;
    const advice = root.querySelector(".nn-advice");
    const said = answered < answers.length
      ? `<p>${stored.dataset.says.replace("{answered}", answered).replace("{count}", answers.length)}</p>`
      : lookUp(stored, answers.reduce((bits, answer, i) => bits + (chosen[i] === answer ? 2 ** i : 0), 0));
    if (advice.nnSaid !== said) {
      advice.nnSaid = said;                // a browser may write what it shows differently
      advice.innerHTML = said;
    }
  }

  function lookUp(stored, pattern) {
    const numbers = stored.dataset.table.split(",")[pattern].split(" ");
    return numbers.map((number) => `<p>${stored.children[number].innerHTML}</p>`).join("");
  }

  function start() {
    document.querySelectorAll(".nn-slot").forEach((slot) => {
      const look = () => slot.querySelectorAll(".nn-placement").forEach(update);
      slot.addEventListener("change", look);
      new MutationObserver(look).observe(slot, { childList: true, subtree: true });
      look();
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
