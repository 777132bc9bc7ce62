import { normals } from "@flows/core/author";
import { broken } from "../close.js";
import type { Law } from "../law.js";
import { withRows } from "../plain/batch.js";
import { evaluate } from "../plain/evaluate.js";
import { batchFor, lawFor } from "../subject.js";
import type { DistributionSubject } from "./subject.js";

/** Far out a log-density is finite or -Infinity, never NaN and never +Infinity. */
export const extremeLaws = (subject: DistributionSubject): Law[] => [
  lawFor(subject, "finite or -Infinity at scale 1e3", async (d) => {
    const batch = batchFor(subject, d, subject.density, 16);
    const far = withRows(
      batch,
      Float64Array.from(normals(6, 0, 1, batch.rows.length), (z) => Math.fround(1e3 * z)),
    );
    const { logProb } = await evaluate(d, subject.density, far);
    const strange = Array.from(logProb!).find((v) => Number.isNaN(v) || v === Number.POSITIVE_INFINITY);
    if (strange !== undefined) broken(`logProb at scale 1e3 is ${strange}`);
  }),
];
