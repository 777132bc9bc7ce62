import type { Bijector, Distribution, Rows, RowsLike } from "@flows/core";
import { type ChunkOptions, type Floats, fail, rowsTensor } from "@flows/core/author";
import { tidy } from "@tensorflow/tfjs-core";
import { checkedRows } from "../rows.js";

/**
 * The noise that a flow finds in rows of data, z = inverse(x): a draw of its base where the flow is right.
 *
 * Throws FlowsError: "config" for a distribution that is no flow, "aborted", and what the flow's map throws.
 *
 * @example
 * const { squaredNorm } = checkLatents(await latentsOf(model, heldOut));
 */
export async function latentsOf(flow: Distribution, rows: RowsLike, { chunk = 4096, signal }: ChunkOptions = {}): Promise<Rows> {
  const map = flow.children.bijector as Bijector | undefined;
  if (!map) return fail("config", "latentsOf", `${flow.type} has no map to noise, so there are no latents. Give a flow.`);
  const { data, shape } = checkedRows("latentsOf", "rows", rows);
  const [n, width = 1] = shape;
  const parts: Floats[] = [];
  for (let from = 0; from < n; from += chunk) {
    if (signal?.aborted) fail("aborted", "latentsOf", "stopped by its AbortSignal.", { cause: signal.reason });
    const part = data.subarray(from * width, Math.min(n, from + chunk) * width);
    parts.push(await sentBack(map, { data: part, shape: [part.length / width, ...flow.eventShape] }));
  }
  return { data: joined(parts), shape: [n, width] };
}

async function sentBack(map: Bijector, rows: Rows): Promise<Floats> {
  const z = tidy(() => map.inverse(rowsTensor(rows))[0]);
  try {
    return (await z.data()) as Floats;
  } finally {
    z.dispose();
  }
}

function joined(parts: readonly Floats[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
