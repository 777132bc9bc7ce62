import { cpu } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { wasm } from "@flows/backend-wasm";
import { type Backend, useBackend } from "@flows/core";
import type { Values } from "./command.js";
import { textOption, wholeOption } from "./numbers.js";
import { misuse } from "./program/usage.js";
import type { Terminal } from "./terminal.js";

type Maker = (threads: number | undefined) => Backend;
const backends: Readonly<Record<string, Maker>> = {
  wasm: (threads) => wasm(threads === undefined ? {} : { threads }),
  cpu: () => cpu(),
  float64: () => float64(),
};

/** Runs with the backend that the options name, and frees it. */
export async function withBackend<T>(values: Values, terminal: Terminal, run: () => Promise<T>): Promise<T> {
  const name = textOption(values, "backend") ?? "wasm";
  const make = Object.hasOwn(backends, name)
    ? backends[name]!
    : misuse(`--backend takes ${Object.keys(backends).join(", ")}, got "${name}".`);
  const threads = wholeOption(values, "threads", 1);
  if (threads !== undefined && threads > 1 && name !== "wasm")
    terminal.say(`${name} runs on one thread; --threads ${threads} changes nothing.`);
  const handle = await useBackend(make(threads));
  terminal.detail(`backend ${handle.name}, ${handle.precision}`);
  try {
    return await run();
  } finally {
    handle.dispose();
  }
}
