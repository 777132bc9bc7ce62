/** One thing that is timed: plain data, the same for every implementation. */
export interface Task<Spec = unknown> {
  /** "w4-sample": the workload of a row. */
  readonly name: string;
  readonly title: string;
  /** What is done, "real-nvp/train"; an implementation knows by it whether it can. */
  readonly kind: string;
  /** The door of ours that peers are held against. */
  readonly door: string;
  /** What one time is of: "step". */
  readonly unit: string;
  /** Floating-point operations of a unit, two for a multiply-add. */
  readonly flops: number;
  readonly spec: Spec;
  /** What an implementation's work came to, and how far it may be from ours before its row is marked. */
  readonly value?: { readonly name: string; readonly tolerance: number };
  /** Numbers that all implementations share, handed over as files of little-endian float32. */
  readonly inputs: Readonly<Record<string, () => Float32Array>>;
  readonly goals: readonly Goal[];
}

/** What a run shall show. Ratios are of minima, at the best thread count each. */
export type Goal =
  | { readonly door: string; readonly over: readonly string[]; readonly atMost: number }
  | { readonly door: string; readonly threads: number; readonly machineFraction: number };

/** A task as an implementation is told it, on the wire. */
export interface Told<Spec = unknown> {
  readonly workload: string;
  readonly name: string;
  readonly kind: string;
  readonly spec: Spec;
  readonly files: Readonly<Record<string, string>>;
}

/** Milliseconds for so many units. */
export interface Block {
  readonly ms: number;
  readonly units: number;
}

/** A task that is set up, warm, and ready to be timed. */
export interface Runner {
  /** What the work came to, where the task asks for it. */
  readonly value?: number;
  block(calls: number): Promise<Block>;
}

/** Sets a task up on the backend that is live. */
export type Open<Spec> = (told: Told<Spec>) => Promise<Runner>;

/** Tasks and how Flows does them, by door. */
export interface Workload<Spec = unknown> {
  readonly name: string;
  readonly title: string;
  readonly tasks: readonly Task<Spec>[];
  /** The ways in, by name and kind of task: { step: { "real-nvp/train": open } }. */
  readonly doors: Readonly<Record<string, Readonly<Record<string, Open<Spec>>>>>;
}

/** Checks a workload, and forgets the type of its spec, which none but its own doors read. */
export const workload = <Spec>(parts: Workload<Spec>): Workload => parts as unknown as Workload;
