import { tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import { liveSession } from "../backend/session.js";
import { tensorOf } from "../backend/tensor-of.js";
import { sameSettings, useBackend } from "../backend/use-backend.js";
import type { Backend, Floats, Module } from "../contracts/index.js";
import { inside, walk } from "./inside.js";

const variablesOf = (module: Module): readonly Variable[] => {
  const { params, state, constants } = inside(module);
  return [...[...params, ...state].map(({ buffer }) => buffer), ...Object.values(constants)];
};

/**
 * Carries a live model to another backend, which becomes the active one; a live one of other settings is disposed first.
 * Numbers are read before and written after, so nothing but rounding to the new precision happens to them.
 */
export async function moveTo<M extends Module>(model: M, backend: Backend): Promise<M> {
  const held = [...walk(model)].map(([, module]) => module);
  const floats = [...new Set(held.flatMap(variablesOf))];
  const values = await Promise.all(floats.map((variable) => variable.data()));
  const live = liveSession();
  if (live && !sameSettings(live.backend, backend)) live.handle.dispose();
  await useBackend(backend);
  floats.forEach((variable, i) => {
    const { dtype, shape } = variable;
    tidy(() => variable.assign(dtype === "float32" ? tensorOf(values[i] as Floats, shape) : tensor(values[i]!, shape, dtype)));
  });
  for (const module of held) inside(module).home = liveSession();
  return model;
}
