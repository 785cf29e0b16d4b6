import { describe, expect, it } from "vitest";
import { Memory, type Store, recall } from "../../../src/extension/memory.js";
import { catalog } from "./fixture.js";

const NOTHING = { target: "file", answers: { options: {}, set: {} } };
const stored = {
  options: { language: "python" },
  set: { pageSize: 20 },
  extras: ["notes"],
  target: "clipboard",
};

class Values implements Store {
  readonly #values = new Map<string, unknown>();
  get(key: string) {
    return this.#values.get(key);
  }
  update(key: string, value: unknown) {
    this.#values.set(key, value);
    return Promise.resolve();
  }
}

describe("recall", () => {
  it("gives back what fits", () => {
    const { target, ...answers } = stored;
    expect(recall(catalog, stored)).toEqual({ target, answers });
  });

  it.each([
    ["nothing", undefined],
    ["another shape", { options: "bearer" }],
    ["extras of another shape", { ...stored, extras: "notes" }],
    ["an unknown target", { ...stored, target: "printer" }],
  ])("starts anew from %s", (_, value) => {
    expect(recall(catalog, value)).toEqual(NOTHING);
  });

  it.each([
    ["an unknown group", { options: { colour: "red" } }],
    ["an unknown option", { options: { paging: "scrolls" } }],
    ["an unknown field", { set: { colour: "red" } }],
    ["a value that no longer fits", { set: { pageSize: 1000 } }],
  ])("drops %s", (_, part) => {
    const value = { options: {}, set: {}, target: "file", ...part };
    expect(recall(catalog, value)).toEqual(NOTHING);
  });

  it("drops an unknown extra, and keeps that the user has ticked", () => {
    const { answers } = recall(catalog, { ...stored, extras: ["fax"] });
    expect(answers.extras).toEqual([]);
  });
});

describe("Memory", () => {
  it("recalls what it was told", async () => {
    const memory = new Memory(catalog, new Values());
    const told = { target: "cursor", answers: { options: { speed: "slow" }, set: {} } } as const;
    await memory.remember(told);
    expect(memory.recall()).toEqual(told);
  });
});
