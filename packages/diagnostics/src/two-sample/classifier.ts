import { type Conditioner, lossGradient, miniBatches, type Pull, type Rows, train } from "@flows/core";
import { bias, defineConditioner, fail, rowsTensor, weight } from "@flows/core/author";
import { add, columns, matMul, mean, mul, neg, relu, softplus } from "@flows/core/ops";
import { tidy } from "@tensorflow/tfjs-core";

/** Rows with the sample that each is of, and what it counts. */
export interface Labelled {
  readonly x: Rows;
  /** [n, 2]: 1 for the first sample and -1 for the second; the row's weight, of mean 1. */
  readonly marks: Rows;
}

interface Wide {
  readonly features: number;
}

/** A layer as scikit-learn starts it: weights and biases of variance 2 / (inputs + outputs). */
const layer = (i: number, inputs: number, outputs: number) => {
  const deviation = Math.sqrt(2 / (inputs + outputs));
  return { [`w${i}`]: weight([inputs, outputs], { gain: deviation * Math.sqrt(inputs) }), [`b${i}`]: bias([outputs], { deviation }) };
};

/** Two hidden layers of 10 units a column; above 0 it says "of the first sample". */
const network = defineConditioner({ type: "flows/c2st-classifier", options: ["features"] }, ({ features }: Wide) => {
  const wide = 10 * features;
  return {
    features,
    outputs: 1,
    params: { ...layer(0, features, wide), ...layer(1, wide, wide), ...layer(2, wide, 1) },
    apply: (x, p) => [0, 1, 2].reduce((h, i) => add(matMul(i > 0 ? relu(h) : h, p[`w${i}`]!), p[`b${i}`]!), x),
  };
}) as (config: Wide) => Conditioner;

export interface Lesson {
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
}

const method = { epochs: 1000, patience: 50, learningRate: 1e-3 } as const;
const batch = 200;

/** Trains a classifier on some rows until those held out are told no better, and gives its verdicts on others: above 0 for the first sample. */
export async function verdicts(learn: Labelled, held: Labelled, asked: Rows, { seed, signal }: Lesson): Promise<ArrayLike<number>> {
  const model = network({ features: asked.shape[1]! });
  try {
    const batches = miniBatches({ x: learn.x, context: learn.marks }, { batch, seed });
    const pull: Pull<{ readonly x: Rows; readonly context: Rows | undefined }> = ({ x, context }, call, { buffers }) =>
      lossGradient(() => lossOf(model, x, context!, call), buffers);
    const validate = async () => -rightShare(await outputs(model, held.x), held.marks);
    const { stopped } = await train(model, batches, pull, { ...method, seed, signal, evaluateEvery: batches.perEpoch, validate });
    if (stopped === "aborted") fail("aborted", "c2st", "stopped by its signal.");
    if (stopped === "nonfinite")
      fail(
        "nonfinite",
        "c2st",
        "the classifier's loss is not finite. Look for columns that are constant in the first sample, or rows far from all others.",
      );
    return await outputs(model, asked);
  } finally {
    model.dispose();
  }
}

/** The mean cross-entropy. */
const lossOf = (model: Conditioner, x: Rows, marks: Rows, call: Parameters<Conditioner["apply"]>[1]) => {
  const context = rowsTensor(marks);
  const [sign, counts] = [columns(context, 0, 1), columns(context, 1, 1)];
  return mean(mul(counts, softplus(neg(mul(sign, model.apply(rowsTensor(x), call))))));
};

async function outputs(model: Conditioner, x: Rows): Promise<ArrayLike<number>> {
  const out = tidy(() => model.apply(rowsTensor(x)));
  try {
    return (await out.data()) as ArrayLike<number>;
  } finally {
    out.dispose();
  }
}

/** The share of rows, by weight, whose sample is told rightly. */
function rightShare(told: ArrayLike<number>, { data }: Rows): number {
  let [right, all] = [0, 0];
  for (let i = 0; i < told.length; i++) {
    const counts = data[2 * i + 1]!;
    all += counts;
    if (told[i]! > 0 === data[2 * i]! > 0) right += counts;
  }
  return right / all;
}
