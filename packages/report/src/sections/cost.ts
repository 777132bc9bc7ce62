import { summary } from "@flows/core";
import { type CostReport, costReport } from "@flows/diagnostics";
import { costTable, type ReportTable } from "@flows/plot";
import { drawRows, scoreRows } from "@flows/tables";
import type { Section, Subject } from "../section.js";

/** How many rows a speed is measured on. */
const measured = 4096;

/** What the model costs: counted for any machine, and measured on this one. */
export async function costSection(subject: Subject): Promise<Section> {
  const { model } = subject;
  const { programs } = summary(model.flow);
  const cost = await costReport(model.flow);
  const program =
    programs?.inverse.stretches.flatMap((one) => ("why" in one ? [`${one.module} (${one.type}) runs by itself: ${one.why}.`] : [])) ?? [];
  return {
    heading: "Cost",
    text: [
      `The model holds ${(cost.bytes / 4).toLocaleString("en")} numbers in ${kilobytes(cost.bytes)}, of which ${cost.parameters.toLocaleString("en")} are trained by steps.`,
      ...cost.warnings,
      ...program,
    ].join(" "),
    figures: [],
    tables: [countedTable(cost), await measuredTable(subject)],
  };
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toLocaleString("en", { maximumSignificantDigits: 3 })} kB`;

const countedTable = ({ scoring, sampling, training }: CostReport): ReportTable => ({
  caption:
    "A row, counted on the reference formulas; memory is what each row takes at the peak, in training what it keeps for the gradient.",
  columns: [{ name: "" }, { name: "operations" }, { name: "network passes" }, { name: "memory", unit: "kB" }],
  rows: [
    ["scoring", scoring.flops, scoring.networkPasses, scoring.bytes / 1000],
    ["sampling", sampling.flops, sampling.networkPasses, sampling.bytes / 1000],
    ...(training ? [["training", training.flops, null, training.bytes / 1000]] : []),
  ],
});

async function measuredTable(subject: Subject): Promise<ReportTable> {
  const { model } = subject;
  const { about } = model;
  const [scored, sampled] = [await speed((n) => scoreRows(model, repeated(subject, n))), await speed((n) => drawRows(model, n))];
  return costTable({
    caption: `Measured on ${measured.toLocaleString("en")} rows on this machine${about ? `; the fit ran on ${about.backend}` : ""}.`,
    costs: [
      {
        name: about?.model ?? "model",
        ...(about?.seconds !== undefined && { trainingSeconds: about.seconds }),
        scoredPerSecond: scored,
        sampledPerSecond: sampled,
      },
    ],
  });
}

function repeated({ data: { rows } }: Subject, n: number) {
  const width = rows.shape[1]!;
  const data = Float64Array.from({ length: n * width }, (_, i) => rows.data[i % rows.data.length]!);
  return { data, shape: [n, width] as const };
}

/** Rows a second, the second time. */
async function speed(work: (n: number) => Promise<unknown>): Promise<number> {
  await work(256);
  const from = performance.now();
  await work(measured);
  return Math.round(measured / ((performance.now() - from) / 1000));
}
