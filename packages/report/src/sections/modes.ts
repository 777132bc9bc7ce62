import type { Rows } from "@flows/core";
import { type BridgeOptions, bridgeMass, modeCoverage, type Share } from "@flows/diagnostics";
import type { ReportTable } from "@flows/plot";
import type { Truth } from "@flows/tables";
import { columnOf } from "../columns.js";
import { threshold, verdictOf } from "../p-value.js";
import type { Section, Subject } from "../section.js";

/** Toys whose labels are round modes. */
const mixtures = new Set(["ring", "two-blobs", "bimodal"]);
/** Rows that centres are taken from, and samples from which on modes are judged. */
const [centred, fewest] = [20_000, 200];

/** Whether samples reach every mode of a toy that has some, and what lies between them. */
export function modesSection({ data: { truth, rows }, samples }: Subject): Section | undefined {
  if (!truth || !mixtures.has(truth.toy.name) || truth.toy.classes < 2 || samples.shape[0] < fewest) return undefined;
  const centres = centresOf(truth);
  return {
    heading: "Modes",
    text: "A flow is one piece, so it leaves bridges between modes that the data do not have, and may share out the mass among them unevenly.",
    figures: [],
    tables: [coverageTable(samples, centres), bridgeTable(samples, rows, centres)],
  };
}

/** The means of the rows of each label, in the rows' units. */
function centresOf({ toy, units }: Truth): number[][] {
  const drawn = toy.sample(centred, 0);
  const rows = units ? units.apply(drawn) : drawn;
  const labels = toy.labels(centred, 0);
  const columns = Array.from({ length: toy.features }, (_, i) => columnOf(rows, i));
  return Array.from({ length: toy.classes }, (_, label) => {
    const own = columns.map((values) => values.filter((__, i) => labels[i] === label));
    return own.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  });
}

const percent = ({ share, standardError }: Share): string => `${(100 * share).toFixed(2)}% ± ${(100 * standardError).toFixed(2)}%`;

function coverageTable(samples: Rows, centres: number[][]): ReportTable {
  const { modes, missed, pValue } = modeCoverage(samples, { centres });
  const shares = modes.map((mode, i) => [`mode ${i + 1}`, percent(mode), missed.includes(i) ? "missed" : ""]);
  const even = `${(100 / centres.length).toFixed(1)}%`;
  return {
    caption: `Samples by the nearest mode; each should hold ${even}. Evenly shared out: ${verdictOf(pValue)}. ${threshold}`,
    columns: [{ name: "mode" }, { name: "samples" }, { name: "" }],
    rows: shares,
  };
}

function bridgeTable(samples: Rows, rows: Rows, centres: number[][]): ReportTable {
  const next = centres.length === 2 ? [[0, 1]] : centres.map((_, i) => [i, (i + 1) % centres.length]);
  const bridges = next.map(([i, j]): [string, BridgeOptions] => [`${i! + 1} to ${j! + 1}`, { from: centres[i!]!, to: centres[j!]! }]);
  return {
    caption: "Mass in the middle half of the way between two modes.",
    columns: [{ name: "bridge" }, { name: "samples" }, { name: "data" }],
    rows: bridges.map(([name, way]) => [name, percent(bridgeMass(samples, way)), percent(bridgeMass(rows, way))]),
  };
}
