import { describe, expect, it } from "vitest";
import { Session } from "../../../src/extension/session.js";
import { type Preset, WizardState } from "../../../src/extension/state.js";
import type { EditorFacts, TargetName } from "../../../src/extension/targets.js";
import { type Act, Script, catalog, language, pick, text, tick } from "./fixture.js";

const NOTHING = { options: {}, set: {} };
const APP: EditorFacts = { fileName: "app.js", languageId: "javascript", writable: true };

interface Start {
  readonly preset?: Preset;
  readonly editor?: EditorFacts;
  readonly remembered?: TargetName;
}

async function run(acts: readonly Act[], { preset = {}, editor, remembered = "file" }: Start = {}) {
  const script = new Script(acts, editor);
  const state = new WizardState(catalog, NOTHING, preset);
  const target = await new Session(state, script, remembered).run();
  return { target, state, script };
}

const STEPS = [pick("JavaScript"), pick("Option 2")];

describe("steps", () => {
  it("ask one question each, then for the target", async () => {
    const { target, state, script } = await run([...STEPS, pick("New File")]);
    expect(target).toBe("file");
    expect(script.shown.map(({ frame }) => [frame.title, frame.step, frame.totalSteps])).toEqual([
      ["Which?", 1, 3],
      ["Which?", 2, 3],
      ["Generate API Client", 3, 3],
    ]);
    expect(state.recipe().blocks.map(({ id }) => id)).toEqual(["paging/pages", "speed/any"]);
  });

  it("have Back from the second on", async () => {
    const { script } = await run([...STEPS, "cancelled"]);
    expect(script.shown.map(({ frame }) => frame.back)).toEqual([false, true, true]);
  });

  it("remember after Back what was answered", async () => {
    const { script } = await run([pick("JavaScript"), pick("Option 1"), "back", "cancelled"]);
    expect(script.shown.at(-1)?.active).toBe("Option 1");
  });

  it.each([0, 1, 2])("end without a target where the user leaves after %i", async (count) => {
    const { target } = await run([...STEPS.slice(0, count), "cancelled"]);
    expect(target).toBeUndefined();
  });

  it("start at a preset, and skip nothing", async () => {
    const block = catalog.groups
      .flatMap(({ blocks }) => blocks)
      .find(({ name }) => name === "none");
    const preset = { language: language("javascript"), block };
    const { script } = await run([pick("JavaScript"), "cancelled"], { preset });
    expect(script.shown.map(({ active }) => active)).toEqual(["JavaScript", "Option 1"]);
  });

  it("show what a language doesn't have, not to be picked", async () => {
    const { script } = await run([pick("Python"), "cancelled"]);
    const row = script.shown[1]?.rows.find(({ label }) => label === "Option 2");
    expect(row).toMatchObject({
      disabled: true,
      description: "$(circle-slash) not available for Python yet",
    });
  });
});

describe("the last step", () => {
  const menu = async (start: Start) => {
    const { script } = await run([...STEPS, "cancelled"], start);
    return script.shown[2]?.rows ?? [];
  };
  const labels = (rows: readonly { label: string }[]) =>
    rows.slice(1, 4).map(({ label }) => label.replace(/^\$\(.*?\) /, ""));

  it("offers the remembered target first", async () => {
    const rows = await menu({ editor: APP, remembered: "cursor" });
    expect(labels(rows)).toEqual(["At the Cursor", "New File", "Clipboard"]);
  });

  it("shows last, with the reason, what can't be had", async () => {
    const rows = await menu({ remembered: "cursor" });
    expect(labels(rows)).toEqual(["New File", "Clipboard", "At the Cursor"]);
    expect(rows[3]).toMatchObject({
      disabled: true,
      description: "$(circle-slash) no editor is open",
    });
  });

  it("starts at its first row that can be picked, which is no separator", async () => {
    const { script } = await run([...STEPS, "cancelled"]);
    expect(script.shown[2]?.active).toBeUndefined();
  });

  it("asks an option and comes back to it", async () => {
    const { state, script } = await run([...STEPS, pick("Speed"), pick("Speed 2"), "cancelled"]);
    expect(script.shown.at(-1)).toMatchObject({ active: "$(list-selection) Speed" });
    expect(state.recipe().blocks.at(-1)?.id).toBe("speed/slow");
  });

  it("keeps an option on Back from it", async () => {
    const { state } = await run([...STEPS, pick("Speed"), "back", pick("Clipboard")]);
    expect(state.recipe().blocks.at(-1)?.id).toBe("speed/any");
  });

  it("leaves from a branch too", async () => {
    expect((await run([...STEPS, pick("Speed"), "cancelled"])).target).toBeUndefined();
    expect((await run([...STEPS, pick("Details"), "cancelled"])).target).toBeUndefined();
  });

  it("previews, and again after each change", async () => {
    const acts: Act[] = [pick("Preview"), pick("Speed"), pick("Speed 2"), pick("Clipboard")];
    const { script } = await run([...STEPS, ...acts]);
    expect(script.previews.map(({ blocks }) => blocks.at(-1)?.name)).toEqual(["any", "slow"]);
  });
});

describe("extras", () => {
  const slow: Act[] = [...STEPS, pick("Speed"), pick("Speed 2")];

  it("are ticked together, and named in the menu and for the new file", async () => {
    const acts: Act[] = [pick("More"), tick("Extra 1", "Extra 2"), pick("New File")];
    const { state, script } = await run([...slow, ...acts]);
    expect(state.recipe().answers.extras).toEqual(["loud", "notes"]);
    const { rows, active } = script.shown.at(-1) ?? { rows: [] };
    expect(active).toBe("$(checklist) More");
    expect(rows).toContainEqual(
      expect.objectContaining({ label: "$(checklist) More", description: "Extra 1, Extra 2" }),
    );
    expect(rows[1]?.description).toBe("client.mjs + CLIENT.txt, not saved yet");
  });

  it("are shown as they are ticked", async () => {
    const acts: Act[] = [pick("More"), tick("Extra 2"), pick("More"), "cancelled"];
    const { script } = await run([...slow, ...acts]);
    const ticks = script.shown.at(-1)?.rows.map(({ label, picked }) => [label, picked]);
    expect(ticks).toEqual([
      ["Extra 1", false],
      ["Extra 2", true],
    ]);
  });

  it("that can't be had stand last, with the reason", async () => {
    const { script } = await run([...STEPS, pick("More"), "cancelled"]);
    const rows = script.shown.at(-1)?.rows ?? [];
    expect(rows.map(({ label }) => label)).toEqual(["Extra 2", expect.any(String), "Extra 1"]);
    expect(rows[2]).toMatchObject({
      disabled: true,
      description: "$(circle-slash) it needs a speed",
    });
  });

  it("stay as they were on Back", async () => {
    const { state } = await run([...slow, pick("More"), "back", pick("Clipboard")]);
    expect(state.answers.extras).toBeUndefined();
  });
});

it("stays open beside a preview, and only there", async () => {
  const { script } = await run([...STEPS, pick("Preview"), pick("Details"), "back", "cancelled"]);
  expect(script.shown.map(({ stay }) => stay)).toEqual([false, false, false, true, true, true]);
});

describe("details", () => {
  it("change fields, a number as a number", async () => {
    const acts: Act[] = [pick("Details"), pick("pageSize"), text("20"), pick("mode"), pick("slow")];
    const { state, script } = await run([...STEPS, ...acts, "back", pick("Clipboard")]);
    expect(state.recipe().values).toMatchObject({ pageSize: 20, mode: "slow" });
    expect(script.shown.at(-1)?.rows).toContainEqual(
      expect.objectContaining({ description: "changed: pageSize, mode" }),
    );
  });

  it("refuse what the field doesn't allow", async () => {
    const acts: Act[] = [pick("Details"), pick("pageSize"), text("0")];
    await expect(run([...STEPS, ...acts])).rejects.toThrow(
      "pageSize must be a whole number from 1 to 100",
    );
  });

  it("go back to their defaults together", async () => {
    const acts: Act[] = [pick("Details"), pick("pageSize"), text("20"), pick("Reset all"), "back"];
    const { state } = await run([...STEPS, ...acts, pick("Clipboard")]);
    expect(state.changedFields).toEqual([]);
  });

  it("keep a field's value on Back from it", async () => {
    const acts: Act[] = [pick("Details"), pick("pageSize"), "back", "back", pick("Clipboard")];
    expect((await run([...STEPS, ...acts])).state.changedFields).toEqual([]);
  });
});
