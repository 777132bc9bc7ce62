import { rowKernels } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { baselines } from "@flows/baselines-kde-gmm";
import { bijectors } from "@flows/bijectors";
import { type BackendHandle, useBackend } from "@flows/core";
import { normalDensity, normalDensityExamples, rowOps, uniformDensity, uniformDensityExamples } from "@flows/core/author";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowOpLaws } from "../index.js";

const references = [
  ...bijectors.ops!,
  ...baselines.ops!,
  { op: normalDensity, at: normalDensityExamples },
  { op: uniformDensity, at: uniformDensityExamples },
];

describe("the row ops on backend-cpu's kernels in float64", () => {
  let handle: BackendHandle;
  beforeAll(async () => {
    handle = await useBackend(float64());
  });
  afterAll(() => handle.dispose());
  for (const law of rowOpLaws(references, rowKernels)) it(law.name, law.check);
});

it("every op of the list has a reference", () => {
  const names = (list: readonly { readonly op: string }[]): string[] => list.map(({ op }) => op).sort();
  expect(names(references.map(({ op }) => op.spec))).toEqual(names(rowOps));
});
