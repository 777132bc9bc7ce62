export { readData } from "./read-data.js";
export { readModel } from "./read-model.js";
