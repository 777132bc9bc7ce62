import type { Module } from "@flows/core";
import { withReference } from "@flows/core/author";
import { same } from "../close.js";
import type { Law } from "../law.js";
import { measure } from "../plain/measure.js";
import { batchFor, boundFor, lawFor, type Subject } from "../subject.js";

/** One chunk of 64 rows and a rest. */
export const manyRows = 70;

/** Whatever kernels the live backend has: same numbers, same gradients, same new state as the composites. */
export const referenceLaws = <M extends Module>(subject: Subject<M>): Law[] => [
  lawFor(subject, "kernels equal the reference", async (module) => {
    for (const way of subject.ways)
      for (const training of [false, true]) {
        const bound = await boundFor(subject, module, way);
        const batch = batchFor(subject, module, way, manyRows);
        const want = await measure(module, way, batch, { training, run: withReference });
        const mode = training ? " in training" : "";
        same(`${way.name} by kernels${mode}`, await measure(module, way, batch, { training }), want, bound);
      }
  }),
];
