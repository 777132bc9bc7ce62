import { fitGmm } from "@flows/baselines-kde-gmm";
import { normals } from "@flows/core/author";
import { floatsOf } from "../real-nvp/read.js";
import type { Open } from "../workload.js";

/** EM with full covariances from given means, equal weights and unit covariances. */
export interface EmSpec {
  readonly rows: number;
  readonly features: number;
  readonly components: number;
  /** In one fit: its start and its last log-likelihood weigh little beside them. */
  readonly iterations: number;
  /** Added to every variance. */
  readonly floor: number;
}

/** An iteration: a row's deviation in a component whitened, and its products summed. */
export const emFlops = ({ rows, features, components }: EmSpec): number => 4 * rows * components * features ** 2;

/** Centres of clusters that overlap. */
const centres = ({ components, features }: EmSpec): Float32Array => normals(0, 0, components, features).map((value) => 1.5 * value);

export const emInputs = (spec: EmSpec) => ({
  rows: () => {
    const own = centres(spec);
    return normals(1, 0, spec.rows, spec.features).map((value, i) => value + own[i % own.length]!);
  },
  means: () => centres(spec).map((value) => value / 2),
});

const lists = (flat: Float32Array, width: number): number[][] =>
  Array.from({ length: flat.length / width }, (_, i) => [...flat.subarray(i * width, (i + 1) * width)]);

/** Iterations inside one `fitGmm` each; the value is the mean log-density of the rows after them. */
export const openEm: Open<EmSpec> = async (told) => {
  const { features, components, iterations, floor, rows: n } = told.spec;
  const rows = { data: floatsOf(told, "rows"), shape: [n, features] as const };
  const unit = Array.from({ length: features }, (_, a) => Array.from({ length: features }, (__, b) => (a === b ? 1 : 0)));
  const start = {
    weights: Array.from({ length: components }, () => 1 / components),
    means: lists(floatsOf(told, "means"), features),
    covariances: Array.from({ length: components }, () => unit),
  };
  const fitted = async (): Promise<number> => {
    const { distribution, logLikelihood } = await fitGmm(rows, { start, floor, iterations, tolerance: 0 });
    distribution.dispose();
    return logLikelihood;
  };
  return {
    value: await fitted(),
    block: async (calls) => {
      const from = performance.now();
      for (let i = 0; i < calls; i++) await fitted();
      return { ms: performance.now() - from, units: calls * iterations };
    },
  };
};
