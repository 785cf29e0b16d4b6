import type { TemplateFiles } from "../../../src/catalog/load.js";

/** Every path that a folder of the catalog needs and hasn't got, and every path that means nothing. */
export function completenessProblems(files: TemplateFiles): readonly string[] {
  const paths = Object.keys(files);
  const languages = foldersIn(paths, "language");
  const groups = foldersIn(paths, "").filter((group) => group !== "language");
  const wanted = [
    "language/group.json",
    ...languages.map((language) => `language/${language}/language.json`),
    ...groups.map((group) => `${group}/group.json`),
    ...groups.flatMap((group) =>
      blocksIn(paths, group, languages).flatMap((block) =>
        ["option.json", ...languages.map((language) => `${language}.hbs`)].map(
          (file) => `${group}/${block}/${file}`,
        ),
      ),
    ),
  ];
  const allowed = new Set([
    ...wanted,
    ...groups.flatMap((group) => languages.map((language) => `${group}/${language}.hbs`)),
  ]);
  const isPart = (path: string) => /^language\/[^/]+\/[a-z-]+\.hbs$/.test(path);
  return [
    ...wanted
      .filter((path) => files[path] === undefined)
      .map((path) => `templates/${path} is missing`),
    ...paths
      .filter((path) => !allowed.has(path) && !isPart(path))
      .map((path) => `templates/${path} is nothing that the catalog reads`),
  ];
}

function blocksIn(paths: readonly string[], group: string, languages: readonly string[]) {
  return foldersIn(paths, group).filter((name) => !languages.includes(name));
}

/** Names of the folders directly in a folder. */
function foldersIn(paths: readonly string[], folder: string): readonly string[] {
  const start = folder === "" ? "" : `${folder}/`;
  const rests = paths
    .filter((path) => path.startsWith(start))
    .map((path) => path.slice(start.length));
  const names = rests
    .filter((rest) => rest.includes("/"))
    .map((rest) => rest.split("/", 1)[0] ?? "");
  return [...new Set(names)];
}
