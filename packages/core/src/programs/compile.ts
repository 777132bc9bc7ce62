import type { Variable } from "@tensorflow/tfjs-core";
import type { Member, Noise, Program, ProgramBuilder, Register, Renewal, Step, View } from "../contracts/index.js";
import { inside } from "../modules/inside.js";
import { moveSpec } from "../row-ops/move.js";
import { makeStep } from "../row-ops/step.js";

/** Thrown by a module without `lower`. */
export class Refusal {
  readonly type: string;
  constructor(type: string) {
    this.type = type;
  }
}

export interface Lowering {
  readonly training: boolean;
  readonly features: number;
  readonly contextFeatures: number;
  /** One row of context serves all rows. */
  readonly sharedContext?: boolean;
}

/** Writes a program: `body` lowers the maps in their order. */
export function compile(
  { training, features, contextFeatures, sharedContext = false }: Lowering,
  body: (program: ProgramBuilder, x: Register) => Register,
): Program {
  const steps: Step[] = [];
  const registers: Register[] = [];
  const buffers: Variable[] = [];
  const updates: { view: View; value: Register }[] = [];
  const noises: Noise[] = [];
  const members: Member[] = [];
  let current: number | undefined;
  const register = (width: number, shared = false): Register => {
    const made = { index: registers.length, width, shared };
    registers.push(made);
    return made;
  };
  const placeOf = ({ buffer, offset, size }: Pick<View, "buffer" | "offset" | "size">) => {
    if (!buffers.includes(buffer)) buffers.push(buffer);
    return { buffer: buffers.indexOf(buffer), offset, size };
  };
  const input = register(features);
  const context = contextFeatures > 0 ? register(contextFeatures, sharedContext) : undefined;
  const write: ProgramBuilder["emit"] = (spec, reads, params, attrs) => {
    const step = { ...makeStep(spec, reads, params, attrs, register), member: current };
    steps.push(step);
    return step.writes;
  };
  let spread: Register | undefined;
  /** The one row of a shared context for every row: moves take it as it is, other ops do not. */
  const spreadOut = (shared: Register): Register => {
    if (spread) return spread;
    const cells = Array.from({ length: shared.width }, (_, column) => [0, column] as const);
    [spread] = write(moveSpec, [shared], [], { cells });
    return spread!;
  };
  const builder: ProgramBuilder = {
    training,
    context,
    emit: (spec, reads, params, attrs) => {
      const taken = reads.map((read) => (read === context && sharedContext && spec.op !== moveSpec.op ? spreadOut(read) : read));
      return write(spec, taken, params, attrs);
    },
    places: (module) => {
      const { params, state, constants } = inside(module);
      const fixed = Object.entries(constants).map(([name, buffer]) => ({ name, buffer, offset: 0, size: buffer.size }));
      return Object.fromEntries([...params, ...state, ...fixed].map((view) => [view.name, placeOf(view)]));
    },
    update: (module, name, value) => {
      const view = inside(module).state.find((v) => v.name === name)!;
      updates.push({ view, value });
    },
    noise: (draw) => {
      const made = register(draw.width);
      noises.push({ ...draw, register: made });
      return made;
    },
    within: (inner) => ({ ...builder, context: inner }),
    member: (module, direction, input, body) => {
      const [parent, own] = [current, members.length];
      members.push({ module, direction, input, output: input, parent });
      current = own;
      const output = body();
      current = parent;
      members[own] = { ...members[own]!, output };
      return output;
    },
    refuse: (type) => {
      throw new Refusal(type);
    },
  };
  const output = body(builder, input);
  const inputs = [input, ...(context ? [context] : []), ...noises.map((noise) => noise.register)];
  return { steps, registers, input, context, output, inputs, noises, members, buffers, renewals: renewalsOf(updates) };
}

/** Updates of one buffer together. */
function renewalsOf(updates: readonly { readonly view: View; readonly value: Register }[]): readonly Renewal[] {
  return [...new Set(updates.map(({ view }) => view.buffer))].map((buffer) => {
    const own = updates.filter(({ view }) => view.buffer === buffer);
    const values = own.map(({ view, value }) => ({ offset: view.offset, register: value }));
    const [first] = own;
    if (first!.view.size === buffer.size) return { view: first!.view, values };
    const spec = { ...first!.view.spec, shape: [buffer.size] };
    return { view: { name: "*", spec, buffer, offset: 0, size: buffer.size, parts: own.map(({ view }) => view) }, values };
  });
}

/** A program, or the refusal of the first module that has no `lower`. */
export function attempt(lowering: Lowering, body: (program: ProgramBuilder, x: Register) => Register): Program | Refusal {
  try {
    return compile(lowering, body);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
