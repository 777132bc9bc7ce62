import type { Bijector } from "@flows/core";
import type { Direction } from "@flows/core/author";
import { close, type Result } from "../close.js";
import type { Law } from "../law.js";
import { type Batch, withRows } from "../plain/batch.js";
import { evaluate } from "../plain/evaluate.js";
import type { Way } from "../plain/way.js";
import { batchFor, lawFor } from "../subject.js";
import { type BijectorSubject, opposite, toleranceBetween } from "./subject.js";

/** One direction and back, on plain numbers: rounding of the backend's precision included. */
async function roundTrip(b: Bijector, there: Way<Bijector>, back: Way<Bijector>, batch: Batch): Promise<readonly [Result, Result]> {
  const first = await evaluate(b, there, batch);
  const middle = { ...withRows(batch, Float64Array.from(first.value!)), shape: [batch.shape[0], ...back.event(b)] as const };
  return [first, await evaluate(b, back, middle)];
}

/** Each direction undoes the other, and their log-dets cancel. */
export function roundTripLaws(subject: BijectorSubject): Law[] {
  const undoes = (direction: Direction): Law =>
    lawFor(subject, `${opposite(direction)} undoes ${direction}`, async (b) => {
      const [there, back] = [subject.way[direction], subject.way[opposite(direction)]];
      const batch = batchFor(subject, b, there, 16);
      const [, home] = await roundTrip(b, there, back, batch);
      close(`${back.name}(${there.name}(rows))`, home.value!, batch.rows, (await toleranceBetween(subject, b)).roundTrip);
    });
  const cancels = lawFor(subject, "log-dets cancel", async (b) => {
    for (const there of subject.ways) {
      const back = subject.way[opposite(there.name)];
      const [first, second] = await roundTrip(b, there, back, batchFor(subject, b, there, 16));
      const sums = Array.from(first.logDet!, (v, i) => (v + second.logDet![i]!) / (1 + Math.abs(v)));
      close(
        `log-det of ${there.name} plus that of ${back.name}`,
        sums,
        sums.map(() => 0),
        (await toleranceBetween(subject, b)).roundTrip,
      );
    }
  });
  return [undoes("forward"), undoes("inverse"), cancels];
}
