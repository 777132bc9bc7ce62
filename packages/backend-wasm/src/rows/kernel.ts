import type { CompiledRows } from "@flows/core";

/** A row op and the exports of our own module that compute it. */
export interface OwnRows extends CompiledRows {
  readonly op: string;
}

/** 1 from noise to data, 0 back: a setting of most kernels. */
export const isForward = ({ attrs }: { readonly attrs: Readonly<Record<string, unknown>> }): number =>
  attrs.direction === "forward" ? 1 : 0;
