import { tableInverse } from "@flows/core/author";
import { c2st, diversity, energyDistance, mmd } from "@flows/diagnostics";
import type { ReportTable } from "@flows/plot";
import { drawRows } from "@flows/tables";
import { threshold, verdictOf } from "../p-value.js";
import type { Subject } from "../section.js";

/** Rows from which on samples are tested. */
const fewest = 20;

/** Columns up to which the network of the classifier test is trained; its time grows with their square. */
const mostLearned = 16;

/** Can samples and data be told apart? Three tests, on columns in the model's units, which are alike in scale. */
export async function sampleTests({ model, judged }: Subject, seed: number, signal: AbortSignal): Promise<ReportTable | undefined> {
  const n = judged.rows.shape[0];
  if (n < fewest) return undefined;
  const drawn = await drawRows(model, n, { seed, signal });
  const samples = tableInverse(model.table, drawn).rows;
  const classifier = judged.rows.shape[1]! <= mostLearned ? "network" : "neighbours";
  const classified = await c2st(judged.own, samples, { seed, signal, classifier });
  const [energy, discrepancy] = [energyDistance(judged.own, samples, { seed }), mmd(judged.own, samples, { seed })];
  const row = (name: string, statistic: string, pValue: number) => [name, statistic, verdictOf(pValue)];
  return {
    caption: [`Are samples and data alike? ${n.toLocaleString("en")} samples. ${judged.words} ${threshold}`, ...classified.warnings].join(
      " ",
    ),
    columns: [{ name: "test" }, { name: "statistic" }, { name: "alike" }],
    rows: [
      row(`C2ST, ${words[classifier]}`, `accuracy ${classified.accuracy.toFixed(3)}, 0.5 where alike`, classified.pValue),
      row("energy distance", energy.statistic.toFixed(4), energy.pValue),
      row("MMD²", `${discrepancy.statistic.toFixed(5)}, bandwidth ${discrepancy.bandwidth.toFixed(2)}`, discrepancy.pValue),
      [
        "diversity, in the model's units",
        `${diversity(samples).toPrecision(4)}, of the data ${diversity(judged.own).toPrecision(4)}`,
        null,
      ],
    ],
  };
}

const words = { network: "a network", neighbours: "nearest neighbours" } as const;
