import { label } from "../implementations/entry.js";
import { launch } from "./contestant.js";
import type { Lane, LeftOut, Result } from "./lane.js";
import { type Racer, racer } from "./racer.js";

export interface RaceOptions {
  readonly rounds: number;
  /** How long a block shall take. */
  readonly blockMs: number;
  /** What the blocks of one lane may take together; three are run in any case. */
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  /** Told what happens now. */
  readonly say: (text: string) => void;
  readonly start?: typeof launch;
}

const fewest = 3;

/** Sets all lanes up, each in a process of its own, and then times a block of each in turn, A B A B. Gives them in their order. */
export async function race(lanes: readonly Lane[], options: RaceOptions): Promise<readonly (Result | LeftOut)[]> {
  const { rounds, blockMs, budgetMs, signal, say, start = launch } = options;
  const racers: Racer[] = [];
  try {
    for (const lane of lanes) {
      signal.throwIfAborted();
      say(`${lane.told.name}: ${label(lane.entry)}`);
      const one = racer(lane, start);
      racers.push(one);
      await one.setUp(blockMs);
    }
    for (let round = 0; round < rounds; round++) {
      const running = racers.filter(({ out, spent }) => !out && (round < fewest || spent < budgetMs));
      say(`${lanes.at(-1)?.told.name}: round ${round + 1} of ${rounds}, ${running.length} implementations`);
      const pids = racers.flatMap(({ out, pid }) => (out || pid === undefined ? [] : [pid]));
      for (const one of running) {
        signal.throwIfAborted();
        await one.turn(pids);
      }
    }
    return await Promise.all(racers.map((one) => one.finish()));
  } finally {
    for (const one of racers) one.kill();
  }
}
