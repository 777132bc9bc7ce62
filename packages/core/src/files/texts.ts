import { fail } from "../errors.js";
import type { Json } from "../modules/json.js";
import { jsonFault } from "./strict-json.js";

/** The number of the file format that this version writes and reads. */
export const format = "1";

/** Deep enough for any model, too shallow to exhaust the stack. */
const depth = 200;

/** The JSON under a key of a file's metadata; undefined where it is absent. */
export function jsonIn(metadata: Readonly<Record<string, string>>, key: string): Json | undefined {
  const text = metadata[key];
  if (text === undefined) return undefined;
  const fault = jsonFault(text, depth);
  if (fault) fail("file", "load", `the file's ${key} is not usable: ${fault}.`);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    return fail("file", "load", `the file's ${key} is not valid JSON. The file was changed: take another copy.`, { cause: error });
  }
}

/** Refuses files that are no model of ours, or of a format that this version does not read. */
export function checkFormat(metadata: Readonly<Record<string, string>>): void {
  if (metadata.model === undefined || metadata.format === undefined)
    fail("file", "load", "this safetensors file holds no Flows model. Take one that save() or flows fit wrote.");
  if (metadata.format !== format)
    fail(
      "file",
      "load",
      `the file has format ${JSON.stringify(metadata.format).slice(0, 40)}, and this version reads ${format}. Update @flows/core.`,
    );
}
