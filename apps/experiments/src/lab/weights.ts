import { leaves, type Module } from "@flows/core";

/** All numbers of a model as text, to be kept beside what was found with them. */
export async function weightsOf(model: Module): Promise<string> {
  const parts = await Promise.all(leaves(model).map(async (leaf) => Float32Array.from(await leaf.read())));
  return Buffer.concat(parts.map((part) => new Uint8Array(part.buffer))).toString("base64");
}

/** Writes such numbers into a model of the same shape. */
export function writeWeights(model: Module, text: string): void {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  const values = new Float32Array(bytes.buffer);
  let at = 0;
  for (const leaf of leaves(model)) {
    leaf.write(values.slice(at, at + leaf.size));
    at += leaf.size;
  }
}
