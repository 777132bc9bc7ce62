import { pWords } from "@flows/report";
import { type Compared as ComparedModel, compareModels, type FoldStart, type TableModel } from "@flows/tables";
import { loadTableFile } from "@flows/tables/node";
import type { Answer, Command } from "../command.js";
import { dataOptions, missingOption } from "../data-options.js";
import { wholeOption } from "../numbers.js";
import { dataFor } from "./score.js";

/** One model of the answer. */
export type Compared = Omit<ComparedModel, "name"> & { readonly file: string };

/** Several models on the same rows. */
export const compare: Command = {
  name: "compare",
  summary: "Which MODEL gives the most density to rows of DATA that it has not seen.",
  usage: "MODEL... DATA [--folds K]",
  positionals: ["MODEL...", "DATA"],
  options: {
    ...dataOptions,
    ...missingOption,
    folds: { type: "string", value: "K", help: "Cross-validates: fits every model anew without each of K parts, and scores that part." },
  },
  run: async ({ positionals, values, terminal, signal }) => {
    const [paths, spec] = [positionals.slice(0, -1), positionals.at(-1)!];
    const [folds, seed] = [wholeOption(values, "folds", 2, 1000), wholeOption(values, "seed", 0) ?? 0];
    const models: TableModel[] = [];
    try {
      for (const path of paths) models.push(await loadTableFile(path));
      const data = await dataFor(models[0]!, spec, values, terminal);
      const onFold = ({ fold, folds, name, rows }: FoldStart): void =>
        terminal.say(`Fold ${fold} of ${folds}: fitting ${name} anew to ${rows.toLocaleString("en")} rows.`);
      const found = await compareModels(models, data, { folds, seed, signal, onFold });
      const compared = found.models.map(({ name: file, ...rest }) => ({ file, ...rest }));
      return answerOf(found.rows, data.rows.shape[0], folds, compared);
    } finally {
      for (const model of models) model.dispose();
    }
  },
};

function answerOf(rows: number, all: number, folds: number | undefined, models: readonly Compared[]): Answer {
  const count = rows.toLocaleString("en");
  const what =
    folds !== undefined
      ? `${count} rows, each scored by fits without its fold of ${folds}`
      : rows < all
        ? `the ${count} rows of ${all.toLocaleString("en")} that no fit has seen`
        : `${count} rows`;
  const width = Math.max(...models.map(({ file }) => file.length));
  const lines = models.map((model) => `  ${model.file.padEnd(width)}  ${wordsOf(model)}`);
  return { text: [`mean log-density in nats of ${what}, best first`, ...lines].join("\n"), json: { rows, folds: folds ?? null, models } };
}

function wordsOf({ meanLogProb, standardError, outside, toBest }: Compared): string {
  if (meanLogProb === null || standardError === null)
    return `-Infinity: ${outside === 1 ? "1 row lies" : `${outside} rows lie`} outside the support`;
  const own = `${meanLogProb.toFixed(4)} ± ${standardError.toFixed(4)}`;
  if (!toBest) return own;
  return `${own}, ${toBest.mean.toFixed(4)} ± ${toBest.standardError.toFixed(4)} to the best, row by row, ${pWords(toBest.pValue)}`;
}
