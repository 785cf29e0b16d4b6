/** What servers may send in headers: valid values, mutations of them, and bytes at random. */
import fc from "fast-check";

export type Headers = Readonly<Record<string, string>>;

/** The bytes that a header's value may hold, RFC 9110 §5.5, each as one character. */
const BYTES = Array.from({ length: 256 }, (_, byte) => byte)
  .filter((byte) => byte === 9 || (byte >= 32 && byte !== 127))
  .map((byte) => String.fromCharCode(byte));
const bytes = fc.constantFrom(...BYTES);
type Values = fc.Arbitrary<string>;

const oneOf = (...texts: readonly string[]): Values => fc.constantFrom(...texts);
const joined = (...parts: readonly Values[]): Values =>
  fc.tuple(...parts).map((texts) => texts.join(""));
const repeated = (part: Values, most: number): Values =>
  fc.array(part, { maxLength: most }).map((texts) => texts.join(""));

/** Valid values with up to three changes, piles of their pieces, and bytes. */
function around(valid: Values, pieces: Values): Values {
  const piece = fc.oneof(pieces, bytes);
  const change = fc.record({ at: fc.nat(200), cut: fc.nat(3), piece });
  const mutated = fc.tuple(valid, fc.array(change, { maxLength: 3 })).map(([text, changes]) =>
    changes.reduce((so, { at, cut, piece: added }) => {
      const from = at % (so.length + 1);
      return so.slice(0, from) + added + so.slice(from + cut);
    }, text),
  );
  return fc.oneof(
    { weight: 6, arbitrary: mutated },
    { weight: 3, arbitrary: repeated(pieces, 12) },
    { weight: 1, arbitrary: repeated(bytes, 30) },
  );
}

const digits = fc.oneof(
  fc.nat(70).map(String),
  oneOf("0", "00", "1.5", "0.001", "1000000000", "1795514400", "1795514400000", "9".repeat(400)),
);
const upTo = (most: number) => fc.nat(most).map((number) => String(number).padStart(2, "0"));
const [twoDigits, dayOfMonth, hour, minute] = [upTo(70), upTo(32), upTo(24), upTo(60)] as const;
const month = oneOf("Jan", "Feb", "Apr", "Sep", "Nov", "Dec");
const day = oneOf("Mon", "Tue", "Sun", "Monday", "Sunday");
const year = oneOf("2026", "2027", "1970", "0000", "0026", "0070", "9999");
const time = joined(hour, oneOf(":"), minute, oneOf(":"), minute);
const date = fc.oneof(
  joined(day, oneOf(", "), dayOfMonth, oneOf(" "), month, oneOf(" "), year, oneOf(" "), time).map(
    (text) => `${text} GMT`,
  ),
  joined(
    day,
    oneOf(", "),
    twoDigits,
    oneOf("-"),
    month,
    oneOf("-"),
    twoDigits,
    oneOf(" "),
    time,
  ).map((text) => `${text} GMT`),
  joined(day, oneOf(" "), month, oneOf(" "), dayOfMonth, oneOf(" "), time, oneOf(" "), year),
);
const datePieces = fc.oneof(
  digits,
  twoDigits,
  month,
  day,
  time,
  oneOf(" GMT", " ", ", ", "-", "Z"),
);
const dates = around(date, datePieces);
const now = oneOf("Tue, 24 Nov 2026 10:00:00 GMT");

const bare = oneOf("next", "prev", "a", "rel", "REL", "anchor", "title*", "r", "t", "q", "w", "pk");
const quoted = fc.oneof(
  repeated(fc.oneof(bare, oneOf(" ", '\\"', "\\\\", ",", ";", "é")), 4).map((text) => `"${text}"`),
  oneOf('"next"', '"prev next"', '""'),
);
const gap = oneOf("", "", " ", "\t", " \t ");
const parameter = joined(gap, oneOf(";"), gap, bare, oneOf("="), fc.oneof(bare, quoted, digits));
const target = oneOf("", "/p?page=2", "https://example.com/a,b;c", "%3E", "x y");
const link = fc
  .tuple(target, repeated(parameter, 3))
  .map(([to, parameters]) => `<${to}>${parameters}`);
const links = fc.array(link, { minLength: 1, maxLength: 3 }).map((some) => some.join(", "));
const marks = oneOf("<", ">", '"', "\\", ";", ",", "=", " ", "\t", "\u0085", "\u00a0");
const listPieces = fc.oneof(marks, bare, quoted, digits, parameter);

const limit = fc
  .record({ name: quoted, parameters: repeated(parameter, 2), r: digits, t: digits })
  .map(({ name, parameters, r, t }) => `${name};r=${r}${parameters};t=${t}`);
const limits = fc.array(limit, { minLength: 1, maxLength: 3 }).map((some) => some.join(","));
const structured = around(limits, listPieces);
const numbers = around(digits, fc.oneof(digits, oneOf("-", "+", ".", "e", " ", ",", "x", "NaN")));

/** Each header only now and then, where another may stand in its place. */
const some = (values: Values) => fc.option(values, { nil: undefined });

/** By the function that reads them. */
export const HEADERS: Readonly<Record<"retryAfter" | "link" | "limit", fc.Arbitrary<object>>> = {
  retryAfter: fc.record({
    "Retry-After": fc.oneof(dates, numbers),
    "Retry-After-Ms": fc.oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: numbers },
    ),
    Date: some(fc.oneof(now, dates)),
  }),
  link: fc.record({ Link: around(links, listPieces) }),
  limit: fc.record({
    RateLimit: some(structured),
    "RateLimit-Policy": some(structured),
    "RateLimit-Remaining": some(numbers),
    "RateLimit-Reset": some(numbers),
    "X-RateLimit-Remaining": some(numbers),
    "X-RateLimit-Reset": some(numbers),
    Date: some(now),
  }),
};

const LONGEST = 8192;

/** Values of 8 KB that repeat a few marks: what makes a careless pattern run for minutes. */
export function longValues(): readonly string[] {
  const single = ["<", '"', "\\", ";", ",", "=", " ", "0", "a"];
  const units = [
    ...single,
    ...single.flatMap((one) => single.map((two) => one + two)),
    "GMT ",
    ';a="',
  ];
  const starts = ["", "<a>", '<a>;a="', '"a";r=1', "Mon, 01 "];
  return units.flatMap((unit) =>
    starts.map((start) => (start + unit.repeat(LONGEST)).slice(0, LONGEST - 1) + "!"),
  );
}
