/** One kernel that ran, with its shapes. */
export interface KernelRun {
  readonly name: string;
  readonly inputShapes: readonly (readonly number[] | null)[];
  readonly outputShapes: readonly (readonly number[])[];
}

/** Kernels that move numbers and compute none. */
const free = new Set(
  "BroadcastTo Cast Concat ExpandDims Fill GatherV2 Identity OnesLike Pack PadV2 Reshape Reverse Slice SplitV StridedSlice Tile Transpose Unpack ZerosLike".split(
    " ",
  ),
);

const sizeOf = (shape: readonly number[] | null | undefined): number => (shape ?? []).reduce((a, b) => a * b, 1);

/** Multiplications and additions of a contraction, two for each product; undefined for other kernels. */
export function contractionFlops({ name, inputShapes, outputShapes }: KernelRun): number | undefined {
  const [a, b] = inputShapes;
  const out = outputShapes[0] ?? [];
  // Every number of a is multiplied by one of each of the output's columns.
  if (name === "BatchMatMul") return 2 * sizeOf(a) * (out.at(-1) ?? 1);
  // Every output sums a window over all incoming channels: kernel height, width and channels in.
  if (name === "Conv2D") return 2 * sizeOf(out) * sizeOf(b?.slice(0, 3));
  if (name === "Conv2DBackpropInput") return 2 * sizeOf(a) * sizeOf(b?.slice(0, 3));
  if (name === "Conv2DBackpropFilter") return 2 * sizeOf(b) * sizeOf(out.slice(0, 3));
  return undefined;
}

/** Floating-point operations of a kernel: a contraction's products and sums, else one for each number that goes in or comes out, whichever are more. */
export function kernelFlops(run: KernelRun): number {
  if (free.has(run.name)) return 0;
  return contractionFlops(run) ?? Math.max(...run.inputShapes.map(sizeOf), ...run.outputShapes.map(sizeOf));
}
