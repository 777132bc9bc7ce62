import type { Attrs, Frame, RowKernel, Step } from "@flows/core";
import { describe, expect, it } from "vitest";
import { rowKernels } from "./index.js";

/** A step of a kernel, and what it should compute of one row: written registers, and the log-det. */
interface Case {
  readonly name: string;
  readonly op: string;
  readonly attrs: Attrs;
  readonly reads: readonly number[];
  /** Reads from here on are one row that all share. */
  readonly shared?: number;
  readonly writes: readonly number[];
  readonly params?: readonly number[];
  readonly range?: readonly [low: number, high: number];

  readonly row: (reads: readonly number[][], params: readonly number[][]) => { readonly writes: number[][]; readonly logDet?: number };
}

const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const log1pExp = (x: number): number => Math.log(1 + Math.exp(x));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const directions = ["forward", "inverse"] as const;

const affine = directions.flatMap((direction) =>
  [1, 3].map(
    (n): Case => ({
      name: `affine, ${direction}, ${n} features`,
      op: "affine",
      attrs: { direction },
      reads: [n],
      writes: [n],
      params: [n, n],
      row: ([x], [shift, s]) => ({
        writes: [x!.map((v, j) => (direction === "forward" ? v * Math.exp(s![j]!) + shift![j]! : (v - shift![j]!) / Math.exp(s![j]!)))],
        logDet: total(s!) * (direction === "forward" ? 1 : -1),
      }),
    }),
  ),
);

const affineTransform = directions.flatMap((direction) =>
  [0, 0.8].flatMap((clamp) =>
    [1, 3].map(
      (n): Case => ({
        name: `affineTransform, ${direction}, clamp ${clamp}, ${n} features`,
        op: "affineTransform",
        attrs: { direction, clamp },
        reads: [n, 2 * n],
        writes: [n],
        row: ([x, raw]) => {
          const s = raw!.slice(n).map((v) => (clamp > 0 ? clamp * Math.tanh(v / clamp) : v));
          return {
            writes: [x!.map((v, j) => (direction === "forward" ? v * Math.exp(s[j]!) + raw![j]! : (v - raw![j]!) / Math.exp(s[j]!)))],
            logDet: total(s) * (direction === "forward" ? 1 : -1),
          };
        },
      }),
    ),
  ),
);

const additive = directions.map(
  (direction): Case => ({
    name: `additiveTransform, ${direction}`,
    op: "additiveTransform",
    attrs: { direction },
    reads: [2, 2],
    writes: [2],
    row: ([x, shift]) => ({ writes: [x!.map((v, j) => (direction === "forward" ? v + shift![j]! : v - shift![j]!))] }),
  }),
);

const copies: readonly Case[] = [
  {
    name: "columns, with one twice",
    op: "columns",
    attrs: { indices: [3, 0, 3] },
    reads: [4],
    writes: [3],
    row: ([x]) => ({ writes: [[x![3]!, x![0]!, x![3]!]] }),
  },
  { name: "columns of one feature", op: "columns", attrs: { indices: [0] }, reads: [1], writes: [1], row: ([x]) => ({ writes: [x!] }) },
  {
    name: "scatterColumns",
    op: "scatterColumns",
    attrs: { left: [0, 3], right: [2, 1, 4] },
    reads: [2, 3],
    writes: [5],
    row: ([a, b]) => ({ writes: [[a![0]!, b![1]!, b![0]!, a![1]!, b![2]!]] }),
  },
  { name: "concat of three", op: "concat", attrs: {}, reads: [2, 1, 3], writes: [6], row: (reads) => ({ writes: [reads.flat()] }) },
  {
    name: "concat with a row that all share",
    op: "concat",
    attrs: {},
    reads: [2, 1],
    shared: 1,
    writes: [3],
    row: (reads) => ({ writes: [reads.flat()] }),
  },
  {
    name: "permute",
    op: "permute",
    attrs: { order: [2, 0, 1] },
    reads: [3],
    writes: [3],
    row: ([x]) => ({ writes: [[x![2]!, x![0]!, x![1]!]] }),
  },
  {
    name: "maskColumns",
    op: "maskColumns",
    attrs: { mask: [1, 0, 1] },
    reads: [3],
    writes: [3],
    row: ([x]) => ({ writes: [[x![0]!, 0, x![2]!]] }),
  },
];

const activations: Record<string, (x: number) => number> = {
  relu: (x) => Math.max(x, 0),
  leakyRelu: (x) => (x > 0 ? x : 0.1 * x),
  elu: (x) => (x > 0 ? x : Math.exp(x) - 1),
  tanh: Math.tanh,
  sigmoid,
  softplus: log1pExp,
};
const mlp = [...Object.keys(activations).map((name) => [name, [6, 5, 2]] as const), ["tanh", [3]] as const, ["relu", [1, 1]] as const].map(
  ([activation, widths]): Case => {
    const sizes = [activation === "relu" && widths.length === 2 ? 1 : 5, ...widths];
    return {
      name: `mlp ${sizes.join("-")}, ${activation}`,
      op: "mlp",
      attrs: { widths, activation, slope: 0.1 },
      reads: [sizes[0]!],
      writes: widths,
      params: widths.flatMap((width, l) => [sizes[l]! * width, width]),
      row: ([x], params) => {
        const layers = [x!];
        for (const [l, width] of widths.entries()) {
          const y = Array.from(
            { length: width },
            (_, j) => total(layers[l]!.map((v, i) => v * params[2 * l]![i * width + j]!)) + params[2 * l + 1]![j]!,
          );
          layers.push(l < widths.length - 1 ? y.map(activations[activation]!) : y);
        }
        return { writes: layers.slice(1) };
      },
    };
  },
);

const standardise = directions.flatMap((direction) =>
  [false, true].map(
    (batch): Case => ({
      name: `standardise, ${direction}, ${batch ? "the batch's" : "running"} statistics`,
      op: "standardise",
      attrs: { direction, epsilon: 1e-3 },
      reads: batch ? [2, 2, 2] : [2],
      shared: 1,
      writes: [2],
      params: [2, 2, 2, 2],
      range: [0.3, 2],
      row: ([x, center, spread], [shift, s, mean, variance]) => {
        const m = center ?? mean!;
        const sd = (spread ?? variance!).map((v) => Math.sqrt(v + 1e-3));
        const inverse = direction === "inverse";
        return {
          writes: [
            x!.map((v, j) =>
              inverse ? ((v - m[j]!) / sd[j]!) * Math.exp(s![j]!) + shift![j]! : ((v - shift![j]!) / Math.exp(s![j]!)) * sd[j]! + m[j]!,
            ),
          ],
          logDet: total(s!.map((v, j) => v - Math.log(sd[j]!))) * (inverse ? 1 : -1),
        };
      },
    }),
  ),
);

type Pair = readonly [f: (x: number) => number, slope: (x: number) => number];
const maps: Record<string, { readonly forward: Pair; readonly inverse: Pair; readonly range: readonly [number, number] }> = {
  exp: { forward: [Math.exp, Math.exp], inverse: [Math.log, (x) => 1 / x], range: [0.3, 2] },
  sigmoid: {
    forward: [sigmoid, (x) => sigmoid(x) * sigmoid(-x)],
    inverse: [(x) => Math.log(x / (1 - x)), (x) => 1 / (x * (1 - x))],
    range: [0.1, 0.9],
  },
  tanh: { forward: [Math.tanh, (x) => 1 / Math.cosh(x) ** 2], inverse: [Math.atanh, (x) => 1 / (1 - x * x)], range: [-0.9, 0.9] },
  softplus: { forward: [log1pExp, sigmoid], inverse: [(x) => Math.log(Math.exp(x) - 1), (x) => 1 / (1 - Math.exp(-x))], range: [0.3, 2] },
  leakyRelu: {
    forward: [(x) => (x > 0 ? x : 0.1 * x), (x) => (x > 0 ? 1 : 0.1)],
    inverse: [(x) => (x > 0 ? x : 10 * x), (x) => (x > 0 ? 1 : 10)],
    range: [-2, 2],
  },
};
const elementwise = Object.entries(maps).flatMap(([map, both]) =>
  directions.flatMap((direction) =>
    [1, 3].map(
      (n): Case => ({
        name: `elementwise ${map}, ${direction}, ${n} features`,
        op: "elementwise",
        attrs: { map, direction, slope: 0.1 },
        reads: [n],
        writes: [n],
        range: direction === "forward" ? [-2, 2] : both.range,
        row: ([x]) => ({ writes: [x!.map(both[direction][0])], logDet: total(x!.map((v) => Math.log(both[direction][1](v)))) }),
      }),
    ),
  ),
);

/** From the maps' definitions, not the kernels' forms: a Jacobian's determinant by the matrix determinant lemma. */
const bends: Record<string, Pair> = {
  tanh: [Math.tanh, (t) => 1 / Math.cosh(t) ** 2],
  sigmoid: [sigmoid, (t) => sigmoid(t) * sigmoid(-t)],
  arctan: [Math.atan, (t) => 1 / (1 + t * t)],
  softplus: [log1pExp, sigmoid],
};
const planar = Object.entries(bends).flatMap(([activation, [h, slope]]) =>
  [1, 3].map(
    (n): Case => ({
      name: `planar ${activation}, ${n} features`,
      op: "planar",
      attrs: { activation },
      reads: [n],
      writes: [n],
      params: [n, n, 1],
      row: ([x], [u, w, b]) => {
        const least = activation === "sigmoid" ? 4 : 1;
        const dot = (p: number[], q: number[]): number => total(p.map((v, j) => v * q[j]!));
        const along = log1pExp(dot(w!, u!) + Math.log(Math.exp(least) - 1)) - least;
        const bent = u!.map((v, j) => v + ((along - dot(w!, u!)) * w![j]!) / dot(w!, w!));
        const t = dot(x!, w!) + b![0]!;
        return { writes: [x!.map((v, j) => v + bent[j]! * h(t))], logDet: Math.log(1 + slope(t) * along) };
      },
    }),
  ),
);
const radial = [1, 3].map(
  (n): Case => ({
    name: `radial, ${n} features`,
    op: "radial",
    attrs: {},
    reads: [n],
    writes: [n],
    params: [n, 1, 1],
    row: ([x], [center, logAlpha, rawBeta]) => {
      const [alpha, away] = [Math.exp(logAlpha![0]!), x!.map((v, j) => v - center![j]!)];
      const [beta, r] = [log1pExp(rawBeta![0]!) - alpha, Math.hypot(...away)];
      const logDet = (n - 1) * Math.log(1 + beta / (alpha + r)) + Math.log(1 + (alpha * beta) / (alpha + r) ** 2);
      return { writes: [x!.map((v, j) => v + (beta * away[j]!) / (alpha + r))], logDet };
    },
  }),
);

const cases = [...planar, ...radial, ...affine, ...affineTransform, ...additive, ...copies, ...mlp, ...standardise, ...elementwise];

/** Numbers that look random, away from 0, where activations have their kink. */
function numbers(n: number, low = -1.5, high = 1.5, seed = 1): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const x = low + (high - low) * (((i + 1) * 0.6180339887 + seed * 0.4142135623) % 1);
    return Math.abs(x) < 0.01 ? x + 0.02 : x;
  });
}
const cast = (values: readonly Float64Array[]): readonly Float32Array[] => values as unknown as readonly Float32Array[];
const frame = (
  reads: readonly Float64Array[],
  writes: readonly Float64Array[],
  params: readonly Float64Array[],
  logDet: Float64Array,
): Frame => ({
  reads: cast(reads),
  writes: cast(writes),
  params: cast(params),
  logDet: logDet as unknown as Float32Array,
});

function stepOf({ op, attrs, reads, shared = reads.length, writes, params = [] }: Case): Step {
  return {
    op,
    attrs,
    barrier: false,
    reads: reads.map((width, index) => ({ index, width, shared: index >= shared })),
    writes: writes.map((width, index) => ({ index, width, shared: false })),
    params: params.map((size) => ({ buffer: 0, offset: 0, size })),
  };
}

function setUp(c: Case, rows: number) {
  const kernel = rowKernels.find(({ op }) => op === c.op)!;
  const step = stepOf(c);
  const inputs = step.reads.map(({ width, shared }, i) => numbers(width * (shared ? 1 : rows), ...(c.range ?? [-1.5, 1.5]), i));
  const params = (c.params ?? []).map((size, i) => numbers(size, ...(c.range ?? [-1.5, 1.5]), i + 5));
  const results = () => c.writes.map((width) => new Float64Array(width * rows).fill(7));
  return { kernel, step, inputs, params, results };
}

const rowOf = (values: Float64Array, width: number, r: number, shared = false): number[] => [
  ...values.subarray(shared ? 0 : r * width, (shared ? 0 : r * width) + width),
];

function checkForward(c: Case, rows: number, from: number, to: number): void {
  const { kernel, step, inputs, params, results } = setUp(c, rows);
  const [writes, logDet] = [results(), new Float64Array(rows).fill(0.5)];
  kernel.forward(frame(inputs, writes, params, logDet), step, from, to);
  for (let r = 0; r < rows; r++) {
    const inside = r >= from && r < to;
    const truth = c.row(
      step.reads.map(({ width, shared }, i) => rowOf(inputs[i]!, width, r, shared)),
      params.map((p) => [...p]),
    );
    for (const [w, width] of c.writes.entries())
      for (const [j, v] of rowOf(writes[w]!, width, r).entries())
        expect(v, `row ${r}, register ${w}, column ${j}`).toBeCloseTo(inside ? truth.writes[w]![j]! : 7, 11);
    expect(logDet[r], `log-det of row ${r}`).toBeCloseTo(0.5 + (inside ? (truth.logDet ?? 0) : 0), 11);
  }
}

/** Compares with central differences of a weighted sum of the result and the log-dets of the rows. */
function checkBackward(c: Case, rows: number, from: number, to: number): void {
  const { kernel, step, inputs, params, results } = setUp(c, rows);
  const last = c.writes.at(-1)!;
  const [dy, dLogDet] = [numbers(rows * last, -1, 1, 11), numbers(rows, -1, 1, 12)];
  const run = () => {
    const [writes, logDet] = [results(), new Float64Array(rows)];
    kernel.forward(frame(inputs, writes, params, logDet), step, from, to);
    return { writes, logDet };
  };
  const loss = (): number => {
    const { writes, logDet } = run();
    let sum = 0;
    for (let i = from * last; i < to * last; i++) sum += writes.at(-1)![i]! * dy[i]!;
    for (let r = from; r < to; r++) sum += logDet[r]! * dLogDet[r]!;
    return sum;
  };
  const started = (arrays: readonly Float64Array[]): Float64Array[] => arrays.map(({ length }) => new Float64Array(length).fill(0.25));
  const [dReads, dParams] = [started(inputs), started(params)];
  const dWrites = c.writes.map((width, w) => (w === c.writes.length - 1 ? dy.slice() : new Float64Array(width * rows)));
  kernel.backward(frame(inputs, run().writes, params, new Float64Array(rows)), frame(dReads, dWrites, dParams, dLogDet), step, from, to);
  const h = 1e-5;
  const untrained = c.op === "standardise" ? 2 : params.length;
  for (const [name, values, gradients] of [
    ["read", inputs, dReads],
    ["param", params.slice(0, untrained), dParams],
  ] as const)
    for (const [k, value] of values.entries())
      for (let i = 0; i < value.length; i += Math.max(1, Math.floor(value.length / 17))) {
        const kept = value[i]!;
        value[i] = kept + h;
        const above = loss();
        value[i] = kept - h;
        const slope = (above - loss()) / (2 * h);
        value[i] = kept;
        const error = Math.abs(gradients[k]![i]! - 0.25 - slope) / (1 + Math.abs(slope));
        expect(error, `${name} ${k}, entry ${i}: ${gradients[k]![i]! - 0.25}, wanted ${slope}`).toBeLessThan(1e-7);
      }
}

describe.each(cases)("$name", (c) => {
  it.each([
    [1, 0, 1],
    [65, 0, 65],
    [9, 4, 7],
  ])("of %d rows, %d to %d", (rows, from, to) => {
    checkForward(c, rows, from, to);
    checkBackward(c, rows, from, to);
  });
});

describe("maskColumns", () => {
  it("lets no NaN through where it masks, neither value nor gradient", () => {
    const { kernel, step } = setUp(cases.find(({ op }) => op === "maskColumns")!, 1);
    const [x, y, dx] = [Float64Array.of(1, Number.NaN, 2), new Float64Array(3), new Float64Array(3)];
    kernel.forward(frame([x], [y], [], new Float64Array(1)), step, 0, 1);
    kernel.backward(
      frame([x], [y], [], new Float64Array(1)),
      frame([dx], [Float64Array.of(1, Number.NaN, 1)], [], new Float64Array(1)),
      step,
      0,
      1,
    );
    expect([...y, ...dx]).toEqual([1, 0, 2, 1, 0, 1]);
  });
});

describe("elementwise, outside the support", () => {
  it.each([
    ["exp", -1],
    ["sigmoid", 1],
    ["tanh", -1.5],
    ["softplus", 0],
  ])("%s at %d: a finite value, log-det -Infinity, no gradient", (map, x) => {
    const { kernel, step } = setUp({ ...cases.find(({ op }) => op === "elementwise")!, attrs: { map, direction: "inverse" } }, 1);
    const [y, logDet, dx] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];
    kernel.forward(frame([Float64Array.of(x)], [y], [], logDet), step, 0, 1);
    kernel.backward(frame([Float64Array.of(x)], [y], [], logDet), frame([dx], [Float64Array.of(1)], [], Float64Array.of(1)), step, 0, 1);
    expect(Number.isFinite(y[0])).toBe(true);
    expect([logDet[0], dx[0]]).toEqual([Number.NEGATIVE_INFINITY, 0]);
  });
});

describe("elementwise, far out", () => {
  const at = (map: string, direction: string, x: number): [value: number, logDet: number] => {
    const { kernel, step } = setUp({ ...cases.find(({ op }) => op === "elementwise")!, attrs: { map, direction } }, 1);
    const [y, logDet] = [new Float64Array(1), new Float64Array(1)];
    kernel.forward(frame([Float64Array.of(x)], [y], [], logDet), step, 0, 1);
    return [y[0]!, logDet[0]!];
  };
  it.each([
    ["sigmoid", "forward", 800, 1, -800],
    ["sigmoid", "forward", -800, 0, -800],
    ["tanh", "forward", 400, 1, 2 * Math.LN2 - 800],
    ["tanh", "forward", -400, -1, 2 * Math.LN2 - 800],
    ["softplus", "forward", -800, 0, -800],
    ["softplus", "forward", 800, 800, 0],
    ["softplus", "inverse", 800, 800, 0],
    ["softplus", "inverse", 1e-12, Math.log(1e-12), -Math.log(1e-12)],
    ["exp", "inverse", 1e-300, Math.log(1e-300), -Math.log(1e-300)],
  ])("%s %s at %d", (map, direction, x, value, logDet) => {
    const [y, l] = at(map, direction, x);
    expect(y).toBeCloseTo(value, 9);
    expect(l).toBeCloseTo(logDet, 9);
  });
});

describe("batchMoments", () => {
  const kernel = rowKernels.find(({ op }) => op === "batchMoments") as RowKernel;
  const register = (width: number, index: number, shared: boolean) => ({ index, width, shared });
  const step: Step = {
    op: "batchMoments",
    attrs: { momentum: 0.1 },
    barrier: true,
    reads: [register(2, 0, false)],
    writes: [0, 1, 2, 3].map((i) => register(2, i, true)),
    params: [0, 1].map(() => ({ buffer: 0, offset: 0, size: 2 })),
  };
  const run = (x: Float64Array, from: number, to: number): Float64Array[] => {
    const writes = [0, 1, 2, 3].map(() => new Float64Array(2));
    kernel.forward(frame([x], writes, [Float64Array.of(1, 2), Float64Array.of(3, 4)], new Float64Array(99)), step, from, to);
    return writes;
  };

  it.each([
    [1, 0, 1],
    [65, 0, 65],
    [9, 4, 7],
  ])("of %d rows, %d to %d", (rows, from, to) => {
    const x = numbers(2 * rows);
    const [newMean, newVariance, mean, variance] = run(x, from, to);
    for (const j of [0, 1]) {
      const column = Array.from({ length: to - from }, (_, i) => x[2 * (from + i) + j]!);
      const m = total(column) / column.length;
      const v = total(column.map((c) => (c - m) ** 2)) / column.length;
      expect(mean![j]).toBeCloseTo(m, 12);
      expect(variance![j]).toBeCloseTo(v, 12);
      expect(newMean![j]).toBeCloseTo(0.9 * (1 + j) + 0.1 * m, 12);
      expect(newVariance![j]).toBeCloseTo(0.9 * (3 + j) + 0.1 * v, 12);
    }
    const [dMean, dVariance, dx] = [numbers(2, -1, 1, 3), numbers(2, -1, 1, 4), new Float64Array(2 * rows).fill(0.25)];
    const loss = (): number => {
      const [, , m, v] = run(x, from, to);
      return total([0, 1].map((j) => m![j]! * dMean[j]! + v![j]! * dVariance[j]!));
    };
    const nothing = new Float64Array(2);
    kernel.backward(
      frame([x], run(x, from, to), [], nothing),
      frame([dx], [nothing, nothing, dMean, dVariance], [], nothing),
      step,
      from,
      to,
    );
    for (let i = 0; i < x.length; i++) {
      const kept = x[i]!;
      x[i] = kept + 1e-5;
      const above = loss();
      x[i] = kept - 1e-5;
      const slope = (above - loss()) / 2e-5;
      x[i] = kept;
      expect(dx[i]! - 0.25).toBeCloseTo(slope, 8);
    }
  });

  it("keeps the variance of numbers far from 0", () => {
    const [, , , variance] = run(Float64Array.of(1e8, 0, 1e8 + 1, 0), 0, 2);
    expect(variance![0]).toBe(0.25);
  });
});
