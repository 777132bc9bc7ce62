import type { Block, Told } from "../workload.js";

/** What a process is asked, a line of JSON each. */
export type Ask = { readonly open: Told } | { readonly block: number } | { readonly end: true };

/** How it answers `open`: ready, with what the work came to; or why it takes no part. */
export type Opened = { readonly value?: number | null } | { readonly refused: string } | { readonly missing: string };

/** How it answers `end`: the most memory it held. */
export interface Ended {
  readonly peakMb: number;
}

export type Answer = Opened | Block | Ended;
