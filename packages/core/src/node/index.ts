export { loadFile, saveFile } from "./model-file.js";
export { readBytes } from "./read-bytes.js";
export { checkWritable, writeAtomic } from "./write-atomic.js";
