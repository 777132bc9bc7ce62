import { concat, reshape, tidy } from "@tensorflow/tfjs-core";
import type { Bijector, Direction, Floats, Shape } from "../contracts/index.js";
import { fail } from "../errors.js";
import { callFor } from "../modules/call.js";
import { inside, isModule, usable } from "../modules/inside.js";
import { sizeOf } from "../modules/params.js";
import { checkSeed, draws } from "../random/index.js";
import { checkCells, checkContext } from "./check.js";
import { contextTensor, inChunks } from "./chunks.js";
import { asRows, type Rows, type RowsLike, range, rowsTensor } from "./rows.js";
import type { ScoreOptions } from "./score.js";

/** What a map makes of rows. */
export interface Pushed {
  readonly rows: Rows;
  /** log|det J| at every row, in nats: [n]. */
  readonly logDet: Floats;
}

/**
 * Sends rows through a map, forward (noise to data) or inverse (data to noise). Memory stays flat whatever n is; numbers that are not finite are given as they are.
 *
 * Throws FlowsError: "config" for what is no bijector, "shape", "data" (the cell), "context", "disposed", "backend", "aborted".
 *
 * @example
 * const { rows: z, logDet } = await push(affine({ features: 2 }), [[0, 1]], "inverse");
 */
export async function push(map: Bijector, rows: RowsLike, direction: Direction = "forward", options: ScoreOptions = {}): Promise<Pushed> {
  if (!isModule(map) || !("forwardShape" in map)) fail("config", "push", "expected a bijector: a map, a chain, or the bijector of a flow.");
  usable(map.type, inside(map));
  const x = checkCells("push", "", asRows("push", rows));
  return through("push", map, x, direction, checkContext("push", map, options.context, x.shape[0]), options);
}

/** `push` of rows that were checked. */
export async function through(
  where: string,
  map: Bijector,
  x: Rows,
  direction: Direction,
  context: Rows | undefined,
  { seed = 0, ...options }: Omit<ScoreOptions, "context">,
): Promise<Pushed> {
  checkSeed(seed, where);
  const [n, ...event] = x.shape;
  const after = direction === "forward" ? map.forwardShape(event) : map.inverseShape(event);
  const width = sizeOf(after);
  const both = await inChunks(where, n, width + 1, options, (from, to) =>
    tidy(() => {
      const call = callFor(map, { context: contextTensor(context, from, to), draws: draws(seed, from) });
      const [value, logDet] = map[direction](rowsTensor(range(x, from, to)), call);
      return concat([reshape(value, [to - from, width]), reshape(logDet, [to - from, 1])], 1);
    }),
  );
  return parted(both, n, after);
}

/** Values and log-dets, which came side by side. */
function parted(both: Floats, n: number, event: Shape): Pushed {
  const width = sizeOf(event);
  const Kind = both instanceof Float64Array ? Float64Array : Float32Array;
  const [data, logDet] = [new Kind(n * width), new Kind(n)];
  for (let i = 0; i < n; i++) {
    const from = i * (width + 1);
    data.set(both.subarray(from, from + width), i * width);
    logDet[i] = both[from + width]!;
  }
  return { rows: { data, shape: [n, ...event] }, logDet };
}
