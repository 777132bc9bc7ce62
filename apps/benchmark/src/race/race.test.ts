import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import type { Entry } from "../implementations/entry.js";
import type { Task } from "../workload.js";
import { type Contestant, launch } from "./contestant.js";
import type { Lane } from "./lane.js";
import { race } from "./race.js";
import { serve } from "./serve.js";

const task = { name: "t", title: "", kind: "k", door: "d", unit: "u", flops: 1, spec: {}, inputs: {}, goals: [] } satisfies Task;
const told = { workload: "w", name: "t", kind: "k", spec: {}, files: {} };
const entry = (name: string, code = ""): Entry => ({ name, threads: 1, ours: false, program: process.execPath, args: ["-e", code] });
const lane = (name: string): Lane => ({ entry: entry(name), task, told });
const options = { rounds: 4, blockMs: 100, budgetMs: 1e6, signal: new AbortController().signal, say: () => undefined };

/** A contestant that writes down its turns; ten milliseconds a call. */
const fake =
  (turns: string[], parts: Partial<Contestant> = {}) =>
  ({ name }: Entry): Contestant => ({
    pid: undefined,
    open: async () => ({ value: 7 }),
    block: async (calls) => {
      turns.push(`${name}${calls}`);
      return { ms: 10 * calls, units: 2 * calls };
    },
    end: async () => ({ peakMb: 5 }),
    kill: () => undefined,
    ...parts,
  });

describe("a race", () => {
  it("times blocks of the same length in turn, after two calls that find how many calls they hold", async () => {
    const turns: string[] = [];
    const found = await race([lane("a"), lane("b")], { ...options, start: fake(turns) });
    expect(turns.join(" ")).toBe("a1 a1 b1 b1 a10 b10 a10 b10 a10 b10 a10 b10");
    expect(found).toMatchObject([
      { entry: { name: "a" }, times: [5, 5, 5, 5], value: 7, peakMb: 5 },
      { entry: { name: "b" }, times: [5, 5, 5, 5] },
    ]);
  });

  it("stops a lane that has spent its budget, but not before three blocks", async () => {
    const turns: string[] = [];
    const found = await race([lane("a")], { ...options, budgetMs: 1, start: fake(turns) });
    expect(found).toMatchObject([{ times: [5, 5, 5] }]);
  });

  it("goes on without a lane that refuses, misses a package or breaks, and says which", async () => {
    const turns: string[] = [];
    const breaks = (): Promise<never> => Promise.reject(new Error("broke"));
    const kinds: Record<string, Partial<Contestant>> = {
      refuses: { open: async () => ({ refused: "another task" }) },
      misses: { open: async () => ({ missing: "zuko" }) },
      breaks: { block: breaks },
      dies: { end: breaks },
      runs: {},
    };
    const start = (one: Entry): Contestant => fake(turns, kinds[one.name])(one);
    const found = await race(Object.keys(kinds).map(lane), { ...options, start });
    expect(found).toMatchObject([
      { because: "refused", reason: "another task" },
      { because: "missing", reason: expect.stringContaining("has no package zuko") },
      { because: "broken", reason: "broke" },
      { because: "broken", reason: "broke" },
      { times: [5, 5, 5, 5] },
    ]);
  });

  it("ends all processes when it is interrupted", async () => {
    const killed: string[] = [];
    const interrupt = new AbortController();
    const start = (one: Entry): Contestant => ({ ...fake([])(one), kill: () => void killed.push(one.name) });
    const say = (text: string): void => (text.includes("round 2") ? interrupt.abort() : undefined);
    await expect(race([lane("a"), lane("b")], { ...options, say, signal: interrupt.signal, start })).rejects.toThrow();
    expect(killed).toEqual(["a", "b"]);
  });
});

describe("a process", () => {
  const answers = `require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
    const ask = JSON.parse(line);
    console.log("chatter");
    console.log(JSON.stringify(ask.open ? { value: 3 } : ask.block ? { ms: 2, units: ask.block } : { peakMb: 1 }));
  })`;

  it("is asked a line at a time, and what else it prints is passed over", async () => {
    const process = launch(entry("good", answers));
    expect(await process.open(told)).toEqual({ value: 3 });
    expect(await process.block(4)).toEqual({ ms: 2, units: 4 });
    expect(await process.end()).toEqual({ peakMb: 1 });
  });

  it("that ends, or never starts, is told with its last words", async () => {
    const process = launch(entry("bad", "console.error('no memory'); process.exit(3)"));
    await expect(process.open(told)).rejects.toThrow("bad (1 thread) ended with code 3: no memory");
    const none = launch({ ...entry("none"), program: "/no/such/program" });
    await expect(none.open(told)).rejects.toThrow(/none \(1 thread\) did not start: .*ENOENT/);
  });

  it("of ours opens what it is told and times it", async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const served = serve(async ({ name }) => ({ value: name.length, block: async (calls) => ({ ms: 1, units: calls }) }), input, output);
    for (const ask of [{ open: told }, { block: 5 }, { end: true }]) input.write(`${JSON.stringify(ask)}\n`);
    input.end();
    await served;
    const [opened, block, ended] = String(output.read()).trim().split("\n");
    expect([opened, block]).toEqual(['{"value":1}', '{"ms":1,"units":5}']);
    expect(JSON.parse(ended!).peakMb).toBeGreaterThan(1);
  });
});
