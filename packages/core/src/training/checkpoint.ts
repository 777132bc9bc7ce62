import type { Floats } from "../contracts/index.js";
import { textsOf } from "../files/model.js";
import { type Arrays, arrayOf } from "../files/numbers.js";
import { encodeSafetensors } from "../files/safetensors.js";
import { toJSON } from "../modules/json.js";
import { type CheckpointFacts, lists, numbersIn, partsIn } from "./checkpoint-file.js";
import { decisive } from "./options.js";
import { type Run, secondsOf } from "./run.js";

/**
 * Where a fit stands, as one model file with more in it: `best/<path>`, `adam/m/<path>`, `adam/s/<path>`, `average/<path>`, the lists of
 * the history and the tally under `fit/`, and the facts as JSON in the metadata under `checkpoint`.
 */
export async function checkpointOf(run: Run): Promise<Uint8Array> {
  const { flow, optimizer, averager, best, at } = run;
  const { parts } = optimizer.packed;
  const arrays: Arrays = new Map([
    ...(await numbersIn(flow, best?.weights)),
    ...(await partsIn("adam/m", parts, optimizer.m)),
    ...(await partsIn("adam/s", parts, optimizer.s)),
    ...(averager ? await partsIn("average", parts, averager.average) : []),
    ["fit/tally", arrayOf((await optimizer.tally.data()) as Floats, [5])],
  ]);
  for (const name of lists) arrays.set(`fit/${name}`, arrayOf(Float64Array.from(at[name]), [at[name].length]));
  return encodeSafetensors(arrays, textsOf(flow, {}, { checkpoint: JSON.stringify(toJSON(factsOf(run))) }));
}

const factsOf = (run: Run): CheckpointFacts => ({
  step: run.at.step,
  epoch: run.at.epoch,
  inEpoch: run.at.inEpoch,
  stale: run.at.stale,
  seconds: secondsOf(run),
  seed: run.plan.seed,
  best: run.best ? { step: run.best.step, nll: run.best.nll } : null,
  options: decisive(run.plan),
  data: run.feed.hash,
});
