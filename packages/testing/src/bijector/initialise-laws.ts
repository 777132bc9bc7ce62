import { memory } from "@tensorflow/tfjs-core";
import { broken, close, type Numbers } from "../close.js";
import type { Law } from "../law.js";
import { tensorsOf } from "../plain/batch.js";
import { evaluate } from "../plain/evaluate.js";
import { batchFor, boundFor, lawFor } from "../subject.js";
import type { BijectorSubject } from "./subject.js";

/** Data-dependent initialisation returns the rows on the noise side, one new tensor. */
export const initialiseLaws = (subject: BijectorSubject): Law[] => [
  lawFor(subject, "initialise returns the rows on the noise side", async (b) => {
    const way = subject.way.inverse;
    const batch = batchFor(subject, b, way, 16);
    const { rows, call, dispose } = tensorsOf(batch);
    const before = memory().numTensors;
    const noise = b.initialise(rows, call);
    const made = memory().numTensors - before;
    const got: Numbers = await noise.data();
    noise.dispose();
    dispose();
    if (made !== 1) broken(`initialise made ${made} tensors, expected the one it returns`);
    const { value } = await evaluate(b, way, batch);
    close("initialise", got, value!, (await boundFor(subject, b, way))("value"));
  }),
];
