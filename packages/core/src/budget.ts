import { fail } from "./errors.js";

/** What a file's model may hold beyond its numbers: factors of maps are laid out anew, and a small file stays easy to explain. */
const times = 4;
const atLeast = 65_536;

/** How many numbers modules may still hold, while they are built for a file that has so many. */
let left: number | undefined;

/** Whether modules are being built whose numbers come from a file. */
export const fromFile = (): boolean => left !== undefined;

/** Whether what is being built may have an axis, or a list, of this length. */
export const affordable = (count: number): boolean => left === undefined || count <= left;

/** Takes so many numbers from what the file has, before memory for them is taken. */
export function spend(count: number): void {
  if (left === undefined) return;
  const wanted = count.toLocaleString("en");
  if (!affordable(count))
    fail("file", "load", `a part of its model holds ${wanted} numbers, more than the file has. The file was changed: take another copy.`);
  left -= count;
}

/** Builds modules whose numbers, so many, are about to be read from a file: nothing is drawn for them, and memory stays a small multiple of the file's. */
export function undrawn<T>(numbers: number, build: () => T): T {
  left = times * numbers + atLeast;
  try {
    return build();
  } finally {
    left = undefined;
  }
}
