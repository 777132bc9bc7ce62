import { type Binary, fail } from "@flows/core/author";
import { hasData, isBounded } from "../binary/importing-memory.js";
import type { Instance } from "../binary/module.js";

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
const list = (names: readonly string[]): string => names.join(", ") || "nothing";

/**
 * Instantiates a plugin's kernel beside ours. Throws "registry", naming the op, where its module does not import one memory with a
 * maximum and nothing else, has static data, or lacks a function.
 */
export async function joinModule(
  op: string,
  { bytes, forward, backward }: Binary,
  instantiate: (bytes: Uint8Array) => Promise<Instance>,
): Promise<Instance> {
  const refuse = (text: string, cause?: unknown): never => fail("registry", "flows/wasm", `the kernel of ${op} ${text}`, { cause });
  const module = await compiled(bytes).catch((cause: unknown) =>
    refuse(`is no WebAssembly module that this engine compiles: ${textOf(cause)}. Pass the bytes of a compiled module.`, cause),
  );
  const imports = WebAssembly.Module.imports(module);
  const names = imports.map(({ module: from, name }) => `${from}.${name}`);
  if (String(names) !== "env.memory" || imports[0]!.kind !== "memory")
    refuse(`must import the memory env.memory and nothing else. It imports ${list(names)}: build it without what needs the rest.`);
  if (!isBounded(bytes)) refuse("must import a memory with a maximum. Build it with a maximum of 65536 pages.");
  if (hasData(bytes)) refuse("has static data, which would overwrite tensors. Build it without tables, strings and static arrays.");
  const made = await instantiate(bytes).catch((cause: unknown) =>
    refuse(`does not fit our memory: ${textOf(cause)}. Let it import one of 0 to 65536 pages.`, cause),
  );
  for (const name of [forward, backward])
    if (!takesRows(made.exports[name]))
      refuse(`must export a function ${name}(step, from, to). It exports ${list(Object.keys(made.exports))}.`);
  return made;
}

/** Rejects also what is no bytes at all. */
const compiled = async (bytes: Uint8Array): Promise<WebAssembly.Module> => WebAssembly.compile(Uint8Array.from(bytes));

const takesRows = (exported: WebAssembly.ExportValue | undefined): boolean => typeof exported === "function" && exported.length === 3;
