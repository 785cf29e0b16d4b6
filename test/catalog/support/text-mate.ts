/**
 * Reads snippets as the editor does, by its documentation and not by the code that writes them:
 * `$1`, `${1}`, `${1:default}`, `$NAME`, `${NAME:default}`, and `\` before `$`,
 * `}` or `\` for the character itself.
 */

interface Reader {
  readonly text: string;
  at: number;
}

/** The text that is inserted where the user accepts every default, tabs being `indent` spaces. */
export function expandSnippet(body: readonly string[], indent: number): string {
  const reader = { text: body.join("\n"), at: 0 };
  const expanded = readText(reader, false);
  return `${expanded.replace(/^\t+/gm, (tabs) => " ".repeat(tabs.length * indent))}\n`;
}

/** Text up to the end, or up to the `}` of the placeholder that it is in. */
function readText(reader: Reader, isNested: boolean): string {
  let read = "";
  while (reader.at < reader.text.length) {
    const [first = "", second = ""] = reader.text.slice(reader.at);
    if (first === "}" && isNested) return read;
    if (first === "\\" && ["\\", "$", "}"].includes(second)) {
      read += second;
      reader.at += 2;
    } else if (first === "$") {
      read += readPlaceholder(reader);
    } else {
      read += first;
      reader.at += 1;
    }
  }
  if (isNested) throw new SyntaxError("A placeholder doesn't end");
  return read;
}

/** What stands for a tab stop or a variable: its default, or nothing. */
function readPlaceholder(reader: Reader): string {
  const name = "(?:[0-9]+|[A-Z_]+)";
  const start = new RegExp(`^\\$(?:${name}|\\{${name}(:|\\}))`).exec(reader.text.slice(reader.at));
  if (!start)
    throw new SyntaxError(`A lone $ stands at ${reader.text.slice(reader.at, reader.at + 20)}`);
  reader.at += start[0].length;
  if (start[1] !== ":") return "";
  const text = readText(reader, true);
  reader.at += 1;
  return text;
}
