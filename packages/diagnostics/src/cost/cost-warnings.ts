import type { WayCost } from "./way-cost.js";

/** Beyond so many times the passes of the other way, a way is dear. */
const dear = 4;

interface Ways {
  readonly networks: number;
  readonly scoring: WayCost;
  readonly sampling: WayCost;
}

/** Which way is dear, and what to do. */
export function costWarnings({ networks, scoring, sampling }: Ways): string[] {
  const passes = (way: string, { networkPasses }: WayCost, other: WayCost, remedy: string): string[] =>
    networkPasses > dear * Math.max(networks, other.networkPasses)
      ? [`${way} takes ${networkPasses} network passes a row, the other way ${other.networkPasses}. ${remedy}`]
      : [];
  const solved = (way: string, { solved, flops }: WayCost, other: WayCost): string[] =>
    solved > 0
      ? [
          `${way} solves ${solved === 1 ? "1 layer" : `${solved} layers`} numerically: ${(flops / other.flops).toFixed(1)} times the operations of the other way, to a tolerance.`,
        ]
      : [];
  return [
    ...passes("Sampling", sampling, scoring, "Where many rows are drawn, take a coupling flow, or turn the map round (invert, iaf)."),
    ...passes("Scoring", scoring, sampling, "Where many rows are scored, take a coupling flow, or turn the map round (invert, maf)."),
    ...solved("Sampling", sampling, scoring),
    ...solved("Scoring", scoring, sampling),
  ];
}
