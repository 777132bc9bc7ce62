import type { Rows } from "@flows/core";
import { normalQuantile, uniforms } from "@flows/core/author";
import type { Toy } from "@flows/datasets";

/** A density of this section alone: a row from its uniforms in (0, 1), and its exact log-density. */
interface Parts {
  readonly name: string;
  readonly features: number;
  readonly draws: number;
  readonly row: (u: Float64Array) => readonly number[];
  readonly logDensity: (x: Float64Array) => number;
}

function toy({ name, features, draws, row, logDensity }: Parts): Toy {
  return {
    name,
    config: { features },
    features,
    classes: 1,
    sample: (n, seed, first = 0) => {
      const u = uniforms(seed, first, n, draws, "dataset");
      const rows = Array.from({ length: n }, (_, i) => row(u.subarray(i * draws, (i + 1) * draws)));
      return { data: Float32Array.from(rows.flat()), shape: [n, features] };
    },
    labels: (n) => new Int32Array(n),
    logDensity: ({ data, shape: [n] }: Rows) =>
      Float64Array.from({ length: n }, (_, i) => logDensity(Float64Array.from(data.subarray(i * features, (i + 1) * features)))),
    population: undefined,
    entropy: undefined,
  };
}

const log2Pi = Math.log(2 * Math.PI);
const logNormal = (x: number, sd: number): number => -((x / sd) ** 2 + log2Pi) / 2 - Math.log(sd);

/** Two round Gaussians of deviation 1/2 in d dimensions, two from the origin on either side along the diagonal. */
export const blobsIn = (d: number): Toy => {
  const along = 2 / Math.sqrt(d);
  const at = (x: Float64Array, side: number): number => x.reduce((sum, v) => sum + logNormal(v - side * along, 0.5), 0);
  return toy({
    name: `blobs-${d}`,
    features: d,
    draws: d + 1,
    row: (u) => Array.from({ length: d }, (_, k) => (u[0]! < 0.5 ? -along : along) + normalQuantile(u[k + 1]!) / 2),
    logDensity: (x) => {
      const [a, b] = [at(x, -1), at(x, 1)];
      return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))) - Math.LN2;
    },
  });
};

/** A ridge: x1 = 2 e1, x2 = -x1^2 / 2 + e2 / 10, the banana of section 9 ten times as thin. */
export const ridge: Toy = toy({
  name: "ridge",
  features: 2,
  draws: 2,
  row: (u) => {
    const x = 2 * normalQuantile(u[0]!);
    return [x, -(x * x) / 2 + normalQuantile(u[1]!) / 10];
  },
  logDensity: (x) => logNormal(x[0]!, 2) + logNormal(x[1]! + x[0]! ** 2 / 2, 0.1),
});

/** Student's t with two degrees of freedom: its quantile and log-density. */
export const studentQuantile = (u: number): number => (2 * u - 1) / Math.sqrt(2 * u * (1 - u));
export const logStudent = (t: number): number => -1.5 * Math.log(2 + t * t);

/** Heavy tails: x1 = t1, x2 = t1 / 2 + t2 of two Student variables with two degrees of freedom, whose variance is infinite. */
export const heavyTails: Toy = toy({
  name: "heavy-tails",
  features: 2,
  draws: 2,
  row: (u) => {
    const t = studentQuantile(u[0]!);
    return [t, t / 2 + studentQuantile(u[1]!)];
  },
  logDensity: (x) => logStudent(x[0]!) + logStudent(x[1]! - x[0]! / 2),
});

/** A chain of sines, x1 = e1, x_k = 2 sin(2 x_(k-1)) + e_k / 4 in four dimensions: dependence with no clusters to take it apart. */
export const sines: Toy = toy({
  name: "sines",
  features: 4,
  draws: 4,
  row: (u) => {
    const x = [normalQuantile(u[0]!)];
    for (let k = 1; k < 4; k++) x.push(2 * Math.sin(2 * x[k - 1]!) + normalQuantile(u[k]!) / 4);
    return x;
  },
  logDensity: (x) => x.reduce((sum, v, k) => sum + (k === 0 ? logNormal(v, 1) : logNormal(v - 2 * Math.sin(2 * x[k - 1]!), 0.25)), 0),
});

/** A round Gaussian of deviation 3/2 in the plane. */
export const wide: Toy = toy({
  name: "wide",
  features: 2,
  draws: 2,
  row: (u) => [1.5 * normalQuantile(u[0]!), 1.5 * normalQuantile(u[1]!)],
  logDensity: (x) => logNormal(x[0]!, 1.5) + logNormal(x[1]!, 1.5),
});
