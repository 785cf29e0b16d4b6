/** What templates may name, kept in step with the renderer's model by its types. */
import { HELPERS } from "../../../scripts/template-parts.mjs";
import { type Catalog, allBlocks } from "../../../src/catalog/catalog.js";
import { type RenderModel, choiceFlags, environmentLines } from "../../../src/render/model.js";
import type { Setting } from "../../../src/render/literals.js";

/** The names that stand for something at one place of a template. */
export interface Scope {
  readonly names: readonly string[];
  /** Names below a name, as in `is.clientSecretBasic`. */
  readonly below: Readonly<Record<string, readonly string[]>>;
}

const MODEL: Record<keyof RenderModel, true> = {
  title: true,
  recipe: true,
  client: true,
  module: true,
  needs: true,
  environment: true,
  required: true,
  optional: true,
  checked: true,
  assumptions: true,
  settings: true,
  imports: true,
  body: true,
  is: true,
  with: true,
};

const SETTING: Record<keyof Setting, true> = { field: true, value: true, description: true };

/** What an entry of a list holds, by the name of the list. */
export function entryScopes(catalog: Catalog): Readonly<Record<string, Scope>> {
  const answers = [...catalog.languages, ...allBlocks(catalog)];
  const [line = {}] = environmentLines(answers).environment;
  const variable = { names: Object.keys(line), below: {} };
  return {
    environment: variable,
    required: variable,
    optional: variable,
    checked: variable,
    settings: { names: Object.keys(SETTING), below: {} },
    assumptions: { names: ["this"], below: {} },
  };
}

export function rootScope(catalog: Catalog): Scope {
  const fields = allBlocks(catalog).flatMap((block) => block.fields);
  return {
    names: Object.keys(MODEL),
    below: {
      is: Object.keys(choiceFlags(fields, {})),
      with: allBlocks(catalog).flatMap((block) => block.needs),
    },
  };
}

/** Helpers that print; `if` and `each` hold other code. */
export const PRINTING_HELPERS = HELPERS.filter((name) => !["if", "each"].includes(name));
