/** Text of other programs, such as installers, in a document of Markdown. */

const ORIGIN = /\b[a-z][a-z+]*:\/\/[^\s/]*/gi;
const PATH = /(?<![\w./\\])(?:[A-Za-z]:)?(?:[\\/][^\s\\/'"`:,;()]+)+[\\/]?/g;

/** In one line, without the folders and the hosts of this machine; a table escapes its bars. */
export function quoted(text: string): string {
  return text
    .replace(ORIGIN, "")
    .replace(PATH, (path) => path.split(/[\\/]/).filter(Boolean).at(-1) ?? "")
    .replace(/[\\`*_<>[\]~#]/g, "\\$&")
    .replace(/\s+/g, " ")
    .trim();
}
