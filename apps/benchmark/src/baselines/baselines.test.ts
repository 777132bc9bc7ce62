import { float64 } from "@flows/backend-float64";
import { useBackend } from "@flows/core";
import { normals } from "@flows/core/author";
import { afterAll, beforeAll, expect, it } from "vitest";
import { teller } from "../race/told.js";
import type { Told, Workload } from "../workload.js";
import { em } from "../workloads/em.js";
import { kde } from "../workloads/kde.js";
import { type EmSpec, emInputs, openEm } from "./em.js";
import { exact, type KdeSpec, kdeInputs, openKde } from "./kde.js";

const tells = teller();
let backend: { dispose(): void };
beforeAll(async () => {
  backend = await useBackend(float64());
});
afterAll(() => {
  tells.dispose();
  backend.dispose();
});

/** The workload's task at another size. */
function toldOf<Spec>(workload: Workload, spec: Spec, inputs: Record<string, () => Float32Array>): Told<Spec> {
  return tells.tell(workload, { ...workload.tasks[0]!, spec, inputs }) as Told<Spec>;
}

it("scores as the sum over all rows does", async () => {
  const spec: KdeSpec = { count: 300, bandwidth: 0.2 };
  const { value } = await openKde(toldOf(kde, spec, kdeInputs(spec)));
  // What rounding the exact log-densities to float32 leaves.
  expect(value).toBeGreaterThan(0);
  expect(value).toBeLessThan(1e-6);
  expect(new Set(exact(spec)).size).toBeGreaterThan(290);
});

it("a mixture of one component ends at the Gaussian of the rows' moments after one iteration", async () => {
  const spec: EmSpec = { rows: 200, features: 2, components: 1, iterations: 1, floor: 0 };
  const { value, block } = await openEm(toldOf(em, spec, emInputs(spec)));
  const rows = emInputs(spec).rows();
  const moment = (a: number, b: number): number => {
    const mean = (k: number): number => rows.reduce((sum, x, i) => (i % 2 === k ? sum + x / spec.rows : sum), 0);
    return Array.from({ length: spec.rows }, (_, i) => (rows[2 * i + a]! - mean(a)) * (rows[2 * i + b]! - mean(b))).reduce(
      (sum, x) => sum + x / spec.rows,
      0,
    );
  };
  const determinant = moment(0, 0) * moment(1, 1) - moment(0, 1) ** 2;
  // The entropy of that Gaussian.
  expect(value).toBeCloseTo(-(Math.log(2 * Math.PI) + 1 + Math.log(determinant) / 2), 9);
  expect((await block(3)).units).toBe(3);
});

it("draws the rows of the clusters in turn", () => {
  const spec: EmSpec = { rows: 6, features: 2, components: 3, iterations: 1, floor: 0 };
  const [rows, centres, noise] = [emInputs(spec).rows(), emInputs(spec).means(), normals(1, 0, 6, 2)];
  expect(rows[7]! - noise[7]!).toBeCloseTo(2 * centres[1]!, 5);
});
