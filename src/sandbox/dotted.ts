/** Fields of a JSON object by dotted name, as in `data.items`. */

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A copy of `value` with the field set; objects on the way are made where they lack. */
export function withField(value: JsonObject, name: string, field: unknown): JsonObject {
  const [head = "", ...rest] = name.split(".");
  if (rest.length === 0) return { ...value, [head]: field };
  const inner = value[head];
  return { ...value, [head]: withField(isObject(inner) ? inner : {}, rest.join("."), field) };
}

/** A copy of `value` without the field. */
export function withoutField(value: JsonObject, name: string): JsonObject {
  const [head = "", ...rest] = name.split(".");
  const inner = value[head];
  if (rest.length > 0) {
    return isObject(inner) ? { ...value, [head]: withoutField(inner, rest.join(".")) } : value;
  }
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== head));
}
