import type { Plugin } from "@flows/core";
import { gaussianMixtureExamples } from "@flows/core/author";
import { mixtureRows } from "./gaussian/mixture-rows.js";
import { gmm } from "./gmm/gmm.js";
import { kde } from "./kde/kde.js";

/** Every module of this package and its row op, for `createRegistry`. */
export const baselines: Plugin = { name: "flows", spec: 1, modules: [gmm, kde], ops: [{ op: mixtureRows, at: gaussianMixtureExamples }] };
