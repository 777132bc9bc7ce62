import { checkWritable, writeAtomic } from "@flows/core/node";
import { toCsv } from "@flows/datasets";
import { loadTableFile } from "@flows/tables/node";
import type { Command } from "../command.js";
import { numberOption, textOption, wholeOption } from "../numbers.js";
import { misuse } from "../program/usage.js";

/** New rows. */
export const sample: Command = {
  name: "sample",
  summary: "Draw N new rows as CSV, in the data's own units.",
  usage: "MODEL -n N [--out FILE]",
  positionals: ["MODEL"],
  options: {
    rows: { type: "string", short: "n", value: "N", help: "How many rows." },
    out: { type: "string", value: "FILE", help: "Writes the CSV here instead of to standard output." },
    temperature: { type: "string", value: "T", help: "Scales the noise's spread. Default 1, the model's own." },
  },
  run: async ({ positionals: [path = ""], values, terminal, signal }) => {
    const n = wholeOption(values, "rows", 1, 100_000_000) ?? misuse("flows sample needs -n N, the number of rows.");
    const temperature = numberOption(values, "temperature", { least: 0 }) ?? 1;
    const seed = wholeOption(values, "seed", 0) ?? 0;
    const out = textOption(values, "out");
    if (out !== undefined) await checkWritable(out);
    const model = await loadTableFile(path);
    try {
      const scales = textOption(values, "backend") === "float64" ? undefined : model.table.columns.map(({ scale }) => scale);
      const csv = toCsv(model.columns, await model.draw(n, { seed, temperature, signal }), { scales });
      if (out === undefined) terminal.result(csv.trimEnd());
      else await writeAtomic(out, csv);
      const text = out === undefined ? "" : `${n.toLocaleString("en")} rows, seed ${seed}, written to ${out}`;
      return { text, json: { rows: n, seed, temperature, out: out ?? null } };
    } finally {
      model.dispose();
    }
  },
};
