import type { Tensor } from "@tensorflow/tfjs-core";
import { floats } from "../backend/tensor-of.js";
import { wholeNumber } from "../checks.js";
import type { Floats } from "../contracts/index.js";
import { fail } from "../errors.js";
import { breathe } from "./breathe.js";
import { type Rows, range, rowsTensor } from "./rows.js";

export interface ChunkOptions {
  /** Rows computed at a time; it changes memory and speed, never a number. Default 4,096. */
  readonly chunk?: number | undefined;
  /** Stops between two chunks with FlowsError "aborted". */
  readonly signal?: AbortSignal | undefined;
}

/** Refuses to go on where the caller has aborted. */
export function checkSignal(where: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) fail("aborted", where, "stopped by its AbortSignal.", { cause: signal.reason });
}

/** Computes `width` numbers for each of `n` rows, a chunk at a time: one tensor lives, whatever n is. */
export async function inChunks(
  where: string,
  n: number,
  width: number,
  { chunk = 4096, signal }: ChunkOptions,
  compute: (from: number, to: number) => Tensor,
): Promise<Floats> {
  wholeNumber(where, "chunk", chunk);
  const out = floats(n * width);
  for (let from = 0; from < n; from += chunk) {
    checkSignal(where, signal);
    const result = compute(from, Math.min(n, from + chunk));
    try {
      out.set((await result.data()) as Floats, from * width);
    } finally {
      result.dispose();
    }
    await breathe();
  }
  return out;
}

/** Rows from .. to - 1 of a context as a tensor; one row serves all. */
export function contextTensor(context: Rows | undefined, from: number, to: number): Tensor | undefined {
  if (!context) return undefined;
  return rowsTensor(context.shape[0] === 1 ? context : range(context, from, to));
}
