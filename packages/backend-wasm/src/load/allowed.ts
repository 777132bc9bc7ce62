import { fail } from "@flows/core/author";

/**
 * Work that a page's policy may forbid. It forbids compiling bytes that `validate` finds right: Chrome and Firefox throw a CompileError then, Safari an
 * EvalError, which it also throws for a memory.
 */
export async function allowed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof WebAssembly.CompileError || cause instanceof EvalError)) throw cause;
    const text = "the page's Content-Security-Policy forbids WebAssembly. Add 'wasm-unsafe-eval' to its script-src, or use cpu()";
    return fail("backend", "flows/wasm", `${text} of @flows/backend-cpu.`, { cause });
  }
}
