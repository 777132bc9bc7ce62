import type { Bijector, Shape } from "@flows/core";
import { tidy } from "@tensorflow/tfjs-core";
import { broken } from "../close.js";
import { refuses } from "../generic/memory-laws.js";
import type { Law } from "../law.js";
import { randomBatch, tensorsOf } from "../plain/batch.js";
import { batchFor, lawFor } from "../subject.js";
import type { BijectorSubject } from "./subject.js";

const throws = (f: () => unknown): boolean => {
  try {
    f();
    return false;
  } catch {
    return true;
  }
};
const equal = (what: string, got: Shape, want: Shape): void => {
  if (got.join() !== want.join()) broken(`${what} is [${got}], expected [${want}]`);
};

/** Shapes are told before they are made, and one that does not fit is refused in words. */
export function shapeLaws(subject: BijectorSubject): Law[] {
  const { event, context = 0 } = subject;
  return [
    lawFor(subject, "shapes are as told", async (b) => {
      equal("inverseShape(forwardShape(event))", b.inverseShape(b.forwardShape(event)), event);
      if (b.contextFeatures !== context) broken(`contextFeatures is ${b.contextFeatures}, expected ${context}`);
      for (const way of subject.ways) {
        const { rows, call, dispose } = tensorsOf(batchFor(subject, b, way, 3));
        const { value, logDet } = way.run(b, rows, call);
        equal(`the value of ${way.name}`, value!.shape, [3, ...(way.name === "forward" ? b.forwardShape(event) : event)]);
        equal(`the log-det of ${way.name}`, logDet!.shape, [3]);
        for (const tensor of [value!, logDet!]) tensor.dispose();
        dispose();
      }
    }),
    lawFor(subject, "a wrong event shape is refused", async (b) => {
      for (const shape of [event.map((n, i) => (i === event.length - 1 ? n + 1 : n)), [...event, 2]]) refusesShape(b, shape, context);
    }),
  ];
}

/** Maps of any shape take it; the others say so. */
function refusesShape(b: Bijector, shape: Shape, context: number): void {
  for (const direction of ["forward", "inverse"] as const) {
    if (!throws(() => b[`${direction}Shape`](shape))) continue;
    const { rows, call, dispose } = tensorsOf(randomBatch(2, shape, context));
    refuses(`${direction} of events [${shape}]`, "shape", () => tidy(() => b[direction](rows, call)));
    dispose();
  }
}
