/** What no peer has, or what can't be seen from outside; so that nobody takes it for a failure. */
export const NOT_COMPARED: readonly string[] = [
  "Basic credentials, OAuth and tokens (3, 4, 6 to 17): the peers are set up with keys and tokens.",
  "A write that can't have been sent (22): it may be tried again, or not.",
  "Errors of the program (23) and x-should-retry (24): the first can't be seen from outside, the " +
    "second is asked for by no standard.",
  "The schedule of waits (36, 37, 39): each has its own; what matters to the server is in 38.",
  "Retry budgets (41): no peer has one. Deadlines over all attempts (42, 44): ky's timeout and a stop " +
    "of tenacity's are ones, and are set up here as limits of attempts.",
  "Rate limits (45 to 52), checkpoints (63 to 68) and idempotency keys (69 to 71): no peer has them.",
  "Removal of duplicates (61): no peer offers it.",
  "Logs in JSON (73), exit codes and signals (80, 85), and checks of the environment (79, but for " +
    "line breaks in secrets): that is up to the program around a library.",
  "Redirects to private addresses (78): whether somebody was asked there can't be seen.",
];
