import type { Word } from "@flows/core";
import type { Address } from "./regions.js";

/** Structs as they will lie in memory, and which of their words are addresses. */
export interface Image {
  readonly words: Int32Array;
  /** Words that hold offsets until their region's address is added. */
  readonly places: Int32Array;
  readonly regions: Int32Array;
}

/** Writes structs one after the other. */
export interface ImageWriter {
  /** Where the next word goes, in bytes. */
  readonly at: number;
  address(address: Address | undefined): void;
  word(word: Word): void;
  done(): Image;
}

const bits = new DataView(new ArrayBuffer(4));

function floatBits(value: number): number {
  bits.setFloat32(0, value);
  return bits.getInt32(0);
}

export function imageWriter(): ImageWriter {
  const [words, places, regions]: [number[], number[], number[]] = [[], [], []];
  return {
    get at() {
      return 4 * words.length;
    },
    address: (address) => {
      if (address) places.push(words.length);
      if (address) regions.push(address.region);
      words.push(address?.offset ?? 0);
    },
    word: (word) => void words.push(typeof word === "number" ? word : floatBits(word.float)),
    done: () => ({ words: Int32Array.from(words), places: Int32Array.from(places), regions: Int32Array.from(regions) }),
  };
}

/** Puts an image into memory at a word, with the regions' addresses. */
export function place({ words, places, regions }: Image, heap: Int32Array, at: number, bases: ArrayLike<number>): void {
  heap.set(words, at);
  for (let i = 0; i < places.length; i++) heap[at + places[i]!]! += bases[regions[i]!]!;
}
