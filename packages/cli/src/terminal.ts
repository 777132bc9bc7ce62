import type { Streams } from "./program/streams.js";

/** Where words go: results to standard output, everything else to standard error. */
export interface Terminal {
  /** A result: always printed. */
  result(text: string): void;
  /** What happens: not with --quiet. */
  say(text: string): void;
  /** Details: only with --verbose. */
  detail(text: string): void;
  readonly quiet: boolean;
  /** Where a person watches, so that progress may redraw one line. */
  readonly screen: NodeJS.WriteStream | undefined;
}

export function terminalOf(streams: Streams, { quiet, verbose }: { readonly quiet: boolean; readonly verbose: boolean }): Terminal {
  return {
    result: (text) => streams.out(`${text}\n`),
    say: (text) => (quiet ? undefined : streams.error(`${text}\n`)),
    detail: (text) => (verbose ? streams.error(`${text}\n`) : undefined),
    quiet,
    screen: quiet ? undefined : streams.screen,
  };
}
