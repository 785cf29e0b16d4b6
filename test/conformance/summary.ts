import type { Seen } from "./scenario.js";

/** What one needs to see of a run that failed. */
export function summary(seen: Seen): string {
  const requests = [...seen.tokenRequests, ...seen.requests].slice(0, 12).map((request) => {
    const at = Math.round(request.at - seen.startedAt);
    return `  ${at} ms ${request.kind} ${request.method} ${request.path} ${request.status ?? ""}`;
  });
  const ended = Math.round(seen.endedAt - seen.startedAt);
  return [
    `exit ${String(seen.exitCode)} after ${ended} ms; ${seen.requests.length} requests:`,
    ...requests,
    `stdout: ${seen.stdout.slice(0, 600)}`,
    `stderr: ${seen.stderr.slice(-1200)}`,
  ].join("\n");
}
