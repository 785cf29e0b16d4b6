import type { Rated, Survived } from "./faults.js";
import { TITLES } from "../languages.js";
import type { Kind } from "./load/kinds.js";
import { perSecond } from "./load/recovery.js";
import type { Plot } from "./section.js";

const SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json";

/** Two panels for each shape: what a success costs, and how many operations have none. */
export function amplificationPlot(rated: readonly Rated[]): Plot {
  const values = rated.map(({ kind, shape, faultRate, sentPerSuccess, failed }) => ({
    client: labelOf(kind),
    shape: shape.name,
    language: TITLES[kind.language],
    rate: faultRate,
    sent: sentPerSuccess,
    failed,
  }));
  const panel = (field: string, title: string, format: string) => {
    const y = { field, type: "quantitative", title, scale: { zero: false }, axis: { format } };
    return {
      width: 280,
      height: 170,
      encoding: {
        x: { field: "rate", type: "quantitative", title: "share of faults", axis: { format: "%" } },
        color: {
          field: "client",
          type: "nominal",
          title: null,
          sort: null,
          scale: { scheme: "tableau20" },
          legend: { labelLimit: 0 },
        },
      },
      layer: [
        {
          mark: { type: "line", point: true },
          encoding: {
            y: { ...y, aggregate: "median" },
            strokeDash: { field: "language", type: "nominal", title: null, legend: null },
          },
        },
        {
          mark: { type: "rule", strokeWidth: 2 },
          encoding: { y: { ...y, aggregate: "min" }, y2: { field, aggregate: "max" } },
        },
      ],
    };
  };
  return {
    name: "amplification",
    alt:
      "Requests per success, and the share of operations that failed for good, by the share of " +
      "faults, for 1 client and for 200 clients of each kind: the median, and the range of the " +
      "draws; the numbers are in the tables.",
    spec: {
      $schema: SCHEMA,
      data: { values },
      vconcat: [...new Set(values.map(({ shape }) => shape))].map((shape) => ({
        title: shape,
        transform: [{ filter: { field: "shape", equal: shape } }],
        hconcat: [
          panel("sent", "requests per success", ".1f"),
          panel("failed", "failed for good", "%"),
        ],
      })),
    },
  };
}

/**
 * A panel for each kind of client: what the server is sent, second by second.
 * @param seconds of the outage
 */
export function outagePlot(survived: readonly Survived[], seconds: number): Plot {
  const many = survived.filter(({ shape }) => shape.clients * shape.callers >= 200);
  const values = many.flatMap((one) => {
    const { outage, startAt, endAt } = one;
    const count = Math.round((endAt - startAt) / 1000);
    return Array.from({ length: count }, (_, second) => {
      const from = startAt + 1000 * second;
      return {
        client: one.shape.clients === 1 ? `${labelOf(one.kind)}, shared` : labelOf(one.kind),
        second: Math.round((from - outage.from) / 1000),
        requests: perSecond(one, from, from + 1000),
      };
    });
  });
  const clients = [...new Set(values.map(({ client }) => client))];
  const outage = {
    data: { values: [{ from: 0, until: seconds }] },
    mark: { type: "rect", color: "#f6d5d5" },
    encoding: { x: { field: "from", type: "quantitative" }, x2: { field: "until" } },
  };
  const requests = {
    mark: { type: "line", interpolate: "step-after" },
    encoding: {
      x: { field: "second", type: "quantitative", title: "seconds" },
      y: { field: "requests", type: "quantitative", title: "requests / s" },
    },
  };
  return {
    name: "outage",
    alt:
      `Requests per second before, in and after an outage of ${seconds} seconds, for 200 callers ` +
      "of each kind of client; the table has the load, the rush and the times to recover.",
    spec: {
      $schema: SCHEMA,
      data: { values },
      facet: { field: "client", type: "nominal", title: null, sort: clients },
      columns: 3,
      bounds: "flush",
      spacing: { row: 36, column: 20 },
      spec: { width: 220, height: 90, layer: [outage, requests] },
    },
  };
}

function labelOf(kind: Kind): string {
  return kind.isGenerated ? `${kind.name} (${TITLES[kind.language]})` : kind.name;
}
