/** Few samples that have every two answers together. */
import { expect, test } from "vitest";
import { type Value, coveringRows } from "../catalog/support/covering.js";

const factor = (name: string, count: number): Value[] =>
  Array.from({ length: count }, (_, index) => ({ atoms: [`${name}${index}`] }));
const atomsOf = (row: readonly Value[]) => row.flatMap(({ atoms }) => atoms);
const always = () => true;

test("every two values occur together, in few rows", () => {
  const factors = [factor("a", 4), factor("b", 3), factor("c", 2), factor("d", 2), factor("e", 2)];
  const rows = coveringRows(factors, always).map(atomsOf);
  expect(rows.length).toBeLessThanOrEqual(14);
  for (const one of factors.flat().flatMap(({ atoms }) => atoms)) {
    const beside = new Set(rows.filter((row) => row.includes(one)).flat());
    const others = factors.filter((values) => !atomsOf(values).includes(one)).flatMap(atomsOf);
    expect(
      others.filter((other) => !beside.has(other)),
      one,
    ).toEqual([]);
  }
});

test("values that don't agree never meet, also where a third is what is left", () => {
  const barred = new Set(["a0 b0", "a0 b1", "b2 c0"]);
  const agree = (one: Value, two: Value) => !barred.has(atomsOf([one, two]).sort().join(" "));
  const rows = coveringRows([factor("a", 2), factor("b", 3), factor("c", 2)], agree).map(atomsOf);
  const met = rows.map((row) => [...row].sort().join(" "));
  expect(met.filter((row) => row.startsWith("a0"))).toEqual(["a0 b2 c1"]);
  expect(met.filter((row) => row.includes("b2 c0"))).toEqual([]);
});

test("a value's own atoms count for pairs with others", () => {
  const choice = [{ atoms: ["a", "x=1"] }, { atoms: ["a", "x=2"] }, { atoms: ["b"] }];
  const rows = coveringRows([choice, factor("c", 2)], always).map(atomsOf);
  expect(rows.map((row) => row.join(" ")).sort()).toEqual([
    "a x=1 c0",
    "a x=1 c1",
    "a x=2 c0",
    "a x=2 c1",
    "b c0",
    "b c1",
  ]);
});
