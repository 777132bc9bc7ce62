import { expect, it } from "vitest";
import { busySeconds, othersSeconds, ownSeconds } from "./cpu-clock.js";
import { watch } from "./idle.js";

it("reads what all programs and what one program used", () => {
  // user nice system idle iowait irq softirq steal
  expect(busySeconds("cpu  100 20 30 4000 500 6 7 8 0 0\ncpu0 1 2")).toBeCloseTo(1.71, 12);
  const stat = "42 (a (strange) name) S 1 42 42 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 1 0";
  expect(ownSeconds(stat)).toBe(3);
});

it.runIf(process.platform === "linux")("does not count this process among the others", () => {
  const before = othersSeconds([])!;
  const from = performance.now();
  while (performance.now() - from < 50);
  expect(othersSeconds([])! - before).toBeGreaterThan(-0.05);
});

it("adds up what others used while it was on", () => {
  let [used, time] = [0, 0];
  const cpu = watch(
    () => used,
    () => time,
  );
  for (const [others, passed] of [
    [1, 2000],
    [0, 2000],
  ] as const) {
    used += 100;
    cpu.start([]);
    [used, time] = [used + others, time + passed];
    cpu.stop([]);
  }
  expect(cpu.otherCores).toBe(0.25);
});

it("says nothing where the system does not tell", () => {
  const cpu = watch(() => undefined);
  cpu.start([]);
  cpu.stop([]);
  expect(cpu.otherCores).toBeUndefined();
});
