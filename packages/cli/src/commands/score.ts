import { toCsv } from "@flows/datasets";
import type { Command, Values } from "../command.js";
import { type Data, readData } from "../data.js";
import { columnsOf, type Model, readModel, scoreRows } from "../files/model.js";
import { checkWritable, writeOut } from "../files/write-file.js";
import { textOption, wholeOption } from "../numbers.js";
import { meanOf } from "../report/facts.js";
import type { Terminal } from "../terminal.js";

/** The log-density of every row. */
export const score: Command = {
  name: "score",
  summary: "The log-density of every row of DATA, in its own units.",
  usage: "MODEL DATA [--out FILE]",
  positionals: ["MODEL", "DATA"],
  options: { out: { type: "string", value: "FILE", help: "write a CSV with one logProb column" } },
  run: async ({ positionals: [path = "", spec = ""], values, terminal, signal }) => {
    const out = textOption(values, "out");
    await checkWritable(out);
    const model = await readModel(path);
    try {
      const data = await dataFor(model, spec, values, terminal);
      const logProb = await scoreRows(model, data.rows, { signal });
      if (out !== undefined) await writeOut(out, toCsv(["logProb"], { data: logProb, shape: [logProb.length, 1] }));
      const { mean, error, outside } = meanOf(logProb);
      const json = { rows: logProb.length, meanLogProb: outside > 0 ? null : mean, outside, out: out ?? null };
      return { text: wordsOf(logProb, { mean, error, outside }, out), json };
    } finally {
      model.flow.dispose();
    }
  },
};

/** DATA with the columns that a model wants. */
export const dataFor = (model: Model, spec: string, values: Values, terminal: Terminal): Promise<Data> =>
  readData(spec, { seed: wholeOption(values, "seed", 0) ?? 0, wanted: columnsOf(model), atLeast: 1 }, terminal);

function wordsOf(logProb: ArrayLike<number>, { mean, error, outside }: ReturnType<typeof meanOf>, out: string | undefined): string {
  const rows = logProb.length === 1 ? "1 row" : `${logProb.length.toLocaleString("en")} rows`;
  const spread = logProb.length - outside > 1 ? ` ± ${error.toFixed(4)}` : "";
  const order = Array.from({ length: logProb.length }, (_, i) => i).sort((a, b) => logProb[a]! - logProb[b]!);
  const rarest = order.slice(0, 3).map((i) => `row ${i + 1} (${logProb[i]!.toFixed(2)})`);
  return [
    outside === logProb.length ? `${rows}, all outside the support` : `${rows}, mean log-density ${mean.toFixed(4)}${spread} nats`,
    ...(outside > 0 && outside < logProb.length
      ? [`${outside} rows outside the support are not in the mean: their log-density is -Infinity`]
      : []),
    ...(logProb.length > 3 ? [`least likely: ${rarest.join(", ")}`] : []),
    ...(out === undefined ? [] : [`written to ${out}`]),
  ].join("\n");
}
