/** Splits template files into named parts, and precompiles each. */
import Handlebars from "handlebars";

/** Helpers that a template may call; the renderer gives them. */
export const HELPERS = ["constant", "if", "each"];

/**
 * @typedef {object} Part
 * @property {string} precompiled JavaScript of the template, for the Handlebars runtime
 * @property {hbs.AST.Program} program
 */

/**
 * A file of a language's folder is one part, named after the file. In any other file each
 * top-level `{{#*inline "slot"}}` is a part, and nothing else may stand beside them.
 * Names: `language/javascript/sleep`, `auth/bearer/javascript/attach`.
 * @param {Record<string, string>} files
 * @returns {Record<string, Part>}
 */
export function templateParts(files) {
  /** @type {Record<string, Part>} */
  const parts = {};
  for (const [path, text] of Object.entries(files)) {
    if (!path.endsWith(".hbs")) continue;
    const name = path.slice(0, -".hbs".length);
    const program = attempt(path, () => Handlebars.parse(text));
    if (path.startsWith("language/")) parts[name] = part(program, path);
    else {
      for (const [slot, body] of slots(program, path)) parts[`${name}/${slot}`] = part(body, path);
    }
  }
  return parts;
}

/**
 * @param {hbs.AST.Program} program
 * @param {string} path
 * @returns {[string, hbs.AST.Program][]}
 */
function slots(program, path) {
  return program.body.flatMap((node) => {
    if (node.type === "ContentStatement") {
      const text = /** @type {hbs.AST.ContentStatement} */ (node).value;
      if (text.trim() === "") return [];
    }
    const block = /** @type {hbs.AST.DecoratorBlock} */ (node);
    if (node.type !== "DecoratorBlock") {
      throw new Error(`templates/${path}: line ${node.loc.start.line} stands outside of a slot`);
    }
    const name = /** @type {hbs.AST.StringLiteral} */ (block.params[0]).value;
    return [/** @type {[string, hbs.AST.Program]} */ ([name, block.program])];
  });
}

/**
 * @param {hbs.AST.Program} program
 * @param {string} path
 * @returns {Part}
 */
function part(program, path) {
  const options = {
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(HELPERS.map((name) => [name, true])),
  };
  /** @type {unknown} its type says otherwise, but it is the text of a specification */
  const precompiled = attempt(path, () => Handlebars.precompile(program, options));
  return { precompiled: /** @type {string} */ (precompiled), program };
}

/**
 * @template T
 * @param {string} path
 * @param {() => T} action
 * @returns {T}
 */
function attempt(path, action) {
  try {
    return action();
  } catch (error) {
    throw new Error(`templates/${path}: ${/** @type {Error} */ (error).message}`, { cause: error });
  }
}
