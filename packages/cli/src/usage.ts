import { type Command, commonOptions, type Options } from "./command.js";
import { aligned } from "./program/usage.js";

const lines = (options: Options): string[] =>
  aligned(
    Object.entries(options).map(([name, { short, value, help }]) => [
      `${short ? `-${short}, ` : "    "}--${name}${value ? ` ${value}` : ""}`,
      help,
    ]),
  );

/** The help of one command. */
export function commandHelp({ name, summary, usage, options }: Command): string {
  const own = Object.keys(options).length > 0 ? ["", "Options:", ...lines(options)] : [];
  return [`flows ${name} ${usage}`, "", summary, ...own, "", "Common options:", ...lines(commonOptions)].join("\n");
}

/** The help of the whole program. */
export const programHelp = (commands: readonly Command[]): string =>
  [
    "flows: exact densities and samples from invertible networks",
    "",
    "Usage:",
    ...aligned(commands.map(({ name, usage, summary }) => [`flows ${name} ${usage}`, summary])),
    "",
    "DATA is a CSV or npy file, or a toy such as toy:two-moons?n=4000&noise=0.06&standardize=true.",
    "flows COMMAND --help tells the options of a command.",
    "Exit codes: 0 done, 1 an error that names its cause, 2 a wrong call, 130 interrupted, 70 a bug of ours.",
  ].join("\n");
