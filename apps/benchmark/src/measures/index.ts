import { cost } from "./cost.js";
import { install } from "./install.js";
import type { Measure } from "./measure.js";
import { memory } from "./memory.js";
import { size } from "./size.js";
import { start } from "./start.js";

export const measures: readonly Measure[] = [start, install, size, memory, cost];
