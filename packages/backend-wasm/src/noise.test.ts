import { normals, type Stream, streams } from "@flows/core/author";
import { describe, expect, it } from "vitest";
import { testDevice } from "./testing/device.js";

const names = Object.keys(streams) as Stream[];
const word = 2 ** 32;
const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.buffer);

describe.each([true, false])("normals, relaxed %s", async (relaxed) => {
  const { wasm, put, get } = await testDevice({ relaxed });
  /** Rows from..to of `rows` rows; the others, and one number after them, stay 7. */
  const drawn = (seed: number, first: number, rows: number, width: number, stream: Stream = "base", from = 0, to = rows) => {
    const at = put(new Float32Array(rows * width + 1).fill(7));
    wasm.normals(at, seed, Math.floor(seed / word), first, Math.floor(first / word), streams[stream], width, from, to);
    return get(at, rows * width + 1);
  };
  const equal = (seed: number, first: number, rows: number, width: number, stream: Stream = "base"): void => {
    const got = bits(drawn(seed, first, rows, width, stream));
    expect(got.subarray(0, -1), `seed ${seed}, first ${first}, ${rows} x ${width}`).toEqual(
      bits(normals(seed, first, rows, width, stream)),
    );
  };

  it.each([0, 1, 7, word - 1, word, word + 5, 123456789012345, Number.MAX_SAFE_INTEGER])("seed %d", (seed) => {
    for (const stream of names) equal(seed, 0, 20, 3, stream);
  });

  it.each([0, 1, 2 ** 31 - 2, 2 ** 31, word - 3, word, 5 * word - 2, Number.MAX_SAFE_INTEGER - 9])("first row %d", (first) => {
    equal(11, first, 9, 5);
  });

  it.each([1, 2, 3, 4, 5, 8, 17, 64])("width %i", (width) => {
    for (const rows of [1, 65]) equal(3, word - 30, rows, width);
  });

  it("all branches of the quantile: 400,000 numbers", () => {
    equal(2, 0, 200_000, 2);
  });

  it("far out, where one number in 36 billion lies", () => {
    const [above, below] = [26_813_404_326, 27_715_095_568];
    expect([normals(1, above, 1, 2)[1], normals(1, below, 1, 2)[0]].map((z) => Math.abs(z!) > 6.6)).toEqual([true, true]);
    for (const first of [above, below]) equal(1, first, 1, 2);
  });

  it("writes its rows and no more", () => {
    const whole = normals(5, 40, 9, 3);
    const part = drawn(5, 40, 9, 3, "base", 4, 7);
    expect([...part]).toEqual([...whole, 7].map((value, i) => (i >= 12 && i < 21 ? value : 7)));
  });
});
