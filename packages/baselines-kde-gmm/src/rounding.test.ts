import { cpu } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { type Backend, score, useBackend } from "@flows/core";
import { normals } from "@flows/core/author";
import { describe, expect, it } from "vitest";
import { fitGmm, fitKde } from "./index.js";

async function on<T>(backend: Backend, work: () => Promise<T>): Promise<T> {
  const handle = await useBackend(backend);
  try {
    return await work();
  } finally {
    handle.dispose();
  }
}

const times = Array.from({ length: 50 }, (_, i) => {
  const [a, b] = normals(2, i, 1, 2);
  return [1_700_000_000 + 30 * a!, b!];
});
const cloud = times.map(([t, b]) => [(t! - 1_700_000_000) / 30, b!]);

describe("what float32 does to a density is said with the number", () => {
  it.each([
    ["a KDE", fitKde],
    ["a mixture", (rows: number[][]) => fitGmm(rows, { components: 1 })],
  ] as const)("%s of times far from 0", async (_what, fit) => {
    const warningsOn = (backend: Backend): Promise<string> =>
      on(backend, async () => {
        const { warnings, distribution } = await fit(times);
        distribution.dispose();
        return warnings.join("\n");
      });
    expect(await warningsOn(cpu())).toMatch(
      /column 0 is moved by up to [\d.]+ standard deviations by float32: of 50 different values \d are left/,
    );
    expect(await warningsOn(float64())).not.toMatch(/float32/);
  });

  it("a bandwidth that is narrow beside the rows costs about as much as is said", async () => {
    const scoredOn = (backend: Backend, bandwidth: number) =>
      on(backend, async () => {
        const { warnings, distribution } = await fitKde(cloud, { bandwidth });
        const logs = await score(distribution, cloud);
        distribution.dispose();
        return { logs, said: warnings.join() };
      });
    for (const [bandwidth, told] of [
      [0.1, false],
      [1e-3, true],
    ] as const) {
      const [narrow, wide] = [await scoredOn(cpu(), bandwidth), await scoredOn(float64(), bandwidth)];
      const worst = Math.max(...narrow.logs.map((log, i) => Math.abs(log - wide.logs[i]!)));
      const claimed = Number(/wrong by ([\d.e+-]+) nats/.exec(narrow.said)?.[1] ?? 0.01);
      expect([/float32 may be wrong/.test(narrow.said), /float32/.test(wide.said)]).toEqual([told, false]);
      expect(worst).toBeLessThan(4 * claimed);
    }
  });
});
