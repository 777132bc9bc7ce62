import type { Distribution } from "../contracts/index.js";
import { fail } from "../errors.js";
import { checkContext, checkFlow, checkRows } from "./check.js";
import { layersOf, mapOf } from "./layers.js";
import { push, through } from "./push.js";
import { asRows, type Rows, type RowsLike } from "./rows.js";
import type { ScoreOptions } from "./score.js";

/**
 * The noise that a flow finds in rows of data, z = inverse(x): a draw of its base where the flow is right.
 *
 * Throws FlowsError: "config" for a distribution that is no flow, and what `push` throws.
 *
 * @example
 * const z = await latents(model, heldOut);
 */
export async function latents(flow: Distribution, rows: RowsLike, options: ScoreOptions = {}): Promise<Rows> {
  checkFlow("latents", flow);
  const map = mapOf(flow);
  if (!map) return fail("config", "latents", `${flow.type} has no map to noise, so there are no latents. Give a flow.`);
  const x = checkRows("latents", flow, rows);
  const pushed = await through("latents", map, x, "inverse", checkContext("latents", flow, options.context, x.shape[0]), options);
  return pushed.rows;
}

/** Rows after a layer of a flow. */
export interface Stage {
  /** The layer's type, "flows/affine". */
  readonly type: string;
  readonly rows: Rows;
}

/**
 * What becomes of noise after each layer of a flow, in the order of `forward`, chains and inversions opened: the last are data. Empty for other distributions.
 *
 * Throws what `push` throws.
 *
 * @example
 * const steps = await stages(model, await draw(normal({ features: 2 }), 500));
 */
export async function stages(flow: Distribution, noise: RowsLike, options: ScoreOptions = {}): Promise<Stage[]> {
  checkFlow("stages", flow);
  let rows = asRows("stages", noise);
  const found: Stage[] = [];
  for (const { layer, direction } of layersOf(flow, "forward")) {
    ({ rows } = await push(layer, rows, direction, layer.contextFeatures === 0 ? { ...options, context: undefined } : options));
    found.push({ type: layer.type, rows });
  }
  return found;
}
