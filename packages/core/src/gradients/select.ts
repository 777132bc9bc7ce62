import {
  type GradConfig,
  gather,
  greaterEqual,
  matMul,
  maximum,
  oneHot,
  reshape,
  type Tensor,
  type Tensor1D,
  transpose,
  unsortedSegmentSum,
  where,
  zeros,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { fail } from "../errors.js";
import { axesOf } from "./formulas.js";

interface GatherAttrs {
  readonly axis: number;
  readonly batchDims: number;
}

/** Kernels that pick. */
export const selections: readonly GradConfig[] = [
  {
    kernelName: "Select",
    inputsToSave: ["condition"],
    // `where`, not a product with the mask: 0 times an infinite dy is NaN.
    gradFunc: (dy, [condition]) => ({
      condition: () => zeros(condition!.shape),
      t: () => where(condition!, dy as Tensor, zerosLike(dy as Tensor)),
      e: () => where(condition!, zerosLike(dy as Tensor), dy as Tensor),
    }),
  },
  {
    kernelName: "GatherV2",
    inputsToSave: ["x", "indices"],
    gradFunc: (dy, [x, indices], attrs) => ({
      x: () => scatter(dy as Tensor, x!, indices!, attrs as unknown as GatherAttrs),
      indices: () => zeros(indices!.shape),
    }),
  },
  {
    kernelName: "UnsortedSegmentSum",
    inputsToSave: ["segmentIds"],
    gradFunc: (dy, [segmentIds]) => ({ x: () => gatherSegments(dy as Tensor, segmentIds!) }),
  },
];

/** Entries of a one-hot matrix up to which one product beats a sum for each segment. */
const oneHotLimit = 1 << 20;

/** Adds each gathered slice of dy back to where it was read. */
function scatter(dy: Tensor, x: Tensor, indices: Tensor, { axis, batchDims }: GatherAttrs): Tensor {
  if (batchDims > 0)
    fail("gradient", "flows/gather", `gather has a gradient for batchDims 0 only, got ${batchDims}. Fold the batch into the indices.`);
  const [along] = axesOf(axis, x.rank);
  const [n, inner, k] = [x.shape[along!]!, product(x.shape.slice(along! + 1)), indices.size];
  const rows = reshape(transpose(reshape(dy, [-1, k, inner]), [1, 0, 2]), [k, -1]);
  const flat = reshape(indices, [k]) as Tensor1D;
  // tfjs makes no one-hot rows of length 1.
  const added = n > 1 && k * n <= oneHotLimit ? matMul(oneHot(flat, n, 1, 0, "float32"), rows, true) : unsortedSegmentSum(rows, flat, n);
  return reshape(transpose(reshape(added, [n, -1, inner]), [1, 0, 2]), x.shape);
}

/** The sum each row went into; 0 for a negative segment, which is left out of every sum. */
function gatherSegments(dy: Tensor, segmentIds: Tensor): Tensor {
  const gathered = gather(dy, maximum(segmentIds, zerosLike(segmentIds)) as Tensor1D);
  const counted = reshape(greaterEqual(segmentIds, zerosLike(segmentIds)), [-1, ...gathered.shape.slice(1).map(() => 1)]);
  return where(counted, gathered, zerosLike(gathered));
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);
