import { float64 } from "@flows/backend-float64";
import type { Experiment } from "../lab/experiment.js";
import { divergences } from "./divergences.js";
import { rearrangement } from "./rearrangement.js";

export const transport: Experiment = {
  name: "004-transport",
  title: "What maximum likelihood minimises, and a map that always exists",
  backend: float64,
  training: false,
  run: async (notebook) => {
    await divergences(notebook);
    await rearrangement(notebook);
  },
};
