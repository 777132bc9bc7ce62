/** Repeatable standard normals for examples: a small multiplicative generator and Box and Muller's method. */
export function normals(count: number, seed: number): Float64Array {
  let state = seed * 2654435761 + 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 4294967296;
  };
  return Float64Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}

/** n rows of two standard normals. */
export const normalRows = (n: number, seed: number) => ({ data: normals(2 * n, seed), shape: [n, 2] as const });

/** Two crescents with Gaussian noise. */
export function moons(n: number, seed: number) {
  const noise = normals(2 * n, seed);
  const data = Float64Array.from({ length: 2 * n }, (_, at) => {
    const i = at >> 1;
    const t = (Math.PI * ((i * 0.61803398875) % 1)) as number;
    const upper = i % 2 === 0;
    const clean = at % 2 === 0 ? (upper ? Math.cos(t) : 1 - Math.cos(t)) : upper ? Math.sin(t) : 0.5 - Math.sin(t);
    return clean + 0.1 * noise[at]!;
  });
  return { data, shape: [n, 2] as const };
}

/** Eight Gaussians on a ring of radius 3, and which one each row is from. */
export function ring(n: number, seed: number) {
  const noise = normals(2 * n, seed);
  const modes = Float64Array.from({ length: n }, (_, i) => i % 8);
  const data = Float64Array.from({ length: 2 * n }, (_, at) => {
    const angle = (Math.PI * modes[at >> 1]!) / 4;
    return 3 * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + 0.25 * noise[at]!;
  });
  return { rows: { data, shape: [n, 2] as const }, modes };
}
