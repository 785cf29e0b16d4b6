import { expect, it } from "vitest";
import { showcase } from "../../../src/extension/showcase.js";
import { block, catalog, language } from "./fixture.js";

const client = (id: string) => showcase(catalog, block(id), language("javascript"));

it("shows a block of which there are no snippets", () => {
  const blocks = client("more/notes")?.blocks.map(({ id }) => id);
  expect(blocks).toEqual(["paging/pages", "speed/any", "more/notes"]);
  expect(client("speed/any")).toBeUndefined();
});

it("has another option where the default rules the block out", () => {
  expect(client("more/loud")?.answers).toMatchObject({
    options: { speed: "slow" },
    extras: ["loud"],
  });
});
