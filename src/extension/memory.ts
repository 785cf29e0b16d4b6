/** What the wizard remembers from its last use. */
import * as z from "zod/mini";
import { type Catalog, type Field, extraBlocks } from "../catalog/catalog.js";
import { type Answers, answersSchema, parseField } from "../catalog/recipe.js";
import { type TargetName, TARGET_NAMES } from "./targets.js";

const KEY = "lastRecipe";

const storedSchema = z.extend(answersSchema, { target: z.enum(TARGET_NAMES) });

export interface Remembered {
  readonly answers: Answers;
  readonly target: TargetName;
}

/** The part of an editor's `Memento` that is needed here. */
export interface Store {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const NOTHING: Remembered = { answers: { options: {}, set: {} }, target: "file" };

/** What of a stored value still fits the catalog; the rest is dropped without a word. */
export function recall(catalog: Catalog, stored: unknown): Remembered {
  const parsed = storedSchema.safeParse(stored);
  if (!parsed.success) return NOTHING;
  const { options, set, extras, target } = parsed.data;
  const known = new Map<string, readonly { readonly name: string }[]>([
    ["language", catalog.languages],
    ...catalog.groups.map((group) => [group.name, group.blocks] as const),
  ]);
  const knownExtras = extraBlocks(catalog).map(({ name }) => name);
  const fields = allFields(catalog);
  return {
    target,
    answers: {
      options: Object.fromEntries(
        Object.entries(options).filter(([group, name]) =>
          known.get(group)?.some((answer) => answer.name === name),
        ),
      ),
      set: Object.fromEntries(
        Object.entries(set).filter(([name, value]) => {
          const field = fields.get(name);
          return field !== undefined && parseField(field, value).ok;
        }),
      ),
      ...(extras && { extras: extras.filter((name) => knownExtras.includes(name)) }),
    },
  };
}

function allFields(catalog: Catalog): ReadonlyMap<string, Field> {
  const answers = [...catalog.languages, ...catalog.groups.flatMap((group) => group.blocks)];
  return new Map(answers.flatMap(({ fields }) => fields).map((field) => [field.name, field]));
}

export class Memory {
  constructor(
    private readonly catalog: Catalog,
    private readonly store: Store,
  ) {}

  recall(): Remembered {
    return recall(this.catalog, this.store.get(KEY));
  }

  async remember({ answers, target }: Remembered): Promise<void> {
    await this.store.update(KEY, { ...answers, target });
  }
}
