import { readFile, writeFile } from "node:fs/promises";
import { wasm } from "@flows/backend-wasm";
import { bijectors, realNvp } from "@flows/bijectors";
import { createRegistry, draw, load, save, useBackend } from "@flows/core";

/** `cold save FILE` writes a RealNVP; `cold draw FILE` loads it and draws one sample: what `start` times. */
const [what, path] = process.argv.slice(2) as [string, string];
const backend = await useBackend(wasm());
if (what === "save") await writeFile(path, await save(realNvp({ features: 2, layers: 6 })));
else await draw(load(await readFile(path), createRegistry([bijectors])).flow, 1);
backend.dispose();
