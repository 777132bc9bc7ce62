import type { Module } from "../contracts/index.js";
import { fail, isFlowsError } from "../errors.js";
import { load, type ModelFile, type SaveOptions, save } from "../files/model.js";
import type { Registry } from "../registry.js";
import { readBytes } from "./read-bytes.js";
import { writeAtomic } from "./write-atomic.js";

/**
 * Saves a module to a file, whole or not at all.
 *
 * @example
 * await saveFile("model.safetensors", model, { table });
 */
export const saveFile = async (path: string, module: Module, options: SaveOptions = {}): Promise<void> =>
  writeAtomic(path, await save(module, options));

/** Loads what `saveFile`, `flows fit` or a checkpoint wrote. Throws FlowsError "file" or "registry" with the path. */
export async function loadFile(path: string, registry: Registry): Promise<ModelFile> {
  const bytes = await readBytes(path);
  try {
    return load(bytes, registry);
  } catch (error) {
    if (!isFlowsError(error) || error.code !== "file") throw error;
    return fail("file", path, error.message, { cause: error, details: error.details });
  }
}
