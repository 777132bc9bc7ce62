import { session } from "../backend/session.js";
import type { Distribution, Module } from "../contracts/index.js";
import { fail } from "../errors.js";
import { inside, isModule, usable } from "../modules/inside.js";
import { type Json, toJSON } from "../modules/json.js";
import { leaves, retired, writeLeaves } from "../modules/leaves.js";
import type { Registry } from "../registry.js";
import { built, inFile } from "./built.js";
import { type Arrays, nameOf, nothingElse, readLeaves, readNumbers } from "./numbers.js";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.js";
import { checkTable, type Table } from "./table.js";
import { checkFormat, format, jsonIn } from "./texts.js";

export interface SaveOptions {
  /** The columns that the model speaks of. */
  readonly table?: Table | undefined;
  /** Plain data of yours: where the data came from, how it was fitted. */
  readonly metadata?: Json | undefined;
}

/** What a file says in words. */
export interface Texts {
  readonly table: Table | undefined;
  readonly metadata: Json | undefined;
  /** Whether it is a fit's checkpoint: `resume` of `fit` goes on from it. */
  readonly checkpoint: boolean;
}

/** What a model file holds. The flow is yours to dispose. */
export interface ModelFile extends Texts {
  readonly flow: Distribution;
}

/** The metadata of a file. */
export function textsOf(
  module: Module,
  { table, metadata }: SaveOptions,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    format,
    model: JSON.stringify(toJSON(module)),
    ...(table && { table: JSON.stringify(checkTable("save", table)) }),
    ...(metadata !== undefined && { metadata: JSON.stringify(toJSON(metadata)) }),
    ...more,
  };
}

/**
 * A module as the bytes of one safetensors file, readable from Python: parameters as `flow/<path>`, state as `state/<path>`, the
 * configuration as JSON in the metadata. F64 on a float64 backend.
 *
 * @example
 * const bytes = await save(model, { table, metadata: { seed: 3 } });
 */
export async function save(module: Module, options: SaveOptions = {}): Promise<Uint8Array> {
  if (!isModule(module)) fail("config", "save", "expected a flow or another module.");
  usable(module.type, inside(module));
  return encodeSafetensors(await readLeaves(module, nameOf, (buffer) => buffer), textsOf(module, options));
}

/**
 * The flow in a model file, or in a checkpoint (as it was at that step), built by what the registry knows. Nothing in a file is evaluated.
 *
 * Throws FlowsError "file" (damaged, changed, of another format) or "registry" (none, or one without the plugin of a module); then nothing is left behind.
 *
 * @example
 * const { flow, table } = load(bytes, createRegistry([bijectors]));
 */
export function load(bytes: Uint8Array, registry: Registry): ModelFile {
  const { module, ...texts } = loadModule(bytes, registry);
  if ("logProb" in module) return { ...texts, flow: module as Distribution };
  module.dispose();
  return fail("file", "load", `the file holds a ${module.type}, which is no distribution. Use loadModule for parts of a flow.`);
}

/** `load` for a module of any kind. */
export function loadModule(bytes: Uint8Array, registry: Registry): Texts & { readonly module: Module } {
  session();
  if (typeof registry?.fromJSON !== "function")
    fail(
      "registry",
      "load",
      "expected what knows the modules in the file. Pass createRegistry([bijectors]), with the plugin of each package that the model is made of.",
    );
  const { tensors, metadata } = decodeSafetensors(bytes);
  checkFormat(metadata);
  const texts = readTexts(metadata);
  const numbers = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
  const module = built(jsonIn(metadata, "model") ?? null, registry, numbers);
  try {
    fill(module, tensors, texts.checkpoint);
    return { ...texts, module };
  } catch (error) {
    module.dispose();
    throw error;
  }
}

function readTexts(metadata: Readonly<Record<string, string>>): Texts {
  const table = jsonIn(metadata, "table") as Table | undefined;
  return {
    metadata: jsonIn(metadata, "metadata"),
    table: table === undefined ? undefined : inFile(() => checkTable("load", table)),
    checkpoint: metadata.checkpoint !== undefined,
  };
}

/** The entries that a checkpoint has beside its model. */
const besides = /^(best|adam|average|fit)\//;

function fill(module: Module, tensors: Arrays, checkpoint: boolean): void {
  const all = leaves(module);
  const own = checkpoint ? new Map([...tensors].filter(([name]) => !besides.test(name))) : tensors;
  nothingElse(own, [...all.map(nameOf), ...retired(module)]);
  const values = all.map((leaf) => readNumbers(own, nameOf(leaf), leaf));
  writeLeaves(
    module,
    all.map((leaf, i) => [leaf, values[i]!]),
  );
}
