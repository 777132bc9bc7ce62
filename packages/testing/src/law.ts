import type { Module } from "@flows/core";
import { fail } from "@flows/core/author";
import { memory } from "@tensorflow/tfjs-core";
import { broken } from "./close.js";
import { shake } from "./shake.js";

/** One thing that must hold, as data: any test runner will do. `check` rejects where it does not. */
export interface Law {
  readonly name: string;
  check(): Promise<void>;
}

/** Laws that a subject is excused from, each with its reason. */
export type Exceptions = Readonly<Record<string, string>>;

/** A law about a fresh module, shaken; when it is disposed nothing may be left. */
export const lawOf = <M extends Module>(make: () => M, name: string, body: (module: M) => Promise<void>, seed?: number): Law => ({
  name,
  check: async () => {
    const before = memory().numTensors;
    const module = make();
    try {
      await shake(module, seed);
      await body(module);
    } finally {
      module.dispose();
    }
    const left = memory().numTensors - before;
    if (left !== 0) broken(`${left} tensors were left after dispose`);
  },
});

/** Leaves out what is excused. An exception needs the name of a law and a reason. */
export function without(laws: readonly Law[], except: Exceptions = {}): Law[] {
  const names = laws.map(({ name }) => name);
  for (const [name, reason] of Object.entries(except)) {
    if (!names.includes(name)) fail("config", "flows/testing", `except names no law: "${name}". Laws: ${names.join("; ")}.`);
    if (reason.trim() === "") fail("config", "flows/testing", `except "${name}" needs a reason.`);
  }
  return laws.filter(({ name }) => !(name in except));
}
