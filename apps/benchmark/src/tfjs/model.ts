import * as tf from "@tensorflow/tfjs";
import { networksOf } from "../real-nvp/read.js";
import type { RealNvpSpec } from "../real-nvp/spec.js";
import type { Told } from "../workload.js";

type Layer = readonly [weight: tf.Variable, bias: tf.Variable];
type Network = readonly Layer[];

/** BatchNorm's parameters and running moments. */
interface Norm {
  readonly shift: tf.Variable;
  readonly logScale: tf.Variable;
  readonly mean: tf.Variable;
  readonly variance: tf.Variable;
}

/** A RealNVP in plain tfjs, as one writes it by hand. */
export interface Model {
  /** Data to noise as x -> (x - shift) exp(-scale). */
  logProb(x: tf.Tensor2D, training: boolean): tf.Tensor1D;
  /** Without BatchNorm. */
  sample(count: number): tf.Tensor2D;
}

const momentum = 0.1;
const epsilon = 1e-5;

const fixed = (values: tf.Tensor): tf.Variable => tf.tidy(() => tf.variable(values, false));
const trained = (values: tf.Tensor): tf.Variable => tf.tidy(() => tf.variable(values));

const mlp = (network: Network, x: tf.Tensor2D): tf.Tensor2D =>
  network.reduce((h, [weight, bias], i) => tf.add(tf.matMul(i > 0 ? tf.relu(h) : h, weight as unknown as tf.Tensor2D), bias), x);

const column = (x: tf.Tensor2D, at: number): tf.Tensor2D => tf.slice(x, [0, at], [-1, 1]);
const joined = (kept: tf.Tensor2D, moved: tf.Tensor2D, at: number): tf.Tensor2D => tf.concat(at === 0 ? [kept, moved] : [moved, kept], 1);

export function modelOf(told: Told<RealNvpSpec>): Model {
  const couplings = networksOf(told).map((networks) =>
    networks.map((dense) =>
      dense.map(({ weight, bias, shape }): Layer => [trained(tf.tensor(weight, [...shape])), trained(tf.tensor(bias))]),
    ),
  );
  const norms = told.spec.batchNorm ? couplings.slice(1).map(normOf) : [];
  const masks = [tf.tensor2d([[1, 0]]), tf.tensor2d([[0, 1]])];

  function shiftAndScale(networks: readonly Network[], x: tf.Tensor2D, at: number): [tf.Tensor2D, tf.Tensor2D] {
    const moved = 1 - at;
    if (networks.length === 1) {
      const raw = mlp(networks[0]!, column(x, at));
      return [column(raw, 0), tf.tanh(column(raw, 1))];
    }
    const masked = tf.mul<tf.Tensor2D>(x, masks[at]!);
    const [shift, scale] = networks.map((network) => column(mlp(network, masked), moved));
    return [shift!, tf.tanh(scale!)];
  }

  return {
    logProb: (rows, training) => {
      let x = rows;
      let total: tf.Tensor1D = tf.zeros([rows.shape[0]]);
      couplings.forEach((networks, i) => {
        const [at, moved] = [i % 2, 1 - (i % 2)];
        const [shift, scale] = shiftAndScale(networks, x, at);
        x = joined(column(x, at), tf.mul(tf.sub(column(x, moved), shift), tf.exp(tf.neg(scale))), at);
        total = tf.sub(total, tf.squeeze(scale, [1]));
        if (!norms[i]) return;
        const [z, logDet] = normalise(norms[i]!, x, training);
        [x, total] = [z, tf.add(total, logDet)];
      });
      return tf.sub(total, tf.add(tf.mul(0.5, tf.sum(tf.square(x), 1)), Math.log(2 * Math.PI)));
    },
    sample: (count) =>
      couplings.reduceRight(
        (x, networks, i) => {
          const [at, moved] = [i % 2, 1 - (i % 2)];
          const [shift, scale] = shiftAndScale(networks, x, at);
          return joined(column(x, at), tf.add(tf.mul(column(x, moved), tf.exp(scale)), shift), at);
        },
        tf.randomNormal([count, 2]) as tf.Tensor2D,
      ),
  };
}

function normOf(): Norm {
  const zeros = () => tf.zeros([2]);
  return { shift: trained(zeros()), logScale: trained(zeros()), mean: fixed(zeros()), variance: fixed(tf.ones([2])) };
}

function normalise(norm: Norm, x: tf.Tensor2D, training: boolean): [tf.Tensor2D, tf.Tensor] {
  const { mean, variance } = training ? tf.moments(x, 0) : norm;
  if (training) {
    const blend = (old: tf.Variable, now: tf.Tensor): void => old.assign(tf.add(tf.mul(old, 1 - momentum), tf.mul(now, momentum)));
    blend(norm.mean, mean);
    blend(norm.variance, variance);
  }
  const spread = tf.add(variance, epsilon);
  const z = tf.add<tf.Tensor2D>(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(spread)), tf.exp(norm.logScale)), norm.shift);
  return [z, tf.sum(tf.sub(norm.logScale, tf.mul(0.5, tf.log(spread))))];
}
