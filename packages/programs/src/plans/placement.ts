import { type Register, resultsOf } from "@flows/core/author";
import { type Address, aligned, inputAdjointRegion, inputRegion, region, renewalRegion } from "../commands/regions.js";
import type { Routine } from "../commands/routine.js";

/** Where a routine's registers lie. */
export interface Placement {
  readonly placeOf: (register: Register) => Address;
  /** Undefined where nobody wants it. */
  readonly adjointOf: (register: Register) => Address | undefined;
  /** Bytes of the regions `registers`, `adjoints` and `ownAdjoints`. */
  readonly bytes: { readonly registers: number; readonly adjoints: number; readonly own: number };
}

/** Hands out places one after the other. */
function shelf(region: number) {
  const shelf = {
    bytes: 0,
    take: (bytes: number): Address => {
      const offset = shelf.bytes;
      shelf.bytes += aligned(bytes);
      return { region, offset };
    },
  };
  return shelf;
}

/** Registers whose adjoint somebody reads or adds to; the others are a kernel's own, such as an mlp's hidden layers. */
function wanted({ steps, output }: Routine): ReadonlySet<Register> {
  return new Set([output, ...steps.flatMap((step) => [...step.reads, ...resultsOf(step)])]);
}

/** Registers that lie in the tensors of new state. */
const renewedPlaces = (routine: Routine): ReadonlyMap<Register, Address> =>
  new Map(
    routine.renewals.flatMap(({ values }, i) =>
      values.map(({ offset, register }) => [register, { region: renewalRegion(routine, i), offset: 4 * offset }] as const),
    ),
  );

const bytesOf = ({ width, shared }: Register, rows: number): number => 4 * width * (shared ? 1 : rows);

/** Every register has a place of its own for all rows: what a gradient needs, and barriers. */
export function wholePlacement(routine: Routine, rows: number): Placement {
  const { steps, registers, inputs, output } = routine;
  const used = new Set(steps.flatMap(({ reads, writes }) => [...reads, ...writes]));
  const renewed = renewedPlaces(routine);
  const [values, adjoints, own] = [shelf(region.registers), shelf(region.adjoints), shelf(region.ownAdjoints)];
  const needed = wanted(routine);
  const placeOf = registers.map((register): Address => {
    const input = inputs.indexOf(register);
    if (input >= 0) return { region: inputRegion(input), offset: 0 };
    if (register === output) return { region: region.output, offset: 0 };
    return renewed.get(register) ?? values.take(used.has(register) ? bytesOf(register, rows) : 0);
  });
  const adjointOf = registers.map((register): Address | undefined => {
    const input = inputs.indexOf(register);
    if (input >= 0 && !register.shared) return { region: inputAdjointRegion(input), offset: 0 };
    if (input < 0 && !needed.has(register)) return undefined;
    return register.shared ? own.take(bytesOf(register, rows)) : adjoints.take(bytesOf(register, rows));
  });
  return {
    placeOf: ({ index }) => placeOf[index]!,
    adjointOf: ({ index }) => adjointOf[index],
    bytes: { registers: values.bytes, adjoints: adjoints.bytes, own: own.bytes },
  };
}

/** Registers of one chunk of rows, whose places are taken again once nobody reads them any more: it all stays in the cache. */
export function chunkPlacement({ steps, registers, inputs, output }: Routine, rows: number): Placement {
  const values = shelf(region.registers);
  const free = new Map<number, Address[]>();
  const placed = new Map<Register, Address>();
  const lastRead = new Map(steps.flatMap(({ reads, writes }, i) => [...writes, ...reads].map((register) => [register, i] as const)));
  const sizeOf = (register: Register): number => aligned(bytesOf(register, rows));
  const take = (register: Register): void => void placed.set(register, free.get(sizeOf(register))?.pop() ?? values.take(sizeOf(register)));
  const release = (register: Register): void => {
    if (register === output || (register.shared && inputs.includes(register))) return;
    const size = sizeOf(register);
    free.set(size, [...(free.get(size) ?? []), placed.get(register)!]);
  };
  for (const [i, input] of inputs.entries()) {
    if (input.shared) placed.set(input, { region: inputRegion(i), offset: 0 });
    else take(input);
  }
  steps.forEach(({ reads, writes }, i) => {
    for (const register of writes) take(register);
    for (const register of new Set([...reads, ...writes])) if (lastRead.get(register) === i) release(register);
  });
  return {
    placeOf: (register) => placed.get(register) ?? values.take(bytesOf(registers[register.index]!, rows)),
    adjointOf: () => undefined,
    bytes: { registers: values.bytes, adjoints: 0, own: 0 },
  };
}
