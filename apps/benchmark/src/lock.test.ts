import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { lock } from "./lock.js";

const folder = mkdtempSync(join(tmpdir(), "flows-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "lock");

it("holds until it is freed", () => {
  const free = lock(path);
  expect(() => lock(path)).toThrow(new RegExp(`another benchmark runs, process ${process.pid}. Wait for it or end it`));
  free();
  expect(existsSync(path)).toBe(false);
  lock(path)();
});

it("takes over what a process that is gone, or a broken file, left behind", () => {
  for (const text of [`${2 ** 22 + 1}`, "nonsense", ""]) {
    writeFileSync(path, text);
    lock(path)();
  }
});

it("says where it cannot be written", () => {
  expect(() => lock(join(folder, "no", "lock"))).toThrow(/the lock .* cannot be written/);
});
