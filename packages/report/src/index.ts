export { type BuildOptions, type BuiltReport, buildReport } from "./build-report.js";
export { pWords } from "./p-value.js";
export type { NamedFigure } from "./section.js";
