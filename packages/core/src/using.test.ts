import { cpu } from "@flows/backend-cpu";
import { expect, it, vi } from "vitest";
import { liveSession } from "./backend/session.js";
import { useBackend } from "./backend/use-backend.js";
import { disposeKey } from "./dispose-key.js";
import { normal } from "./distributions/normal.js";

it("the end of a scope that is using a backend and a module frees both", async () => {
  const backend = await useBackend(cpu());
  const model = normal({ features: 2 });
  model[disposeKey]();
  backend[disposeKey]();
  expect(liveSession()).toBeUndefined();
  expect(() => model.sample(1)).toThrow("this module was disposed");
  const next = await useBackend(cpu());
  backend[disposeKey]();
  expect(liveSession()?.handle).toBe(next);
  next.dispose();
});

it("the key is the engine's, or that of polyfills where the engine has none", async () => {
  expect(disposeKey).toBe(Symbol.dispose ?? Symbol.for("Symbol.dispose"));
  vi.resetModules();
  vi.stubGlobal(
    "Symbol",
    Object.assign((name: string) => name, { for: Symbol.for, iterator: Symbol.iterator }),
  );
  const { disposeKey: older } = await import("./dispose-key.js");
  vi.unstubAllGlobals();
  expect(older).toBe(Symbol.for("Symbol.dispose"));
});
