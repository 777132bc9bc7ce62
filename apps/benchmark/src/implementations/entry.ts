/** An implementation that takes part, and the process that it runs in. */
export interface Entry {
  /** "flows wasm step", "jax scan" */
  readonly name: string;
  readonly threads: number;
  /** False for a peer: where it cannot run, it is left out with a line. */
  readonly ours: boolean;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export const label = ({ name, threads }: Entry): string => `${name} (${threads} thread${threads === 1 ? "" : "s"})`;
