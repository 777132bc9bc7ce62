import type { Draw } from "./draws.js";
import type { Module } from "./module.js";
import type { Place, Places, Register } from "./register.js";
import type { RowOpSpec } from "./row-op.js";
import type { Direction } from "./shape.js";

/** What `lower` writes to. It reads like the formula: registers in, registers out. */
export interface ProgramBuilder {
  readonly training: boolean;
  readonly context: Register | undefined;
  /** Writes a step and gives every register that it writes. */
  emit<A>(spec: RowOpSpec<A>, reads: readonly Register[], params: readonly Place[], attrs: A): readonly Register[];
  /** The named places of a module's parameters, state and constants. */
  places(module: Module): Places<Record<string, unknown>>;
  /** A module's state takes a register's value once the step has proved finite. */
  update(module: Module, name: string, value: Register): void;
  /** Random numbers for every row, [rows, width], drawn before the program runs. */
  noise(draw: Draw): Register;
  /** The same builder for those below a module that puts another context in the place of its own. */
  within(context: Register): ProgramBuilder;
  /** Notes what `body` writes as one bijector's. */
  member(module: Module, direction: Direction, input: Register, body: () => Register): Register;
  /** Says that a module has no lowering; its chain then runs it by itself, between two programs. */
  refuse(type: string): never;
}
