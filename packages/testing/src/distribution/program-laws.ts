import { chain, flow } from "@flows/core";
import { densityProgram, withReference } from "@flows/core/author";
import { type Result, same } from "../close.js";
import { manyRows } from "../generic/reference-laws.js";
import type { Law } from "../law.js";
import { hasKernels } from "../plain/has-kernels.js";
import { measure } from "../plain/measure.js";
import { copyNumbers } from "../shake.js";
import { batchFor, boundFor, lawFor } from "../subject.js";
import type { DistributionSubject } from "./subject.js";

const inner = (result: Result): Result =>
  Object.fromEntries(Object.entries(result).map(([key, values]) => [key.replace("base.", ""), values]));

/** As the base of a flow, where its density is a step of the flow's program: its kernels run, with the numbers and gradients of the formula. */
export const programLaws = (subject: DistributionSubject): Law[] => [
  lawFor(subject, "a program equals the reference", async (d) => {
    const program = densityProgram(d);
    if (typeof program === "string") return;
    hasKernels(program);
    const whole = flow({ base: subject.make(), bijector: chain([]) });
    try {
      await copyNumbers(d, whole);
      const [bound, batch] = [await boundFor(subject, d, subject.density), batchFor(subject, d, subject.density, manyRows)];
      const want = await measure(d, subject.density, batch, { run: withReference });
      same("logProb as a program", inner(await measure(whole, subject.density, batch)), want, bound);
    } finally {
      whole.dispose();
    }
  }),
];
