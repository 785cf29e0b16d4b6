/** What the package with the large catalog and the benchmark agree on. */

/** The command by which the package measures itself. */
export const MEASURE = { command: "bench.measure", title: "Measure", category: "Bench" };
/** The real catalog, beside its code. */
export const FEW = "few.json";
/** What it leaves in the workspace. */
export const RESULTS = "results.json";

/** Milliseconds, one number for each round. */
export interface CatalogTimes {
  readonly blocks: number;
  /** The topics, as the view opens. */
  readonly topics: readonly number[];
  /** Every topic, one after the other. */
  readonly expand: readonly number[];
  readonly searchRows: number;
  /** All rows of the search, before it opens. */
  readonly search: readonly number[];
}

export interface HostTimes {
  readonly few: CatalogTimes;
  readonly many: CatalogTimes;
}
