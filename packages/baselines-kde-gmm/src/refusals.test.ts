import { float64 } from "@flows/backend-float64";
import { type BackendHandle, type FlowsError, useBackend } from "@flows/core";
import { normals } from "@flows/core/author";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fitGmm, fitKde } from "./index.js";

let backend: BackendHandle;
beforeAll(async () => {
  backend = await useBackend(float64());
});
afterAll(() => backend.dispose());

const rows = Array.from({ length: 30 }, (_, i) => [...normals(1, i, 1, 2)]);
const wide = Array.from({ length: 3 }, (_, i) => [...normals(1, i, 1, 5)]);
const same = Array.from({ length: 8 }, () => [1, 2]);
const [kde, gmm] = [fitKde, fitGmm];

const refused: readonly (readonly [what: string, code: FlowsError["code"], says: RegExp, call: () => Promise<unknown>])[] = [
  ["a KDE of one row", "data", /at least 2 rows, got 1/, () => kde([[1, 2]])],
  ["a KDE of a cell that is not finite", "data", /row 1, column 0 is NaN.*Fill or remove/, () => kde([[1], [Number.NaN]])],
  ["a KDE of repeated rows only", "data", /column 0 is constant at 1.*Leave it out/, () => kde(same)],
  ["a KDE of bandwidth 0", "config", /bandwidth must be a finite number above 0, got 0/, () => kde(rows, { bandwidth: 0 })],
  ["a KDE of factor 0", "config", /bandwidth.factor must be a finite number above 0, got 0/, () => kde(rows, { bandwidth: { factor: 0 } })],
  ["a KDE of three bandwidths for two columns", "config", /one number or 2.*got 3/, () => kde(rows, { bandwidth: [1, 1, 1] })],
  ["a KDE of an unknown rule", "config", /"scott", "silverman".*got "best"/, () => kde(rows, { bandwidth: "best" as "scott" })],
  ["a KDE of an unknown shape", "config", /isotropic, per-axis, full/, () => kde(rows, { bandwidth: "scott", shape: "round" as "full" })],
  [
    "a full kernel of fewer rows than features",
    "data",
    /fewer than the 5 features.*"per-axis"/,
    () => kde(wide, { bandwidth: "scott", shape: "full" }),
  ],
  ["weights of another length", "shape", /a weight for each of 30 rows, got 2/, () => kde(rows, { weights: [1, 2] })],
  ["a negative weight", "data", /weight of row 2 is -1/, () => kde(rows, { weights: rows.map((_, i) => (i === 2 ? -1 : 1)) })],
  ["weights that leave one row", "data", /at least 2 rows, got 1/, () => kde(rows, { weights: rows.map((_, i) => (i === 2 ? 1 : 0)) })],
  ["a mixture of more components than rows", "config", /at most the number of rows, 30, got 31/, () => gmm(rows, { components: 31 })],
  ["a mixture of no components", "config", /components must be a whole number/, () => gmm(rows, { components: 0 })],
  ["a mixture of repeated rows only", "data", /column 0 is constant/, () => gmm(same)],
  [
    "a mixture of fewer different rows than components",
    "data",
    /only 2 different rows for 3 components/,
    () => gmm([...same, [5, 6]], { components: 3 }),
  ],
  ["a mixture of fewer rows than features", "data", /3 rows of 5 features.*"diagonal"/, () => gmm(wide, { components: 1 })],
  ["a start that does not fit", "shape", /1 means of 2 numbers/, () => gmm(rows, { start: { weights: [1], means: [], covariances: [] } })],
  ["an unknown covariance", "config", /full, diagonal, tied, spherical/, () => gmm(rows, { covariance: "any" as "full" })],
];

describe("refused, with what to do", () => {
  it.each(refused)("%s", async (_what, code, says, call) => {
    const error = await call().then(
      () => undefined,
      (thrown: FlowsError) => thrown,
    );
    expect(error?.message).toMatch(says);
    expect(error?.code).toBe(code);
  });

  it("stops by its signal", async () => {
    const signal = AbortSignal.abort();
    for (const call of [() => kde(rows, { signal }), () => gmm(rows, { signal })])
      await expect(call()).rejects.toMatchObject({ code: "aborted" });
  });
});

/** The warnings of a fit, which is disposed. */
async function warned(fit: Promise<{ readonly warnings: readonly string[]; readonly distribution: Disposable }>): Promise<string> {
  const { warnings, distribution } = await fit;
  distribution[Symbol.dispose]();
  return warnings.join("\n");
}

describe("warned, with what to do", () => {
  it("a KDE of few rows for its columns", async () => {
    expect(await warned(kde(wide, { bandwidth: "scott" }))).toMatch(/3 rows of 5 features say little/);
  });

  it("cross-validation on repeated rows", async () => {
    expect(await warned(kde([...rows, ...rows]))).toMatch(/30 of 60 rows repeat.*Add noise/s);
  });

  it("cross-validation on clusters that are narrow beside their distance, of which no row repeats", async () => {
    const far = rows.map(([a, b], i) => [1e-5 * a! + (i % 3), 1e-5 * b! - (i % 2)]);
    const said = await warned(kde(far));
    expect(said).toMatch(/narrowest bandwidth tried was the best: the rows lie in clusters far narrower/);
    expect(said).not.toMatch(/repeat/);
  });

  it("a component that collapses onto rows", async () => {
    const tight = [...rows, ...Array.from({ length: 4 }, (_, i) => [9 + 1e-9 * i, 9 - 2e-9 * i])];
    expect(await warned(gmm(tight, { components: 2 }))).toMatch(/component \d \(weight 0\.118\) has collapsed.*fewer components/);
  });

  it("EM that was cut short", async () => {
    expect(await warned(gmm(rows, { components: 2, iterations: 1 }))).toMatch(/stopped after 1 iterations before it converged/);
  });

  it("the most components tried as the best", async () => {
    const two = [...rows, ...rows.map(([a, b]) => [a! + 20, b!])];
    expect(await warned(gmm(two, { components: [1, 2] }))).toMatch(/most components tried, 2, were the best/);
  });

  it("a component without rows", async () => {
    const start = {
      weights: [0.5, 0.5],
      means: [
        [0, 0],
        [900, 0],
      ],
      covariances: [
        [
          [1, 0],
          [0, 1],
        ],
        [
          [1, 0],
          [0, 1],
        ],
      ],
    };
    expect(await warned(gmm(rows, { start }))).toMatch(/component 1 holds less than one row/);
  });
});
