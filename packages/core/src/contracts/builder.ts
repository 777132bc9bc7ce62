import type { Module } from "./module.js";
import type { Attrs, Place, Places, Register } from "./program.js";

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
  /** The named places of a module's parameters and state. */
  places(module: Module): Places<Record<string, unknown>>;
  /** A module's state takes a register's value once the step has proved finite. */
  update(module: Module, name: string, value: Register): void;
  /** Says that a module has no lowering; its chain then runs layer by layer. */
  refuse(type: string): never;
}
