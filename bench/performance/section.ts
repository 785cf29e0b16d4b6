/** What a part of `npm run bench` is given, and what it hands back. */

export interface Bench {
  /** The folder of the repository. */
  readonly root: string;
  /** A folder of its own for what a section writes; it is gone afterwards. */
  readonly folder: string;
  /** Aborted by Ctrl-C; a section ends its processes and throws. */
  readonly signal: AbortSignal;
  /** A short try: few rounds, and numbers that mean little. */
  readonly isQuick: boolean;
  /** Shows how far it is. */
  say(text: string): void;
}

export type Measure = (bench: Bench) => Promise<Section>;

/** One part of the report. */
export interface Section {
  readonly title: string;
  /** What was measured and how, and what to read from it; markdown. */
  readonly text: string;
  readonly tables: readonly Table[];
  readonly plots: readonly Plot[];
  readonly targets: readonly Target[];
  /** Of what was measured beside Node.js: `{ got: "15.1.0" }`. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** Cells are markdown; those after the first stand at the right. */
export interface Table {
  /** What stands above it, where a section has several. */
  readonly caption?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Plot {
  /** Makes the file `docs/performance-NAME.svg`. */
  readonly name: string;
  /** What it shows, for those who can't see it. */
  readonly alt: string;
  /** Of vega-lite, with its data. */
  readonly spec: object;
}

export interface Target {
  readonly what: string;
  /** `≥ 0.95` */
  readonly target: string;
  readonly found: string;
  /** Undefined where it could not be measured; `found` says why. */
  readonly isMet: boolean | undefined;
}
