import { fileURLToPath } from "node:url";

const beside = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The program that serves an implementation of ours or of tfjs; it exists where this app is built. */
export const childProgram = beside("./child.js");
export const peersFolder = beside("../peers/");
export const resultsFolder = beside("../");
