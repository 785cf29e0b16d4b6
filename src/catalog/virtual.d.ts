/** Made by `scripts/catalog-module.mjs` when the code is bundled or tested. */
declare module "virtual:catalog" {
  import type { Catalog } from "src/catalog/catalog.js";
  export const catalog: Catalog;
  export const parts: Readonly<Record<string, TemplateSpecification>>;
}
