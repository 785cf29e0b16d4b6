/**
 * A behaviour of generated clients as data: what the server does, what is called, what must be.
 *
 * Jobs: `job` names the use case and the extras, on top of the answers that the axes bring. A client
 * runs in a folder of its own, `directory`; what is there at the end are the judge's `files`, by
 * name. `earlier` prepares that folder: it writes files, or has the client run `again` there before
 * the run that is judged, to be killed or to be refused. `meanwhile` may do the same beside that run.
 * A client that is killed while it spends a refresh token leaves the lock of its tokens: leave out
 * those that keep tokens.
 */
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
  /** Where it isn't a plain client. */
  readonly "use-case"?: string;
  readonly extra?: readonly string[];
}
export type Axis = Exclude<keyof Choices, "language" | keyof JobChoices>;
type JobChoices = Pick<Choices, "use-case" | "extra">;

/** What makes a client a job; without extras, those that come with the use case. */
export interface Job {
  readonly useCase?: string;
  readonly extras?: readonly string[];
}

export type Fields = Readonly<Record<string, string | number>>;
export type Environment = Readonly<Record<string, string>>;

/** What a driver does with the client that it imported; see `drivers/`. */
export type Call =
  | {
      readonly do: "request";
      readonly method?: string;
      readonly path?: string;
      /** `null` stands for an option that is given without a value: undefined, None. */
      readonly query?: Readonly<Record<string, string | null>>;
      readonly json?: unknown;
      readonly headers?: Readonly<Record<string, string | null>>;
      readonly times?: number;
      /** All of them at once, each so many milliseconds after the one before. */
      readonly staggerMs?: number;
      /** Cancels the one with this index. JavaScript only. */
      readonly abort?: { readonly index: number; readonly afterMs: number };
    }
  /** Writes with a key: its own, or this one. */
  | { readonly do: "write"; readonly json: unknown; readonly key?: string }
  /** Walks, and stops after so many records. */
  | { readonly do: "take"; readonly count: number }
  | { readonly do: "wait"; readonly ms: number }
  /** Changes the configuration a while later, whatever is under way. */
  | { readonly do: "set"; readonly config: Environment; readonly afterMs: number }
  /** Steps the wall clock, or the monotonic one as if that time had passed. */
  | { readonly do: "clock"; readonly stepMs: number; readonly isMonotonic?: true }
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
  /** An origin where nobody gets connected. */
  readonly full: string;
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
  /** The runs before it and beside it. */
  readonly others: readonly Ran[];
  /** The file of API_TOKEN_STORE as the client left it, and all that is beside it. */
  readonly tokenFile: FoundFile | undefined;
  readonly filesBeside: readonly string[];
  /** What is in the folder that it ran in, by name. */
  readonly files: Files;
}

export interface FoundFile {
  readonly text: string;
  readonly mode: number;
}
export type Files = Readonly<Partial<Record<string, FoundFile>>>;

/** Where a client works. */
export interface Workplace {
  readonly session: Session;
  readonly environment: Environment;
  /** The folder that it runs in. */
  readonly directory: string;
  /** Runs the same file another time, with the same files; it meets nothing that isn't said here. */
  readonly again: (otherwise?: Otherwise) => Promise<Ran>;
}
type Otherwise = Pick<Scenario, "interference" | "args"> & { readonly environment?: Environment };

/** One who acts while the client runs. */
export type Meanwhile = Running & Workplace;

/** What the process meets while it runs. */
export interface Interference {
  /** A signal once it has sent so many requests, and a while (150 ms) later. */
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
  readonly job?: Job;
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
  /** What happened in the folder before the run that is judged. */
  readonly earlier?: (place: Workplace) => Promise<unknown>;
  readonly meanwhile?: (running: Meanwhile) => Promise<unknown>;
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
export const isPython = ({ language }: Choices): boolean => language === "python";
export const isJavaScript = ({ language }: Choices): boolean => language === "javascript";
