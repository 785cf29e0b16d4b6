/** Few rows that have every two values together. */

/** One value of a factor: what it is made of, by which pairs are counted. */
export interface Value {
  /** `auth=bearer`; a value with choices in its fields has one for each of them too. */
  readonly atoms: readonly string[];
}
type Row<V> = readonly V[];

/**
 * Rows with a value of each factor, until every two atoms that can occur together do. The same
 * factors make the same rows.
 * @param agree whether two values can be had together
 */
export function coveringRows<V extends Value>(
  factors: readonly (readonly V[])[],
  agree: (one: V, two: V) => boolean,
): readonly Row<V>[] {
  const places = new Map(factors.flatMap((factor, at) => factor.map((value) => [value, at])));
  const fits = (row: Row<V>, value: V) =>
    row.every((other) => places.get(other) !== places.get(value) && agree(other, value));
  const left = new Set(pairsToCover(factors, agree));
  const uses = new Map<V, number>();
  const rows: Row<V>[] = [];
  for (const wanted of left) {
    const start = seed(factors, fits, wanted);
    const row = start && complete(factors, start, fits, gainOf(left), uses);
    if (row) {
      rows.push(row);
      for (const value of row) uses.set(value, (uses.get(value) ?? 0) + 1);
      for (const pair of pairsIn(row)) left.delete(pair);
    }
    // Two that agree with each other, but with no value of a third factor.
    left.delete(wanted);
  }
  return rows;
}

function pairsToCover<V extends Value>(
  factors: readonly (readonly V[])[],
  agree: (one: V, two: V) => boolean,
): readonly string[] {
  return factors.flatMap((factor, index) =>
    factor.flatMap((one) =>
      factors
        .slice(index + 1)
        .flatMap((others) =>
          others.filter((two) => agree(one, two)).flatMap((two) => pairsIn([one, two])),
        ),
    ),
  );
}

/** Of the atoms of all values in a row. */
function pairsIn(row: Row<Value>): readonly string[] {
  const atoms = row.flatMap((value) => value.atoms).sort();
  return atoms.flatMap((one, index) => atoms.slice(index + 1).map((two) => `${one} ${two}`));
}

/** The fewest values that have the wanted pair. */
function seed<V extends Value>(
  factors: readonly (readonly V[])[],
  fits: (row: Row<V>, value: V) => boolean,
  wanted: string,
): Row<V> | undefined {
  const values = factors.flat();
  for (const one of values) {
    if (pairsIn([one]).includes(wanted)) return [one];
    if (!one.atoms.some((atom) => wanted.split(" ").includes(atom))) continue;
    const two = values.find(
      (other) => fits([one], other) && pairsIn([one, other]).includes(wanted),
    );
    if (two) return [one, two];
  }
  return undefined;
}

/** Adds to each other factor the value that brings most; of equals the one that was used least. */
function complete<V extends Value>(
  factors: readonly (readonly V[])[],
  start: Row<V>,
  fits: (row: Row<V>, value: V) => boolean,
  gain: (row: Row<V>) => number,
  uses: ReadonlyMap<V, number>,
): Row<V> | undefined {
  let row = start;
  for (const factor of factors) {
    if (factor.some((value) => row.includes(value))) continue;
    const ranked = factor
      .filter((value) => fits(row, value))
      .map((value) => ({ value, gain: gain([...row, value]), uses: uses.get(value) ?? 0 }))
      .sort((one, two) => two.gain - one.gain || one.uses - two.uses);
    const [best] = ranked;
    if (!best) return undefined;
    row = [...row, best.value];
  }
  return row;
}

const gainOf =
  (left: ReadonlySet<string>) =>
  (row: Row<Value>): number =>
    pairsIn(row).filter((pair) => left.has(pair)).length;
