import { float64 } from "@flows/backend-float64";
import type { Experiment } from "../lab/experiment.js";
import { dimensions } from "./dimensions.js";
import { vaeAndFlow } from "./elbo.js";
import { layers } from "./layers.js";
import { objectives } from "./objectives.js";
import { plane } from "./plane.js";
import { scalar } from "./scalar.js";
import { tanhMap } from "./tanh.js";

export const maps: Experiment = {
  name: "001-maps",
  title: "Maps of the line and the plane, and what they do to a normal",
  backend: float64,
  training: false,
  run: async (notebook) => {
    objectives.forEach(({ text, lines, experiment }, i) => void notebook.note(`Objective ${i + 1}: ${text} (${lines}; ${experiment}).`));
    await vaeAndFlow(notebook);
    await tanhMap(notebook);
    await scalar(notebook);
    await plane(notebook);
    await layers(notebook);
    await dimensions(notebook);
  },
};
