import { isFlowsError } from "@flows/core";
import { type Answer, type Command, commonOptions, parseConfig, type Values } from "./command.js";
import { commands } from "./commands/index.js";
import { argumentsOf, conduct, interruptible, misuse, processStreams, type Streams, UsageError } from "./program/index.js";
import { type Terminal, terminalOf } from "./terminal.js";
import { commandHelp, programHelp } from "./usage.js";
import { withBackend } from "./with-backend.js";

/** The whole program: arguments in, exit code out. 0 done, 1 our errors, 2 usage, 130 an interrupt, 70 a bug. */
export function main(argv: readonly string[], streams: Streams = processStreams()): Promise<number> {
  const verbose = argv.includes("--verbose") || argv.includes("-v");
  const terminal = terminalOf(streams, { quiet: argv.includes("--quiet") || argv.includes("-q"), verbose });
  const work = async (signal: AbortSignal): Promise<number> => {
    await dispatch(argv, terminal, signal);
    return 0;
  };
  return conduct(
    "flows",
    streams,
    () => interruptible(work),
    (error) => words(error, verbose),
  );
}

function words(error: unknown, verbose: boolean): string | undefined {
  if (verbose && error instanceof Error) return error.stack;
  if (error instanceof UsageError || isFlowsError(error)) return undefined;
  return `flows: an unexpected error, a bug of ours: ${error instanceof Error ? error.message : String(error)}. Run again with --verbose and report it.`;
}

async function dispatch(argv: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<void> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") return terminal.result(programHelp(commands));
  const command = commands.find((c) => c.name === name);
  if (!command) return misuse(`there is no command "${name}". Commands: ${commands.map((c) => c.name).join(", ")}.`);
  const { positionals, values } = parse(command, rest);
  if (values.help) return terminal.result(commandHelp(command));
  const { positionals: wanted } = command;
  const more = wanted.some((one) => one.endsWith("..."));
  if (more ? positionals.length < wanted.length : positionals.length !== wanted.length)
    misuse(`flows ${name} takes ${wanted.join(" ")}, got ${positionals.join(" ") || "nothing"}. See flows ${name} --help.`);
  const answer = await withBackend(values, terminal, () => command.run({ positionals, values, terminal, signal }));
  print(answer, values.json === true, terminal);
}

/** With --json the words step aside to standard error, and the object is the last line. */
function print({ text, json }: Answer, asJson: boolean, terminal: Terminal): void {
  if (text !== "") (asJson ? terminal.say : terminal.result)(text);
  if (asJson) terminal.result(JSON.stringify(json));
}

function parse(command: Command, args: readonly string[]): { readonly positionals: readonly string[]; readonly values: Values } {
  const options = parseConfig({ ...command.options, ...commonOptions });
  const config = { args: joined(args), options, allowPositionals: true, strict: true };
  const { positionals, values } = argumentsOf(config, `See flows ${command.name} --help.`);
  // No option is declared as a list.
  return { positionals, values: values as Values };
}

/** Ties a negative number to the option before it, which parseArgs would take for another option. */
const joined = (args: readonly string[]): string[] =>
  args.reduce<string[]>((done, arg) => {
    const before = done.at(-1);
    if (!/^-[\d.]/.test(arg) || !before?.startsWith("-") || before.includes("=")) return [...done, arg];
    return [...done.slice(0, -1), before.startsWith("--") ? `${before}=${arg}` : `${before}${arg}`];
  }, []);
