import { type Leaf, leaves, type Module } from "@flows/core";
import { normals } from "@flows/core/author";
import { broken, close, largest, type Result } from "../close.js";
import type { Law } from "../law.js";
import { type Batch, withRows } from "../plain/batch.js";
import { evaluate } from "../plain/evaluate.js";
import { measure } from "../plain/measure.js";
import type { Way } from "../plain/way.js";
import { batchFor, lawFor, type Subject, toleranceFor } from "../subject.js";
import { livePrecision } from "../tolerances.js";

const params = (module: Module): Leaf[] => leaves(module).filter(({ kind }) => kind === "param");

/** The scalar whose gradient `measure` takes, on the host. */
function loss(result: Result, n: number): number {
  let total = 0;
  for (const [i, values] of Object.values(result).entries()) {
    const weights = normals(9 + i, 0, n, values.length / n);
    for (let k = 0; k < values.length; k++) total += values[k]! * weights[k]!;
  }
  return total;
}
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((sum, v, i) => sum + v * b[i]!, 0);
const shifted = (values: ArrayLike<number>, along: ArrayLike<number>, step: number): Float64Array =>
  Float64Array.from(values, (v, i) => v + step * along[i]!);

/** Gradients reach every named view, and are the slopes of what is computed. */
export function gradientLaws<M extends Module>(subject: Subject<M>): Law[] {
  return [
    lawFor(subject, "every named view has a gradient", async (module) => {
      for (const way of subject.ways) {
        const measured = await measure(module, way, batchFor(subject, module, way, 16));
        for (const { path } of params(module)) if (largest(measured[`d ${path}`]!) === 0) broken(`${path} has no gradient in ${way.name}`);
      }
    }),
    lawFor(subject, "gradients are slopes", async (module) => {
      for (const way of subject.ways) await slopes(subject, module, way, batchFor(subject, module, way, 4));
    }),
  ];
}

/** Central differences along one random direction of the rows, the context and each view. */
async function slopes<M extends Module>(subject: Subject<M>, module: M, way: Way<M>, batch: Batch): Promise<void> {
  const step = (await livePrecision()) === "float64" ? 1e-5 : 1e-2;
  const { slope } = await toleranceFor(subject, module, way);
  const measured = await measure(module, way, batch);
  const n = batch.shape[0];
  const check = async (name: string, gradient: ArrayLike<number>, at: (sign: number, along: Float32Array) => Promise<number>) => {
    const along = normals(5, 0, 1, gradient.length).map((z) => z / Math.sqrt(gradient.length));
    const want = ((await at(1, along)) - (await at(-1, along))) / (2 * step);
    close(`the slope of ${way.name} along ${name}`, [dot(gradient, along)], [want], slope);
  };
  const lossOf = async (input: Batch): Promise<number> => loss(await evaluate(module, way, input), n);
  await check("rows", measured["d rows"]!, (sign, along) => lossOf(withRows(batch, shifted(batch.rows, along, sign * step))));
  if (measured["d context"])
    await check("context", measured["d context"], (sign, along) =>
      lossOf({ ...batch, context: shifted(batch.context, along, sign * step) }),
    );
  for (const leaf of params(module)) {
    const values = await leaf.read();
    await check(leaf.path, measured[`d ${leaf.path}`]!, (sign, along) => {
      leaf.write(Float64Array.from(shifted(values, along, sign * step)));
      return lossOf(batch);
    });
    leaf.write(values);
  }
}
