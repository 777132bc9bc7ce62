import { cpu } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { wasm } from "@flows/backend-wasm";
import type { Backend } from "@flows/core";

/** The backends by name, for so many threads. */
export const backends: Readonly<Record<string, (threads: number) => Backend>> = {
  wasm: (threads) => wasm({ threads }),
  cpu: () => cpu(),
  float64: () => float64(),
};

/** Of the thread counts asked for, those a backend can use. */
export const threadsOf = (backend: string, asked: readonly number[]): readonly number[] => (backend === "wasm" ? asked : [1]);
