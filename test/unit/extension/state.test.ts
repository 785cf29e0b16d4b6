import { describe, expect, it } from "vitest";
import { WizardState } from "../../../src/extension/state.js";
import { catalog, language } from "./fixture.js";

const NOTHING = { options: {}, set: {} };
const state = (options: Record<string, string>, set: Record<string, string | number> = {}) =>
  new WizardState(catalog, { options, set }, {});

describe("WizardState", () => {
  it("stands at the defaults at first", () => {
    expect(state({}).recipe()).toMatchObject({
      language: { name: "javascript" },
      blocks: [{ id: "paging/pages" }, { id: "speed/any" }],
    });
  });

  it("stands at what can be had where the default can't", () => {
    const blocks = state({ language: "python", paging: "pages", speed: "slow" }).recipe().blocks;
    expect(blocks.map(({ id }) => id)).toEqual(["paging/none", "speed/any"]);
  });

  it("prefers a preset to what is remembered", () => {
    const remembered = { options: { language: "javascript" }, set: {} };
    const preset = { language: language("python") };
    expect(new WizardState(catalog, remembered, preset).language.name).toBe("python");
  });

  it("remembers an option that a language hid", () => {
    const hidden = state({ language: "python", speed: "slow" });
    const [question] = hidden.questions("own");
    if (question) hidden.choose(question, "javascript");
    expect(hidden.recipe().blocks.at(-1)?.id).toBe("speed/slow");
  });

  it("leaves out of the recipe what another option's field was set to", () => {
    const other = state({ paging: "none" }, { pageSize: 20 });
    expect(other.recipe().values).toEqual({});
    expect(other.answers.set).toEqual({ pageSize: 20 });
  });

  it("resets the recipe's fields and no others", () => {
    const other = state({ paging: "none" }, { pageSize: 20 });
    other.reset();
    expect(other.answers.set).toEqual({ pageSize: 20 });
    const changed = new WizardState(catalog, { ...NOTHING, set: { pageSize: 20 } }, {});
    changed.reset();
    expect(changed.answers.set).toEqual({});
  });
});
