import { z } from "zod";
import { unknownWord } from "./nearest.js";

/** An object with these keys and no others; a mistyped key is told the nearest one. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? unknownWord("key", issue.keys[0] ?? "", Object.keys(shape))
        : undefined,
  });
}

/** Not what a session or a change to it may look like. The message is one sentence. */
export class OptionsError extends Error {
  override readonly name = "OptionsError";
}

/** The value in the shape of the schema, or an `OptionsError` about the first thing wrong. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new OptionsError(issue === undefined ? "options: not valid" : sentence(issue, []));
}

type Issue = z.core.$ZodIssue;

/** As in `steps[0].status: …`. */
function sentence(issue: Issue, outer: readonly PropertyKey[]): string {
  const path = [...outer, ...issue.path];
  const inner = issue.code === "invalid_union" ? furthest(issue.errors) : undefined;
  if (inner !== undefined) return sentence(inner, path);
  return `${pathText(path) || "options"}: ${complaint(issue)}`;
}

function complaint(issue: Issue): string {
  if (issue.code !== "invalid_value" || typeof issue.input !== "string") return issue.message;
  return unknownWord("value", issue.input, issue.values.map(String));
}

/** Of the branches of a union, the one that went furthest before it failed was meant. */
function furthest(branches: readonly (readonly Issue[])[]): Issue | undefined {
  const firsts = branches.flatMap((branch) => branch.slice(0, 1));
  const depth = ({ path, code }: Issue) => path.length + (code === "unrecognized_keys" ? 1 : 0);
  return firsts.sort((a, b) => depth(b) - depth(a))[0];
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}
