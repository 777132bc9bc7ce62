import type { Case } from "./case.js";

/** What only moves numbers about. */
export const copies: readonly Case[] = [
  {
    name: "columns, with one twice",
    op: "columns",
    attrs: { indices: [3, 0, 3] },
    reads: [4],
    writes: [3],
    row: ([x]) => ({ writes: [[x![3]!, x![0]!, x![3]!]] }),
  },
  { name: "columns of one feature", op: "columns", attrs: { indices: [0] }, reads: [1], writes: [1], row: ([x]) => ({ writes: [x!] }) },
  {
    name: "scatterColumns",
    op: "scatterColumns",
    attrs: { left: [0, 3], right: [2, 1, 4] },
    reads: [2, 3],
    writes: [5],
    row: ([a, b]) => ({ writes: [[a![0]!, b![1]!, b![0]!, a![1]!, b![2]!]] }),
  },
  { name: "concat of three", op: "concat", attrs: {}, reads: [2, 1, 3], writes: [6], row: (reads) => ({ writes: [reads.flat()] }) },
  {
    name: "concat with a row that all share",
    op: "concat",
    attrs: {},
    reads: [2, 1],
    shared: 1,
    writes: [3],
    row: (reads) => ({ writes: [reads.flat()] }),
  },
  {
    name: "permute",
    op: "permute",
    attrs: { order: [2, 0, 1] },
    reads: [3],
    writes: [3],
    row: ([x]) => ({ writes: [[x![2]!, x![0]!, x![1]!]] }),
  },
  {
    name: "maskColumns",
    op: "maskColumns",
    attrs: { mask: [1, 0, 1] },
    reads: [3],
    writes: [3],
    row: ([x]) => ({ writes: [[x![0]!, 0, x![2]!]] }),
  },
];
