import { isForward, type OwnRows } from "./kernel.js";

/** assembly/rows/standardise.ts */
export const standardiseRows: OwnRows = {
  op: "standardise",
  forward: "standardiseForward",
  backward: "standardiseBackward",
  settings: (step) => [isForward(step), { float: step.attrs.epsilon as number }],
};
