import type { Examples } from "../contracts/index.js";
import { COLUMN } from "./column.js";
import { rowOpSpec } from "./row-op-spec.js";

export interface GaussianMixtureAttrs {
  readonly components: number;
  /** All components have one covariance, as those of a kernel density estimate. */
  readonly tied: boolean;
}

/** A compiled kernel takes so many components at once. */
const TOGETHER = 16;
const names = ["weights", "means", "deviations", "slopes"];
/** Bytes of numbers before others, which vectors of four are taken from. */
const padded = (count: number): number => 16 * Math.ceil(count / 4);

/**
 * The log-density of a mixture of Gaussians goes to the log-dets: weights [k], means [k, n], and each covariance as a chain of regressions,
 * deviations [k, n] and slopes [k, n, n], or [n] and [n, n] where they are tied. Nothing of it is trained.
 */
export const gaussianMixtureSpec = rowOpSpec<GaussianMixtureAttrs>({
  op: "gaussianMixture",
  params: names,
  state: names,
  widths: () => [],
  words: ({ attrs }) => [attrs.components, attrs.tied ? 1 : 0],
  // A number for each component and the whitened means; columns of rows, whitened and not, of adjoints, of exponents and of sums.
  scratch: ({ reads, attrs: { components, tied } }) => {
    const { width } = reads[0]!;
    return padded(components) + (tied ? padded(components * width) : 0) + COLUMN * (3 * width + TOGETHER + 2);
  },
  codes: { together: TOGETHER },
});

export const gaussianMixtureExamples: Examples<GaussianMixtureAttrs> = (n) =>
  [1, 3, 19].flatMap((components) =>
    [true, false].map((tied) => {
      const lead = tied ? [] : [components];
      return {
        rows: [n],
        params: [[components], [components, n], [...lead, n], [...lead, n, n]],
        attrs: { components, tied },
        domains: [undefined, [0.2, 2], undefined, [0.3, 2], undefined],
      };
    }),
  );
