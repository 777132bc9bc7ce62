import { wasm } from "@flows/backend-wasm";
import type { Experiment } from "../lab/experiment.js";
import { beyondMixtures } from "./beyond-mixtures.js";
import { dimensions } from "./dimensions.js";
import { mixtures } from "./mixtures.js";
import { rates } from "./rates.js";
import { ratios } from "./ratios.js";
import { versus } from "./versus.js";

export const densityEstimation: Experiment = {
  name: "004-10",
  title: "Flows among density estimators: KDE, mixtures and density ratios",
  backend: wasm,
  training: true,
  run: async (notebook) => {
    await rates(notebook);
    await versus(notebook);
    await dimensions(notebook);
    await mixtures(notebook);
    await beyondMixtures(notebook);
    await ratios(notebook);
  },
};
