/** A real HTTP server that misbehaves on demand, for tests and for trying out generated clients. */

export { PRESETS as SANDBOX_PRESETS, type Preset, type PresetName } from "./presets.js";
export type { Commit, Grant, LoggedRequest } from "./received.js";
export { makeRecord } from "./records.js";
export { type Sandbox, type SandboxOptions, startSandbox } from "./server.js";
export type { Session } from "./session.js";
export type { SessionOptions } from "./settings.js";
export { OptionsError } from "./strict.js";
export { AUTHS, PAGINATIONS, SANDBOX_CREDENTIALS } from "./words.js";
