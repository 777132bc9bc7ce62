import type { OwnRows } from "./kernel.js";

/** assembly/rows/radial.ts */
export const radialRows: OwnRows = { op: "radial", forward: "radialForward", backward: "radialBackward" };
