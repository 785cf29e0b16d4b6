import { defineConfig } from "vitest/config";
import { catalogPlugin } from "./scripts/catalog-module.mjs";

const project = (name: string, seconds: number) => ({
  plugins: [catalogPlugin()],
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
  },
});

export default defineConfig({
  test: {
    projects: [project("unit", 5), project("catalog", 300), project("conformance", 300), project("e2e", 300)],
  },
});
