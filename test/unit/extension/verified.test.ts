import { describe, expect, it } from "vitest";
import { verifiedText } from "../../../src/extension/verified.js";
import { catalog } from "./fixture.js";

describe("verifiedText", () => {
  const [block] = catalog.groups[0]?.blocks ?? [];
  const [language] = catalog.languages;
  if (!block || !language) throw new Error("The fixture has neither blocks nor languages.");
  const said = (failed: number) => {
    const count = { runs: 12_345, failed, behaviours: 61 };
    return verifiedText({ [block.id]: { [language.name]: count } }, block, language);
  };

  it("says how many behaviours were shown, and in how many runs", () => {
    expect(said(0)).toBe("Verified: 61 behaviours in 12,345 runs of clients with this block");
  });

  it("claims nothing where a run failed", () => {
    expect(said(1)).toBeUndefined();
  });

  it("says nothing of a block that hasn't been run", () => {
    expect(verifiedText({}, block, language)).toBeUndefined();
  });
});
