/**
 * Finds names in templates that stand for nothing. Rendering would show only some of them: an
 * `{{#if typo}}` is just false, and a slot that nothing includes never appears.
 */
import { templateParts } from "../../../scripts/template-parts.mjs";
import type { Catalog } from "../../../src/catalog/catalog.js";
import type { TemplateFiles } from "../../../src/catalog/load.js";
import { suggestion } from "../../../src/catalog/recipe.js";
import { PRINTING_HELPERS, type Scope, entryScopes, rootScope } from "./template-names.js";

type Statement =
  | hbs.AST.MustacheStatement
  | hbs.AST.BlockStatement
  | hbs.AST.PartialStatement
  | hbs.AST.ContentStatement
  | hbs.AST.CommentStatement;

/** Slots that the renderer starts from; all others must be included by a part. */
const ENTRY_PARTS = ["client", "file", "snippet"];

/** One sentence for each problem, with its file and line. */
export function templateProblems(files: TemplateFiles, catalog: Catalog): readonly string[] {
  const parts = Object.entries(templateParts(files)).map(([name, { program }]) => {
    const walk = new Walk(entryScopes(catalog));
    walk.statements(program.body, rootScope(catalog), 0);
    return { ...place(name), program, walk };
  });
  return catalog.languages.flatMap(({ name: language }) => {
    const own = parts.filter((part) => part.language === language);
    const known = [...new Set(own.map((part) => part.partial))];
    const included = new Set(own.flatMap(({ walk }) => walk.included.map(({ name }) => name)));
    return own.flatMap(({ file, partial, program, walk }) => {
      const unknown = walk.included
        .filter(({ name }) => !known.includes(name))
        .map(({ name, line }) => ({
          line,
          text: `there is no part "${name}".${suggestion(name, known)}`,
        }));
      const isUsed = included.has(partial) || ENTRY_PARTS.includes(partial.split("/").pop() ?? "");
      const unused = isUsed
        ? []
        : [{ line: firstLine(program), text: `nothing includes "${partial}".` }];
      return [...walk.problems, ...unknown, ...unused].map(
        ({ line, text }) => `templates/${file}: line ${line}: ${text}`,
      );
    });
  });
}

/** What a part's name says: `auth/bearer/python/attach` is the partial `auth/attach` in Python. */
function place(name: string): { file: string; language: string; partial: string } {
  const words = name.split("/");
  const last = words.at(-1) ?? "";
  const [group = "", language = ""] = words;
  if (group === "language") return { file: `${name}.hbs`, language, partial: last };
  return {
    file: `${words.slice(0, -1).join("/")}.hbs`,
    language: words.at(-2) ?? "",
    partial: `${group}/${last}`,
  };
}

function firstLine(program: hbs.AST.Program): number {
  return program.body[0]?.loc.start.line ?? 1;
}

class Walk {
  readonly problems: { line: number; text: string }[] = [];
  readonly included: { line: number; name: string }[] = [];

  /** @param entries what the entries of each list hold */
  constructor(private readonly entries: Readonly<Record<string, Scope>>) {}

  /** @param depth how many `#if` and `#each` are around */
  statements(nodes: readonly hbs.AST.Statement[], scope: Scope, depth: number): void {
    for (const node of nodes as readonly Statement[]) this.#statement(node, scope, depth);
  }

  #statement(node: Statement, scope: Scope, depth: number): void {
    switch (node.type) {
      case "ContentStatement":
      case "CommentStatement":
        return;
      case "MustacheStatement":
        this.#mustache(node, scope);
        return;
      case "PartialStatement":
        this.#partial(node, scope);
        return;
      case "BlockStatement":
        this.#block(node, scope, depth);
        return;
      default:
        this.#problem(node, "templates hold values, parts, #if and #each only.");
    }
  }

  #mustache({ path, params }: hbs.AST.MustacheStatement, scope: Scope): void {
    const { original } = path as hbs.AST.PathExpression;
    if (params.length === 0) {
      this.#value(path, scope);
      return;
    }
    if (!PRINTING_HELPERS.includes(original)) {
      this.#problem(
        path,
        `there is no helper "${original}".${suggestion(original, PRINTING_HELPERS)}`,
      );
    }
    for (const param of params) this.#value(param, scope);
  }

  #block(node: hbs.AST.BlockStatement, scope: Scope, depth: number): void {
    const helper = node.path.original;
    const [param] = node.params;
    if (depth > 0) this.#problem(node, `#${helper} stands within another block.`);
    if ((helper !== "if" && helper !== "each") || param === undefined) {
      this.#problem(node, `there is no block "#${helper}"; use #if or #each.`);
      return;
    }
    this.#value(param, scope);
    const list = (param as hbs.AST.PathExpression).original;
    const inner = helper === "each" ? this.entries[list] : scope;
    if (inner === undefined) {
      this.#problem(param, `"${list}" is no list.${suggestion(list, Object.keys(this.entries))}`);
      return;
    }
    this.statements(node.program.body, inner, depth + 1);
    // Absent where there is no {{else}}, whatever the type says.
    this.statements((node.inverse as hbs.AST.Program | undefined)?.body ?? [], scope, depth + 1);
  }

  #partial(node: hbs.AST.PartialStatement, scope: Scope): void {
    const { original } = node.name as hbs.AST.PathExpression;
    if (!scope.names.includes("body")) {
      this.#problem(node, `"${original}" stands within #each, where it would miss its values.`);
    }
    this.included.push({ line: node.loc.start.line, name: original });
  }

  #value(node: hbs.AST.Expression, { names, below }: Scope): void {
    if (node.type !== "PathExpression") return;
    const { original, parts } = node as hbs.AST.PathExpression;
    const [first = original, second] = parts;
    const known = second === undefined ? names : below[first];
    const name = second ?? (original === "this" ? original : first);
    const isPlain = original === [first, ...parts.slice(1)].join(".") && parts.length < 3;
    if (isPlain && known?.includes(name) === true) return;
    this.#problem(node, `there is no value "${original}".${suggestion(name, known ?? names)}`);
  }

  #problem({ loc }: hbs.AST.Node, text: string): void {
    this.problems.push({ line: loc.start.line, text });
  }
}
