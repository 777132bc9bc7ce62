import type { Floats } from "@flows/core/author";
import { checkWritable, writeAtomic } from "@flows/core/node";
import { toCsv } from "@flows/datasets";
import { type Data, meanOf, outlierDetectorOf, type TableModel } from "@flows/tables";
import { loadTableFile } from "@flows/tables/node";
import type { Command, Values } from "../command.js";
import { dataOptions } from "../data-options.js";
import { textOption, wholeOption } from "../numbers.js";
import type { Terminal } from "../terminal.js";
import { toldData } from "../told-data.js";
import { flaggedWords, thresholdOption } from "./threshold.js";

/** The log-density of every row. */
export const score: Command = {
  name: "score",
  summary: "The log-density of every row of DATA, in its own units.",
  usage: "MODEL DATA [--threshold RATE] [--out FILE]",
  positionals: ["MODEL", "DATA"],
  options: {
    threshold: {
      type: "string",
      value: "RATE",
      help: "Flags rows so unlikely that only this share of the data's own rows are, as in 0.01.",
    },
    ...dataOptions,
    out: { type: "string", value: "FILE", help: "Writes a CSV with one logProb column, and with --threshold a column of flags." },
  },
  run: async ({ positionals: [path = "", spec = ""], values, terminal, signal }) => {
    const [out, rate] = [textOption(values, "out"), thresholdOption(values)];
    if (out !== undefined) await checkWritable(out);
    const model = await loadTableFile(path);
    try {
      const detector = rate === undefined ? undefined : outlierDetectorOf(model, rate);
      const data = await dataFor(model, spec, values, terminal);
      const logProb = await model.score(data, { signal });
      const flags = detector?.flags(logProb.map((value) => -value));
      if (out !== undefined) await writeAtomic(out, csvOf(logProb, flags));
      const { mean, error, outside } = meanOf(logProb);
      const json = { rows: logProb.length, meanLogProb: outside > 0 ? null : mean, outside, out: out ?? null };
      const words = wordsOf(logProb, { mean, error, outside }, out);
      if (!detector || !flags) return { text: words, json };
      const flagged = flags.reduce((count, flag) => count + flag, 0);
      return {
        text: `${words}\n${flaggedWords(flags, detector)}`,
        json: { ...json, threshold: -detector.threshold, rate: detector.rate, flagged },
      };
    } finally {
      model.dispose();
    }
  },
};

function csvOf(logProb: Floats, flags: Uint8Array | undefined): string {
  if (!flags) return toCsv(["logProb"], { data: logProb, shape: [logProb.length, 1] });
  const cell = (_: unknown, i: number): number => (i % 2 === 0 ? logProb[i >> 1]! : flags[i >> 1]!);
  const length = { length: 2 * logProb.length };
  const data = logProb instanceof Float32Array ? Float32Array.from(length, cell) : Float64Array.from(length, cell);
  return toCsv(["logProb", "flag"], { data, shape: [logProb.length, 2] });
}

/** DATA with the columns that a model wants. */
export const dataFor = ({ columns }: TableModel, spec: string, values: Values, terminal: Terminal): Promise<Data> =>
  toldData(spec, { seed: wholeOption(values, "seed", 0) ?? 0, wanted: columns, atLeast: 1 }, values, terminal);

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
