/** From a start of the wizard to code in its place. */
import type { Catalog } from "../catalog/catalog.js";
import type { Recipe } from "../catalog/recipe.js";
import type { Renderer } from "../render/renderer.js";
import { clientCode } from "./code.js";
import { deliver, editorFacts, editorLanguage, userEditor } from "./delivery.js";
import type { Memory } from "./memory.js";
import type { Previews } from "./preview.js";
import { newFileNames } from "./new-files.js";
import { enter, pick, tick } from "./quick-input.js";
import { Session } from "./session.js";
import { type Preset, WizardState } from "./state.js";

export interface WizardTools {
  readonly catalog: Catalog;
  readonly renderer: () => Renderer;
  readonly memory: Memory;
  readonly previews: Previews;
}

/** Runs the wizard once; left at any step it changes nothing. */
export async function runWizard(tools: WizardTools, preset: Preset): Promise<void> {
  const { answers, target } = tools.memory.recall();
  const language = preset.language ?? editorLanguage(tools.catalog);
  const state = new WizardState(tools.catalog, answers, { ...preset, language });
  const surroundings = {
    pick,
    tick,
    enter,
    editor: () => editorFacts(userEditor()),
    preview: (recipe: Recipe) => tools.previews.showRecipe(recipe),
    newFiles: (recipe: Recipe) =>
      newFileNames(clientCode(tools.renderer(), recipe), editorFacts(userEditor())?.fileName),
  };
  const chosen = await new Session(state, surroundings, target).run();
  await tools.previews.closeRecipe();
  if (chosen === undefined) return;
  const delivered = await deliver(chosen, clientCode(tools.renderer(), state.recipe()));
  if (delivered) await tools.memory.remember({ answers: state.answers, target: chosen });
}
