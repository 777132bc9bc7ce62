import { fileURLToPath } from "node:url";

const beside = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Programs that exist where this app is built: one serves an implementation of ours or of tfjs, the others are measured. */
export const childProgram = beside("./child.js");
export const peersFolder = beside("../peers/");
export const coldProgram = beside("./cold.js");
export const steadyProgram = beside("./steady.js");
/** This app's folder. */
export const folder = beside("../");
/** Where figures go. */
export const outFolder = beside("../../../out/benchmark/");
