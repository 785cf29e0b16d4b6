import type { Case } from "../case.js";
import { PAGES } from "./pages.js";
import { RETRIES } from "./retries.js";
import { SAFETY } from "./safety.js";
import { WAITS } from "./waits.js";

/** All of them, in the order of the conformance table. */
export const CASES: readonly Case[] = [RETRIES, WAITS, PAGES, SAFETY]
  .flat()
  .sort((one, two) => one.behaviour - two.behaviour);
