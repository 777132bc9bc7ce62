import { childProgram } from "../folders.js";
import type { Open, Task } from "../workload.js";
import type { Entry } from "./entry.js";

/** tfjs's own backends; in Node its wasm backend runs on one thread. */
const backends = ["wasm", "cpu"];

/** Plain tfjs, where it knows the kind of task. */
export const tfjsEntries = ({ kind }: Task): Entry[] =>
  kind.startsWith("real-nvp/")
    ? backends.map((backend) => ({
        name: `tfjs ${backend}`,
        threads: 1,
        ours: false,
        program: process.execPath,
        args: [childProgram, "tfjs", backend],
      }))
    : [];

/** Sets a task up in the process of an entry. Imported only there: tfjs registers its gradients and kernels for the whole process. */
export async function tfjsOpener([backend]: readonly string[]): Promise<Open<never>> {
  const [{ useTfjs }, { openTfjs }] = await Promise.all([import("../tfjs/backend.js"), import("../tfjs/real-nvp.js")]);
  await useTfjs(backend!);
  return openTfjs;
}
