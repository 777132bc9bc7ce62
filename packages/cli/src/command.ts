import type { ParseArgsConfig } from "node:util";
import type { Terminal } from "./terminal.js";

/** One option: what parseArgs needs, and what help prints. */
export interface OptionHelp {
  readonly type: "string" | "boolean";
  readonly short?: string;
  /** "N", "FILE": what stands for the value. */
  readonly value?: string;
  readonly help: string;
}
export type Options = Readonly<Record<string, OptionHelp>>;

/** What an option's text was, by name. */
export type Values = Readonly<Record<string, string | boolean | undefined>>;

export interface Invocation {
  readonly positionals: readonly string[];
  readonly values: Values;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** What a command found: words for people, and the same as data for `--json`. */
export interface Answer {
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** One command of the CLI. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** "DATA --model NAME" */
  readonly usage: string;
  /** The names of the positional arguments, all of them needed; "MODEL..." stands for one or more. */
  readonly positionals: readonly string[];
  readonly options: Options;
  run(invocation: Invocation): Promise<Answer>;
}

/** What every command takes. */
export const commonOptions: Options = {
  help: { type: "boolean", short: "h", help: "Shows this help." },
  seed: { type: "string", value: "N", help: "Seed of everything random. Default 0." },
  backend: { type: "string", value: "NAME", help: "wasm, cpu or float64. Default wasm." },
  threads: { type: "string", value: "N", help: "Threads of the wasm backend. Default one a core, at most 4." },
  json: { type: "boolean", help: "Prints one JSON object as the last line." },
  quiet: { type: "boolean", short: "q", help: "Prints nothing but results and errors." },
  verbose: { type: "boolean", short: "v", help: "Prints details, and the stack trace of an error." },
};

export const parseConfig = (options: Options): NonNullable<ParseArgsConfig["options"]> =>
  Object.fromEntries(Object.entries(options).map(([name, { type, short }]) => [name, { type, ...(short && { short }) }]));
