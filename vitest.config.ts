import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { catalogPlugin } from "./scripts/catalog-module.mjs";
import { verifiedPlugin } from "./scripts/verified-module.mjs";

const project = (name: string, seconds: number, globalSetup: string[] = []) => ({
  plugins: [catalogPlugin(), verifiedPlugin()],
  // The editor gives this module; in memory a few lines stand in for it.
  resolve: { alias: { vscode: fileURLToPath(new URL("test/unit/vscode.ts", import.meta.url)) } },
  test: {
    name,
    globalSetup,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
  },
});

export default defineConfig({
  test: {
    // It warns of what makes it good for tests alone.
    onConsoleLog: (text) => !text.startsWith("oidc-provider "),
    projects: [
      project("unit", 20),
      project("catalog", 900),
      project("conformance", 900),
      project("servers", 300),
      project("e2e", 600, ["test/e2e/support/package.ts"]),
    ],
  },
});
