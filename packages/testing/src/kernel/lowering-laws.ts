import { type Bijector, type Leaf, leaves } from "@flows/core";
import {
  type Direction,
  type Floats,
  fail,
  type Place,
  type Program,
  programFor,
  type RowKernel,
  type Step,
  withReference,
} from "@flows/core/author";
import type { Result } from "../close.js";
import { type Exceptions, type Law, without } from "../law.js";
import type { Batch, Interval } from "../plain/batch.js";
import { measure } from "../plain/measure.js";
import { directionWay } from "../plain/way.js";
import { shake } from "../shake.js";
import type { BijectorOptions } from "../subject.js";
import type { FrameCase, Inputs, WithCase } from "./frame-case.js";
import { frameLaws } from "./frame-laws.js";
import { programKernel, programSpec } from "./program-kernel.js";

/**
 * The steps that a bijector lowers to, run by these kernels on plain memory: they equal its formulas, value and gradient, keep to
 * their rows and add to what is there. For kernels whose op is known only through its modules.
 */
export function loweringLaws(make: () => Bijector, kernels: readonly RowKernel[], options: BijectorOptions): Law[] {
  const laws = (["forward", "inverse"] as const).flatMap((direction) =>
    frameLaws(direction, lowered(make, kernels, direction, options), options),
  );
  return without(laws, options.except as Exceptions);
}

const lowered =
  (make: () => Bijector, kernels: readonly RowKernel[], direction: Direction, { event, domain, seed }: BijectorOptions): WithCase =>
  async (check) => {
    const b = make();
    try {
      await shake(b, seed);
      const program = programFor(b, event, direction);
      if (typeof program === "string") fail("config", "flows/testing", `${program} has no lowering, so it has no kernels to check.`);
      if (program.steps.length === 0) fail("config", "flows/testing", `${b.type} lowers to no steps, so it has no kernels to check.`);
      await check(await caseOf(b, program, kernels, direction, domain?.[direction]));
    } finally {
      b.dispose();
    }
  };

/** The whole program as one kernel: rows and context in, every other register out, one parameter for each named view and constant. */
async function caseOf(
  b: Bijector,
  program: Program,
  kernels: readonly RowKernel[],
  direction: Direction,
  domain?: Interval,
): Promise<FrameCase> {
  const reads = [program.input, ...(program.context ? [program.context] : [])];
  const others = program.registers.filter((register) => !reads.includes(register) && register !== program.output);
  const views = leaves(b).filter(({ buffer }) => program.buffers.includes(buffer));
  const constants = program.buffers.filter((buffer) => views.every((view) => view.buffer !== buffer));
  const placeOf = ({ buffer, offset, size }: Pick<Leaf, "buffer" | "offset" | "size">): Place => ({
    buffer: program.buffers.indexOf(buffer),
    offset,
    size,
  });
  const step: Step = {
    spec: programSpec,
    reads,
    writes: [...others, program.output],
    params: [...views.map(placeOf), ...constants.map((buffer) => placeOf({ buffer, offset: 0, size: buffer.size }))],
    attrs: {},
  };
  return {
    step,
    domains: [domain],
    kernel: programKernel(program, step, kernels),
    params: await Promise.all([...views.map((leaf) => leaf.read()), ...constants.map(async (buffer) => (await buffer.data()) as Floats)]),
    truth: (inputs) => truthOf(b, direction, views, inputs),
  };
}

/** The module's own composites, with the gradients of its trained views under the numbers of the step's parameters. */
async function truthOf(b: Bijector, direction: Direction, views: readonly Leaf[], { rows, reads: [x, c] }: Inputs): Promise<Result> {
  const event = [x!.length / rows];
  const batch: Batch = { rows: x!, shape: [rows, ...event], context: c ?? new Float64Array(0) };
  const way = directionWay(direction, event);
  const { value, logDet, "d rows": dRows, "d context": dContext, ...rest } = await measure(b, way, batch, { run: withReference });
  const trained = views.flatMap(({ path, kind }, i) => (kind === "param" ? [[`d param ${i}`, rest[`d ${path}`]!] as const] : []));
  return { value: value!, logDet: logDet!, "d read 0": dRows!, ...(dContext && { "d read 1": dContext }), ...Object.fromEntries(trained) };
}
