import type { Draw } from "./draws.js";
import type { Module } from "./module.js";
import type { Attrs, Place, Places, Register } from "./program.js";
import type { Direction } from "./shape.js";

export interface Emit<W extends readonly number[]> {
  readonly reads: readonly Register[];
  readonly params?: readonly Place[];
  readonly attrs?: Attrs;
  /** The widths of the registers that the step writes. */
  readonly widths: W;
  readonly barrier?: boolean;
}

/** What `lower` writes to. It reads like the formula: registers in, registers out. */
export interface ProgramBuilder {
  readonly training: boolean;
  readonly context: Register | undefined;
  emit<const W extends readonly number[]>(op: string, step: Emit<W>): { -readonly [K in keyof W]: Register };
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
