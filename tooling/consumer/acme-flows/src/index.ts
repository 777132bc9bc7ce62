export { center } from "./center.js";
export { acme } from "./plugin.js";
export { sinhArcsinh } from "./sinh-arcsinh.js";
