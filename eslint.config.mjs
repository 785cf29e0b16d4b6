import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import globals from "globals";
import tseslint from "typescript-eslint";

/** The core knows neither the editor nor Node, so that every door can use it. */
const headless = {
  patterns: [
    { group: ["vscode", "node:*"], message: "The core is headless: take it as an argument." },
    {
      group: ["**/extension/**", "**/cli/**", "**/sandbox/**"],
      message: "The core serves the doors, and never imports one.",
    },
  ],
};

export default defineConfig(
  { ignores: ["dist/", ".cache/", "**/fixtures/"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["src/catalog/**", "src/render/**"],
    rules: { "no-restricted-imports": ["error", headless] },
  },
  {
    // Their packages are there only where they have been run.
    files: ["bench/peers/javascript/**"],
    extends: [tseslint.configs.disableTypeChecked],
  },
);
