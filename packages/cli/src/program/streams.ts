import { fail } from "@flows/core/author";

/** Where a program writes. */
export interface Streams {
  out(text: string): void;
  error(text: string): void;
  /** Where a person watches, so that progress may redraw one line. */
  readonly screen: NodeJS.WriteStream | undefined;
  /** Resolves once all was written; throws FlowsError "file" where standard output takes no more. */
  flush(): Promise<void>;
}

/** This process's own streams. A reader that goes away, as in `flows sample m.safetensors -n 9 | head -1`, is no error. */
export function processStreams(): Streams {
  const { stdout, stderr } = process;
  let written: Promise<unknown> = Promise.resolve();
  let broken: NodeJS.ErrnoException | undefined;
  stdout.on("error", (error) => {
    broken ??= error;
  });
  return {
    out: (text) => {
      written = new Promise((done) => stdout.write(text, done));
    },
    error: (text) => void stderr.write(text),
    screen: stderr.isTTY ? stderr : undefined,
    flush: async () => {
      await written;
      if (broken && broken.code !== "EPIPE") fail("file", "standard output", `cannot be written: ${broken.message}.`);
    },
  };
}
