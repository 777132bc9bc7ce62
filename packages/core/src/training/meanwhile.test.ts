import { cpu } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { wasm } from "@flows/backend-wasm";
import { realNvp } from "@flows/bijectors";
import { engine } from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, it } from "vitest";
import { useBackend } from "../backend/use-backend.js";
import type { Backend, BackendHandle, Distribution } from "../contracts/index.js";
import { cloud } from "../testing/acme.js";
import { noBatches } from "./batches.js";
import { fit } from "./fit.js";
import type { FitOptions } from "./options.js";
import { train } from "./train.js";

const rows = cloud(200);
const options: FitOptions = { steps: 40, batch: 64, averaging: { kind: "exponential" }, evaluateEvery: 10 };
const build = (): Distribution => realNvp({ features: 2, layers: 2, hidden: [8], norm: "batchNorm" });
const backends: readonly (readonly [string, () => Backend])[] = [
  ["cpu", cpu],
  ["cpu without programs", () => cpu({ programs: false })],
  ["float64", float64],
  ["wasm", wasm],
];

describe.each(backends)("what happens to a flow while it is fitted, on %s", (_name, backend) => {
  let handle: BackendHandle;
  afterEach(() => handle.dispose());

  /** A fit that is disturbed at its tenth step, or at some microtask during an evaluation. */
  async function disturbed(disturb: (model: Distribution) => void, turns: number): Promise<void> {
    handle = await useBackend(backend());
    const before = engine().state.numTensors;
    const model = build();
    const onStep = ({ step }: { step: number }): void => {
      if (step !== 10) return;
      let at = Promise.resolve();
      for (let i = 1; i < turns; i++) at = at.then(() => undefined);
      if (turns === 0) disturb(model);
      else at.then(() => disturb(model));
    };
    const failure = await fit(model, rows, { ...options, onStep }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "disposed",
      where: "fit",
      message: expect.stringContaining("was disposed of during the training"),
    });
    model.dispose();
    expect(engine().state.numTensors).toBe(before);
  }

  it.each([0, 1, 2, 3, 5, 8])("dispose of the flow ends the fit with an error that says so, %i turns into an evaluation", (turns) =>
    disturbed((model) => model.dispose(), turns),
  );

  it.each([0, 1, 2, 3, 5, 8])("so does dispose of the backend, %i turns into an evaluation", (turns) =>
    disturbed(() => handle.dispose(), turns),
  );

  it("a second fit of it, or of a part of it, is refused; the first goes on, and another one may come after it", async () => {
    handle = await useBackend(backend());
    const before = engine().state.numTensors;
    const model = build();
    const first = fit(model, rows, options);
    const refused = (text: string) => ({ code: "config", message: expect.stringContaining(text) });
    await expect(fit(model, rows, options)).rejects.toMatchObject(refused("fit: flows/flow is in training already"));
    const part = train(model.children.bijector as Distribution, noBatches, () => expect.fail("it was not refused"));
    await expect(part).rejects.toMatchObject(refused("train: flows/chain is in training already"));
    expect((await first).stopped).toBe("steps");
    expect((await fit(model, rows, { ...options, steps: 2 })).stopped).toBe("steps");
    const broken = fit(model, rows, { ...options, onStep: () => expect.fail("of the caller") });
    await expect(broken).rejects.toThrow("of the caller");
    expect((await fit(model, rows, { ...options, steps: 2 })).steps).toBe(2);
    model.dispose();
    expect(engine().state.numTensors).toBe(before);
  });
});
