import { createRegistry, type Json, type Module, parameterCount, toJSON } from "@flows/core";
import { broken, same } from "../close.js";
import type { Law } from "../law.js";
import { evaluate } from "../plain/evaluate.js";
import { copyNumbers } from "../shake.js";
import { batchFor, lawFor, type Subject } from "../subject.js";

/** The config rebuilds the module, and with its numbers it is the same one. */
export const fileLaws = <M extends Module>(subject: Subject<M>): Law[] => [
  lawFor(subject, "it survives JSON, weights too", async (module) => {
    const text = JSON.stringify(toJSON(module));
    const again = createRegistry(subject.plugins ?? []).fromJSON(JSON.parse(text) as Json) as M;
    try {
      if (JSON.stringify(toJSON(again)) !== text) broken(`saved ${text}, rebuilt ${JSON.stringify(toJSON(again))}`);
      if (parameterCount(again) !== parameterCount(module)) broken(`rebuilt with ${parameterCount(again)} parameters`);
      await copyNumbers(module, again);
      for (const way of subject.ways) {
        const batch = batchFor(subject, module, way, 5);
        same(`${way.name} of the rebuilt module`, await evaluate(again, way, batch), await evaluate(module, way, batch), () => 0);
      }
    } finally {
      again.dispose();
    }
  }),
];
