import type { Floats } from "@flows/core/author";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Result } from "../close.js";

/** Reads tensors by name and frees them. Asynchronous, as a GPU wants it. */
export async function read(tensors: Readonly<Record<string, Tensor>>): Promise<Record<string, Floats> & Result> {
  const entries = await Promise.all(
    Object.entries(tensors).map(async ([key, tensor]) => {
      const values = (await tensor.data()) as Floats;
      tensor.dispose();
      return [key, values.slice()] as const;
    }),
  );
  return Object.fromEntries(entries);
}
