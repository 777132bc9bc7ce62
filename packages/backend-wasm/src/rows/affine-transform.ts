import { isForward, type OwnRows } from "./kernel.js";

/** assembly/rows/affine-transform.ts */
export const affineTransformRows: OwnRows = {
  op: "affineTransform",
  forward: "affineTransformForward",
  backward: "affineTransformBackward",
  settings: (step) => [isForward(step), { float: step.attrs.clamp as number }],
};
