import { wasm } from "@flows/backend-wasm";
import { wasm as inference } from "@flows/backend-wasm/inference";
import { bijectors, realNvp } from "@flows/bijectors";
import { type BackendHandle, createRegistry, draw, fit, load, type ModelFile, type Rows, save, score, useBackend } from "@flows/core";
import { holds, ring } from "./ring.mjs";

const backend: BackendHandle = await useBackend(wasm());
const flow = realNvp({ features: 2, layers: 2, hidden: [8] });
await fit(flow, ring, { seed: 1, epochs: 2 });

const rows: Rows = await draw(flow, 20, { seed: 3 });
const { flow: again }: ModelFile = load(await save(flow), createRegistry([bijectors]));
const [one, two] = [await score(flow, rows), await score(again, rows)];
holds(
  ".ts: a saved and loaded flow gives the same densities",
  one.every((value, i) => value === two[i]),
);

/** Both entries take the same options. */
export const small = (): Promise<BackendHandle> => useBackend(inference({ threads: 2, plugins: [] }));

/** The types refuse these; they are never called. */
export const refused = [
  // @ts-expect-error: a misspelt option
  () => realNvp({ features: 2, layers: 4, hiden: [8] }),
  // @ts-expect-error: rows are numbers
  () => score(flow, [["a", "b"]]),
];
flow.dispose();
again.dispose();
backend.dispose();
