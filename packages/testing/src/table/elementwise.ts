import { arctanh, bijectors, exp, identity, leakyRelu, logit, sigmoid, softplus, tanh } from "@flows/bijectors";
import type { Interval } from "../index.js";
import type { BijectorTable } from "./table.js";

const positive: Interval = [0, Number.POSITIVE_INFINITY];
const unit: Interval = [0, 1];
const symmetric: Interval = [-1, 1];
const plugins = [bijectors];
const event = [3];
/** How far out the map still rounds to something inside its range in float32: e^z there is neither 0 nor infinite. */
const exponential: Interval = [-80, 80];

export const elementwise: BijectorTable = {
  identity: { make: () => identity(), event, plugins, volumePreserving: true, closedForm: true },
  exp: { make: () => exp(), event, plugins, domain: { forward: exponential, inverse: positive } },
  sigmoid: { make: () => sigmoid(), event, plugins, domain: { inverse: unit } },
  logit: { make: () => logit(), event, plugins, domain: { forward: unit } },
  tanh: { make: () => tanh(), event, plugins, domain: { inverse: symmetric } },
  arctanh: { make: () => arctanh(), event, plugins, domain: { forward: symmetric } },
  softplus: { make: () => softplus(), event, plugins, domain: { inverse: positive } },
  "leaky ReLU": { make: () => leakyRelu({ slope: 0.2 }), event, plugins, closedForm: true },
  "leaky ReLU on images": { make: () => leakyRelu({ slope: 0.2 }), event: [2, 3, 2], plugins },
  "sigmoid of one feature": { make: () => sigmoid(), event: [1], plugins, domain: { inverse: unit } },
};
