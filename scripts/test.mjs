/**
 * Everything that must hold, stage by stage, in the order of their cost. The last line counts what
 * passed and what failed. `node scripts/test.mjs unit catalog` runs those stages alone.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const results = join(root, ".cache", "results");

/** @param {string} name @param {string[]} args */
const tool = (name, ...args) => ({ name, run: () => exitsWithZero(args) });
/** @param {string} name */
const project = (name) => ({ name, run: () => vitest(name) });

const STAGES = [
  tool("format", "prettier", "--check", "--log-level", "warn", "."),
  tool("lint", "eslint", "."),
  tool("types", "tsc"),
  tool("build", "node", "scripts/build.mjs"),
  tool("snippets", "node", "scripts/snippets.mjs", "--check"),
  project("unit"),
  project("catalog"),
  project("conformance"),
  project("servers"),
  project("e2e"),
];

/**
 * @typedef {{ passed: number, failed: number }} Count
 * @param {string[]} args
 * @returns {number | null}
 */
function run(args) {
  const path = [join(root, "node_modules", ".bin"), process.env["PATH"]].join(delimiter);
  const [command = "", ...rest] = args;
  return spawnSync(command, rest, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, PATH: path },
    shell: process.platform === "win32",
  }).status;
}

/** @param {string[]} args @returns {Count} */
function exitsWithZero(args) {
  return run(args) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @param {string} file */
function readReport(file) {
  const report = /** @type {unknown} */ (JSON.parse(readFileSync(file, "utf8")));
  return /** @type {{ numPassedTests: number, numTotalTests: number }} */ (report);
}

/** One of the test runner's projects, counted test by test. @param {string} name @returns {Count} */
function vitest(name) {
  const report = join(results, `${name}.json`);
  rmSync(report, { force: true });
  const status = run([
    ...["vitest", "run", "--project", name, "--reporter", "default"],
    ...["--reporter", "json", "--outputFile.json", report],
  ]);
  try {
    const { numPassedTests, numTotalTests } = readReport(report);
    const failed = numTotalTests - numPassedTests;
    return { passed: numPassedTests, failed: failed || (status === 0 ? 0 : 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

mkdirSync(results, { recursive: true });
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  const names = STAGES.map((stage) => stage.name).join(", ");
  console.error(`There is no stage ${unknown.join(", ")}. Stages: ${names}.`);
  process.exit(64);
}

const total = { passed: 0, failed: 0 };
for (const { name, run: runStage } of STAGES) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const startedAt = performance.now();
  console.log(`\n— ${name}`);
  const { passed, failed } = runStage();
  total.passed += passed;
  total.failed += failed;
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`— ${name}: ${passed} passed, ${failed} failed, ${seconds} s`);
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
