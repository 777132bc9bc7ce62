import { pWords } from "@flows/report";
import type { Answer, Command } from "../command.js";
import { type Compared, compared } from "../comparing/compared.js";
import { withContestants } from "../comparing/contestants.js";
import { crossValidated } from "../comparing/cross-validate.js";
import { heldOutScores } from "../comparing/held-out-scores.js";
import { wholeOption } from "../numbers.js";
import { dataFor } from "./score.js";

/** Several models on the same rows. */
export const compare: Command = {
  name: "compare",
  summary: "Which MODEL gives the most density to rows of DATA that it has not seen.",
  usage: "MODEL... DATA [--folds K]",
  positionals: ["MODEL...", "DATA"],
  options: {
    folds: { type: "string", value: "K", help: "cross-validate: fit every model anew without each of K parts, and score that part" },
  },
  run: async ({ positionals, values, terminal, signal }) => {
    const [paths, spec] = [positionals.slice(0, -1), positionals.at(-1)!];
    const [folds, seed] = [wholeOption(values, "folds", 2, 1000), wholeOption(values, "seed", 0) ?? 0];
    return withContestants(paths, async (contestants) => {
      const data = await dataFor(contestants[0]!.model, spec, values, terminal);
      const found =
        folds === undefined
          ? await heldOutScores(contestants, data, signal)
          : await crossValidated(contestants, data, { folds, seed, terminal, signal });
      return answerOf(found.rows, data.rows.shape[0], folds, compared(found.scored));
    });
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
