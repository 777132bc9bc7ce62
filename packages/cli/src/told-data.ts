import type { Data, ReadOptions } from "@flows/tables";
import { readData } from "@flows/tables/node";
import type { Terminal } from "./terminal.js";

/** Reads DATA and says which of its columns hold no numbers. */
export async function toldData(spec: string, options: ReadOptions, terminal: Terminal): Promise<Data> {
  const data = await readData(spec, options);
  if (data.leftOut.length > 0) terminal.say(`Left out, no numbers in them: ${data.leftOut.join(", ")}.`);
  return data;
}
