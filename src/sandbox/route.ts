import { unknownWord } from "./nearest.js";
import { PRESET_NAMES, type PresetName } from "./presets.js";
import { type Auth, AUTHS, type Pagination, PAGINATIONS } from "./words.js";

/** What a path leads to. */
export type Route =
  | { readonly kind: "help" }
  | { readonly kind: "control"; readonly rest: readonly string[] }
  | { readonly kind: "session"; readonly base: string; readonly id: string; readonly rest: string }
  | {
      readonly kind: "preset";
      readonly auth: Auth;
      readonly pagination: Pagination;
      readonly presets: readonly PresetName[];
      /** The part behind the base URL. */
      readonly rest: string;
    }
  | { readonly kind: "unknown"; readonly detail: string };

/** Where the part of the path that belongs to the client begins. */
const CLIENT_SEGMENTS: readonly string[] = ["v1", "oauth"];

export function routeOf(pathname: string): Route {
  const segments = pathname.split("/").slice(1);
  const [first = "", second = "", ...others] = segments;
  if (first === "") return { kind: "help" };
  if (first === "_sandbox") return { kind: "control", rest: segments.slice(1) };
  if (first === "s") return sessionRoute(segments);
  const auth = AUTHS.find((name) => name === first);
  if (auth === undefined) return unknown("auth", first, AUTHS);
  const pagination = PAGINATIONS.find((name) => name === second);
  if (pagination === undefined) return unknown("pagination", second, PAGINATIONS);
  return presetRoute(auth, pagination, others);
}

/** `/s/<id>/<auth>/<pagination>/…` */
function sessionRoute(segments: readonly string[]): Route {
  return {
    kind: "session",
    id: segments[1] ?? "",
    base: pathOf(segments.slice(0, 4)),
    rest: pathOf(segments.slice(4)),
  };
}

function presetRoute(auth: Auth, pagination: Pagination, segments: readonly string[]): Route {
  const end = segments.findIndex((segment) => CLIENT_SEGMENTS.includes(segment));
  const words = segments.slice(0, end === -1 ? undefined : end).filter((word) => word !== "");
  const wrong = words.find((word) => !(PRESET_NAMES as readonly string[]).includes(word));
  if (wrong !== undefined) return unknown("fault", wrong, PRESET_NAMES);
  if (end === -1) {
    return { kind: "unknown", detail: "Nothing is here: the records are at …/v1/items" };
  }
  const presets = PRESET_NAMES.filter((name) => words.includes(name));
  return { kind: "preset", auth, pagination, presets, rest: pathOf(segments.slice(end)) };
}

function pathOf(segments: readonly string[]): string {
  return `/${segments.join("/")}`;
}

function unknown(what: string, word: string, known: readonly string[]): Route {
  return { kind: "unknown", detail: unknownWord(what, word, known) };
}
