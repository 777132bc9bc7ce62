import * as tf from "@tensorflow/tfjs";
import { blockOf, repeated } from "../block-of.js";
import { floatsOf } from "../real-nvp/read.js";
import { pointCount, type RealNvpSpec } from "../real-nvp/spec.js";
import type { Open, Told } from "../workload.js";
import { type Model, modelOf } from "./model.js";

const rowsOf = (told: Told<RealNvpSpec>, name: string): tf.Tensor2D => {
  const data = floatsOf(told, name);
  return tf.tensor2d(data, [data.length / 2, 2]);
};

/** Adam steps with the gradient's norm clipped on the device; the last loss is read. */
function stepper(told: Told<RealNvpSpec>, model: Model): (count: number) => Promise<void> {
  const { batch, learningRate, clip } = told.spec;
  const optimizer = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
  const rows = rowsOf(told, "rows");
  const batches = tf.split<tf.Tensor2D>(rows, rows.shape[0] / batch);
  let number = 0;
  const step = (): tf.Scalar =>
    tf.tidy(() => {
      const x = batches[number++ % batches.length]!;
      const { value, grads } = tf.variableGrads(() => tf.neg(tf.mean(model.logProb(x, true))) as tf.Scalar);
      const squares = Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)));
      const share = tf.minimum(1, tf.div(clip, tf.sqrt(tf.addN(squares))));
      optimizer.applyGradients(Object.fromEntries(Object.entries(grads).map(([name, gradient]) => [name, tf.mul(gradient, share)])));
      return value;
    });
  return async (count) => {
    let loss: tf.Scalar | undefined;
    for (let i = 0; i < count; i++) {
      loss?.dispose();
      loss = step();
    }
    await loss?.data();
    loss?.dispose();
  };
}

async function meanOf(work: () => tf.Tensor): Promise<number> {
  const mean = tf.tidy(() => tf.mean(work()));
  const [value] = await mean.data();
  mean.dispose();
  return value!;
}

/** Numbers of a result, as somebody wants them who asked for it. */
async function read(work: () => tf.Tensor): Promise<void> {
  const result = tf.tidy(work);
  await result.data();
  result.dispose();
}

export const openTfjs: Open<RealNvpSpec> = async (told) => {
  const model = modelOf(told);
  if (told.kind === "real-nvp/train") {
    const train = stepper(told, model);
    await train(told.spec.steps);
    const rows = rowsOf(told, "rows");
    return { value: -(await meanOf(() => model.logProb(rows, true))), block: blockOf(train) };
  }
  const points = rowsOf(told, "points");
  const density = (): tf.Tensor => model.logProb(points, false);
  const sample = (): tf.Tensor => model.sample(pointCount);
  if (told.kind === "real-nvp/log-density") return { value: -(await meanOf(density)), block: blockOf(repeated(() => read(density))) };
  return { value: 2 * (await meanOf(() => tf.square(sample()))), block: blockOf(repeated(() => read(sample))) };
};
