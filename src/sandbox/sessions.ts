import { problem, type Answer } from "./answer.js";
import type { Route } from "./route.js";
import { Session } from "./session.js";
import { parseSettings, type SessionOptions } from "./settings.js";

export type Found =
  { readonly session: Session; readonly path: string } | { readonly refusal: Answer };

/** The sessions of one server: those that tests ask for, and one for each URL of presets. */
export class Sessions {
  readonly #origin: string;
  readonly #byId = new Map<string, Session>();
  #made = 0;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Throws an `OptionsError`. */
  create(options: SessionOptions): Session {
    const settings = parseSettings(options);
    const id = String(++this.#made);
    const baseUrl = `${this.#origin}/s/${id}/${settings.auth}/${settings.pagination}`;
    const session = new Session(id, baseUrl, settings);
    this.#byId.set(id, session);
    return session;
  }

  get(id: string): Session | undefined {
    return this.#byId.get(id);
  }

  delete(id: string): void {
    this.#byId.delete(id);
  }

  find(route: Extract<Route, { kind: "session" | "preset" }>): Found {
    return route.kind === "preset" ? this.#preset(route) : this.#own(route);
  }

  #own({ id, base, rest }: Extract<Route, { kind: "session" }>): Found {
    const session = this.#byId.get(id);
    if (session === undefined) return { refusal: problem(404, `There is no session ${id}`) };
    const right = new URL(session.baseUrl).pathname;
    if (base === right) return { session, path: rest };
    return { refusal: problem(404, `Session ${id} is at ${right}, not at ${base}`) };
  }

  #preset({ auth, pagination, presets, rest }: Extract<Route, { kind: "preset" }>): Found {
    const id = [auth, pagination, ...presets].join("/");
    const known = this.#byId.get(id);
    if (known !== undefined) return { session: known, path: rest };
    const settings = parseSettings({ auth, pagination, presets: [...presets] });
    const session = new Session(id, `${this.#origin}/${id}`, settings);
    this.#byId.set(id, session);
    return { session, path: rest };
  }
}
