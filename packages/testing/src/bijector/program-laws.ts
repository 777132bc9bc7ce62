import { type Bijector, chain } from "@flows/core";
import { programFor, withReference } from "@flows/core/author";
import { broken, type Result, same } from "../close.js";
import { manyRows } from "../generic/reference-laws.js";
import type { Law } from "../law.js";
import { evaluate } from "../plain/evaluate.js";
import { measure } from "../plain/measure.js";
import { copyNumbers } from "../shake.js";
import { batchFor, boundFor, lawFor } from "../subject.js";
import type { BijectorSubject } from "./subject.js";

const inner = (result: Result): Result =>
  Object.fromEntries(Object.entries(result).map(([key, values]) => [key.replace("bijectors.0.", ""), values]));

/** A program is the same map: same numbers, gradients and new state as the composites; and who has none says so. */
export const programLaws = (subject: BijectorSubject): Law[] => [
  lawFor(subject, "a program equals the reference", async (b) => {
    const whole = chain([subject.make()]);
    try {
      await copyNumbers(b, whole);
      for (const way of subject.ways) await equals(subject, b, whole, way);
    } finally {
      whole.dispose();
    }
  }),
  lawFor(subject, "it lowers to a program, or says who does not", async (b) => {
    const { event, unlowered } = subject;
    for (const { name } of subject.ways)
      for (const training of [false, true]) {
        const found = programFor(b, event, name, training);
        const [refused, wanted] = [
          typeof found === "string" ? found : undefined,
          typeof unlowered === "string" ? unlowered : unlowered?.[name],
        ];
        if (refused !== wanted) broken(`lowering ${name}: expected ${wanted ?? "a program"}, got ${refused ?? "a program"}`);
      }
  }),
];

async function equals(subject: BijectorSubject, b: Bijector, whole: Bijector, way: BijectorSubject["ways"][number]): Promise<void> {
  const bound = await boundFor(subject, b, way);
  const batch = batchFor(subject, b, way, manyRows);
  for (const training of [false, true]) {
    const want = await measure(b, way, batch, { training, run: withReference });
    const mode = training ? ", training" : "";
    same(`${way.name} as a program${mode}`, inner(await measure(whole, way, batch, { training })), want, bound);
    if (training) continue;
    const { value, logDet } = want;
    same(`${way.name} as a program off the tape`, await evaluate(whole, way, batch), { value: value!, logDet: logDet! }, bound);
  }
}
