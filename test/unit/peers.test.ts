/** Packages of others, where not all of them can be had. */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { CLIENTS } from "../../bench/compare/clients.js";
import { whyAbsent } from "../../bench/compare/compare.js";
import { installPeers, installPeersPython, withVersions } from "../../scripts/setup/peers.mjs";

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "peers-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

function absent(missing: Record<string, string>): readonly string[] {
  return CLIENTS.filter((client) => whyAbsent(client, { missing })).map(({ name }) => name);
}

/** Of two packages, one that is there. */
async function manifestIn(folder: string): Promise<string> {
  await mkdir(join(folder, "there"));
  const there = { name: "there", version: "1.0.0" };
  await writeFile(join(folder, "there", "package.json"), JSON.stringify(there));
  const dependencies = {
    axios: `file:${join(folder, "gone.tgz")}`,
    there: `file:${join(folder, "there")}`,
  };
  const manifest = join(folder, "package.json");
  await writeFile(manifest, JSON.stringify({ private: true, dependencies }));
  return manifest;
}

test("a package of npm is missing with the reason, and the others are there", async () => {
  const installed = await installPeers(await manifestIn(await temporary()));
  onTestFinished(() => rm(installed.folder, { recursive: true }));
  expect(installed.versions).toEqual({ there: "1.0.0" });
  expect(installed.missing["axios"]).toMatch(/gone\.tgz/);
  expect(absent(installed.missing)).toEqual(["axios"]);
}, 120_000);

test("an installation that is interrupted ends, and is no reason to do without", async () => {
  const stopping = new AbortController();
  const installing = installPeers(await manifestIn(await temporary()), stopping.signal);
  stopping.abort();
  await expect(installing).rejects.toThrow("aborted");
});

/** The least that pip installs. */
const WHEEL = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr("requests.py", "")
    info = "requests-1.0.dist-info/"
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: requests\\nVersion: 1.0\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(info + "RECORD", "")
`;

test("a package of PyPI is missing with the reason, and the others are there", async () => {
  const folder = await temporary();
  const wheel = join(folder, "requests-1.0-py3-none-any.whl");
  execFileSync("python3", ["-c", WHEEL, wheel]);
  const requirements = join(folder, "requirements.txt");
  const gone = join(folder, "gone-1.0-py3-none-any.whl");
  await writeFile(requirements, `httpx @ file://${gone}\nrequests @ file://${wheel}\n`);

  const installed = await installPeersPython(requirements);
  expect(installed.versions).toEqual({ requests: "1.0" });
  expect(installed.missing["httpx"]).toMatch(/gone-1\.0/);
  expect(absent(installed.missing)).toEqual(["httpx_tenacity"]);
  const other = await withVersions(installed.python, { requests: "1.1", httpx: "1" }, {});
  expect(other.versions).toEqual({ requests: "1.0 (instead of 1.1)" });
  expect(other.missing["httpx"]).toContain("No module named 'httpx'");
}, 120_000);
