/* Set formulas with MathJax, outside a browser: one line of JSON in, one line out, until the input ends.

   in:  {"formulas": [{"source": "w^2", "display": false}, …], "fonts": "folder of the fonts"}
   out: {"set": ["<mjx-container …>", …], "style": "the rules that these formulas need"}
        or {"error": "…", "index": which formula} where one is not valid TeX */
"use strict";

const [, , mathjax] = process.argv;
const lines = require("readline").createInterface({ input: process.stdin });

const FONTS = "FOLDER-OF-FONTS";

/* Beside the picture of a formula stands its MathML: that is what a screen reader reads. */
function set(MathJax, { source, display }) {
  const adaptor = MathJax.startup.adaptor;
  const container = MathJax.tex2chtml(source, { display });
  adaptor.setAttribute(adaptor.firstChild(container), "aria-hidden", "true");
  if (display) adaptor.setAttribute(container, "tabindex", "0");      // a wide one scrolls in its frame
  const spoken = MathJax.tex2mml(source, { display }).replace(/>\s+</g, "><");
  return adaptor.outerHTML(container).replace(
    /<\/mjx-container>$/, `<mjx-assistive-mml>${spoken}</mjx-assistive-mml></mjx-container>`,
  );
}

function answer(MathJax, { formulas, fonts }) {
  MathJax.startup.output.clearCache();       // the style sheet holds what this page needs, no more
  const done = [];
  for (const [index, formula] of formulas.entries()) {
    try {
      done.push(set(MathJax, formula));
    } catch (error) {
      return { error: error.message, index };
    }
  }
  const style = MathJax.startup.adaptor.textContent(MathJax.chtmlStylesheet());
  return { set: done, style: style.replaceAll(FONTS, fonts) };
}

require(mathjax).init({
  loader: { load: ["input/tex-full", "output/chtml"] },
  tex: {
    packages: { "[-]": ["noundefined", "noerrors"] },       // a mistake stops the build
    formatError(_, error) { throw error; },
  },
  chtml: { fontURL: FONTS },
}).then((MathJax) => {
  lines.on("line", (line) => console.log(JSON.stringify(answer(MathJax, JSON.parse(line)))));
});
