/** The module "virtual:catalog", which `scripts/catalog-module.mjs` makes when code is bundled. */
import type { Catalog } from "./catalog.js";

export declare const catalog: Catalog;
export declare const parts: Readonly<Record<string, TemplateSpecification>>;
