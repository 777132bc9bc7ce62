import { nameOf } from "../implementations/flows.js";
import type { Goal, Task } from "../workload.js";
import type { Row } from "./row.js";

/** Ours against others: of minima, at the best thread count each. */
export interface Ratio {
  readonly workload: string;
  readonly ours: string;
  /** "jax jit", or "best of jax jit, jax scan"; "matrix products" where the value is the fraction of their rate. */
  readonly over: string;
  readonly value: number;
  /** "at most 0.5"; empty where there is none. */
  readonly goal: string;
  readonly reached: boolean | null;
}

const least = (rows: readonly Row[]): number => Math.min(...rows.map(({ minMs }) => minMs));
const named = (rows: readonly Row[], names: readonly string[]): Row[] => rows.filter((row) => names.includes(row.implementation));

/** A door against the best of some implementations; none where either side did not run. */
function against(rows: readonly Row[], door: string, names: readonly string[]): Omit<Ratio, "goal" | "reached">[] {
  const ours = nameOf("wasm", door);
  const [mine, theirs] = [named(rows, [ours]), named(rows, names)];
  if (mine.length === 0 || theirs.length === 0) return [];
  const there = [...new Set(theirs.map(({ implementation }) => implementation))];
  const over = there.length > 1 ? `best of ${there.join(", ")}` : there[0]!;
  return [{ workload: mine[0]!.workload, ours, over, value: least(mine) / least(theirs) }];
}

/** No goal asks for more than this fraction of the rate of matrix products on two threads. */
const most = { threads: 2, machineFraction: 0.8 } as const;

/** The time of a door at the rate that is the most a goal asks for; 0 where two threads did not run. */
function leastAsked(rows: readonly Row[], door: string): number {
  const row = named(rows, [nameOf("wasm", door)]).find(({ threads }) => threads === most.threads);
  return row ? (row.minMs * (row.machineFraction ?? 0)) / most.machineFraction : 0;
}

function ofGoal(rows: readonly Row[], goal: Goal): Ratio[] {
  if ("over" in goal)
    return against(rows, goal.door, goal.over).map((ratio) => {
      const floor = leastAsked(rows, goal.door) / least(named(rows, goal.over));
      const asked = `at most ${goal.atMost}`;
      const text = floor > goal.atMost ? `at most ${floor.toFixed(3)} (${most.machineFraction} of matMul; ${goal.atMost})` : asked;
      return { ...ratio, goal: text, reached: ratio.value <= Math.max(goal.atMost, floor) };
    });
  const { door, threads, machineFraction } = goal;
  return named(rows, [nameOf("wasm", door)])
    .filter((row) => row.threads === threads && row.machineFraction !== null)
    .map(({ workload, implementation, machineFraction: value }) => ({
      workload,
      ours: `${implementation}, threads ${threads}`,
      over: "matrix products",
      value: value!,
      goal: `at least ${machineFraction}`,
      reached: value! >= machineFraction,
    }));
}

/** What a task's rows are held against: its goals, and then each peer that no goal names alone. */
export function ratiosOf({ name, door, goals }: Task, all: readonly Row[]): Ratio[] {
  const rows = all.filter(({ workload }) => workload === name);
  const aimed = goals.flatMap((goal) => ofGoal(rows, goal));
  const peers = [...new Set(rows.map(({ implementation }) => implementation))].filter((peer) => !peer.startsWith("flows "));
  const rest = peers
    .filter((peer) => !aimed.some(({ over }) => over === peer))
    .flatMap((peer) => against(rows, door, [peer]))
    .map((ratio) => ({ ...ratio, goal: "", reached: null }));
  return [...aimed, ...rest];
}
