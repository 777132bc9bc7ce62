import { createRegistry, loadModule, type Module, parameterCount, save } from "@flows/core";
import { type Json, toJSON, walk } from "@flows/core/author";
import { broken, same } from "../close.js";
import type { Law } from "../law.js";
import { evaluate } from "../plain/evaluate.js";
import { batchFor, lawFor, type Subject } from "../subject.js";
import { refuses } from "./memory-laws.js";

/** A module as a file has it. */
interface Saved {
  readonly [key: string]: Json;
  readonly module: string;
  readonly config: { readonly [key: string]: Json };
}

/** The config rebuilds the module, and a file brings back its numbers bit by bit. */
export function fileLaws<M extends Module>(subject: Subject<M>): Law[] {
  const registry = () => createRegistry(subject.plugins ?? []);
  return [
    lawFor(subject, "it survives JSON", async (module) => {
      const text = JSON.stringify(toJSON(module));
      const again = registry().fromJSON(JSON.parse(text) as Json);
      const [told, count] = [JSON.stringify(toJSON(again)), parameterCount(again)];
      again.dispose();
      if (told !== text) broken(`saved ${text}, rebuilt ${told}`);
      if (count !== parameterCount(module)) broken(`saved ${parameterCount(module)} parameters, rebuilt ${count}`);
    }),
    lawFor(subject, "an option that there is none is refused", async (module) => {
      for (const [, one] of walk(module)) {
        const saved = toJSON(one) as Saved;
        // Lists and modules are configurations without options.
        if (Array.isArray(saved.config) || "module" in saved.config) continue;
        const misspelt: Json = { ...saved, config: { ...saved.config, mispelt: 1 } };
        refuses(`${one.type} with an option that its list does not have`, "config", () => registry().fromJSON(misspelt));
      }
    }),
    lawFor(subject, "it survives a file, bit by bit", async (module) => {
      const { module: again } = loadModule(await save(module), registry());
      try {
        for (const way of subject.ways) {
          const batch = batchFor(subject, module, way, 5);
          const loaded = await evaluate(again as M, way, batch);
          same(`${way.name} of the loaded module`, loaded, await evaluate(module, way, batch), () => 0);
        }
      } finally {
        again.dispose();
      }
    }),
  ];
}
