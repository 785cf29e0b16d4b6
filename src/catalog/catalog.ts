/** The catalog as every door sees it: resolved, checked when it was built, and never changed. */
import type {
  EnvironmentVariable,
  Environments,
  Field,
  Import,
  SnippetManifest,
} from "./schema.js";

export type { EnvironmentVariable, Environments, Field, Import } from "./schema.js";

/** What both an option and a language say of themselves in the wizard. */
export interface Answer {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly bestFor?: string | undefined;
  readonly strength?: string | undefined;
  readonly weakness?: string | undefined;
  readonly recommended: boolean;
  readonly fields: readonly Field[];
  readonly environment: readonly EnvironmentVariable[];
  readonly assumptions: readonly string[];
}

/** One vetted piece of code: an option of a question, an extra, or what only the tree shows. */
export interface Block extends Answer {
  /** `GROUP/NAME`, its folder under `templates/`. */
  readonly id: string;
  readonly group: string;
  readonly phrase?: string | undefined;
  /** What the client is told to use one of; the variables of the other blocks end in its name. */
  readonly environments?: Environments | undefined;
  /** The languages whose template is there. */
  readonly languages: readonly string[];
  readonly imports: Readonly<Record<string, readonly Import[]>>;
  /** Shared parts that blocks of several groups need. */
  readonly needs: readonly string[];
  /** Names of the extras that come with it where nothing else is said. */
  readonly extras: readonly string[];
  readonly unless: readonly Exclusion[];
  /** Names of its own files beside the client, by language. */
  readonly files: Readonly<Record<string, string>>;
  /** What these import, beside what the language has. */
  readonly fileImports: Readonly<Record<string, readonly Import[]>>;
  readonly snippet?: Readonly<SnippetManifest> | undefined;
}

/** An option or extra that rules a block out. */
export interface Exclusion {
  readonly group: string;
  readonly option: string;
  readonly reason: string;
}

export interface Language extends Answer {
  readonly needs: string;
  readonly fileName: string;
  readonly editorId: string;
  readonly snippetIds: readonly string[];
  readonly syntax: "javascript" | "python";
  readonly indent: number;
  readonly imports: readonly Import[];
}

export interface GroupQuestion {
  readonly prompt: string;
  readonly placeholder: string;
  readonly default: string;
  readonly implied: boolean;
  readonly step: "own" | "last";
}

/** A topic of the tree; with a question or a tick list, also one of the wizard's. */
export interface Group {
  readonly name: string;
  readonly title: string;
  readonly icon: string;
  readonly description: string;
  readonly question?: GroupQuestion | undefined;
  readonly tickList?: Readonly<{ prompt: string; placeholder: string }> | undefined;
  readonly blocks: readonly Block[];
}

export interface Catalog {
  readonly language: Readonly<{ title: string; description: string; question: GroupQuestion }>;
  readonly languages: readonly Language[];
  readonly groups: readonly Group[];
}

/** The groups that ask a question, in the wizard's order. */
export function questionGroups(catalog: Catalog): readonly Group[] {
  return catalog.groups.filter((group) => group.question !== undefined);
}

/** What may be ticked beside the answers. */
export function extraBlocks({ groups }: Pick<Catalog, "groups">): readonly Block[] {
  return groups.flatMap((group) => (group.tickList ? group.blocks : []));
}

export function allBlocks(catalog: Catalog): readonly Block[] {
  return catalog.groups.flatMap((group) => group.blocks);
}

export function findBlock(catalog: Catalog, id: string): Block | undefined {
  return allBlocks(catalog).find((block) => block.id === id);
}

export function findLanguage(catalog: Catalog, name: string): Language | undefined {
  return catalog.languages.find((language) => language.name === name);
}

/** Freezes a value and all that it holds. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
