/** Turns the files under `templates/` into a catalog, or says everything that is wrong with them. */
import * as z from "zod/mini";
import {
  type Block,
  type Catalog,
  type Field,
  type Group,
  type GroupQuestion,
  type Language,
  extraBlocks,
} from "./catalog.js";
import { parseField } from "./recipe.js";
import { groupSchema, languageSchema, optionSchema } from "./schema.js";

z.config(z.locales.en());

/** Paths below `templates/`, each with its text. */
export type TemplateFiles = Readonly<Record<string, string>>;

/** Thrown with one line per problem, each naming the file and the place in it. */
export class CatalogError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "CatalogError";
  }
}

type Manifest = z.ZodMiniType;

/** Where a zod issue is, as `fields[0].name `; nothing for the whole file. */
function place(path: readonly PropertyKey[]): string {
  const text = path
    .map((key) => (typeof key === "number" ? `[${String(key)}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
  return text && `${text} `;
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of the shapes that a value may have, the one that it came nearest to was meant. */
function innermost(issue: z.core.$ZodIssue): readonly Issue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const depth = (issues: readonly Issue[]) => Math.max(...issues.map(({ path }) => path.length));
  const shapes = issue.errors.map((issues) => issues.flatMap(innermost));
  const nearest = shapes.sort((a, b) => depth(b) - depth(a))[0] ?? [];
  return nearest.map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
}

class Loader {
  readonly problems: string[] = [];

  constructor(private readonly files: TemplateFiles) {}

  manifest<S extends Manifest>(path: string, schema: S): z.output<S> | undefined {
    const text = this.files[path];
    if (text === undefined) {
      this.problems.push(`templates/${path} is missing`);
      return undefined;
    }
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (error) {
      this.problems.push(`templates/${path}: not JSON: ${(error as Error).message}`);
      return undefined;
    }
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues.flatMap(innermost)) {
      this.problems.push(`templates/${path}: ${place(issue.path)}${issue.message}`);
    }
    return undefined;
  }

  /** Names of the folders directly below one, in order. */
  folders(below: string): string[] {
    const names = Object.keys(this.files)
      .filter((path) => path.startsWith(below))
      .map((path) => path.slice(below.length).split("/"))
      .flatMap(([first, ...rest]) => (rest.length > 0 && first !== undefined ? [first] : []));
    return [...new Set(names)].sort();
  }

  fields(path: string, listed: readonly (string | Field)[], shared: readonly Field[]): Field[] {
    return listed.flatMap((entry, index) => {
      const name = typeof entry === "string" ? entry : entry.name;
      const found = shared.find((candidate) => candidate.name === name);
      const field = typeof entry === "string" ? found : entry;
      const place = `templates/${path}: fields[${String(index)}]`;
      if (field === undefined) {
        this.problems.push(`${place} names "${name}", which group.json doesn't define`);
        return [];
      }
      const fits = parseField(field, field.default);
      if (!fits.ok) this.problems.push(`${place}.default of ${fits.problems.join("; ")}`);
      return [field];
    });
  }

  language(name: string, shared: readonly Field[]): (Language & { order: number }) | undefined {
    const path = `language/${name}/language.json`;
    const manifest = this.manifest(path, languageSchema);
    return manifest && { ...manifest, name, fields: this.fields(path, manifest.fields, shared) };
  }

  block(
    group: string,
    name: string,
    shared: readonly Field[],
    languages: readonly string[],
  ): (Block & { order: number }) | undefined {
    const folder = `${group}/${name}`;
    const manifest = this.manifest(`${folder}/option.json`, optionSchema);
    return (
      manifest && {
        ...manifest,
        id: folder,
        group,
        name,
        fields: this.fields(`${folder}/option.json`, manifest.fields, shared),
        languages: languages.filter((language) => `${folder}/${language}.hbs` in this.files),
      }
    );
  }

  group(name: string, languages: readonly string[]): (Group & { order: number }) | undefined {
    const manifest = this.manifest(`${name}/group.json`, groupSchema);
    if (manifest === undefined) return undefined;
    const folders = this.folders(`${name}/`);
    const blocks = folders
      .map((option) => this.block(name, option, manifest.fields, languages))
      .filter((block) => block !== undefined);
    const asked = manifest.question?.default;
    if (asked !== undefined && !folders.includes(asked)) {
      this.problems.push(`templates/${name}/group.json: question.default "${asked}" has no folder`);
    }
    return { ...manifest, name, blocks: inOrder(blocks) };
  }
}

function inOrder<T extends { order?: number }>(entries: readonly T[]): Omit<T, "order">[] {
  const sorted = [...entries].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return sorted.map((entry) => {
    const rest = { ...entry };
    delete rest.order;
    return rest;
  });
}

/** @throws {CatalogError} when a manifest doesn't fit, or a name is used twice with two meanings. */
export function loadCatalog(files: TemplateFiles): Catalog {
  const loader = new Loader(files);
  const top = loader.manifest("language/group.json", groupSchema);
  const languages = loader
    .folders("language/")
    .map((name) => loader.language(name, top?.fields ?? []))
    .filter((language) => language !== undefined);
  const names = languages.map((language) => language.name);
  const groups = loader
    .folders("")
    .filter((name) => name !== "language")
    .map((name) => loader.group(name, names))
    .filter((group) => group !== undefined);
  if (top && !top.question)
    loader.problems.push("templates/language/group.json: question is missing");
  const problems = [...loader.problems, ...clashes(groups), ...strangers(groups)];
  if (problems.length > 0 || !top?.question) throw new CatalogError(problems);
  const question: GroupQuestion = top.question;
  return {
    language: { title: top.title, description: top.description, question },
    languages: inOrder(languages),
    groups: inOrder(groups),
  };
}

/** Prefixes used twice, and field names with two meanings. */
function clashes(groups: readonly Group[]): string[] {
  const blocks = groups.flatMap((group) => group.blocks);
  const seen = new Map<string, string>();
  const problems: string[] = [];
  const claim = (key: string, value: string, what: string) => {
    const before = seen.get(key);
    if (before !== undefined && before !== value) problems.push(`${what}: also used by ${before}`);
    seen.set(key, value);
  };
  for (const block of blocks) {
    const { prefix } = block.snippet ?? {};
    if (prefix) claim(prefix, block.id, `templates/${block.id}/option.json: prefix "${prefix}"`);
    for (const field of block.fields) {
      claim(
        `field ${field.name}`,
        JSON.stringify(field),
        `templates/${block.id}/option.json: field "${field.name}"`,
      );
    }
  }
  return problems;
}

/** Names of extras and options that there are not. */
function strangers(groups: readonly Group[]): string[] {
  const blocks = groups.flatMap((group) => group.blocks);
  const ids = blocks.map((block) => block.id);
  const names = extraBlocks({ groups }).map(({ name }) => name);
  return blocks.flatMap(({ id, extras: ticked, unless }) => [
    ...ticked
      .filter((name) => !names.includes(name))
      .map((name) => `templates/${id}/option.json: extras: there is no extra "${name}"`),
    ...unless
      .map(({ group, option }) => `${group}/${option}`)
      .filter((other) => !ids.includes(other))
      .map((other) => `templates/${id}/option.json: unless: there is no folder "${other}"`),
  ]);
}
