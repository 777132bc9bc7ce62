export { loadFile, readBytes, saveFile } from "./model-file.js";
export { writeAtomic } from "./write-atomic.js";
