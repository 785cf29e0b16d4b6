/** A behaviour of generated clients as data: what the server does, what is called, what must be. */
import type { LoggedRequest, Session, SessionOptions } from "../../src/sandbox/index.js";
import type { Ran, Running } from "./run.js";

/** The answers that a recipe is made of. */
export interface Choices {
  readonly language: "javascript" | "python";
  readonly auth: string;
  readonly pagination: string;
  readonly retry: string;
  readonly "rate-limit": string;
  readonly clientAuthentication?: string;
}
export type Axis = Exclude<keyof Choices, "language">;
export type Fields = Readonly<Record<string, string | number>>;
export type Environment = Readonly<Record<string, string>>;

/** What a driver does with the client that it imported; see `drivers/`. */
export type Call =
  | {
      readonly do: "request";
      readonly method?: string;
      readonly path?: string;
      readonly query?: Readonly<Record<string, string>>;
      readonly json?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly times?: number;
      /** All of them at once, each so many milliseconds after the one before. */
      readonly staggerMs?: number;
      /** Cancels the one with this index. JavaScript only. */
      readonly abort?: { readonly index: number; readonly afterMs: number };
    }
  /** Walks, and stops after so many records. */
  | { readonly do: "take"; readonly count: number }
  | { readonly do: "wait"; readonly ms: number }
  /** Changes the configuration a while later, whatever is under way. */
  | { readonly do: "set"; readonly config: Environment; readonly afterMs: number }
  /** Steps the wall clock. */
  | { readonly do: "clock"; readonly stepMs: number }
  /** Operations that only ever fail, through the client's own retry loop. */
  | { readonly do: "backoffs"; readonly operations: number; readonly status: number }
  /** Tells how often an attempt is made that a mistake of the program ends, and how it ends. */
  | { readonly do: "bug" }
  /** Tells the bytes that are in use, and the most that were since the client started. */
  | { readonly do: "memory" }
  /** Sends what can be read only once. Python only: JavaScript takes JSON alone. */
  | { readonly do: "upload"; readonly method: string; readonly as: "data" | "files" }
  /** Tells how many listeners the signal that all requests share has. JavaScript only. */
  | { readonly do: "listeners" };

/** What a driver says became of one call. */
export interface Outcome {
  readonly ok: boolean;
  readonly value?: unknown;
  /** The kind of an ApiError, or `aborted`; the type of any other error. */
  readonly kind?: string;
  readonly message?: string;
  readonly ms: number;
}

/** What there is before the client runs. */
export interface Place {
  readonly choices: Choices;
  /** An API at another origin that takes the same credentials. */
  readonly elsewhere: Session;
  /** The API's origin. */
  readonly api: string;
  /** An origin where nobody listens. */
  readonly closed: string;
}

/** All that was seen of one run, and what it is judged by. */
export interface Seen extends Place {
  readonly session: Session;
  readonly requests: readonly LoggedRequest[];
  readonly tokenRequests: readonly LoggedRequest[];
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of stdout, parsed: records, or outcomes of a driver. */
  readonly lines: readonly unknown[];
  readonly outcomes: readonly Outcome[];
  readonly logs: readonly Readonly<Record<string, unknown>>[];
  /** Milliseconds on the clock of the requests' `at`. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly isKilled: boolean;
  /** The runs that were started beside it. */
  readonly others: readonly Ran[];
  /** The file of API_TOKEN_STORE as the client left it, and all that is beside it. */
  readonly tokenFile: TokenFile | undefined;
  readonly filesBeside: readonly string[];
}

export interface TokenFile {
  readonly text: string;
  readonly mode: number;
}

/** One who acts while the client runs. */
export interface Meanwhile extends Running {
  readonly session: Session;
  readonly environment: Environment;
  /** Runs the same file another time. */
  readonly again: () => Promise<void>;
}

/** What the process meets while it runs. */
export interface Interference {
  /** A signal once so many requests have come, and a while (150 ms) later. */
  readonly signal?: {
    readonly name: NodeJS.Signals;
    readonly afterRequests: number;
    readonly laterMs?: number;
  };
  /** Nobody reads its output any more after the first bytes. */
  readonly closesStdout?: boolean;
}

/** Changes that break the behaviour, each `[text, replacement]`; one after the other. */
export type Break = readonly (readonly [find: string | RegExp, replacement: string])[];

export interface Scenario {
  /** The row of the conformance table. */
  readonly behaviour: number;
  readonly title: string;
  /** The questions whose every option is to be tried. */
  readonly axes: readonly Axis[];
  readonly applies?: (choices: Choices) => boolean;
  /** What is verified with every client, not only with enough of them for all pairs of answers. */
  readonly withEveryClient?: true;
  readonly set?: Fields | ((place: Place) => Fields);
  readonly session?: SessionOptions | ((place: Place) => SessionOptions);
  /** What the user edits in the file. */
  readonly edits?: (place: Place) => Break;
  /** Changes to the environment that the session gives. */
  readonly environment?: (given: Environment, place: Place) => Environment;
  /** Through the driver; without them the file runs as a script. */
  readonly calls?: readonly Call[] | ((choices: Choices) => readonly Call[]);
  /** What the script is given on its command line. */
  readonly args?: readonly string[];
  /** Prepares files, in the place of a token store as a login leaves it. */
  readonly before?: (environment: Environment) => Promise<void>;
  readonly meanwhile?: (running: Meanwhile) => Promise<void>;
  readonly interference?: Interference;
  /** The process is killed after this time; 30 s. */
  readonly limitMs?: number;
  /** Throws where the behaviour isn't kept. */
  readonly judge: (seen: Seen) => void;
  readonly breaks: Readonly<Partial<Record<Choices["language"], Break>>>;
}

export const retries = ({ retry }: Choices): boolean => retry !== "none";
export const paginates = ({ pagination }: Choices): boolean => pagination !== "single";
export const usesOAuth = ({ auth }: Choices): boolean => auth.startsWith("oauth2-");
export const usesClientCredentials = ({ auth }: Choices): boolean =>
  auth === "oauth2-client-credentials";
/** It keeps a refresh token in a file. */
export const keepsTokens = (choices: Choices): boolean =>
  usesOAuth(choices) && !usesClientCredentials(choices);
export const logsIn = ({ auth }: Choices): boolean => auth === "oauth2-authorization-code";
export const isLimited = (choices: Choices): boolean => choices["rate-limit"] !== "none";
export const isJavaScript = ({ language }: Choices): boolean => language === "javascript";
