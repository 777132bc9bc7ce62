import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** What a program prints. */
export const printed = async (program: string, args: readonly string[]): Promise<string> =>
  (await execute(program, [...args])).stdout.trim();

/** Milliseconds from a program's start to its end, so many times. */
export async function timed(program: string, args: readonly string[], times: number): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < times; i++) {
    const from = performance.now();
    await execute(program, [...args]);
    found.push(performance.now() - from);
  }
  return found;
}
