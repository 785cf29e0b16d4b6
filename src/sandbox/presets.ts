import type { Options } from "./options.js";

/** The faults that a URL may name, as in `/bearer/cursor/flaky/v1/items`. */
export const PRESET_NAMES = [
  "flaky",
  "throttled",
  "limited",
  "slow",
  "dribble",
  "stalled",
  "truncated",
  "reset",
  "redirect",
  "unavailable",
  "maintenance",
  "expiring",
  "revoked",
  "clamped",
  "empty-page",
  "relative",
  "growing",
  "cycle",
  "endless",
] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export interface Preset {
  /** One line for a list. */
  readonly description: string;
  readonly options: Options;
}

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  flaky: {
    description: "Every third request gets 503.",
    options: { steps: ["ok", "ok", { status: 503 }], after: "loop" },
  },
  throttled: {
    description: "Every third request gets 429 with Retry-After: 1.",
    options: { steps: ["ok", { status: 429, retryAfter: 1 }, "ok"], after: "loop" },
  },
  limited: {
    description: "A real limit of 5 requests a second, announced in RateLimit headers.",
    options: { throttle: { rate: 5, burst: 5 } },
  },
  slow: {
    description: "Every answer takes 300 ms.",
    options: { steps: [{ delayMs: 300 }], after: "loop" },
  },
  dribble: {
    description: "Every third answer arrives one byte at a time and takes minutes.",
    options: { steps: ["ok", { delivery: "slow-body", everyMs: 150 }, "ok"], after: "loop" },
  },
  stalled: {
    description: "Every third request is never answered.",
    options: { steps: ["ok", { delivery: "hang" }, "ok"], after: "loop" },
  },
  truncated: {
    description: "Every third answer ends before its Content-Length.",
    options: { steps: ["ok", { delivery: "truncated" }, "ok"], after: "loop" },
  },
  reset: {
    description: "Every third connection is reset instead of answered.",
    options: { steps: ["ok", { delivery: "reset" }, "ok"], after: "loop" },
  },
  redirect: {
    description: "Every third request is redirected to where it was going.",
    options: {
      steps: ["ok", { status: 307, headers: { Location: "{url}" } }, "ok"],
      after: "loop",
    },
  },
  unavailable: {
    description: "Every request gets 503, for ever.",
    options: { steps: [{ status: 503 }], after: "loop" },
  },
  maintenance: {
    description: "Every third answer is a page of HTML with status 200.",
    options: { steps: ["ok", { html: true }, "ok"], after: "loop" },
  },
  expiring: {
    description: "OAuth tokens live two seconds.",
    options: { token: { expiresIn: 2 } },
  },
  revoked: {
    description: "Every third request finds its OAuth token revoked and gets 401.",
    options: { steps: ["ok", { revoke: true }, "ok"], after: "loop" },
  },
  clamped: {
    description: "At most 50 records come at a time, whatever page size is asked for.",
    options: { maxPageSize: 50 },
  },
  "empty-page": {
    description: "The second page has no records though more follow.",
    options: { steps: ["ok", { emptyPage: true }] },
  },
  relative: {
    description: "Next URLs are relative.",
    options: { nextUrls: "relative" },
  },
  growing: {
    description: "A record is added at the front before every second request.",
    options: { insert: { before: 2, repeat: true } },
  },
  cycle: {
    description: "Cursors lead round in a circle.",
    options: { cycle: true },
  },
  endless: {
    description: "There is always one more page.",
    options: { endless: true },
  },
};
