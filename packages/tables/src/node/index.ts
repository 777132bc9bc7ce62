export { readData } from "./read-data.js";
export { readModel } from "./read-model.js";
export { unreadable } from "./unreadable.js";
