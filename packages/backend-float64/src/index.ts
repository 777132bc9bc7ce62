export { float64 } from "./float64.js";
