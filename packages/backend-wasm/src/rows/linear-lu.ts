import type { Step } from "@flows/core";
import { isForward, type OwnRows } from "./kernel.js";

/** Bytes of a column of a block, assembly/rows/block.ts. */
const COLUMN = 64;

/** Signs 1 or -1 as floats. */
const signsOf = ({ attrs }: Step) => (attrs.signs as readonly number[]).map((float) => ({ float }));

/** assembly/rows/linear-lu.ts: three blocks in the scratch. */
export const linearLuRows: OwnRows = {
  op: "linearLU",
  forward: "linearLUForward",
  backward: "linearLUBackward",
  settings: (step) => [isForward(step), ...(step.attrs.order as readonly number[]), ...signsOf(step)],
  scratch: ({ reads }) => 3 * COLUMN * reads[0]!.width,
};
