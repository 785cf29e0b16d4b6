/** Plots of vega-lite's specifications, as SVG. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cached } from "./cache.mjs";
import { npmInstall } from "./packages.mjs";

const VEGA = "6.4.0";
const VEGA_LITE = "6.5.0";

/** What runs there, beside its packages. */
const DRAW = `import { compile } from "vega-lite";
import { View, parse } from "vega";

export function draw(spec) {
  return new View(parse(compile(spec).spec), { renderer: "none" }).toSVG();
}
`;

/**
 * @returns {Promise<(spec: object) => Promise<string>>} draws
 * @throws {Error} where the packages can't be installed
 */
export async function ensureVega() {
  const directory = await cached(`vega-${VEGA}-${VEGA_LITE}`, async (building) => {
    await npmInstall(building, [`vega@${VEGA}`, `vega-lite@${VEGA_LITE}`]);
    await writeFile(join(building, "draw.mjs"), DRAW);
  });
  /** @type {unknown} */
  const imported = await import(pathToFileURL(join(directory, "draw.mjs")).href);
  return /** @type {{ draw: (spec: object) => Promise<string> }} */ (imported).draw;
}
