import { accepts } from "@flows/acceptance";
import { float64 } from "@flows/backend-float64";
import { type BackendHandle, useBackend } from "@flows/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mlp } from "../conditioners/mlp.js";
import { affineTransformer } from "../transformers/affine-transformer.js";
import { coupling } from "./coupling.js";
import { alternatingMask, channelMask, checkerboardMask, halfMask, type Mask } from "./masks.js";

describe("masks", () => {
  it("alternate, halve, chequer and split channels", () => {
    const shown = (id: string, behaviour: string, masks: Mask[], wanted: Mask[]): void => {
      expect(masks).toEqual(wanted);
      accepts(id, { behaviour, passed: `${masks}` === `${wanted}` });
    };
    const alternating = [
      [1, 0, 1, 0],
      [0, 1, 0, 1],
    ];
    shown("002.7", "even mask 1, 0, 1, 0 and odd mask its complement", [alternatingMask(4), alternatingMask(4, 1)], alternating);
    shown("003.12", "(1,0,1,0)/(0,1,0,1) in four dimensions", [alternatingMask(4), alternatingMask(4, 1)], alternating);
    shown(
      "004.38",
      "half split, checkerboard and channel-wise masks",
      [halfMask(5), halfMask(5, 1), checkerboardMask([2, 2, 1]), channelMask([1, 2, 2], 1)],
      [
        [1, 1, 0, 0, 0],
        [0, 0, 1, 1, 1],
        [1, 0, 0, 1],
        [0, 1, 0, 1],
      ],
    );
  });
});

describe("a coupling refuses what cannot work", () => {
  let backend: BackendHandle;
  beforeAll(async () => {
    backend = await useBackend(float64());
  });
  afterAll(() => backend.dispose());
  const make = (mask: readonly number[], features: number, outputs: number) => () =>
    coupling({ mask, conditioner: mlp({ features, hidden: [], outputs }), transformer: affineTransformer({}) });

  it("and says what would", () => {
    expect(make([1], 1, 2)).toThrow("features must be at least 2, got 1. Use affine for a single feature.");
    expect(make([1, 1], 2, 2)).toThrow("mask must keep and move at least one feature each");
    expect(make([1, 2, 0], 1, 2)).toThrow("mask must hold only 0 and 1");
    expect(make([1, 0, 0], 2, 4)).toThrow("the network must read the 1 kept features or all 3, got 2");
    expect(make([1, 0, 0], 1, 3)).toThrow("the network must have 4 outputs, got 3");
    expect(make([1, 0, 0], 3, 3)).toThrow("the network must have 4 or 6 outputs, got 3");
  });
});
