import type { Plugin } from "@flows/core";
import { gmm } from "./gmm/gmm.js";
import { kde } from "./kde/kde.js";

/** Every module of this package, for `createRegistry`. */
export const baselines: Plugin = { name: "flows", spec: 1, modules: [gmm, kde] };
