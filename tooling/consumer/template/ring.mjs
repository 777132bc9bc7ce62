/** Points around a circle, the same for every program here. */
export const ring = Array.from({ length: 600 }, (_, i) => {
  const radius = 2 + 0.2 * Math.sin(17 * i);
  return [radius * Math.cos(i), radius * Math.sin(i)];
});

/** Stops the program where a promise does not hold. */
export function holds(what, condition) {
  if (!condition) throw new Error(`not so: ${what}`);
  console.log(`  ${what}`);
}
