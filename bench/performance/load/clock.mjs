/** The machine's monotonic clock in ms, which all processes read alike, in Python too. */
export function now() {
  return Number(process.hrtime.bigint()) / 1e6;
}
