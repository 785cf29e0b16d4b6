/** Imports by use: a language's table says where a name comes from, the code says what it needs. */
import type { Import } from "../catalog/catalog.js";
import { LINE_WIDTH, type Syntax } from "./literals.js";

/** A name, unless it is a member's: that of `response.json` is `response`. But `...name` is one. */
const NAME = /(?<![\w$]|(?<!\.)\.)[A-Za-z_$][\w$]*/g;

/** The code without comments and texts, roughly: enough to see which names it uses. */
function identifiers(code: string, syntax: Syntax): ReadonlySet<string> {
  const comments =
    syntax === "javascript" ? /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm : /^\s*#.*$|"""[\s\S]*?"""/gm;
  const texts = /"(?:[^"\\\n]|\\.)*"/g;
  return new Set(code.replace(comments, "").replace(texts, "").match(NAME) ?? []);
}

export function usedImports(code: string, table: readonly Import[], syntax: Syntax): Import[] {
  // A name within a template literal or an f-string is in use too.
  const interpolated = Array.from(code.matchAll(/\$?\{([^{}\n]*)\}/g), ([, inner]) => inner ?? "");
  const names = new Set([
    ...identifiers(code, syntax),
    ...identifiers(interpolated.join("\n"), syntax),
  ]);
  return table.filter((entry) => names.has(entry.as ?? entry.name));
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const named = (entry: Import) => (entry.as ? `${entry.name} as ${entry.as}` : entry.name);

function byModule(used: readonly Import[]): [string, Import[]][] {
  const modules = new Map<string, Import[]>();
  for (const entry of used) modules.set(entry.from, [...(modules.get(entry.from) ?? []), entry]);
  return [...modules].sort(([a], [b]) => byText(a, b));
}

/** ES imports, one per module, sorted by module, broken where the formatter breaks them. */
function javascriptImports(used: readonly Import[]): string {
  return byModule(used)
    .map(([from, entries]) => {
      const names = [...new Set(entries.map(named))].sort(byText);
      const line = `import { ${names.join(", ")} } from "${from}";`;
      if (line.length <= LINE_WIDTH) return line;
      return `import {\n${names.map((name) => `  ${name},\n`).join("")}} from "${from}";`;
    })
    .join("\n");
}

/** Python imports as isort orders them: the standard library, then packages. */
function pythonImports(used: readonly Import[]): string {
  const ofLanguage = used.filter((entry) => !entry.package);
  const ofPackages = used.filter((entry) => entry.package);
  return [ofLanguage, ofPackages].map(pythonSection).filter(Boolean).join("\n\n");
}

/** Constants, classes, then the rest; each whatever its case. */
function sortKey(name: string): string {
  const kind = /^[A-Z][A-Z0-9_]+\b/.test(name) ? 0 : /^[A-Z]/.test(name) ? 1 : 2;
  return `${kind} ${name.toLowerCase()}`;
}

function pythonSection(used: readonly Import[]): string {
  const modules = used.filter((entry) => entry.from === entry.name).map((entry) => entry.name);
  const members = used.filter((entry) => entry.from !== entry.name);
  const whole = [...new Set(modules)].sort(byText).map((module) => `import ${module}`);
  const parts = byModule(members).map(([from, entries]) => {
    const names = [...new Set(entries.map(named))].sort((a, b) => byText(sortKey(a), sortKey(b)));
    return `from ${from} import ${names.join(", ")}`;
  });
  return [...whole, ...parts].join("\n");
}

/** The packages that the code needs, by name. */
export function usedPackages(code: string, table: readonly Import[], syntax: Syntax): string[] {
  const used = usedImports(code, table, syntax).filter((entry) => entry.package);
  const packages = used.map(({ from }) => (syntax === "python" ? from.replace(/\..*/, "") : from));
  return [...new Set(packages)].sort(byText);
}

/** The import lines that the code needs, formatted; empty where it needs none. */
export function importLines(code: string, table: readonly Import[], syntax: Syntax): string {
  const used = usedImports(code, table, syntax);
  return syntax === "javascript" ? javascriptImports(used) : pythonImports(used);
}
