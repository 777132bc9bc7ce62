import { float64 } from "@flows/backend-float64";
import type { Experiment } from "../lab/experiment.js";
import { affine } from "./affine.js";
import { composition } from "./composition.js";
import { couplings } from "./coupling.js";
import { fold } from "./fold.js";
import { freeNetwork } from "./network.js";
import { oneDimension } from "./one-dimension.js";

export const changeOfVariables: Experiment = {
  name: "004-2",
  title: "Change of variables, the fold, composition and couplings",
  backend: float64,
  training: false,
  run: async (notebook) => {
    await oneDimension(notebook);
    await fold(notebook);
    await affine(notebook);
    await freeNetwork(notebook);
    await composition(notebook);
    await couplings(notebook);
  },
};
