import { rowKernels } from "@flows/backend-cpu";
import type { RowKernel } from "@flows/core/author";
import { sinhKernel } from "./sinh.js";

/** A kernel that must not pass, and the laws that must say so: on memory, and through the modules that use it. */
export interface KernelFault {
  readonly name: string;
  readonly kernel: RowKernel;
  readonly onMemory: string;
  /** None where only memory shows it. */
  readonly throughModules: readonly string[];
}

const mlpKernel = rowKernels.find(({ spec }) => spec.op === "mlp")!;
const equals = "65 rows equal the reference, gradients too";
const keepsToRows = "reads and writes only its rows";
const bothUses = ["kernels equal the reference", "a program equals the reference"];

const after = (kernel: RowKernel, change: Partial<Pick<RowKernel, "forward" | "backward">>): RowKernel => ({
  spec: kernel.spec,
  forward: (...args) => {
    kernel.forward(...args);
    change.forward?.(...args);
  },
  backward: (...args) => {
    kernel.backward(...args);
    change.backward?.(...args);
  },
});

export const kernelFaults: readonly KernelFault[] = [
  {
    name: "a gradient wrong in the last row only",
    kernel: after(sinhKernel, {
      backward: ({ reads: [x] }, { reads: [dx] }, { reads: [register] }, _from, to) => {
        if (to * register!.width === x!.length) dx![x!.length - 1]! *= 1.02;
      },
    }),
    onMemory: equals,
    throughModules: bothUses,
  },
  {
    name: "a kernel that reads past its rows",
    kernel: after(sinhKernel, {
      forward: ({ reads: [x], logDet }, { reads: [register] }, _from, to) => {
        logDet[to - 1]! += 0 * (x![to * register!.width] ?? 0);
      },
    }),
    onMemory: keepsToRows,
    throughModules: [],
  },
  {
    name: "a kernel that writes past its rows",
    kernel: after(sinhKernel, {
      forward: ({ writes: [y] }, { writes: [register] }, _from, to) => {
        y!.fill(0, to * register!.width, to * register!.width + 1);
      },
    }),
    onMemory: keepsToRows,
    throughModules: [],
  },
  {
    name: "a gradient that is written, not added",
    kernel: after(sinhKernel, {
      backward: (_frame, { params: [ds] }, _step, from, to) => {
        if (from > 0) ds!.fill(ds![0]! * (to - from), 0, 1);
      },
    }),
    onMemory: "rows in pieces equal rows at once",
    throughModules: ["a program equals the reference"],
  },
  {
    name: "a kernel that adds one bias gradient too few",
    kernel: after(mlpKernel, {
      backward: (_frame, { params, writes }, { writes: [...registers] }, from, to) => {
        const width = registers.at(-1)!.width;
        for (let r = from; r < to; r++) params.at(-1)![0]! -= writes.at(-1)![r * width]!;
      },
    }),
    onMemory: equals,
    throughModules: bothUses,
  },
];
