import type { Word } from "@flows/core/author";
import type { Address } from "./regions.js";

/** Structs as they will lie in memory, and which of their words are addresses. */
export interface Image {
  /** Addresses are offsets until their region's own is added. */
  readonly words: Int32Array;
  /** The words that point into each region. */
  readonly places: readonly Int32Array[];
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
  const words: number[] = [];
  const places: number[][] = [];
  return {
    get at() {
      return 4 * words.length;
    },
    address: (address) => {
      if (address) (places[address.region] ??= []).push(words.length);
      words.push(address?.offset ?? 0);
    },
    word: (word) => void words.push(typeof word === "number" ? word : floatBits(word.float)),
    done: () => ({ words: Int32Array.from(words), places: Array.from(places, (own = []) => Int32Array.from(own)) }),
  };
}

/** Moves an image that lies at a word from the regions' old addresses to new ones. */
export function rebase({ places }: Image, heap: Int32Array, at: number, old: Float64Array, now: Float64Array): void {
  places.forEach((own, region) => {
    const by = now[region]! - old[region]!;
    if (by === 0) return;
    for (let i = 0; i < own.length; i++) heap[at + own[i]!]! += by;
    old[region] = now[region]!;
  });
}

/** A struct of whole numbers, and floats behind them. */
export function structOf(whole: readonly number[], floats: readonly number[] = []): Int32Array {
  const words = new Int32Array(whole.length + floats.length);
  for (let i = 0; i < whole.length; i++) words[i] = whole[i]!;
  const behind = new Float32Array(words.buffer, 4 * whole.length);
  for (let i = 0; i < floats.length; i++) behind[i] = floats[i]!;
  return words;
}
