export { checkLatents, type LatentCheck } from "./latents/check-latents.js";
export { latentsOf } from "./latents/latents-of.js";
export { type CurveVerdict, curveVerdict } from "./training/curve-verdict.js";
export { type C2stOptions, type C2stResult, c2st } from "./two-sample/c2st.js";
export { energyDistance } from "./two-sample/energy-distance.js";
export { type MmdOptions, type MmdResult, mmd } from "./two-sample/mmd.js";
