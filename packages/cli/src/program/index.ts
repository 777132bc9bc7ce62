export { conduct, interruptible } from "./conduct.js";
export { processStreams, type Streams } from "./streams.js";
export { aligned, argumentsOf, misuse, partsOf, UsageError } from "./usage.js";
