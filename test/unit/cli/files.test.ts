import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeFiles } from "../../../src/cli/files.js";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "api-snippets-"));
  path = join(folder, "client.mjs");
});
afterEach(() => rm(folder, { recursive: true }));

describe("create", () => {
  test("writes a new file", async () => {
    await nodeFiles.create([{ path: path, text: "new" }]);
    expect(await readFile(path, "utf8")).toBe("new");
  });

  test("never touches what is there", async () => {
    await writeFile(path, "mine");
    await expect(nodeFiles.create([{ path: path, text: "new" }])).rejects.toMatchObject({
      cause: { code: "EEXIST" },
    });
    expect(await readFile(path, "utf8")).toBe("mine");
  });
});

describe("replace", () => {
  test("writes a new file", async () => {
    await nodeFiles.replace([{ path: path, text: "new" }]);
    expect(await readFile(path, "utf8")).toBe("new");
  });

  test("keeps a file's mode and leaves nothing beside it", async () => {
    await writeFile(path, "mine");
    await chmod(path, 0o755);
    await nodeFiles.replace([{ path: path, text: "new" }]);
    expect(await readFile(path, "utf8")).toBe("new");
    expect((await stat(path)).mode & 0o777).toBe(0o755);
    expect(await readdir(folder)).toEqual(["client.mjs"]);
  });

  test("follows a link to the file", async () => {
    await writeFile(path, "mine");
    const link = join(folder, "link.mjs");
    await symlink(path, link);
    await nodeFiles.replace([{ path: link, text: "new" }]);
    expect(await readFile(path, "utf8")).toBe("new");
    expect((await readdir(folder)).sort()).toEqual(["client.mjs", "link.mjs"]);
  });

  test("refuses what is no file", async () => {
    await expect(nodeFiles.replace([{ path: folder, text: "new" }])).rejects.toMatchObject({
      cause: { code: "EEXIST" },
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("several files", () => {
  const beside = () => join(folder, "client.test.mjs");
  const both = () => [path, beside()].map((one) => ({ path: one, text: "new" }));

  test.each(["create", "replace"] as const)("%s writes all", async (how) => {
    await nodeFiles[how](both());
    expect((await readdir(folder)).sort()).toEqual(["client.mjs", "client.test.mjs"]);
  });

  test("where one is there already, none is created", async () => {
    await writeFile(beside(), "mine");
    await expect(nodeFiles.create(both())).rejects.toMatchObject({
      path: beside(),
      cause: { code: "EEXIST" },
    });
    expect(await readdir(folder)).toEqual(["client.test.mjs"]);
    expect(await readFile(beside(), "utf8")).toBe("mine");
  });

  test("where one can't be replaced, none is", async () => {
    await writeFile(path, "mine");
    await mkdir(beside());
    await expect(nodeFiles.replace(both())).rejects.toMatchObject({ path: beside() });
    expect((await readdir(folder)).sort()).toEqual(["client.mjs", "client.test.mjs"]);
    expect(await readFile(path, "utf8")).toBe("mine");
  });
});
