/** A catalog that is larger than any real one: each block many times, and each copy is valid. */
import type { TemplateFiles } from "../../../src/catalog/load.js";

/** What a copy says in other words than its original, so that no two rows read alike. */
interface Manifest {
  readonly title: string;
  readonly snippet?: { readonly prefix: string; readonly description: string };
}

/**
 * The files of a catalog with so many blocks; the copies of `auth/bearer` are `auth/bearer-2` and
 * so on. What renders them isn't there: nothing but their names is shown.
 */
export function manyTemplates(files: TemplateFiles, count: number): TemplateFiles {
  const blocks = Object.keys(files).flatMap((path) => /^(.*)\/option\.json$/.exec(path)?.[1] ?? []);
  const many = { ...files };
  for (let at = blocks.length; at < count; at += 1) {
    const folder = blocks[at % blocks.length] ?? "";
    const number = Math.floor(at / blocks.length) + 1;
    const manifest = JSON.parse(files[`${folder}/option.json`] ?? "") as Manifest;
    many[`${folder}-${number}/option.json`] = JSON.stringify(numbered(manifest, number));
    const templates = Object.keys(files).filter(
      (path) => path.startsWith(`${folder}/`) && path.endsWith(".hbs"),
    );
    for (const path of templates) many[path.replace(folder, `${folder}-${number}`)] = "";
  }
  return many;
}

function numbered(manifest: Manifest, number: number): Manifest {
  const { title, snippet } = manifest;
  const copy = { ...manifest, title: `${title} ${number}` };
  if (!snippet) return copy;
  return { ...copy, snippet: { ...snippet, prefix: `${snippet.prefix}-${number}` } };
}
