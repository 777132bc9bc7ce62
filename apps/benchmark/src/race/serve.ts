import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Runner, Told } from "../workload.js";
import type { Answer, Ask } from "./messages.js";

/** Answers the benchmark until it closes the input; an error ends the process. */
export async function serve(open: (told: Told) => Promise<Runner>, input: Readable, output: Writable): Promise<void> {
  let runner: Runner | undefined;
  const answer = async (ask: Ask): Promise<Answer> => {
    if ("end" in ask) return { peakMb: process.resourceUsage().maxRSS / 1000 };
    if ("block" in ask) return runner!.block(ask.block);
    runner = await open(ask.open);
    return runner.value === undefined ? {} : { value: runner.value };
  };
  for await (const line of createInterface({ input })) output.write(`${JSON.stringify(await answer(JSON.parse(line) as Ask))}\n`);
}
