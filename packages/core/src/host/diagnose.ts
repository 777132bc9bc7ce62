import type { Tensor } from "@tensorflow/tfjs-core";
import type { Call, Distribution } from "../contracts/index.js";
import { fail } from "../errors.js";
import { withReference } from "../kernels/op.js";
import { callFor } from "../modules/call.js";
import type { Layer } from "../modules/layers.js";
import { baseOf, layersOf } from "./layers.js";

/** Where a number stopped being finite, and what happened there. */
export interface Fault {
  /** "bijector.bijectors.2 (flows/affine-coupling)" */
  readonly where: string;
  readonly text: string;
}

const faultIn = ({ path, layer, direction }: Layer): Fault => ({
  where: `${path} (${layer.type})`,
  text: `${direction} gave a number that is not finite`,
});

async function bad(tensors: readonly Tensor[]): Promise<boolean> {
  const values = await Promise.all(tensors.map((t) => t.data()));
  return values.some((numbers) => (numbers as Float32Array).some((v) => !Number.isFinite(v)));
}

/** Runs rows through the layers one by one, on composites only; gives the first that makes a number which is not finite, and the rows it gave. */
async function walkLayers(layers: readonly Layer[], rows: Tensor, call: Call): Promise<[Layer | undefined, Tensor]> {
  let value = rows;
  for (const entry of layers) {
    const [next, logDet] = withReference(() => entry.layer[entry.direction](value, call));
    value.dispose();
    value = next;
    const broken = await bad([next, logDet]);
    logDet.dispose();
    if (broken) return [entry, value];
  }
  return [undefined, value];
}

/** Finds the layer that spoils a log-density. Takes the rows over, not the call. */
export async function faultOfScore(flow: Distribution, rows: Tensor, call: Call): Promise<Fault> {
  const [layer, noise] = await walkLayers(layersOf(flow, "inverse"), rows, call);
  try {
    if (layer) return faultIn(layer);
    const base = baseOf(flow) ?? flow;
    const density = withReference(() => base.logProb(noise, callFor(base, call)));
    const broken = await bad([density]);
    density.dispose();
    if (broken) return { where: base === flow ? flow.type : `base (${base.type})`, text: "the log-density is not finite" };
    return { where: flow.type, text: "a kernel gave a number that is not finite where the composites are finite" };
  } finally {
    noise.dispose();
  }
}

/** Finds the layer that spoils a sample. Takes the noise over. */
export async function faultOfSample(flow: Distribution, noise: Tensor, call: Call): Promise<Fault> {
  const broken = await bad([noise]);
  const [layer, rows] = broken ? [undefined, noise] : await walkLayers(layersOf(flow, "forward"), noise, call);
  rows.dispose();
  if (broken) return { where: `base (${baseOf(flow)?.type ?? flow.type})`, text: "the noise is not finite" };
  if (layer) return faultIn(layer);
  return { where: flow.type, text: "sample gave a number that is not finite" };
}

/** Throws the fault as FlowsError "nonfinite" with the row it was met in. */
export const failOn = ({ where, text }: Fault, row: number): never =>
  fail("nonfinite", where, `${text} for row ${row}. Check the row's scale against the training data, or train at a lower rate.`);

/** Runs `work` with a context tensor and frees it. */
export async function withContext<T>(context: Tensor | undefined, work: (call: Call) => Promise<T>): Promise<T> {
  try {
    return await work({ context });
  } finally {
    context?.dispose();
  }
}
