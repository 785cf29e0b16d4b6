/** What many measurements say together. */

/** Quartiles. */
export interface Spread {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, two) => one - two);
  return {
    low: quantile(sorted, 0.25),
    middle: quantile(sorted, 0.5),
    high: quantile(sorted, 0.75),
  };
}

export function median(values: readonly number[]): number {
  return spread(values).middle;
}

/** Between two neighbours it lies as far as the share says. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) throw new Error("There is nothing to sum up.");
  return below + (above - below) * (place - Math.floor(place));
}

/** Of what was measured in the same round: what slows the machine down slows both. */
export function ratios(over: readonly number[], under: readonly number[]): readonly number[] {
  if (over.length !== under.length) throw new Error("A round lacks one of the two.");
  return over.map((value, round) => value / (under[round] ?? NaN));
}

/** The line through points that leaves least between them, and twice its slope's standard error. */
export function slope(points: readonly (readonly [x: number, y: number])[]): Slope {
  const count = points.length;
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / count;
  const [meanX, meanY] = [mean(0), mean(1)];
  const squares = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const rise = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / squares;
  const rest = points.reduce((sum, [x, y]) => sum + (y - meanY - rise * (x - meanX)) ** 2, 0);
  return { rise, noise: 2 * Math.sqrt(rest / (count - 2) / squares) };
}

export interface Slope {
  readonly rise: number;
  readonly noise: number;
}

/** `0.97 (0.95–0.99)` */
export function shown({ low, middle, high }: Spread, digits = 2): string {
  return `${middle.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}
