import type { Rows } from "@flows/core";
import { fail, uniforms } from "@flows/core/author";
import { logMeanExp } from "../density/normal.js";
import { type ClassDensity, checkDomain, quadrature } from "../density/quadrature.js";
import type { Domain, Population, Toy } from "../toy.js";

export interface ToyParts {
  readonly name: string;
  readonly config: Readonly<Record<string, number>>;
  readonly features: number;
  readonly classes: number;
  /** How many uniforms a row takes, the label's not counted. */
  readonly draws: number;
  /** One row from its uniforms in (0, 1). */
  readonly row: (label: number, u: ArrayLike<number>) => readonly number[];
  readonly logDensity?: ClassDensity;
  /** Where quadrature finds the population. */
  readonly domain?: Domain;
  /** The population in closed form. */
  readonly population?: () => Population;
}

/** A toy from its parts: adds the random streams, the mixture over labels, shape checks and the memory of what was computed. */
export function defineToy(parts: ToyParts): Toy {
  const { name, features, classes, domain, logDensity } = parts;
  if (domain) checkDomain(name, domain);
  let known: Population | undefined;
  const population = (): Population | undefined => (known ??= parts.population?.() ?? integrated(parts));
  return {
    name,
    config: Object.freeze({ ...parts.config }),
    features,
    classes,
    sample: (n, seed, first = 0) => sampled(parts, n, seed, first),
    labels: (n, seed, first = 0) => Int32Array.from(uniforms(seed, first, n, 1, "dataset"), (u) => Math.floor(u * classes)),
    ...(logDensity && {
      logDensity: (rows: Rows) => mixture(parts, logDensity, rows),
      logDensityGivenLabel: (rows: Rows, labels: ArrayLike<number>) => given(parts, logDensity, rows, labels),
    }),
    ...(domain && { domain }),
    get population() {
      return population();
    },
    get entropy() {
      return population()?.entropy;
    },
  };
}

const integrated = ({ classes, domain, logDensity }: ToyParts): Population | undefined =>
  domain && logDensity && quadrature(logDensity, classes, domain);

function sampled({ features, classes, draws, row }: ToyParts, n: number, seed: number, first: number): Rows {
  const u = uniforms(seed, first, n, 1 + draws, "dataset");
  const data = new Float32Array(n * features);
  const own = new Float64Array(draws);
  for (let i = 0; i < n; i++) {
    const at = i * (1 + draws);
    for (let k = 0; k < draws; k++) own[k] = u[at + 1 + k]!;
    data.set(row(Math.floor(u[at]! * classes), own), i * features);
  }
  return { data, shape: [n, features] };
}

function mixture(parts: ToyParts, logDensity: ClassDensity, rows: Rows): Float64Array {
  const terms = new Float64Array(parts.classes);
  return eachRow(parts, rows, (x) => {
    for (let label = 0; label < parts.classes; label++) terms[label] = logDensity(x, label);
    return logMeanExp(terms);
  });
}

function given(parts: ToyParts, logDensity: ClassDensity, rows: Rows, labels: ArrayLike<number>): Float64Array {
  const { name, classes } = parts;
  if (labels.length !== rows.shape[0]) fail("shape", name, `expected ${rows.shape[0]} labels, one a row, got ${labels.length}.`);
  return eachRow(parts, rows, (x, i) => {
    const label = labels[i]!;
    if (!(Number.isInteger(label) && label >= 0 && label < classes))
      fail("data", name, `labels are whole numbers from 0 to ${classes - 1}, got ${label} in row ${i}.`);
    return logDensity(x, label);
  });
}

function eachRow({ name, features }: ToyParts, { data, shape }: Rows, value: (x: Float64Array, row: number) => number): Float64Array {
  if (shape.length !== 2 || shape[1] !== features) fail("shape", name, `expected rows of shape [n, ${features}], got [${shape}].`);
  const x = new Float64Array(features);
  return Float64Array.from({ length: shape[0] }, (_, row) => {
    for (let k = 0; k < features; k++) x[k] = data[row * features + k]!;
    return value(x, row);
  });
}
