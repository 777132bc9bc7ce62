export { adam, squares } from "./adam";
export * from "./inference";
export { gatherParts } from "./rows/carry";
export * from "./rows-training";
