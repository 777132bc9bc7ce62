import type { Workload } from "../workload.js";
import { em } from "./em.js";
import { kde } from "./kde.js";
import { w1 } from "./w1.js";
import { w1b } from "./w1b.js";
import { w4 } from "./w4.js";
import { w6 } from "./w6.js";

export const workloads: readonly Workload[] = [w1, w1b, w4, w6, kde, em];

/** A workload that is known to be there. */
export const workloadOf = (name: string): Workload => workloads.find((one) => one.name === name)!;
