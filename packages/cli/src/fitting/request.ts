import type { Option } from "@flows/core";
import { writeAtomic } from "@flows/core/node";
import { checkTableOptions, type TableOptions, tableOptions } from "@flows/tables";
import type { Options, Values } from "../command.js";
import { dataOptions, missingOption } from "../data-options.js";
import { dashed, listOption, misuseOf, numberOf, textOption, wholeOption } from "../numbers.js";
import { misuse } from "../program/usage.js";

/** How the text of an option is read, and what stands for it in the help. */
interface Reader {
  readonly value: string;
  readonly read: (text: string) => unknown;
}
const count: Reader = { value: "N", read: numberOf };
const number: Reader = { value: "X", read: numberOf };
const name: Reader = { value: "NAME", read: (text) => text };

/** Options of `fitTable` that are told in words. */
const told = {
  model: name,
  layers: count,
  hidden: { value: "A,B", read: (text) => text.split(",").map(numberOf) },
  activation: name,
  steps: count,
  epochs: count,
  batch: count,
  learningRate: number,
  schedule: { value: "NAME", read: (kind) => ({ kind }) },
  clip: number,
  weightDecay: number,
  patience: count,
  components: { value: "A,B", read: (text) => text.split(",").map(numberOf) },
  covariance: name,
  floor: number,
} satisfies Partial<Record<keyof TableOptions, Reader>>;
const names = Object.keys(told) as (keyof typeof told)[];

const usualWords = ({ usual }: Option<never, unknown>): string =>
  usual === undefined ? "" : ` Default ${typeof usual === "object" ? (usual as { kind: string }).kind : usual}.`;

/** What `flows fit` takes. */
export const fitOptions: Options = {
  ...Object.fromEntries(
    names.map((option) => [
      dashed(option),
      { type: "string", value: told[option].value, help: `${tableOptions[option].help}${usualWords(tableOptions[option])}` },
    ]),
  ),
  split: { type: "string", value: "V,T", help: "Shares of validation and test rows. Default 0.1,0.1; of fewer than 20 rows none." },
  test: { type: "string", value: "FILE", help: "Takes the test rows from here instead." },
  columns: { type: "string", value: "A,B", help: "Uses these columns only, in this order." },
  except: { type: "string", value: "C", help: "Leaves these columns out." },
  ...dataOptions,
  ...missingOption,
  raw: { type: "boolean", help: tableOptions.raw.help },
  out: { type: "string", value: "FILE", help: "Writes the fitted model here, as .safetensors." },
  history: { type: "string", value: "FILE", help: "Writes the course of the fit here, as JSON." },
  checkpoint: { type: "string", value: "FILE", help: "Keeps what --resume needs here." },
  "checkpoint-every": { type: "string", value: "N", help: "Steps between checkpoints. Default 500." },
  resume: { type: "string", value: "FILE", help: "Goes on from this checkpoint of the same data and options." },
};

/** A call of `flows fit`, checked as far as its words go. */
export interface FitRequest {
  readonly columns: readonly string[] | undefined;
  readonly except: readonly string[] | undefined;
  readonly test: string | undefined;
  readonly out: string | undefined;
  readonly history: string | undefined;
  readonly checkpoint: string | undefined;
  readonly resume: string | undefined;
  /** Without what comes from files. */
  readonly options: TableOptions;
}

export function fitRequest(values: Values): FitRequest {
  if (values.steps !== undefined && values.epochs !== undefined) misuse("give --steps or --epochs, not both.");
  if (values["checkpoint-every"] !== undefined && values.checkpoint === undefined) misuse("--checkpoint-every needs --checkpoint FILE.");
  const columns = listOption(values, "columns");
  const twice = columns?.find((column, i) => columns.indexOf(column) !== i);
  if (twice !== undefined) misuse(`--columns names ${twice} twice.`);
  const [test, out, history] = [textOption(values, "test"), textOption(values, "out"), textOption(values, "history")];
  const [checkpoint, resume] = [textOption(values, "checkpoint"), textOption(values, "resume")];
  return { columns, except: listOption(values, "except"), test, out, history, checkpoint, resume, options: optionsOf(values, checkpoint) };
}

function optionsOf(values: Values, file: string | undefined): TableOptions {
  const given = names.filter((option) => values[dashed(option)] !== undefined);
  const every = wholeOption(values, "checkpoint-every", 1) ?? 500;
  const options: TableOptions = {
    ...Object.fromEntries(given.map((option) => [option, told[option].read(textOption(values, dashed(option))!)])),
    ...splitOption(values),
    raw: values.raw === true,
    seed: wholeOption(values, "seed", 0),
    ...(file !== undefined && { checkpoint: { every, write: (bytes) => writeAtomic(file, bytes) } }),
  };
  try {
    // The checkpoint itself is read once the call is known to be right.
    checkTableOptions(values.resume === undefined ? options : { ...options, resume: new Uint8Array() });
  } catch (error) {
    misuseOf(error, values);
  }
  return options;
}

function splitOption(values: Values): Pick<TableOptions, "validation" | "test"> {
  const text = textOption(values, "split");
  if (text === undefined) return {};
  const [validation = Number.NaN, test = Number.NaN, ...more] = text.split(",").map(numberOf);
  const fine = more.length === 0 && [validation, test].every((share) => share >= 0) && validation + test < 1;
  return fine ? { validation, test } : misuse(`--split takes two shares that leave rows to train on, as in 0.1,0.1; got "${text}".`);
}
