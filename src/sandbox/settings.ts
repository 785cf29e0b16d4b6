import { z } from "zod";
import { isObject, type JsonObject } from "./dotted.js";
import { optionsSchema } from "./options.js";
import { PRESET_NAMES, PRESETS } from "./presets.js";
import type { Sequence } from "./step.js";
import { parse, strict } from "./strict.js";

const sessionSchema = strict({
  ...optionsSchema.shape,
  /** Named faults to start from; options of one's own win over theirs, steps add up. */
  presets: z.array(z.enum(PRESET_NAMES)).default([]),
});
export type SessionOptions = z.input<typeof sessionSchema>;
type Parsed = z.output<typeof sessionSchema>;

/** Options with every default filled in and the presets worked in. */
export interface Settings extends Parsed {
  /** The steps of the presets, each in its own sequence, and then the session's own. */
  readonly sequences: readonly Sequence[];
}

/** Throws an `OptionsError`. */
export function parseSettings(options: SessionOptions): Settings {
  const own = parse(sessionSchema, options);
  const presets = own.presets.map((name) => PRESETS[name].options);
  const merged = parse(sessionSchema, presets.reduceRight<JsonObject>(overlay, { ...options }));
  const layers = presets.map((preset) => parse(optionsSchema, preset));
  return { ...merged, sequences: [...layers, own] };
}

/** `over` on top of `under`, one level deep. */
function overlay(over: JsonObject, under: JsonObject): JsonObject {
  const merged = { ...under, ...over };
  for (const [name, value] of Object.entries(over)) {
    const below = under[name];
    if (isObject(value) && isObject(below)) merged[name] = { ...below, ...value };
  }
  return merged;
}
