const longest = 20;
let last = 0;

/** Lets the event loop run once every 20 ms: timers, rendering, an abort. Backends on the CPU never leave the microtasks otherwise. */
export async function breathe(): Promise<void> {
  const now = performance.now();
  if (now - last < longest) return;
  await new Promise<void>((resolve) => (typeof setImmediate === "function" ? setImmediate(resolve) : setTimeout(resolve, 0)));
  last = performance.now();
}
