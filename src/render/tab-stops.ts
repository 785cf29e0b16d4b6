/**
 * Tab stops travel through rendering between two private-use characters, which no literal lets
 * pass; only at the end does the text become an editor snippet.
 */
const OPEN = "\ue000";
const CLOSE = "\ue001";

export function markTabStop(text: string): string {
  return OPEN + text + CLOSE;
}

/** Escapes what the editor's snippet syntax reads. */
function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

/**
 * Editor snippet text: marks become `${1:…}`, all else survives insertion as it is. Indentation
 * becomes tabs, which the editor turns into its own.
 * @param indent spaces per level in `code`
 */
export function toSnippet(code: string, indent: number): string {
  let stop = 0;
  const pieces = code.split(new RegExp(`${OPEN}([^${CLOSE}]*)${CLOSE}`));
  const text = pieces
    .map((piece, index) => {
      if (index % 2 === 0) return escapeSnippet(piece);
      stop += 1;
      return `\${${stop}:${escapeSnippet(piece)}}`;
    })
    .join("");
  return text.replace(/^ +/gm, (spaces) => {
    const levels = Math.floor(spaces.length / indent);
    return "\t".repeat(levels) + " ".repeat(spaces.length - levels * indent);
  });
}
