import { activationNames } from "@flows/bijectors";
import type { Training } from "@flows/tables";
import type { Options, Values } from "../command.js";
import { type ModelSize, modelNames, type Recipe, recipeOf } from "../models.js";
import { choiceOption, listOption, numberOption, numbersOption, textOption, wholeOption } from "../numbers.js";
import { misuse } from "../usage.js";

/** What `flows fit` takes. */
export const fitOptions: Options = {
  model: { type: "string", value: "NAME", help: `${modelNames.join(", ")}; default realnvp, for a single column planar` },
  layers: { type: "string", value: "N", help: "how many layers the model has" },
  hidden: { type: "string", value: "A,B", help: "widths of its networks' hidden layers" },
  activation: { type: "string", value: "NAME", help: `between its networks' layers: ${activationNames.join(", ")}; default tanh` },
  out: { type: "string", value: "FILE", help: "write the fitted model here, as .safetensors" },
  history: { type: "string", value: "FILE", help: "write the course of the fit here, as JSON" },
  steps: { type: "string", value: "N", help: "optimizer steps at most, default 3000" },
  epochs: { type: "string", value: "N", help: "or how many times to go through all rows" },
  batch: { type: "string", value: "N", help: "rows a step, default 256" },
  "learning-rate": { type: "string", value: "X", help: "at the start, default 0.003" },
  schedule: { type: "string", value: "NAME", help: "cosine (default: falls to 0) or constant" },
  clip: { type: "string", value: "X", help: "clip the gradient's norm, default 5" },
  "weight-decay": { type: "string", value: "X", help: "decay of the networks' weights, default 0" },
  patience: { type: "string", value: "N", help: "stop after so many validations without a better one, default 40" },
  split: { type: "string", value: "V,T", help: "shares of validation and test rows, default 0.1,0.1" },
  test: { type: "string", value: "FILE", help: "take the test rows from here instead" },
  columns: { type: "string", value: "A,B", help: "use these columns only, in this order" },
  except: { type: "string", value: "C", help: "leave these columns out" },
  raw: { type: "boolean", help: "do not standardise the columns for the fit" },
  checkpoint: { type: "string", value: "FILE", help: "keep what --resume needs here" },
  "checkpoint-every": { type: "string", value: "N", help: "steps between checkpoints, default 500" },
  resume: { type: "string", value: "FILE", help: "go on from this checkpoint of the same data and options" },
};

/** A call of `flows fit`, checked as far as its words go. */
export interface FitRequest {
  readonly data: string;
  readonly test: string | undefined;
  /** The recipe, chosen once the columns are known. */
  readonly recipe: (features: number) => Recipe;
  readonly seed: number;
  readonly split: readonly [validation: number, test: number] | undefined;
  readonly columns: readonly string[] | undefined;
  readonly except: readonly string[] | undefined;
  readonly raw: boolean;
  readonly out: string | undefined;
  readonly history: string | undefined;
  readonly checkpoint: { readonly file: string; readonly every: number } | undefined;
  readonly resume: string | undefined;
  readonly training: Training;
}

export function fitRequest(data: string, values: Values): FitRequest {
  if (values.steps !== undefined && values.epochs !== undefined) misuse("give --steps or --epochs, not both.");
  if (values["checkpoint-every"] !== undefined && values.checkpoint === undefined) misuse("--checkpoint-every needs --checkpoint FILE.");
  const checkpoint = textOption(values, "checkpoint");
  const columns = listOption(values, "columns");
  const twice = columns?.find((column, i) => columns.indexOf(column) !== i);
  if (twice !== undefined) misuse(`--columns names ${twice} twice.`);
  return {
    data,
    test: textOption(values, "test"),
    recipe: chosenRecipe(values),
    seed: wholeOption(values, "seed", 0) ?? 0,
    split: splitOption(values),
    columns,
    except: listOption(values, "except"),
    raw: values.raw === true,
    out: textOption(values, "out"),
    history: textOption(values, "history"),
    checkpoint: checkpoint === undefined ? undefined : { file: checkpoint, every: wholeOption(values, "checkpoint-every", 1) ?? 500 },
    resume: textOption(values, "resume"),
    training: training(values),
  };
}

const training = (values: Values): Training => ({
  steps: wholeOption(values, "steps", 1, 2 ** 31 - 1),
  epochs: wholeOption(values, "epochs", 1, 2 ** 31 - 1),
  batch: wholeOption(values, "batch", 2, 2 ** 31 - 1),
  learningRate: numberOption(values, "learning-rate", { above: 0 }),
  schedule: choiceOption(values, "schedule", ["cosine", "constant"]),
  clip: numberOption(values, "clip", { above: 0 }),
  weightDecay: numberOption(values, "weight-decay", { least: 0 }),
  patience: wholeOption(values, "patience", 1, 2 ** 31 - 1),
});

/** What only training by steps takes. */
const stepOptions = [
  "steps",
  "epochs",
  "batch",
  "learning-rate",
  "schedule",
  "clip",
  "weight-decay",
  "patience",
  "checkpoint",
  "checkpoint-every",
  "resume",
] as const;

function chosenRecipe(values: Values): FitRequest["recipe"] {
  const size: Omit<ModelSize, "features"> = {
    layers: wholeOption(values, "layers", 1, 1000),
    hidden: hiddenOption(values),
    activation: choiceOption(values, "activation", activationNames),
  };
  const given = textOption(values, "model");
  const known = given === undefined ? undefined : recipeOf(given, size);
  const stray = stepOptions.find((option) => values[option] !== undefined);
  if (known && "fit" in known && stray) misuse(`the model ${given} takes no --${stray}: it is not trained by steps.`);
  return (features) => known ?? recipeOf(features === 1 ? "planar" : "realnvp", size);
}

function hiddenOption(values: Values): readonly number[] | undefined {
  const widths = numbersOption(values, "hidden");
  const fine = widths?.every((width) => Number.isInteger(width) && width >= 1 && width <= 65_536) ?? true;
  return fine ? widths : misuse(`--hidden takes whole numbers from 1 with commas between them, as in 64,64; got "${values.hidden}".`);
}

function splitOption(values: Values): FitRequest["split"] {
  const shares = numbersOption(values, "split");
  if (shares === undefined) return undefined;
  const [validation = Number.NaN, test = Number.NaN] = shares;
  const fine = shares.length === 2 && [validation, test, 1 - validation - test].every((share) => share >= 0) && validation + test < 1;
  return fine ? [validation, test] : misuse(`--split takes two shares that leave rows to train on, as in 0.1,0.1; got "${values.split}".`);
}
