import { expect, test } from "vitest";
import { type About, report } from "../../../bench/performance/report.js";
import type { Section } from "../../../bench/performance/section.js";

const about: About = {
  date: "2026-01-31",
  versions: { Python: "3.11.2", requests: "2.28.1" },
  machine: "2 cores",
  withoutPlots: undefined,
};

function sectionWith(versions: Readonly<Record<string, string>>): Section {
  return { title: "One", text: "Text.", tables: [], plots: [], targets: [], versions };
}

test("where sections ran with different versions, each is told, and each once", () => {
  const sections = [{ requests: "2.34.2", got: "15" }, { requests: "2.34.2" }].map(sectionWith);
  expect(report(about, sections)).toContain(
    "On 2026-01-31, with Python 3.11.2, requests 2.28.1 and 2.34.2, got 15; 2 cores.",
  );
});

test("why there are no plots is told without the folders of the machine", () => {
  const text = report({ ...about, withoutPlots: "ENOENT: /home/someone/vega" }, []);
  expect(text).toContain("Without plots: ENOENT: vega\n");
});
