/** The clients that show blocks which are no snippet: a use case, an extra. */
import { type Block, type Catalog, type Language, questionGroups } from "../catalog/catalog.js";
import { type Answers, type Recipe, parseRecipe } from "../catalog/recipe.js";

/** Whether a block is a part of clients only: none of its kind stands alone. */
export function isPartOnly(catalog: Catalog, block: Block): boolean {
  const group = catalog.groups.find(({ name }) => name === block.group);
  if (!group?.question && !group?.tickList) return false;
  return group.blocks.every(({ snippet }) => snippet === undefined);
}

/** These options with a block, and one of them replaced where it rules the block out. */
export function answersWith(catalog: Catalog, options: Answers["options"], block: Block): Answers {
  const groups = questionGroups(catalog);
  const isOption = groups.some(({ name }) => name === block.group);
  const answers: Answers = isOption
    ? { options: { ...options, [block.group]: block.name }, set: {} }
    : { options, set: {}, extras: [block.name] };
  const others = groups
    .filter(({ name }) => name !== block.group)
    .flatMap(({ blocks }) => blocks.map(({ group, name }) => ({ [group]: name })));
  const fitting = [{}, ...others]
    .map((other) => ({ ...answers, options: { ...answers.options, ...other } }))
    .find((candidate) => parseRecipe(catalog, candidate).ok);
  return fitting ?? answers;
}

/** The client with the defaults and this block. */
export function showcase(catalog: Catalog, block: Block, language: Language): Recipe | undefined {
  if (!isPartOnly(catalog, block)) return undefined;
  const parsed = parseRecipe(catalog, answersWith(catalog, { language: language.name }, block));
  return parsed.ok ? parsed.value : undefined;
}
