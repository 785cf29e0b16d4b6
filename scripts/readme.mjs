/** What the catalog fills in the README, between markers: its answers, their number, what is verified. */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { catalogData } from "./catalog-module.mjs";
import { readVerified } from "./verified-module.mjs";

const file = fileURLToPath(new URL("../README.md", import.meta.url));

/** @typedef {import("../src/catalog/catalog.js").Catalog} Catalog */

/**
 * How many clients the catalog can make, without extras and at the defaults that go without saying.
 * @param {Catalog} catalog
 */
function combinations({ languages, groups }) {
  const perLanguage = languages.map(({ name }) =>
    groups
      .filter(({ question }) => question && !question.implied)
      .map(({ blocks }) => blocks.filter((block) => block.languages.includes(name)).map(forms))
      .reduce((product, counts) => product * counts.reduce((sum, count) => sum + count, 0), 1),
  );
  return perLanguage.reduce((sum, count) => sum + count, 0);
}

/** A field that is chosen from a list changes the client. @param {Catalog["groups"][number]["blocks"][number]} block */
function forms({ fields }) {
  return fields.reduce(
    (product, field) => product * (field.type === "choice" ? field.choices.length : 1),
    1,
  );
}

/**
 * The answers to each question, and what may be ticked.
 * @param {Catalog} catalog
 */
function answersText({ languages, groups }) {
  const asked = groups.filter(({ question, tickList }) => question ?? tickList);
  const lists = [{ title: "Language", blocks: languages }, ...asked].map(
    ({ title, blocks }) => `- **${title}**: ${blocks.map((block) => block.title).join(" · ")}`,
  );
  return `\n\n${lists.join("\n")}\n\n`;
}

/** @param {ReturnType<typeof readVerified>} verified */
function verifiedText(verified) {
  if (!verified) return "`npm run verify` runs them all; it has not been run to its end yet.";
  const { runs, failed, clients, behaviours } = verified.total;
  const [ran, kept] = [runs, runs - failed].map((count) => count.toLocaleString("en"));
  return (
    `${ran} runs of ${clients.toLocaleString("en")} clients, ${kept} passed: ${behaviours} ` +
    `behaviours, on ${verified.date} ([all of them](docs/verified.md)).`
  );
}

/** @param {string} text @param {string} name @param {string} content */
function between(text, name, content) {
  const markers = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`);
  if (!markers.test(text)) throw new Error(`README.md has no markers for ${name}`);
  return text.replace(markers, (_, begin, end) => `${String(begin)}${content}${String(end)}`);
}

/** @returns {Promise<{ present: string, expected: string }>} */
export async function readReadme() {
  const present = await readFile(file, "utf8");
  const catalog = await catalogData();
  const counted = between(present, "combinations", combinations(catalog).toLocaleString("en"));
  const answered = between(counted, "answers", answersText(catalog));
  return { present, expected: between(answered, "verified", verifiedText(readVerified())) };
}

export async function writeReadme() {
  await writeFile(file, (await readReadme()).expected);
}
