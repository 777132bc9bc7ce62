import { flowsOpener } from "./implementations/flows.js";
import { tfjsOpener } from "./implementations/tfjs.js";
import { serve } from "./race/serve.js";
import type { Open } from "./workload.js";

/** One implementation in a process of its own: child.js flows wasm step 1, or child.js tfjs cpu. */
const [library, ...rest] = process.argv.slice(2);
const open = library === "tfjs" ? await tfjsOpener(rest) : flowsOpener(rest);
await serve(open as Open<unknown>, process.stdin, process.stdout);
