/** Renders recipes to files, and blocks to snippets, from the same template parts. */
import Handlebars from "handlebars/runtime";
import {
  type Block,
  type Catalog,
  type Field,
  type Import,
  type Language,
  allBlocks,
  deepFreeze,
} from "../catalog/catalog.js";
import type { FieldValue, Recipe } from "../catalog/recipe.js";
import { commentJson, constant, stringLiteral } from "./literals.js";
import { importLines, usedPackages } from "./imports.js";
import {
  type RenderModel,
  choiceFlags,
  environmentLines,
  importTable,
  needsText,
  titleText,
  usedSettings,
} from "./model.js";
import { markTabStop, toSnippet } from "./tab-stops.js";

/** Precompiled templates by name, from `virtual:catalog`. */
export type Parts = Readonly<Record<string, TemplateSpecification>>;

/** What a recipe becomes. */
export interface GeneratedFile {
  readonly fileName: string;
  readonly language: Language;
  readonly text: string;
}

type Model = Omit<RenderModel, "body" | "imports" | "settings">;
type Partials = Readonly<Record<string, Handlebars.Template>>;
/** What is done to the literal of a setting: nothing, or a tab stop. */
type Mark = (text: string) => string;

/** All that one rendering depends on beside its model. */
interface Rendering {
  readonly language: Language;
  readonly partials: Partials;
  readonly mark: Mark;
  readonly fields: readonly Field[];
  readonly values: Recipe["values"];
  readonly imports: readonly Import[];
}

const unmarked: Mark = (text) => text;

export class Renderer {
  readonly #handlebars = Handlebars.create();
  readonly #templates: ReadonlyMap<string, HandlebarsTemplateDelegate>;

  constructor(
    private readonly catalog: Catalog,
    parts: Parts,
  ) {
    deepFreeze(catalog);
    this.#templates = new Map(
      Object.entries(parts).map(([name, part]) => [name, this.#handlebars.template(part)]),
    );
  }

  /** The whole file of a recipe. */
  file(recipe: Recipe): GeneratedFile {
    const { language } = recipe;
    return deepFreeze({
      fileName: language.fileName,
      language,
      text: this.#file(recipe, unmarked),
    });
  }

  /** The files that stand beside the client, which has this name. */
  filesBeside(recipe: Recipe, clientName: string): readonly GeneratedFile[] {
    const { language, blocks } = recipe;
    const names = clientNames(language, clientName);
    const model = { ...this.#model(recipe), ...names };
    return blocks.flatMap(({ id, group, files, fileImports }) => {
      const fileName = files[language.name]?.replace("CLIENT", names.client);
      const own = this.#templates.get(`${id}/${language.name}/file`);
      if (fileName === undefined || own === undefined) return [];
      const partials = { ...this.#partials(language, blocks), [`${group}/file`]: own };
      const imports = [...language.imports, ...(fileImports[language.name] ?? [])];
      const rendering = { ...this.#rendering(recipe, unmarked), partials, imports };
      const text = this.#compose(`${group}/file`, `${group}/file`, model, rendering);
      return [deepFreeze({ fileName, language, text })];
    });
  }

  /** The same file as editor snippet text, with its settings as tab stops. */
  fileSnippet(recipe: Recipe): string {
    return toSnippet(this.#file(recipe, markTabStop), recipe.language.indent);
  }

  /** A block alone, as it stands with its defaults. */
  block(block: Block, language: Language): string {
    return this.#block(block, language, unmarked);
  }

  /** A block alone, as editor snippet text. */
  blockSnippet(block: Block, language: Language): string {
    return toSnippet(this.#block(block, language, markTabStop), language.indent);
  }

  #file(recipe: Recipe, mark: Mark): string {
    return this.#compose("client", "file", this.#model(recipe), this.#rendering(recipe, mark));
  }

  #model({ language, blocks, values, answers: { options, set, extras } }: Recipe): Model {
    const told = { ...options, extras, set: Object.keys(set).length > 0 ? set : undefined };
    return {
      title: titleText(blocks, language.syntax),
      recipe: commentJson(told),
      ...clientNames(language, language.fileName),
      needs: language.needs,
      ...environmentLines([language, ...blocks]),
      assumptions: [...blocks.flatMap((block) => block.assumptions), ...language.assumptions],
      is: this.#choiceFlags(values),
      with: this.#needFlags(blocks),
    };
  }

  #rendering({ language, blocks, fields, values }: Recipe, mark: Mark): Rendering {
    const imports = importTable(language, blocks);
    return { language, partials: this.#partials(language, blocks), mark, fields, values, imports };
  }

  #block(block: Block, language: Language, mark: Mark): string {
    const model: Model = {
      title: block.title,
      recipe: "",
      ...clientNames(language, language.fileName),
      needs: language.needs,
      ...environmentLines([language, block]),
      assumptions: block.assumptions,
      is: this.#choiceFlags({}),
      with: this.#needFlags([block]),
    };
    return this.#compose(`${block.group}/snippet`, "snippet", model, {
      language,
      partials: this.#partials(language, [block]),
      mark,
      fields: this.#allFields(block, language),
      values: {},
      imports: importTable(language, [block]),
    });
  }

  #choiceFlags(values: Recipe["values"]): RenderModel["is"] {
    return choiceFlags(
      allBlocks(this.catalog).flatMap((block) => block.fields),
      values,
    );
  }

  #needFlags(blocks: readonly Block[]): RenderModel["with"] {
    const needs = allBlocks(this.catalog).flatMap((block) => block.needs);
    return Object.fromEntries(
      needs.map((need) => [need, blocks.some((block) => block.needs.includes(need))]),
    );
  }

  /** Every field, since a snippet carries shared parts along; the block's own meaning first. */
  #allFields(block: Block, language: Language): readonly Field[] {
    const fields = [block, ...allBlocks(this.catalog), language].flatMap((answer) => answer.fields);
    return fields.filter(
      (field, index) => fields.findIndex(({ name }) => name === field.name) === index,
    );
  }

  /** Renders the body, then the file around it, with the imports and settings that it uses. */
  #compose(bodyName: string, name: string, model: Model, rendering: Rendering): string {
    const { language, fields, values } = rendering;
    const body = this.#run(bodyName, { ...model, body: "", imports: "", settings: [] }, rendering);
    const imports = importLines(body, rendering.imports, language.syntax);
    const packages = usedPackages(body, rendering.imports, language.syntax);
    const needs = needsText(language, packages);
    const settings = usedSettings(body, fields, values);
    return this.#run(name, { ...model, needs, body, imports, settings }, rendering);
  }

  #run(name: string, model: RenderModel, { language, partials, mark }: Rendering): string {
    const template = partials[name];
    if (!template) throw new Error(`There is no template part "${name}" for ${language.title}.`);
    return (template as HandlebarsTemplateDelegate)(model, {
      partials: partials as Record<string, HandlebarsTemplateDelegate>,
      helpers: {
        constant: (field: string, value: FieldValue, description: string) =>
          constant({ field, value, description }, language.syntax, mark),
      },
    });
  }

  /**
   * What a template may include: the language's parts (`sleep`), and for each slot of each group
   * (`auth/attach`) what the chosen blocks fill in, one after the other, else what the group itself
   * has, else nothing.
   */
  #partials(language: Language, blocks: readonly Block[]): Partials {
    const partials: Record<string, Handlebars.Template> = {};
    for (const name of this.#templates.keys()) {
      const [group, , of, slot] = name.split("/");
      if (group && slot && of === language.name) partials[`${group}/${slot}`] = () => "";
    }
    const defaults = [
      { folder: `language/${language.name}/`, as: "" },
      ...this.catalog.groups.map(({ name }) => ({
        folder: `${name}/${language.name}/`,
        as: `${name}/`,
      })),
    ];
    for (const { folder, as } of defaults) {
      for (const [slot, template] of this.#slots(folder)) partials[as + slot] = template;
    }
    const filled = new Map<string, readonly HandlebarsTemplateDelegate[]>();
    for (const { id, group } of blocks) {
      for (const [slot, template] of this.#slots(`${id}/${language.name}/`)) {
        const name = `${group}/${slot}`;
        filled.set(name, [...(filled.get(name) ?? []), template]);
      }
    }
    for (const [name, templates] of filled) partials[name] = oneAfterTheOther(templates);
    return partials;
  }

  /** What stands in a folder, by the name of the slot. */
  #slots(folder: string): readonly (readonly [string, HandlebarsTemplateDelegate])[] {
    return [...this.#templates]
      .filter(([name]) => name.startsWith(folder))
      .map(([name, template]) => [name.slice(folder.length), template]);
  }
}

function oneAfterTheOther(templates: readonly HandlebarsTemplateDelegate[]): Handlebars.Template {
  const [first] = templates;
  if (templates.length === 1 && first) return first;
  return (context: unknown, options?: Handlebars.RuntimeOptions) =>
    templates.map((template) => template(context, options)).join("");
}

/** `client` of `client.mjs`, and what it is imported by. */
function clientNames({ syntax }: Language, fileName: string): Pick<Model, "client" | "module"> {
  const client = fileName.replace(/(?<=.)\.[^.]*$/, "");
  return {
    client,
    module: stringLiteral(syntax === "python" ? client : `./${fileName}`, syntax),
  };
}
