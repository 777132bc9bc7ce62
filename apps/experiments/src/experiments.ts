import { realNvpAgainstPlanar } from "./000/index.js";
import { maps } from "./001-maps/index.js";
import { realNvpOnARing } from "./001-ring/index.js";
import { niceAndRealNvp } from "./003/index.js";
import { changeOfVariables } from "./004-2/index.js";
import { maximumLikelihood } from "./004-7/index.js";
import { expressivity } from "./004-8/index.js";
import { densityEstimation } from "./004-10/index.js";
import { twoMoonsEndToEnd } from "./004-11/index.js";
import { transport } from "./004-transport/index.js";
import type { Experiment } from "./lab/experiment.js";

/** Every document's experiment. */
export const experiments: readonly Experiment[] = [
  realNvpAgainstPlanar,
  maps,
  realNvpOnARing,
  niceAndRealNvp,
  changeOfVariables,
  maximumLikelihood,
  expressivity,
  densityEstimation,
  twoMoonsEndToEnd,
  transport,
];
