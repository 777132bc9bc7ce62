/** Times of any number of steps, in bounded memory. */
export interface Times {
  take(ms: number): void;
  /** The least of all times and the middle of those kept; 0 where there are none. */
  summary(): { readonly min: number; readonly median: number };
}

/** Keeps up to `most` times, an even number, at even distances: when they are too many, every second one goes. */
export function times(most = 1024): Times {
  let kept: number[] = [];
  let [count, distance, min] = [0, 1, Number.POSITIVE_INFINITY];
  return {
    take: (ms) => {
      min = Math.min(min, ms);
      if (count++ % distance !== 0) return;
      kept.push(ms);
      if (kept.length <= most) return;
      kept = kept.filter((_, i) => i % 2 === 0);
      distance *= 2;
    },
    summary: () => {
      const sorted = Float64Array.from(kept).sort();
      return { min: count > 0 ? min : 0, median: sorted[Math.floor(sorted.length / 2)] ?? 0 };
    },
  };
}
