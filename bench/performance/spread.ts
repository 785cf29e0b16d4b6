/** What many measurements say together. */

/** The median, and two values that say how far others are from it. */
export interface Spread {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** Half of the values lie between them. */
export function quartiles(values: readonly number[]): Spread {
  return {
    low: quantile(values, 0.25),
    middle: median(values),
    high: quantile(values, 0.75),
  };
}

/** All values lie between them. */
export function extremes(values: readonly number[]): Spread {
  return { low: Math.min(...values), middle: median(values), high: Math.max(...values) };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Between two neighbours it lies as far as the share says; values may be infinite. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, two) => one - two);
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) throw new Error("There is nothing to sum up.");
  return below === above ? below : below + (above - below) * (place - Math.floor(place));
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

/** Undefined where it doesn't rise by more than its noise, and the noise could hide a rise. */
export function isLevel({ rise, noise }: Slope, mostNoise: number): boolean | undefined {
  if (rise > noise) return false;
  return noise <= mostNoise ? true : undefined;
}

/** `0.97 (0.95–0.99)` */
export function shown({ low, middle, high }: Spread, format = hundredths): string {
  return `${format(middle)} (${format(low)}–${format(high)})`;
}

function hundredths(value: number): string {
  return value.toFixed(2);
}
