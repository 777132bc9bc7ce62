import { realNvp } from "@flows/bijectors";
import { type BackendHandle, draw, fit, isFlowsError, leaves, type Rows, score, useBackend } from "@flows/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type WasmOptions, wasm } from "../index.js";
import { numbers } from "../testing/numbers.js";
import { cores } from "./cores.js";

const features = 3;
const rowsOf = (n: number): Rows => ({ data: numbers(n * features, -2, 2, 9), shape: [n, features] });
const model = () => realNvp({ features, layers: 4, hidden: [17, 9], norm: "batchNorm" });

const threads = process.getBuiltinModule("node:worker_threads");
const { Worker } = threads;

/** Counts the workers that start from now on. */
function countedWorkers(): { count: number } {
  const started = { count: 0 };
  threads.Worker = class extends Worker {
    constructor(...options: ConstructorParameters<typeof Worker>) {
      super(...options);
      started.count += 1;
    }
  };
  return started;
}

let handle: BackendHandle | undefined;
const start = async (options: WasmOptions = {}): Promise<void> => {
  handle = await useBackend(wasm(options));
};
afterEach(() => {
  handle?.dispose();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  threads.Worker = Worker;
});

/** Fits a little, scores and draws: every number that comes out. */
async function outcome(options: WasmOptions = {}): Promise<readonly (readonly number[])[]> {
  await start(options);
  const flow = model();
  await fit(flow, rowsOf(300), { seed: 1, steps: 4 });
  const found = [await score(flow, rowsOf(200)), (await draw(flow, 50, { seed: 2 })).data];
  for (const leaf of leaves(flow)) found.push(await leaf.read());
  flow.dispose();
  handle?.dispose();
  return found.map((values) => [...values]);
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  const caught = await promise.catch((error: unknown) => error);
  expect(isFlowsError(caught) && caught.code).toBe("backend");
  return String(caught);
}

describe("where memory cannot be shared", () => {
  it.each([
    ["a page that is not cross-origin isolated", () => vi.stubGlobal("crossOriginIsolated", false)],
    ["an engine without SharedArrayBuffer", () => vi.stubGlobal("SharedArrayBuffer", undefined)],
  ])("%s does all work on one thread, with the same numbers to the bit", async (_where, stub) => {
    const wanted = await outcome({ threads: 4 });
    stub();
    const started = countedWorkers();
    expect(await outcome({ threads: 4 })).toEqual(wanted);
    expect(started.count).toBe(0);
  });
});

it("more threads than cores start no more workers than there are cores to help", async () => {
  const started = countedWorkers();
  await outcome({ threads: 64 });
  expect(started.count).toBe(Math.min(64, cores()) - 1);
});

it("an engine without SIMD is told what to use instead, and nothing is left behind", async () => {
  const wanted = await outcome();
  const validate = vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
  expect(await refusal(useBackend(wasm()))).toMatch(/flows\/wasm: this engine has no WebAssembly SIMD\. Use Node 20 or .* cpu\(\)/);
  validate.mockRestore();
  expect(await outcome()).toEqual(wanted);
});

describe("a page whose policy forbids WebAssembly", () => {
  const told =
    /flows\/wasm: the page's Content-Security-Policy forbids WebAssembly\. Add 'wasm-unsafe-eval' to its script-src, or use cpu\(\)/;

  it.each([
    ["CompileError", new WebAssembly.CompileError("WebAssembly.instantiate(): violates the Content Security policy directive")],
    ["EvalError", new EvalError("Refused to create a WebAssembly object")],
  ])("is told what to change, by an engine that throws %s", async (_, error) => {
    const wanted = await outcome();
    const instantiate = vi.spyOn(WebAssembly, "instantiate").mockRejectedValue(error);
    const refused: unknown = await useBackend(wasm()).catch((fault: unknown) => fault);
    instantiate.mockRestore();
    expect(refused).toMatchObject({ code: "backend", message: expect.stringMatching(told), cause: error });
    expect(await outcome()).toEqual(wanted);
  });

  it("is told so too where not even a memory is made, and no other fault is taken for a policy", async () => {
    const refusing = (error: Error) =>
      vi.spyOn(WebAssembly, "Memory").mockImplementation(
        class {
          constructor() {
            throw error;
          }
        } as never,
      );
    const memory = refusing(new EvalError("Refused to create a WebAssembly object"));
    expect(await refusal(useBackend(wasm()))).toMatch(told);
    memory.mockRestore();
    const instantiate = vi.spyOn(WebAssembly, "instantiate").mockRejectedValue(new RangeError("out of memory"));
    await expect(useBackend(wasm())).rejects.toThrow(RangeError);
    instantiate.mockRestore();
  });
});

describe("memory that cannot grow", () => {
  const wantedBytes = /flows\/wasm: tensors need \d+ bytes, the memory holds at most \d+\. Dispose tensors, use smaller batches or/;

  it("stops a fit with what to do; smaller work goes on with the same numbers, and so does the next backend", async () => {
    await start();
    const flow = model();
    const wanted = (await draw(flow, 10, { seed: 1 })).data;
    flow.dispose();
    handle?.dispose();
    await start({ maximumBytes: 3 * 2 ** 20, threads: 2 });
    const small = model();
    expect(await refusal(fit(small, rowsOf(50_000), { seed: 1, steps: 2, batch: 50_000 }))).toMatch(wantedBytes);
    small.dispose();
    const again = model();
    expect((await draw(again, 10, { seed: 1 })).data).toEqual(wanted);
    again.dispose();
    handle?.dispose();
    const [, drawn] = await outcome();
    expect(drawn!.every(Number.isFinite)).toBe(true);
  });

  it("is an error also where the machine has less than maximumBytes", async () => {
    await start();
    const flow = model();
    vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(() => {
      throw new RangeError("out of memory");
    });
    expect(await refusal(fit(flow, rowsOf(50_000), { steps: 1, batch: 50_000 }))).toMatch(wantedBytes);
    flow.dispose();
  });

  it("is refused at the start where the machine does not reserve it", async () => {
    const memory = vi.spyOn(WebAssembly, "Memory").mockImplementation(
      class {
        constructor() {
          throw new RangeError("out of memory");
        }
      } as never,
    );
    expect(await refusal(useBackend(wasm()))).toMatch(/this machine does not reserve 2147483648 bytes\. Pass a smaller maximumBytes/);
    memory.mockRestore();
    await outcome();
  });
});
