/** What every generated client must do: the conformance table. Scenarios show it by its numbers. */
export interface Behaviour {
  readonly number: number;
  readonly section: string;
  readonly text: string;
  readonly reference?: string;
}

type Row = readonly [number: number, text: string, reference?: string];

function section(title: string, ...rows: readonly Row[]): readonly Behaviour[] {
  return rows.map(([number, text, reference]) => ({
    number,
    section: title,
    text,
    ...(reference === undefined ? {} : { reference }),
  }));
}

export const BEHAVIOURS: readonly Behaviour[] = [
  section(
    "Auth",
    [1, "each attempt carries the credential that is current then"],
    [2, "a key in the query is sent exactly once, also with next URLs"],
    [3, "basic credentials are UTF-8; a colon in the user name is refused", "RFC 7617"],
    [
      4,
      "client id and secret are form-encoded before base64; in the body if asked",
      "RFC 6749 §2.3",
    ],
    [5, "credentials go over https only; anything else is refused unsent", "RFC 6750 §5.3"],
    [6, "PKCE with S256 only; state and issuer are checked before the code", "RFC 7636, RFC 9207"],
    [7, "the callback listens on loopback, for one use and a limited time", "RFC 8252"],
  ),
  section(
    "Token lifecycle",
    [8, "callers at the same time share one token request"],
    [9, "a token is renewed before it expires, by the monotonic clock"],
    [10, "a lifetime may be missing or a text; a negative one is refused", "RFC 6749 §5.1"],
    [11, "after 401 the token is renewed once and the request sent once more", "RFC 6750 §3.1"],
    [12, "the resending is for repeatable requests, and never follows a 403", "RFC 6750 §3.1"],
    [13, "a new refresh token is stored before it is used", "RFC 6749 §6, RFC 9700"],
    [14, "a refused refresh token is read anew from the store, then final", "RFC 6749 §5.2"],
    [15, "token requests are repeated only where that is safe", "RFC 6749 §5.2"],
    [
      16,
      "the token type is compared without case; unknown ones are refused",
      "RFC 6749 §5.1, RFC 8707",
    ],
    [17, "one caller's cancellation leaves the shared token request alone"],
  ),
  section(
    "Retry classification",
    [18, "408, 429, 500, 502, 503 and 504 are tried again, 501 and 505 never", "RFC 9110 §15"],
    [19, "an answer that is final is never asked for again", "RFC 9110 §15.5"],
    [20, "409 is tried again only with an idempotency key"],
    [21, "a write without a key is never sent twice", "RFC 9110 §9.2.2"],
    [22, "a write that can't have been sent may be tried again", "RFC 9110 §9.2.2"],
    [23, "network errors are told by their code; errors of the program are final"],
    [24, "x-should-retry is obeyed, but never makes a write unsafe"],
    [25, "a failure while the body arrives is a failed attempt"],
    [26, "a body shorter than it said is an error", "RFC 9112 §6.3"],
    [27, "a body that can't be sent again isn't"],
    [28, "a success that isn't JSON is an error of the protocol, and final"],
  ),
  section(
    "Retry-After",
    [29, "no request comes before the seconds that the server asked for", "RFC 9110 §10.2.3"],
    [30, "all three forms of dates are read, by the server's clock", "RFC 9110 §5.6.7"],
    [31, "a value that makes no sense means the usual wait"],
    [32, "a wait that is too long is a failure, with the time to come back"],
    [33, "a very long wait never ends early"],
    [34, "milliseconds and fractions of seconds are understood"],
    [35, "zero means at once, counted; a wait is only ever lengthened", "RFC 6585"],
  ),
  section(
    "Backoff",
    [36, "waits are random from zero to a bound that doubles, up to a cap"],
    [37, "no number of attempts makes the wait overflow"],
    [38, "first retries of many clients are spread out"],
    [39, "after throttling the waits are longer than after a fault"],
    [40, "exactly as many attempts as were asked for, and no wait after the last"],
  ),
  section(
    "Budgets and deadlines",
    [41, "a budget caps how much retries multiply the load"],
    [42, "a deadline spans attempts and waits; no wait begins that won't fit"],
    [43, "an attempt's time covers its body"],
    [44, "no attempt takes longer than what is left of the deadline"],
  ),
  section(
    "Rate limit",
    [45, "in any window no more goes out than burst and rate allow"],
    [46, "a step of the wall clock changes nothing"],
    [47, "every attempt takes its turn, token requests too"],
    [48, "who comes first goes first; who gives up returns the place"],
    [49, "a shared limit is kept by one atomic script with the store's clock"],
    [50, "a store that fails means the declared local rate, never no limit"],
    [
      51,
      "the server's limit headers are read; zero left pauses all",
      "draft-ietf-httpapi-ratelimit-headers",
    ],
    [52, "headers only ever lower the rate; absurd ones are capped"],
  ),
  section(
    "Pagination",
    [53, "an empty page with a token goes on; by offset or number it ends", "AIP-158"],
    [54, "a cursor that comes again is an error"],
    [55, "null, absent or empty ends the walk"],
    [56, "the cap on pages is an error, never silent"],
    [57, "Link headers are read in all their forms", "RFC 8288"],
    [58, "a smaller page than asked for is neither skipped over nor the end"],
    [59, "an error on a later page is never a shorter success"],
    [60, "a missing list is an error"],
    [61, "duplicates can be removed; a total that drifts is warned about"],
    [62, "when the reader stops, the requests stop"],
  ),
  section(
    "Checkpoint and resume",
    [63, "records are written before the checkpoint moves"],
    [64, "a checkpoint is replaced as a whole or not at all"],
    [65, "a checkpoint of another recipe, or a broken one, is refused"],
    [66, "no secret is in a checkpoint"],
    [67, "a cursor that expired is said so; nothing starts anew in silence", "AIP-158"],
    [68, "a lock stops a second writer"],
  ),
  section(
    "Idempotency",
    [69, "an operation keeps its key through every attempt"],
    [70, "the key's header can be named and quoted"],
    [71, "a key used for something else is final; one in progress is waited for"],
  ),
  section(
    "Logging",
    [72, "no secret is in output, logs or errors, in any encoding"],
    [73, "every line of the log is JSON, and tells attempt, wait and reason", "CWE-117"],
    [74, "the server's own explanation is shown, limited in length", "RFC 9457"],
  ),
  section(
    "Security and origin",
    [75, "a redirect to another origin gets no credential"],
    [76, "a next URL at another origin is refused unless it is allowed by name"],
    [77, "a write is never redirected to another origin; 303 becomes GET", "RFC 9110 §15.4"],
    [78, "private addresses are refused where the API is public"],
  ),
  section(
    "Validation, resources, cancellation",
    [79, "all that is wrong with the configuration is said at once, unsent"],
    [80, "each kind of failure has its exit code; a part is never a success"],
    [81, "bodies of errors are let go; connections stay few"],
    [82, "memory stays flat but for the cursors that came; huge bodies are refused"],
    [83, "a cancelled call ends at once, wherever it is"],
    [84, "a signal that lives long keeps no listeners"],
    [85, "SIGINT, SIGTERM and a reader that goes away end it quietly"],
  ),
].flat();
