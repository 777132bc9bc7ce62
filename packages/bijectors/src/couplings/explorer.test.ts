import { accepts } from "@flows/acceptance";
import { float64 } from "@flows/backend-float64";
import { type BackendHandle, type Bijector, leaves, useBackend } from "@flows/core";
import { tensorOf } from "@flows/core/author";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mlp } from "../conditioners/mlp.js";
import { additiveTransformer } from "../transformers/additive-transformer.js";
import { affineTransformer } from "../transformers/affine-transformer.js";
import { coupling } from "./coupling.js";

/** The generator of the page that these numbers come from: mulberry32 and Box-Muller, the cosine first. */
function pageNormals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

interface Shown {
  readonly x: readonly number[];
  readonly logDet: number;
  readonly slope: number;
}

/** One coupling of the page at z = (0.6, -0.4): its point, log-det, and the slope of the moved feature in the kept one. */
async function explorer(mask: readonly [number, number], kind: "affine" | "additive"): Promise<Shown> {
  const draw = pageNormals(mask[0] ? 314 : 327);
  const [ws, wt, bs, bt] = Array.from({ length: 4 }, () => 0.9 * draw()) as [number, number, number, number];
  const affine = kind === "affine";
  const net = mlp({ features: 1, hidden: [], outputs: affine ? 2 : 1 });
  const layer = coupling({ mask, conditioner: net, transformer: affine ? affineTransformer({}) : additiveTransformer({}) });
  for (const leaf of leaves(layer)) {
    const [t, s] = leaf.path.endsWith("w0") ? [wt, ws] : [bt, bs];
    leaf.write(Float64Array.from(affine ? [t, s] : [t]));
  }
  const at = async (z: readonly number[]) => {
    const [x, logDet] = (layer as Bijector).forward(tensorOf(Float64Array.from(z), [1, 2]));
    const read = { x: [...(await x.data())], logDet: (await logDet.data())[0]! };
    x.dispose();
    logDet.dispose();
    return read;
  };
  const [kept, moved] = mask[0] ? [0, 1] : [1, 0];
  const [step, z] = [1e-6, [0.6, -0.4]];
  const shifted = async (by: number) => (await at(z.map((v, i) => (i === kept ? v + by : v)))).x[moved]!;
  const slope = ((await shifted(step)) - (await shifted(-step))) / (2 * step);
  const shown = { ...(await at(z)), slope };
  layer.dispose();
  return shown;
}

describe("a coupling's explorer: each number by hand", () => {
  let backend: BackendHandle;
  beforeAll(async () => {
    backend = await useBackend(float64());
  });
  afterAll(() => backend.dispose());

  it("mask [1, 0], affine", async () => {
    const { x, logDet, slope } = await explorer([1, 0], "affine");
    const shift = x[1]! + 0.4 * Math.exp(logDet);
    accepts("004.34", { value: shift, expected: -1.012, tolerance: 5e-5 });
    accepts("004.34", { value: logDet, expected: 0.3267, tolerance: 5e-5 });
    accepts("004.34", { value: x[1]!, expected: -1.567, tolerance: 5e-4 });
    expect(x[0]).toBe(0.6);
    expect(slope).toBeCloseTo(-0.5465, 4);
    expect(Math.exp(logDet)).toBeCloseTo(1.3864, 4);
  });

  it("mask [1, 0], additive", async () => {
    const { x, logDet, slope } = await explorer([1, 0], "additive");
    accepts("004.35", { value: x[1]!, expected: -1.412, tolerance: 5e-4 });
    accepts("004.35", { value: slope, expected: -0.9431, tolerance: 5e-5 });
    expect(logDet).toBe(0);
  });

  it("mask [0, 1], both", async () => {
    const affine = await explorer([0, 1], "affine");
    accepts("004.36", { value: affine.x[0]!, expected: 0.049, tolerance: 5e-4 });
    accepts("004.36", { value: affine.logDet, expected: -0.7918, tolerance: 5e-5 });
    accepts("004.36", { value: affine.slope, expected: -1.2059, tolerance: 5e-5 });
    const additive = await explorer([0, 1], "additive");
    accepts("004.36", { value: additive.x[0]!, expected: 0.377, tolerance: 5e-4 });
    accepts("004.36", { value: additive.slope, expected: -1.115, tolerance: 5e-5 });
  });
});
