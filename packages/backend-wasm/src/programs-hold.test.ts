import { cpu } from "@flows/backend-cpu";
import {
  additiveTransformer,
  affine,
  affineTransformer,
  alternatingMask,
  checkerboardMask,
  coupling,
  householder,
  leakyRelu,
  linear,
  mlp,
  rotation,
  scaling,
  shear,
  sigmoid,
} from "@flows/bijectors";
import {
  type Backend,
  type Bijector,
  type Conditioner,
  chain,
  type Distribution,
  flow,
  invert,
  normal,
  reseed,
  summary,
  type Tensor,
  type Transformer,
  uniform,
  useBackend,
} from "@flows/core";
import { type Call, defineBijector, draws, programEngine, tensorOf, withReference } from "@flows/core/author";
import { add, constant, sub } from "@flows/core/ops";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it, vi } from "vitest";
import { wasm } from "./wasm.js";

const features = 4;
const half = (turn: number, contextFeatures = 0, width = features): Bijector =>
  coupling({
    mask: alternatingMask(width, turn),
    conditioner: mlp({ features: width / 2, hidden: [7], outputs: width, activation: "tanh", last: "random", contextFeatures }),
    transformer: affineTransformer({}),
  });
/** Nobody lowers it. */
const odd = defineBijector("acme/odd", (_config: {}) => ({
  forward: (z) => [add(z, constant(1)), constant(0)],
  inverse: (x) => [sub(x, constant(1)), constant(0)],
}));
/** Shifts by uniform noise. */
const noisy = defineBijector("acme/noisy", ({ shift }: { readonly shift: Transformer }) => {
  const draw = { width: features, kind: "uniform", stream: "dequantise" } as const;
  return {
    event: [features],
    children: { shift },
    forward: (z, _p, call) => shift.forward(z, call.draws.take(z.shape[0]!, draw)),
    inverse: (x, _p, call) => shift.inverse(x, call.draws.take(x.shape[0]!, draw)),
    lower: (program, x, _p, direction) => shift.lower(program, x, program.noise(draw), direction),
  };
});
const shaken = (): Bijector => noisy({ shift: additiveTransformer({}) });
/** Shows a bijector what a network makes of the context. */
const embedded = defineBijector("acme/embedded", ({ network, inner }: { readonly network: Conditioner; readonly inner: Bijector }) => {
  const seen = (call: Call): Call => ({ ...call, context: network.apply(call.context!, { context: undefined }) });
  return {
    event: [features],
    contextFeatures: network.features,
    handsOnContext: true,
    children: { network, inner },
    forward: (z, _p, call) => inner.forward(z, seen(call)),
    inverse: (x, _p, call) => inner.inverse(x, seen(call)),
    lower: (program, x, _p, direction) => inner.lower(program.within(network.lower(program, program.context!)), x, direction),
  };
});

const eight = (middle: () => Bijector): Bijector =>
  chain(Array.from({ length: 9 }, (_, i) => (i === 4 ? middle() : invert(chain([half(i), affine({ features })])))));

const rowsOf = (n: number, width: number): Tensor =>
  tensorOf(
    Float32Array.from({ length: n * width }, (_, i) => Math.sin(1 + 3 * i)),
    [n, width],
  );
const numbers = (tensors: readonly Tensor[]): number[] => tensors.flatMap((tensor) => [...tensor.dataSync()]);

/** Values of both directions, and the gradients of parameters, rows and context. */
function everything(b: Bijector, x: Tensor, context?: Tensor): number[] {
  return tf.tidy(() => {
    const call = () => ({ context, draws: draws(3) });
    const loss = (rows: Tensor, side?: Tensor): Tensor =>
      tf.addN(
        (["forward", "inverse"] as const).flatMap((way) => b[way](rows, { ...call(), context: side }).map((t) => tf.mean(tf.sin(t)))),
      );
    const values = numbers([...b.forward(x, call()), ...b.inverse(x, call())]);
    const { grads } = tf.variableGrads(() => loss(x, context) as tf.Scalar);
    const ofInputs = tf.grads((...inputs: Tensor[]) => loss(inputs[0]!, inputs[1]))(context ? [x, context] : [x]);
    const ofParameters = Object.keys(grads)
      .sort()
      .map((name) => grads[name]!);
    return [...values, ...numbers([...ofInputs, ...ofParameters])];
  });
}

function close(actual: readonly number[], wanted: readonly number[]): void {
  expect(actual.length).toBe(wanted.length);
  wanted.forEach((want, i) => {
    expect(Math.abs(actual[i]! - want) / (1 + Math.abs(want)), `entry ${i}: ${actual[i]}, wanted ${want}`).toBeLessThan(3e-5);
  });
}

const plane = (): Distribution => normal({ features: 2 });

interface Case {
  readonly make: () => Bijector;
  /** Default a normal of four features. */
  readonly base?: () => Distribution;
  readonly context?: number;
  /** Modules by stretch, in the order of data to noise; 0 runs by itself. */
  readonly stretches: readonly number[];
}
const cases: Readonly<Record<string, Case>> = {
  "a constant": { make: () => chain([half(0), scaling({ features }), half(1)]), stretches: [4] },
  "a chain of 8 couplings and one rotation": {
    make: () => chain(Array.from({ length: 9 }, (_, i) => (i === 4 ? rotation({ angle: 0.7 }) : half(i, 0, 2)))),
    base: plane,
    stretches: [10],
  },
  "linear maps of every kind": {
    make: () =>
      chain([
        linear({
          matrix: [
            [0, 2, 0, 1],
            [1, -1, 0, 0],
            [0, 0, 0.5, 0],
            [3, 0, 0, 1],
          ],
          bias: [1, 0, -1, 2],
        }),
        scaling({ scale: [2, -0.5, 1, 3] }),
        householder({ features, reflections: 3 }),
        half(0),
      ]),
    stretches: [5],
  },
  "maps of the plane": { make: () => chain([rotation({}), shear({ amount: 0.6 }), shear({}), half(0, 0, 2)]), base: plane, stretches: [5] },
  "a uniform base": { make: () => chain([half(0), leakyRelu({ slope: 0.2 })]), base: () => uniform({ features }), stretches: [3] },
  "one that refuses, between two programs": { make: () => eight(() => odd({})), stretches: [8, 0, 9] },
  "random numbers": { make: () => chain([shaken(), half(0), shaken()]), stretches: [4] },
  "random numbers on both sides of one that refuses": {
    make: () => chain([shaken(), affine({ features }), odd({}), shaken()]),
    stretches: [1, 0, 3],
  },
  "one row of context for all": { make: () => chain([half(0, 3), half(1, 3)]), context: 1, stretches: [3] },
  "a context of its own for every row": { make: () => chain([half(0, 3), half(1, 3)]), context: 130, stretches: [3] },
  "another context in place of one row": { make: embedding, context: 1, stretches: [3] },
  "another context in place of every row's": { make: embedding, context: 130, stretches: [3] },
};
function embedding(): Bijector {
  const network = mlp({ features: 2, hidden: [5], outputs: 3, activation: "tanh", last: "random" });
  return chain([embedded({ network, inner: chain([half(0, 3), half(1, 3)]) }), affine({ features })]);
}

const backends: Readonly<Record<string, () => Backend>> = {
  cpu,
  "wasm, 1 thread": () => wasm({ threads: 1 }),
  "wasm, 2 threads": () => wasm({ threads: 2 }),
};
for (const [backend, make] of Object.entries(backends))
  describe(`programs on ${backend} hold`, () => {
    for (const [name, { make: build, base = () => normal({ features }), context, stretches }] of Object.entries(cases))
      it(name, async () => {
        const handle = await useBackend(make());
        const before = tf.memory().numTensors;
        const model = flow({ base: base(), bijector: build() });
        reseed(model, 5);
        const side = context ? rowsOf(context, model.contextFeatures) : undefined;
        const bijector = model.config.bijector;
        const rows = rowsOf(130, model.eventShape[0]!);
        close(
          everything(bijector, rows, side),
          withReference(() => everything(bijector, rows, side)),
        );
        rows.dispose();
        expect(summary(model).programs!.inverse.stretches.map((one) => ("modules" in one ? one.modules.length : 0))).toEqual(stretches);
        side?.dispose();
        model.dispose();
        expect(tf.memory().numTensors).toBe(before);
        handle.dispose();
      });
  });

it("runs events of three axes as one program", async () => {
  const handle = await useBackend(wasm({ threads: 2 }));
  const event = [4, 4, 3];
  const image = (turn: number): Bijector =>
    coupling({
      event,
      mask: checkerboardMask(event, turn),
      conditioner: mlp({ features: 24, hidden: [9], outputs: 48, activation: "tanh", last: "random" }),
      transformer: affineTransformer({}),
    });
  const model = chain([sigmoid(), image(0), image(1)]);
  reseed(model, 5);
  const run = vi.spyOn(programEngine()!, "run");
  const rows = tensorOf(
    Float32Array.from({ length: 70 * 48 }, (_, i) => Math.sin(i)),
    [70, ...event],
  );
  const results = (): number[] =>
    tf.tidy(() => numbers([...model.forward(rows), tf.grad((x: Tensor) => tf.sum(model.forward(x)[1]))(rows)]));
  const found = results();
  expect(run).toHaveBeenCalledTimes(2);
  close(found, withReference(results));
  rows.dispose();
  model.dispose();
  handle.dispose();
});
