import { type Distribution, leaves, type SampleOptions } from "@flows/core";
import { tensorOf } from "@flows/core/author";
import type { Tensor } from "@flows/core/ops";
import { memory, type NamedTensorMap, tidy, variableGrads, zerosLike } from "@tensorflow/tfjs-core";
import { broken, close, largest, type Numbers, type Result, same } from "../close.js";
import type { Law } from "../law.js";
import { randomBatch } from "../plain/batch.js";
import { evaluate } from "../plain/evaluate.js";
import { mixed } from "../plain/measure.js";
import { read } from "../plain/read.js";
import { batchFor, lawFor } from "../subject.js";
import { toleranceOf } from "../tolerances.js";
import { type DistributionSubject, oneContext } from "./subject.js";

/** Calls with n rows of context, which is freed. */
function withContext<T>(subject: DistributionSubject, n: number, f: (context: Tensor | undefined) => T, first = 0): T {
  const { context = 0, seed = 3 } = subject;
  const rows = randomBatch(first + n, [1], context, undefined, seed).context.slice(first * context);
  const tensor = context > 0 ? tensorOf(rows, [n, context]) : undefined;
  const result = f(tensor);
  tensor?.dispose();
  return result;
}

const sampled = async (subject: DistributionSubject, d: Distribution, n: number, options: SampleOptions): Promise<Numbers> =>
  (await read({ sample: withContext(subject, n, (context) => d.sample(n, { ...options, context }), options.first) })).sample!;

/** Samples are their seed's, their densities are logProb's, and nothing is left. */
export const sampleLaws = (subject: DistributionSubject): Law[] => [
  lawFor(subject, "sampleAndLogProb agrees with sample and with logProb", async (d) => {
    const tolerance = await toleranceOf(subject);
    const [sample, logProb] = withContext(subject, 9, (context) => d.sampleAndLogProb(9, { seed: 5, context }));
    const { again } = await read({ again: withContext(subject, 9, (context) => d.logProb(sample, { context })) });
    const got = await read({ sample, logProb });
    close("sample", got.sample!, await sampled(subject, d, 9, { seed: 5 }), tolerance.value);
    close("log-density of the sample", got.logProb!, again!, 5 * tolerance.logDet);
  }),
  lawFor(subject, "a seed is a promise", async (d) => {
    const { value } = await toleranceOf(subject);
    const whole = await sampled(subject, d, 12, { seed: 5 });
    const width = whole.length / 12;
    close("the same seed", await sampled(subject, d, 12, { seed: 5 }), whole, 0);
    const rows = await sampled(subject, d, 4, { seed: 5, first: 3 });
    close("rows 3 to 6", rows, Array.from(whole).slice(3 * width, 7 * width), value);
    const other = await sampled(subject, d, 12, { seed: 6 });
    if (Array.from(other).every((v, i) => v === whole[i])) broken("seeds 5 and 6 give the same sample");
  }),
  lawFor(subject, "sampling leaves what it returns", async (d) => {
    const left = withContext(subject, 4, (context) => {
      const before = memory().numTensors;
      const tensors = [d.sample(4, { seed: 1, context }), ...d.sampleAndLogProb(4, { seed: 1, context })];
      const made = memory().numTensors - before;
      for (const tensor of tensors) tensor.dispose();
      return made - tensors.length;
    });
    if (left !== 0) broken(`${left} tensors more than the three returned`);
  }),
  lawFor(subject, "samples carry gradients if they say so", async (d) => {
    if (!d.reparameterized) return;
    for (const [path, gradient] of Object.entries(await sampleGradients(subject, d)))
      if (largest(gradient) === 0) broken(`a sample carries no gradient of ${path}`);
  }),
  ...((subject.context ?? 0) > 0 ? [broadcastLaw(subject)] : []),
];

/** The gradient of a random mean of samples with respect to every named view. */
async function sampleGradients(subject: DistributionSubject, d: Distribution): Promise<Result> {
  const params = leaves(d).filter(({ kind }) => kind === "param");
  if (params.length === 0) return {};
  const gradients = withContext(subject, 8, (context) =>
    tidy((): NamedTensorMap => {
      const loss = () => mixed({ sample: d.sample(8, { seed: 1, context }) });
      const { grads } = variableGrads(loss, [...new Set(params.map(({ buffer }) => buffer))]);
      return Object.fromEntries(params.map((leaf) => [leaf.path, leaf.within(grads[leaf.buffer.name] ?? zerosLike(leaf.buffer))]));
    }),
  );
  return read(gradients);
}

const broadcastLaw = (subject: DistributionSubject): Law =>
  lawFor(subject, "one row of context serves all rows", async (d) => {
    const bound = (await toleranceOf(subject)).value;
    const row = oneContext(subject);
    const batch = {
      ...batchFor(subject, d, subject.density, 5),
      context: Float64Array.from({ length: 5 * row.length }, (_, i) => row[i % row.length]!),
    };
    const [one, many] = [tensorOf(row, [1, row.length]), tensorOf(batch.context, [5, row.length])];
    const x = tensorOf(batch.rows, batch.shape);
    const got = await read({ logProb: d.logProb(x, { context: one }), sample: d.sample(5, { seed: 2, context: one }) });
    const { sample } = await read({ sample: d.sample(5, { seed: 2, context: many }) });
    for (const tensor of [one, many, x]) tensor.dispose();
    same("with one row of context", got, { logProb: (await evaluate(d, subject.density, batch)).logProb!, sample: sample! }, () => bound);
  });
