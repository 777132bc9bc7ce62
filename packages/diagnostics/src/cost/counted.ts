import { withReference } from "@flows/core/author";
import { engine, getKernel, profile, type Tensor, type TensorContainer, tidy } from "@tensorflow/tfjs-core";
import { contractionFlops, kernelFlops } from "./kernel-flops.js";

/** What a computation took. */
export interface Counts {
  readonly flops: number;
  /** Those in matrix products and convolutions. */
  readonly contractions: number;
  /** Memory in use after each kernel. */
  readonly bytes: readonly number[];
}

/** Counts a computation on composites, kernel by kernel: exact, and the same on every backend. Its result is freed. */
export async function counted(run: () => TensorContainer): Promise<Counts> {
  const { kernels } = await profile(() => tidy(() => void withReference(run)) as unknown as Tensor);
  // A node of the tape that runs other kernels is on the list beside them.
  const own = kernels.filter(({ name }) => getKernel(name, engine().backendName) !== undefined);
  return {
    flops: own.reduce((sum, kernel) => sum + kernelFlops(kernel), 0),
    contractions: own.reduce((sum, kernel) => sum + (contractionFlops(kernel) ?? 0), 0),
    bytes: own.map(({ totalBytesSnapshot }) => totalBytesSnapshot),
  };
}

/** Operations that one more row takes, and the memory that it takes at its peak. */
export interface RowCounts {
  readonly flops: number;
  readonly bytes: number;
}

/** Three rows less two, kernel by kernel: what a call takes whatever its rows are is left out. */
export async function countedByRow(run: (rows: number) => TensorContainer): Promise<RowCounts> {
  const [two, three] = [await counted(() => run(2)), await counted(() => run(3))];
  const bytes = three.bytes.reduce((most, at, kernel) => Math.max(most, at - two.bytes[kernel]!), 0);
  return { flops: three.flops - two.flops, bytes };
}
