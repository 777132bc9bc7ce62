import type { Data, ReadOptions } from "@flows/tables";
import { readData } from "@flows/tables/node";
import type { Values } from "./command.js";
import { leftOutWords, readingOf } from "./reading.js";
import type { Terminal } from "./terminal.js";

/** Reads DATA as the call says it is written, and says which columns it leaves out. */
export async function toldData(spec: string, options: ReadOptions, values: Values, terminal: Terminal): Promise<Data> {
  const data = await readData(spec, { ...options, ...readingOf(values) });
  const words = leftOutWords(data);
  if (words !== "") terminal.say(words);
  return data;
}
