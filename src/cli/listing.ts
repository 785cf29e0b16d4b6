/** What `api-snippets list --json` prints. Keys are only ever added, or `version` goes up. */
import {
  type Answer,
  type Block,
  type Catalog,
  type Field,
  extraBlocks,
  questionGroups,
} from "../catalog/catalog.js";

export interface Listing {
  readonly version: 1;
  readonly languages: readonly ListedLanguage[];
  readonly groups: readonly ListedGroup[];
  /** `--extra NAME`, none or several. */
  readonly extras: readonly ListedOption[];
  /** Each field once; languages and options name those that they have. */
  readonly fields: readonly Field[];
}

export interface ListedLanguage {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly isDefault: boolean;
  readonly needs: string;
  readonly fields: readonly string[];
  readonly environment: readonly string[];
}

/** A question: `--NAME OPTION`. */
export interface ListedGroup {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly options: readonly ListedOption[];
}

export interface ListedOption {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly isDefault: boolean;
  readonly languages: readonly string[];
  readonly fields: readonly string[];
  /** Variables that the generated client reads. */
  readonly environment: readonly string[];
  /** Extras that come with it where none is named. */
  readonly extras: readonly string[];
}

export function listing(catalog: Catalog): Listing {
  const groups = questionGroups(catalog);
  const extras = extraBlocks(catalog);
  const blocks = [...groups.flatMap((group) => group.blocks), ...extras];
  const answers: readonly Answer[] = [...blocks, ...catalog.languages];
  return {
    version: 1,
    languages: catalog.languages.map((language) => ({
      ...described(language, catalog.language.question.default),
      needs: language.needs,
    })),
    groups: groups.map(({ name, title, description, question, blocks }) => ({
      name,
      title,
      description,
      options: blocks.map((block) => option(block, question?.default)),
    })),
    extras: extras.map((block) => option(block)),
    fields: distinct(answers.flatMap((answer) => answer.fields)),
  };
}

function option(block: Block, standard?: string): ListedOption {
  return { ...described(block, standard), languages: block.languages, extras: block.extras };
}

function described(answer: Answer, standard: string | undefined) {
  const { name, title, summary, fields, environment } = answer;
  return {
    name,
    title,
    summary,
    isDefault: name === standard,
    fields: fields.map((field) => field.name),
    environment: environment.map((variable) => variable.name),
  };
}

function distinct(fields: readonly Field[]): readonly Field[] {
  return [...new Map(fields.map((field) => [field.name, field])).values()];
}
