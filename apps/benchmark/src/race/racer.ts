import { setTimeout as sleep } from "node:timers/promises";
import { watch } from "../machine/idle.js";
import type { launch } from "./contestant.js";
import type { Lane, LeftOut, Result } from "./lane.js";

/** A lane at work. Once it is out it takes no more turns. */
export interface Racer {
  readonly pid: number | undefined;
  readonly out: LeftOut | undefined;
  /** Milliseconds that its blocks took. */
  readonly spent: number;
  /** Opens the task and finds how many calls fill a block. */
  setUp(blockMs: number): Promise<void>;
  /** Times a block, while these processes are not counted as others. */
  turn(pids: readonly number[]): Promise<void>;
  finish(): Promise<Result | LeftOut>;
  kill(): void;
}

/** A pause before each block, in which the threads of the one before come to rest. */
const rest = 100;
const mostCalls = 1000;

export function racer({ entry, task, told }: Lane, start: typeof launch): Racer {
  const contestant = start(entry);
  const cpu = watch();
  const times: number[] = [];
  let [calls, spent, peakMb] = [1, 0, 0];
  let value: number | undefined;
  let out: LeftOut | undefined;

  const leave = (because: LeftOut["because"], reason: string): void => {
    contestant.kill();
    out = { entry, task, reason, because };
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    if (out) return;
    try {
      await work();
    } catch (error) {
      leave("broken", (error as Error).message);
    }
  };
  return {
    pid: contestant.pid,
    get out() {
      return out;
    },
    get spent() {
      return spent;
    },
    setUp: (blockMs) =>
      attempt(async () => {
        const opened = await contestant.open(told);
        if ("refused" in opened) return leave("refused", opened.refused);
        if ("missing" in opened)
          return leave("missing", `${entry.program} has no package ${opened.missing}. Run apps/benchmark/peers/setup.mjs.`);
        value = opened.value ?? undefined;
        // The first block warms up.
        await contestant.block(1);
        const { ms } = await contestant.block(1);
        calls = Math.min(mostCalls, Math.max(1, Math.round(blockMs / ms)));
        return undefined;
      }),
    turn: (pids) =>
      attempt(async () => {
        await sleep(rest);
        cpu.start(pids);
        const { ms, units } = await contestant.block(calls);
        cpu.stop(pids);
        times.push(ms / units);
        spent += ms;
      }),
    finish: async () => {
      await attempt(async () => {
        ({ peakMb } = await contestant.end());
      });
      return out ?? { entry, task, times, value, peakMb, otherCores: cpu.otherCores };
    },
    kill: contestant.kill,
  };
}
