/** What checkers look at: a file, by a name that tells how it was made. */
export interface Text {
  readonly name: string;
  readonly text: string;
  /** Files that stand beside it in its folder. */
  readonly beside?: readonly Beside[];
}
interface Beside {
  readonly fileName: string;
  readonly text: string;
}

/** The files beside each, as texts of their own, of those that end so. */
export function besideOf(samples: readonly Text[], ending: string): readonly Text[] {
  return samples.flatMap(({ name, beside = [] }) =>
    beside
      .filter(({ fileName }) => fileName.endsWith(ending))
      .map(({ fileName, text }) => ({ name: `${fileName} beside ${name}`, text })),
  );
}

/** Gathers what checkers say, so that one fault in a template shows once and not in each file. */
export class Findings {
  readonly #places = new Map<string, string[]>();

  add(message: string, place: string): void {
    const places = this.#places.get(message);
    if (places) places.push(place);
    else this.#places.set(message, [place]);
  }

  /** Empty where nothing was found. */
  toString(): string {
    return [...this.#places]
      .map(([message, [first, ...more]]) => {
        const others = more.length > 0 ? ` and in ${more.length} more` : "";
        return `${message}\n    in ${first}${others}`;
      })
      .join("\n");
  }
}

/** The first line in which two texts differ, in words. */
export function firstDifference(text: string, wanted: string): string | undefined {
  if (text === wanted) return undefined;
  const [lines, wantedLines] = [text.split("\n"), wanted.split("\n")];
  const at = lines.findIndex((line, index) => line !== wantedLines[index]);
  return at === -1
    ? `wants ${JSON.stringify(wantedLines.slice(lines.length).join("\n"))} at the end`
    : `wants ${JSON.stringify(wantedLines[at] ?? "")} for ${JSON.stringify(lines[at] ?? "")}`;
}
