import { isForward, type OwnRows } from "./kernel.js";

/** assembly/rows/additive-transform.ts */
export const additiveTransformRows: OwnRows = {
  op: "additiveTransform",
  forward: "additiveTransformForward",
  backward: "additiveTransformBackward",
  settings: (step) => [isForward(step)],
};
