/** The module "virtual:verified", which `scripts/verified-module.mjs` makes when code is bundled. */
import type { Verified } from "./verified.js";

export declare const verified: Verified;
