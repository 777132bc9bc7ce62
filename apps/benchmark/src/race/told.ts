import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Task, Told, Workload } from "../workload.js";

/** Hands tasks out, with their inputs as files of a folder of its own. */
export interface Teller {
  tell(workload: Workload, task: Task): Told;
  /** Removes the files. */
  dispose(): void;
}

export function teller(): Teller {
  const folder = mkdtempSync(join(tmpdir(), "flows-benchmark-"));
  return {
    tell: (workload, { name, kind, spec, inputs }) => {
      const files = Object.entries(inputs).map(([input, make]) => {
        const path = join(folder, `${name}-${input}.f32`);
        writeFileSync(path, new Uint8Array(make().buffer));
        return [input, path] as const;
      });
      return { workload: workload.name, name, kind, spec, files: Object.fromEntries(files) };
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
