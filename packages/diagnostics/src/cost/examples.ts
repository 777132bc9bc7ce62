import type { Distribution } from "@flows/core";
import type { Call } from "@flows/core/author";
import { keep, slice, type Tensor, tidy, zeros } from "@tensorflow/tfjs-core";

const most = 3;

/** A few rows to count on. */
export interface Examples {
  /** Rows of data, new tensors. */
  data(rows: number): Tensor;
  /** Rows of noise, new tensors; of data where there is no noise. */
  noise(rows: number): Tensor;
  /** A context of zeros, where the model wants one. */
  call(rows: number): Call;
  dispose(): void;
}

/** Samples of the model itself: they lie where it is defined. */
export function examplesOf(model: Distribution): Examples {
  const base = (model.children.base as Distribution | undefined) ?? model;
  const contextOf = ({ contextFeatures }: Distribution, rows: number): Call =>
    contextFeatures > 0 ? { context: zeros([rows, contextFeatures]) } : {};
  const drawn = (source: Distribution): Tensor => tidy(() => keep(source.sample(most, { seed: 0, ...contextOf(source, most) })));
  const [data, noise] = [drawn(model), drawn(base)];
  return {
    data: (rows) => slice(data, 0, rows),
    noise: (rows) => slice(noise, 0, rows),
    call: (rows) => contextOf(model, rows),
    dispose: () => {
      data.dispose();
      noise.dispose();
    },
  };
}
