import {
  type Conditioner,
  type Direction,
  defineBijector,
  fail,
  type Register,
  type Scope,
  type Shape,
  sizeOf,
  type Transformed,
  type Transformer,
} from "@flows/core";
import { reshape, type Tensor } from "@flows/core/ops";
import { columns } from "../row-ops/columns.js";
import { maskColumns, positionsOf } from "../row-ops/mask-columns.js";
import { scatterColumns } from "../row-ops/scatter-columns.js";
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

/** Which columns a coupling keeps, moves, and reads from its network's outputs; undefined reads them all. */
interface Layout {
  readonly kept: readonly number[];
  readonly moved: readonly number[];
  readonly masked: boolean;
  readonly raw: readonly number[] | undefined;
}

/** One line of the coupling's path, with tensors in a formula and with registers in a lowering. */
interface Wires<T> {
  readonly columns: (x: T, indices: readonly number[]) => T;
  readonly masked: (x: T) => T;
  readonly network: (x: T) => T;
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
  if (conditioner.outputs === paramCount * moved.length) return { kept, moved, masked, raw: undefined };
  if (masked && conditioner.outputs === paramCount * n)
    return { kept, moved, masked, raw: blocks.flatMap((at) => moved.map((i) => at + i)) };
  const or = masked ? ` or ${paramCount * n}` : "";
  return fail("config", where, `the network must have ${paramCount * moved.length}${or} outputs, got ${conditioner.outputs}.`);
}

/** The raw parameters of the moved features. */
function parameters<T>(x: T, a: T, { masked, raw }: Layout, wires: Wires<T>): T {
  const outputs = wires.network(masked ? wires.masked(x) : a);
  return raw ? wires.columns(outputs, raw) : outputs;
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
export const coupling = defineBijector("flows/coupling", (config: CouplingConfig) => {
  const { mask, conditioner, transformer, event = [mask.length] } = config;
  const layout = layoutOf(config);
  const { kept, moved } = layout;
  if (sizeOf(event) !== mask.length)
    fail("config", "flows/coupling", `mask must have ${sizeOf(event)} entries for events [${event}], got ${mask.length}.`);
  const way =
    (direction: Direction) =>
    (rows: Tensor, _p: unknown, call: Scope): Transformed => {
      const x = event.length === 1 ? rows : reshape(rows, [rows.shape[0]!, mask.length]);
      const pick = (from: Tensor, list: readonly number[]): Tensor => columns([from], [], { indices: list })[0];
      const a = pick(x, kept);
      const raw = parameters(x, a, layout, {
        columns: pick,
        masked: (full) => maskColumns([full], [], { mask })[0],
        network: (input) => conditioner.apply(input, call),
      });
      const [b, logDet] = transformer[direction](pick(x, moved), raw);
      const [y] = scatterColumns([a, b], [], { left: kept, right: moved });
      return [event.length === 1 ? y : reshape(y, [rows.shape[0]!, ...event]), logDet];
    };
  return {
    event,
    children: { conditioner, transformer },
    forward: way("forward"),
    inverse: way("inverse"),
    lower: (program, x, _p, direction) => {
      const pick = (from: Register, list: readonly number[]): Register => columns.emit(program, [from], [], { indices: list });
      const a = pick(x, kept);
      const raw = parameters(x, a, layout, {
        columns: pick,
        masked: (full) => maskColumns.emit(program, [full], [], { mask }),
        network: (input) => conditioner.lower(program, input),
      });
      const b = transformer.lower(program, pick(x, moved), raw, direction);
      return scatterColumns.emit(program, [a, b], [], { left: kept, right: moved });
    },
  };
});
