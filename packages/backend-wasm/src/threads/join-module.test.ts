import { realNvp } from "@flows/bijectors";
import { draw, isFlowsError, type Plugin, useBackend } from "@flows/core";
import { rowOpSpec } from "@flows/core/author";
import { afterEach, describe, expect, it, vi } from "vitest";
import { wasm } from "../index.js";

/** A module by hand, as far as these tests need: https://webassembly.github.io/spec/core/binary/modules.html */
const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)];
const section = (id: number, entries: readonly (readonly number[])[]): number[] => {
  const body = [entries.length, ...entries.flat()];
  return entries.length > 0 ? [id, body.length, ...body] : [];
};
const I32 = 0x7f;
const takes = (count: number): number[] => [0x60, count, ...Array<number>(count).fill(I32), 0];
const PAGES_65536 = [0x80, 0x80, 0x04];
const memory = (limits: readonly number[], field = "memory"): number[] => [...name("env"), ...name(field), 2, ...limits];
const shared = memory([3, 0, ...PAGES_65536]);
const abort = [...name("env"), ...name("abort"), 0, 0];
const emptyBody = [2, 0, 0x0b];
const oneByteAt0 = [0, 0x41, 0, 0x0b, 1, 7];

interface Parts {
  readonly imports?: readonly (readonly number[])[];
  readonly exports?: readonly string[];
  readonly params?: number;
  readonly data?: boolean;
}

/** Functions that do nothing, under these names. */
function moduleOf({ imports = [shared], exports = ["forward", "backward"], params = 3, data = false }: Parts): Uint8Array {
  const functions = imports.filter((entry) => entry === abort).length;
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [takes(params)]),
    ...section(2, imports),
    ...section(3, [[0]]),
    ...section(
      7,
      exports.map((text) => [...name(text), 0, functions]),
    ),
    ...section(10, [emptyBody]),
    ...section(11, data ? [oneByteAt0] : []),
  ]);
}

const acme = (bytes: unknown): Plugin => ({
  name: "acme",
  spec: 1,
  modules: [],
  kernels: [
    {
      spec: rowOpSpec({ op: "acme.warp" }),
      forward: () => undefined,
      backward: () => undefined,
      binaries: { wasm: { bytes: bytes as Uint8Array, forward: "forward", backward: "backward" } },
    },
  ],
});

afterEach(() => vi.unstubAllGlobals());

/** A backend that starts, works and ends. */
async function works(plugins: readonly Plugin[] = []): Promise<void> {
  const handle = await useBackend(wasm({ plugins }));
  const flow = realNvp({ features: 2, layers: 2, hidden: [4] });
  expect((await draw(flow, 3, { seed: 1 })).data.every(Number.isFinite)).toBe(true);
  flow.dispose();
  handle.dispose();
}

const refused: readonly (readonly [what: string, bytes: unknown, says: RegExp])[] = [
  ["with a missing export", moduleOf({ exports: ["forward"] }), /must export a function backward\(step, from, to\)\. It exports forward\./],
  ["without exports", moduleOf({ exports: [] }), /must export a function forward\(step, from, to\)\. It exports nothing\./],
  ["of functions with other parameters", moduleOf({ params: 2 }), /must export a function forward\(step, from, to\)/],
  ["with another import", moduleOf({ imports: [abort, shared] }), /nothing else\. It imports env\.abort, env\.memory: build it without/],
  ["with another memory", moduleOf({ imports: [memory([3, 0, 1], "heap")] }), /must import the memory env\.memory .* It imports env\.heap/],
  ["without imports", moduleOf({ imports: [] }), /must import the memory env\.memory and nothing else\. It imports nothing/],
  [
    "with a memory without a maximum",
    moduleOf({ imports: [memory([0, 0])] }),
    /a memory with a maximum\. Build it with a maximum of 65536 pages/,
  ],
  [
    "with a memory smaller than ours",
    moduleOf({ imports: [memory([3, 0, 1])] }),
    /does not fit our memory: .* Let it import one of 0 to 65536 pages/,
  ],
  ["with static data", moduleOf({ data: true }), /has static data, which would overwrite tensors\. Build it without/],
  ["cut short", moduleOf({}).subarray(0, 30), /is no WebAssembly module that this engine compiles: .* Pass the bytes of a compiled module/],
  ["of arbitrary bytes", Uint8Array.of(1, 2, 3, 255, 255, 255, 255, 255, 255), /is no WebAssembly module that this engine compiles/],
  ["of no bytes", new Uint8Array(0), /is no WebAssembly module that this engine compiles/],
  ["that was never read", undefined, /is no WebAssembly module that this engine compiles/],
];

describe.each([true, false])("a kernel's module, shared memory %s", (isShared) => {
  const begin = (): void => {
    if (!isShared) vi.stubGlobal("crossOriginIsolated", false);
  };

  it.each(refused)("%s is refused by its name, and the backend starts right after", async (_what, bytes, says) => {
    begin();
    const caught = await useBackend(wasm({ plugins: [acme(bytes)] })).catch((error: unknown) => error);
    expect(isFlowsError(caught) && caught.code).toBe("registry");
    expect(String(caught)).toMatch(/FlowsError: flows\/wasm: the kernel of acme\.warp /);
    expect(String(caught)).toMatch(says);
    await works();
  });

  it("that keeps to the rules joins ours", async () => {
    begin();
    await works([acme(moduleOf({}))]);
    await works([acme(moduleOf({ imports: [memory([1, 0, ...PAGES_65536])] }))]);
  });
});
