import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { sha256 } from "./sha256.js";

it("is that of FIPS 180-4's first example", () => {
  expect(sha256(new TextEncoder().encode("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000])("agrees with Node's on %i bytes", (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 197 + 31) % 256);
  expect(sha256(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
});
