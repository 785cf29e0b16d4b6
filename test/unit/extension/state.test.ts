import { describe, expect, it } from "vitest";
import { WizardState } from "../../../src/extension/state.js";
import { block, catalog, language } from "./fixture.js";

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

describe("extras", () => {
  const extras = (from: WizardState) =>
    from.recipe().blocks.flatMap(({ group, name }) => (group === "more" ? [name] : []));
  const choose = (from: WizardState, name: string) => {
    const [question] = from.questions("last");
    if (question) from.choose(question, name);
  };
  const tick = (from: WizardState, ...names: string[]) => {
    const [list] = from.tickLists();
    if (list) from.tick(list, names);
  };

  it("are those that the options bring along", () => {
    expect(extras(state({}))).toEqual([]);
    expect(extras(state({ speed: "timed" }))).toEqual(["notes"]);
  });

  it("are those that are ticked, and have their fields", () => {
    const slow = state({ speed: "slow" });
    tick(slow, "loud");
    expect(extras(slow)).toEqual(["loud"]);
    expect(slow.fields.map(({ name }) => name)).toContain("volume");
  });

  it("stay unsaid where nothing was changed", () => {
    const timed = state({ speed: "timed" });
    tick(timed, "notes");
    expect(timed.answers.extras).toBeUndefined();
  });

  it("may be none of those that would come along", () => {
    const timed = state({ speed: "timed" });
    tick(timed);
    expect(extras(timed)).toEqual([]);
  });

  it("are put back by another option that brings its own", () => {
    const slow = state({ speed: "slow" });
    tick(slow, "loud");
    choose(slow, "timed");
    expect(extras(slow)).toEqual(["notes"]);
  });

  it("stay where the option is the same, or of another question", () => {
    const slow = state({ speed: "slow" });
    tick(slow, "loud");
    choose(slow, "slow");
    const paging = slow.questions("own").find(({ name }) => name === "paging");
    if (paging) slow.choose(paging, "none");
    expect(extras(slow)).toEqual(["loud"]);
  });

  it("that can't be had now come back with what they need", () => {
    const slow = state({ speed: "slow" });
    tick(slow, "loud");
    const [languages] = slow.questions("own");
    if (languages) slow.choose(languages, "python");
    expect(extras(slow)).toEqual([]);
    tick(slow, "notes");
    expect(extras(slow)).toEqual(["notes"]);
    if (languages) slow.choose(languages, "javascript");
    expect(extras(slow)).toEqual(["loud", "notes"]);
  });

  it("are ticked by a preset, beside those that come along", () => {
    const remembered = { options: { speed: "timed" }, set: {} };
    const preset = { block: block("more/loud") };
    expect(extras(new WizardState(catalog, remembered, preset))).toEqual(["loud", "notes"]);
  });

  it("that the options rule out come by a preset with another option", () => {
    const loud = new WizardState(catalog, NOTHING, { block: block("more/loud") });
    expect(loud.recipe().answers).toMatchObject({ options: { speed: "slow" }, extras: ["loud"] });
  });

  it("are put back by a preset option", () => {
    const remembered = { options: { speed: "slow" }, set: {}, extras: ["loud"] };
    const timed = new WizardState(catalog, remembered, { block: block("speed/timed") });
    expect(extras(timed)).toEqual(["notes"]);
  });
});
