import { broken, close, largest } from "../close.js";
import type { Law } from "../law.js";
import { evaluate } from "../plain/evaluate.js";
import { jacobians, logAbsDet } from "../plain/jacobian.js";
import { batchFor, lawFor, toleranceFor } from "../subject.js";
import { toleranceOf } from "../tolerances.js";
import type { BijectorSubject } from "./subject.js";

/** The log-det of each direction is that of its autodiff Jacobian, by elimination on the host; and it is 0 only where it must be. */
export function jacobianLaws(subject: BijectorSubject): Law[] {
  const ofJacobian = subject.ways.map((way) =>
    lawFor(subject, `the log-det of ${way.name} is its Jacobian's`, async (b) => {
      const batch = batchFor(subject, b, way, 5);
      const { logDet } = await evaluate(b, way, batch);
      const want = (await jacobians(b, way, batch)).map(logAbsDet);
      close(`log-det of ${way.name}`, logDet!, want, (await toleranceFor(subject, b, way)).logDet);
    }),
  );
  return [...ofJacobian, subject.volumePreserving ? preserved(subject) : moved(subject)];
}

const preserved = (subject: BijectorSubject): Law =>
  lawFor(subject, "volume is preserved", async (b) => {
    for (const way of subject.ways) {
      const { logDet } = await evaluate(b, way, batchFor(subject, b, way, 16));
      close(`log-det of ${way.name}`, logDet!, new Float64Array(16), (await toleranceOf(subject)).logDet);
    }
  });

const moved = (subject: BijectorSubject): Law =>
  lawFor(subject, "the log-det is not 0 everywhere", async (b) => {
    for (const way of subject.ways) {
      const { logDet } = await evaluate(b, way, batchFor(subject, b, way, 16));
      if (largest(logDet!) < 1e-6) broken(`log-det of ${way.name} is 0 for 16 rows; say volumePreserving: true if it must be`);
    }
  });
