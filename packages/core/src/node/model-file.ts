import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Module } from "../contracts/index.js";
import { fail, isFlowsError } from "../errors.js";
import { load, type ModelFile, type SaveOptions, save } from "../files/model.js";
import type { Registry } from "../registry.js";
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
    return fail("file", resolve(path), error.message, { cause: error });
  }
}

/** The bytes of a file. Throws FlowsError "file" with the path and what to do. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return fail("file", resolve(path), reasons[code ?? ""] ?? `${message}. Check the path.`, { cause: error });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file. Check the path.",
  EISDIR: "this is a folder, not a file. Name the file.",
  EACCES: "this user may not read the file. Change its permissions.",
};
