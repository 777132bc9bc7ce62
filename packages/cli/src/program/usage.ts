import { type ParseArgsConfig, parseArgs } from "node:util";

/** The words of the call are off: exit code 2. */
export class UsageError extends Error {}

export const misuse = (text: string): never => {
  throw new UsageError(text);
};

/** Arguments by their options. What they do not allow throws a UsageError that ends with the hint. */
export function argumentsOf<T extends ParseArgsConfig>(config: T, hint: string): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    // Node's own words, without its advice on arguments that begin with a dash.
    return misuse(`${(error as Error).message.split(/\. To specify|\n/)[0]!.replace(/\.?$/, ".")} ${hint}`);
  }
}

/** The parts of a text with commas between them. */
export const partsOf = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** A table of two columns, as lines. */
export function aligned(rows: readonly (readonly [left: string, right: string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
