import { isForward, type OwnRows } from "./kernel.js";

/** assembly/rows/affine.ts */
export const affineRows: OwnRows = {
  op: "affine",
  forward: "affineForward",
  backward: "affineBackward",
  settings: (step) => [isForward(step)],
};
