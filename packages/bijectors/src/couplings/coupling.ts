import type { Conditioner, Shape, Transformer } from "@flows/core";
import {
  type Direction,
  defineBijector,
  fail,
  type MoveAttrs,
  type Register,
  type Scope,
  sizeOf,
  type Transformed,
} from "@flows/core/author";
import { reshape, type Tensor } from "@flows/core/ops";
import { columnsOf, keptBy, positionsOf, putBack } from "../row-ops/cells.js";
import { move } from "../row-ops/move.js";
import type { Mask } from "./masks.js";

export interface CouplingConfig {
  /** 1 keeps a feature, 0 moves it. */
  readonly mask: Mask;
  /**
   * The network. With as many features as are kept it reads those; with as many as the mask has it reads the
   * masked row, and its outputs for kept features are left out.
   */
  readonly conditioner: Conditioner;
  readonly transformer: Transformer;
  /** The event's shape where it is not [features]; the mask is flat over it. */
  readonly event?: Shape;
}

/** Which columns a coupling keeps and moves, what its network reads in their place and what of its outputs is used, and how both come together. */
interface Layout {
  readonly kept: MoveAttrs;
  readonly moved: MoveAttrs;
  readonly masked: MoveAttrs | undefined;
  readonly raw: MoveAttrs | undefined;
  readonly whole: MoveAttrs;
}

/** The coupling's path, with tensors in a formula and with registers in a lowering. */
interface Wires<T> {
  readonly move: (rows: readonly T[], moves: MoveAttrs) => T;
  readonly network: (x: T) => T;
  readonly transform: (x: T, raw: T) => T;
}

function layoutOf({ mask, conditioner, transformer }: CouplingConfig): Layout {
  const where = "flows/coupling";
  const [kept, moved] = [positionsOf(mask, 1), positionsOf(mask, 0)];
  const n = mask.length;
  if (n < 2) fail("config", where, `features must be at least 2, got ${n}. Use affine for a single feature.`);
  if (kept.length + moved.length !== n) fail("config", where, `mask must hold only 0 and 1, got [${mask}].`);
  if (kept.length === 0 || moved.length === 0) fail("config", where, `mask must keep and move at least one feature each, got [${mask}].`);
  const masked = conditioner.features === n;
  if (!masked && conditioner.features !== kept.length)
    fail("config", where, `the network must read the ${kept.length} kept features or all ${n}, got ${conditioner.features}.`);
  const { paramCount } = transformer;
  const blocks = Array.from({ length: paramCount }, (_, p) => p * n);
  const whole = putBack(kept, moved);
  const layout = { kept: columnsOf(kept), moved: columnsOf(moved), masked: masked ? keptBy(mask) : undefined, whole };
  if (conditioner.outputs === paramCount * moved.length) return { ...layout, raw: undefined };
  if (masked && conditioner.outputs === paramCount * n)
    return { ...layout, raw: columnsOf(blocks.flatMap((at) => moved.map((i) => at + i))) };
  const or = masked ? ` or ${paramCount * n}` : "";
  return fail("config", where, `the network must have ${paramCount * moved.length}${or} outputs, got ${conditioner.outputs}.`);
}

/** The row after the layer. */
function coupled<T>(x: T, { kept, moved, masked, raw, whole }: Layout, { move, network, transform }: Wires<T>): T {
  const a = move([x], kept);
  const outputs = network(masked ? move([x], masked) : a);
  const parameters = raw ? move([outputs], raw) : outputs;
  return move([a, transform(move([x], moved), parameters)], whole);
}

/**
 * Coupling layer: kept features pass, moved ones go through an elementwise map whose parameters a network makes of the
 * kept ones and the context. x_A = z_A, x_B = T(z_B; N(z_A, context)); log-det is T's, the Jacobian is block triangular.
 *
 * Shapes: z [batch, ...event].
 * Source: Dinh, Sohl-Dickstein and Bengio (2017), Density Estimation Using Real NVP, section 3. https://arxiv.org/abs/1605.08803
 *
 * @example
 * coupling({ mask: [1, 0], conditioner: mlp({ features: 1, hidden: [64, 64], outputs: 2 }), transformer: affineTransformer({}) })
 */
export const coupling = defineBijector(
  { type: "flows/coupling", options: ["mask", "conditioner", "transformer", "event"] },
  (config: CouplingConfig) => {
    const { mask, conditioner, transformer, event = [mask.length] } = config;
    const layout = layoutOf(config);
    if (sizeOf(event) !== mask.length)
      fail("config", "flows/coupling", `mask must have ${sizeOf(event)} entries for events [${event}], got ${mask.length}.`);
    const way =
      (direction: Direction) =>
      (rows: Tensor, _p: unknown, call: Scope): Transformed => {
        const x = event.length === 1 ? rows : reshape(rows, [rows.shape[0]!, mask.length]);
        let logDet: Tensor | undefined;
        const y = coupled(x, layout, {
          move: (from, moves) => move(from, [], moves)[0],
          network: (input) => conditioner.apply(input, call),
          transform: (input, raw) => {
            const [value, own] = transformer[direction](input, raw);
            logDet = own;
            return value;
          },
        });
        return [event.length === 1 ? y : reshape(y, [rows.shape[0]!, ...event]), logDet!];
      };
    return {
      event,
      children: { conditioner, transformer },
      handsOnContext: true,
      forward: way("forward"),
      inverse: way("inverse"),
      lower: (program, x, _p, direction) =>
        coupled<Register>(x, layout, {
          move: (from, moves) => move.emit(program, from, [], moves)[0],
          network: (input) => conditioner.lower(program, input),
          transform: (input, raw) => transformer.lower(program, input, raw, direction),
        }),
    };
  },
);
