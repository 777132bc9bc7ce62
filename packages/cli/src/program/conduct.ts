import { isFlowsError } from "@flows/core";
import type { Streams } from "./streams.js";
import { UsageError } from "./usage.js";

class Interrupted extends Error {}

/**
 * A program from its call to its exit code: that of `work`, or 1 for an error of ours, 2 for a wrong call, 130 for an interrupt, 70 for a bug.
 * Errors are told on standard error, by `words` where it has some.
 */
export async function conduct(
  name: string,
  streams: Streams,
  work: () => Promise<number>,
  words: (error: unknown) => string | undefined = () => undefined,
): Promise<number> {
  try {
    const code = await work();
    await streams.flush();
    return code;
  } catch (error) {
    const told = error instanceof Interrupted ? `${name}: interrupted.` : (words(error) ?? wordsOf(name, error));
    streams.error(`${told}\n`);
    return error instanceof Interrupted ? 130 : error instanceof UsageError ? 2 : isFlowsError(error) ? 1 : 70;
  }
}

function wordsOf(name: string, error: unknown): string {
  if (error instanceof UsageError) return `${name}: ${error.message}`;
  if (isFlowsError(error)) return error.message;
  return error instanceof Error ? `${error.stack}` : String(error);
}

/** Work that an interrupt ends by its signal; a second interrupt ends the process at once. */
export async function interruptible(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const interrupt = new AbortController();
  const onSignal = (): void => interrupt.abort();
  process.once("SIGINT", onSignal);
  try {
    const code = await work(interrupt.signal);
    return interrupt.signal.aborted ? 130 : code;
  } catch (error) {
    throw interrupt.signal.aborted ? new Interrupted("interrupted", { cause: error }) : error;
  } finally {
    process.removeListener("SIGINT", onSignal);
  }
}
