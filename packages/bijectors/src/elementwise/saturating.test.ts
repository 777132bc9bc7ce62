import { cpu } from "@flows/backend-cpu";
import { draw, flow, score, uniform, useBackend } from "@flows/core";
import { uniforms } from "@flows/core/author";
import { expect, it } from "vitest";
import { logit } from "./logit.js";

it("a logit of uniforms gives no draw without a density, also where float32 rounds a uniform to 1", async () => {
  const handle = await useBackend(cpu());
  const first = 24_962_728;
  expect(Math.fround(uniforms(0, first, 1, 2, "base")[1]!)).toBe(1);
  const model = flow({ base: uniform({ features: 2 }), bijector: logit() });
  const drawn = await draw(model, 1, { seed: 0, first });
  expect(drawn.data.every(Number.isFinite)).toBe(true);
  expect(drawn.data[1]).toBeGreaterThan(16);
  expect((await score(model, drawn)).every(Number.isFinite)).toBe(true);
  model.dispose();
  handle.dispose();
});
