export { loadTableFile } from "./load-table-file.js";
export { readData } from "./read-data.js";
