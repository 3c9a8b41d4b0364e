/* The score of a quiz, and the table of several. What was chosen first in a question, now or on an
   earlier visit, is told by progress.js; which option is right, and what is said, by the score line. */
(() => {
  "use strict";

  const firsts = new Map();                // quiz → question → its first option

  const titleOf = (quiz) => quiz.querySelector(".nn-title").textContent;

  function tally(quiz) {
    const answers = quiz.querySelector(".nn-score").dataset.answers.split(",").map(Number);
    const first = firsts.get(quiz) || new Map();
    const questions = [...quiz.querySelectorAll(".nn-quiz-question")];
    return {
      answered: first.size,
      count: answers.length,
      right: questions.filter((question, i) => first.get(question) === answers[i]).length,
    };
  }

  function show(quiz) {
    const line = quiz.querySelector(".nn-score");
    const found = tally(quiz);
    line.textContent = line.dataset.says.replace(/\{(\w+)\}/g, (_, part) => found[part]);
    document.querySelectorAll(".nn-scores").forEach(showTable);
  }

  function showTable(card) {
    const sum = { answered: 0, count: 0, right: 0 };
    const write = (row, { answered, count, right }) => {
      row.cells[1].textContent = `${answered} of ${count}`;
      row.cells[2].textContent = right;
    };
    card.querySelectorAll("tr[data-quiz]").forEach((row) => {
      const quiz = [...document.querySelectorAll(".nn-quiz")]
        .find((other) => titleOf(other) === row.dataset.quiz);
      const found = tally(quiz);
      write(row, found);
      Object.keys(sum).forEach((part) => { sum[part] += found[part]; });
    });
    write(card.querySelector("tr[data-sum]"), sum);
    if (!card.querySelector("button")) card.append(again());
  }

  function again() {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Forget these answers and start again";
    button.addEventListener("click", () => button.dispatchEvent(new Event("nn-again", { bubbles: true })));
    return button;
  }

  document.addEventListener("nn-answered", ({ target, detail: { first } }) => {
    const quiz = target.closest(".nn-quiz");
    if (!quiz || !quiz.querySelector(".nn-score")) return;
    if (!firsts.has(quiz)) firsts.set(quiz, new Map());
    firsts.get(quiz).set(target, first);
    show(quiz);
  });
})();
