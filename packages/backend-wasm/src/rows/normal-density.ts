import type { OwnRows } from "./kernel.js";

/** assembly/rows/normal-density.ts */
export const normalDensityRows: OwnRows = { op: "normalDensity", forward: "normalDensityForward", backward: "normalDensityBackward" };
