import { float64 } from "@flows/backend-float64";
import type { Experiment } from "../lab/experiment.js";
import { layers } from "./layers.js";
import { plane } from "./plane.js";
import { scalar } from "./scalar.js";
import { tanhMap } from "./tanh.js";

export const maps: Experiment = {
  name: "001-maps",
  title: "Maps of the line and the plane, and what they do to a normal",
  backend: float64,
  training: false,
  run: async (notebook) => {
    await tanhMap(notebook);
    await scalar(notebook);
    await plane(notebook);
    await layers(notebook);
  },
};
