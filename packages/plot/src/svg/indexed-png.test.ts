import { inflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { colorAt, hexOf, shadesOf } from "../color/colormap.js";
import { base64 } from "./base64.js";
import { indexedPng } from "./indexed-png.js";

it("writes rows behind filter bytes, with palette, transparency and checksums", () => {
  const palette = [[255, 0, 0], [0, 0, 0]] as const; // biome-ignore format: a palette
  const png = Buffer.from(indexedPng(2, 2, Uint8Array.from([0, 1, 1, 0]), palette, 1));
  const names: string[] = [];
  let pixels = Buffer.alloc(0);
  for (let at = 8; at < png.length; ) {
    const [length, name] = [png.readUInt32BE(at), png.toString("latin1", at + 4, at + 8)];
    names.push(name);
    if (name === "IDAT") pixels = inflateSync(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  expect(names).toEqual(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);
  expect([...pixels]).toEqual([0, 0, 1, 0, 1, 0]);
  expect(png.subarray(-4).toString("hex")).toBe("ae426082");
});

it("encodes base64 like Node", () => {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256);
  expect(base64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
});

it("has the colour maps' published ends, and a phase that closes", () => {
  expect(hexOf(colorAt("viridis", 0))).toBe("#440154");
  expect(hexOf(colorAt("viridis", 1))).toBe("#fde725");
  expect(hexOf(colorAt("magma", 0))).toBe("#000004");
  expect(colorAt("phase", 0)).toEqual(colorAt("phase", 1));
  expect(shadesOf("magma")).toHaveLength(255);
});
