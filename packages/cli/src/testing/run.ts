import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../main.js";
import type { Streams } from "../program/streams.js";

/** What a call of the program printed and its exit code. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  /** The last line of standard output as JSON. */
  readonly json: Record<string, unknown>;
}

/** Runs `flows` in this process. `onError` sees each text as it is written to standard error. */
export async function flows(argv: readonly string[], onError: (text: string) => void = () => undefined): Promise<Ran> {
  let [out, error] = ["", ""];
  const streams: Streams = {
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
      onError(text);
    },
    screen: undefined,
    flush: () => Promise.resolve(),
  };
  const code = await main(argv, streams);
  const last = out.trimEnd().split("\n").at(-1) ?? "";
  return { code, out, error, json: last.startsWith("{") ? JSON.parse(last) : {} };
}

/** An empty folder, and what removes it. */
export function folder(): { readonly at: (name: string) => string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "flows-cli-"));
  return { at: (name) => join(path, name), remove: () => rmSync(path, { recursive: true, force: true }) };
}
