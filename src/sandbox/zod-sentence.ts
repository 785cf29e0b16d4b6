import type { z } from "zod";
import { unknownWord } from "./nearest.js";

type Issue = z.core.$ZodIssue;

/** One sentence about the first thing wrong: `steps[0].status: …`. */
export function sentenceOf(error: z.ZodError, root: string): string {
  const issue = error.issues[0];
  return issue === undefined ? `${root}: not valid` : sentence(issue, root, []);
}

function sentence(issue: Issue, root: string, outer: readonly PropertyKey[]): string {
  const path = [...outer, ...issue.path];
  if (issue.code === "invalid_union") {
    const inner = furthest(issue.errors);
    if (inner !== undefined) return sentence(inner, root, path);
  }
  return `${pathText(path) || root}: ${complaint(issue)}`;
}

function complaint(issue: Issue): string {
  const { input } = issue;
  if (issue.code === "invalid_value" && typeof input === "string") {
    return unknownWord("value", input, issue.values.map(String));
  }
  return issue.message;
}

/** Of the branches of a union, the one that went furthest before it failed was meant. */
function furthest(branches: readonly (readonly Issue[])[]): Issue | undefined {
  const firsts = branches.flatMap((branch) => branch.slice(0, 1));
  const weight = (issue: Issue) => issue.path.length + (issue.code === "unrecognized_keys" ? 1 : 0);
  return firsts.sort((a, b) => weight(b) - weight(a))[0];
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}
