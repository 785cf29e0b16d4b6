/** The three date forms that RFC 9110 §5.6.7 obliges a client to read. */
export const DATE_FORMS = ["imf-fixdate", "rfc850", "asctime"] as const;
export type DateForm = (typeof DATE_FORMS)[number];

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

export interface RetryDate {
  readonly form: DateForm;
  /** How long the client has to wait: a whole number. */
  readonly seconds: number;
  /** How far the server's clock is ahead of ours; it shows in `Date` as well. */
  readonly skewSeconds?: number | undefined;
}

/**
 * `Retry-After` as given, or as a date with the `Date` that it is relative to. The two are exactly
 * `seconds` apart: what their format cuts off is the same part of a second.
 */
export function retryAfterHeaders(
  value: number | string | RetryDate,
  now: number,
): Record<string, string> {
  if (typeof value !== "object") return { "Retry-After": String(value) };
  const serverNow = now + (value.skewSeconds ?? 0) * 1000;
  return {
    Date: httpDate("imf-fixdate", serverNow),
    "Retry-After": httpDate(value.form, serverNow + value.seconds * 1000),
  };
}

export function httpDate(form: DateForm, time: number): string {
  const date = new Date(time);
  const imf = date.toUTCString();
  const [weekday = "", day = "", month = "", year = "", clock = ""] = imf
    .replace(",", "")
    .split(" ");
  switch (form) {
    case "imf-fixdate":
      return imf;
    case "rfc850":
      return `${DAYS[date.getUTCDay()] ?? ""}, ${day}-${month}-${year.slice(2)} ${clock} GMT`;
    case "asctime":
      return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${clock} ${year}`;
  }
}
