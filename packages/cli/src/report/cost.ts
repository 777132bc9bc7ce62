import { leaves, summary } from "@flows/core";
import { costTable, type Table } from "@flows/plot";
import { drawRows, scoreRows } from "../files/model.js";
import type { Section, Subject } from "./section.js";

/** How many rows a speed is measured on. */
const measured = 4096;

/** Multiplications and additions of a row's way through all weight matrices: two a weight. */
export function flopsOf({ model: { flow } }: Pick<Subject, "model">): number {
  const matrices = leaves(flow).filter(({ kind, spec }) => kind === "param" && spec.shape.length === 2);
  return matrices.reduce((sum, { size }) => sum + 2 * size, 0);
}

/** What the model costs: numbers, work a row, and the speed of this machine. */
export async function costSection(subject: Subject): Promise<Section & { readonly tables: Table[] }> {
  const { model } = subject;
  const { parameters, layers, programs } = summary(model.flow);
  const about = model.about;
  const [scored, sampled] = [await speed((n) => scoreRows(model, repeated(subject, n))), await speed((n) => drawRows(model, n))];
  const numerical = (direction: "forward" | "inverse"): boolean =>
    layers.some(({ analytic }) => analytic !== "both" && analytic !== direction);
  const ways = [
    `Scoring is one pass from data to noise${numerical("inverse") ? ", which has no closed formula and is solved numerically" : ""}.`,
    `Sampling is one pass from noise to data${numerical("forward") ? ", which has no closed formula and is solved numerically" : ""}.`,
    `A pass costs about ${flopsOf(subject).toLocaleString("en")} floating-point operations a row in weight matrices; a training step costs three passes (forward, and backward for twice as much).`,
    programs && !programs.inverse.lowers ? `It runs layer by layer, since ${programs.inverse.refusedBy} has no lowering.` : "",
  ];
  return {
    heading: "Cost",
    text: ways.filter((part) => part !== "").join(" "),
    figures: [],
    tables: [
      costTable({
        caption: `Measured on ${measured.toLocaleString("en")} rows on this machine${about ? `; the fit ran on ${about.backend}` : ""}.`,
        costs: [
          {
            name: about?.model ?? "model",
            parameters,
            ...(about && { trainingSeconds: about.seconds }),
            scoredPerSecond: scored,
            sampledPerSecond: sampled,
          },
        ],
      }),
    ],
  };
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
