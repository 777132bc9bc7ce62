/**
 * Micro kernels of the matrix product: a tile of `rows` by 4 `vectors` columns is held in registers while k runs.
 * The inner loop is not unrolled: V8 hoists the loads of a basic block, and more than 15 live vectors spill.
 */
const range = (n) => [...Array(n).keys()];
const each = (n, line) => range(n).map(line).join("\n");

function tile(name, rows, vectors, packed) {
  const cells = (line) => each(rows, (i) => each(vectors, (j) => line(i, j)));
  const left = (i) => (packed ? `v128.load32_splat(a, ${i * 4})` : `v128.load32_splat(a${i})`);
  return `
export function ${name}(k: i32, a: usize, lda: usize, panel: usize, c: usize, ldc: usize, mode: i32, bias: usize): void {
${cells((i, j) => `  let c${i}${j} = splat(0);`)}
${packed ? "" : each(rows, (i) => `  let a${i} = a + ${i} * lda;`)}
  for (; k > 0; k--) {
${each(vectors, (j) => `    const b${j} = v128.load(panel, ${j * 16});`)}
${each(rows, (i) => `    const x${i} = ${left(i)};\n${each(vectors, (j) => `    c${i}${j} = madd(x${i}, b${j}, c${i}${j});`)}`)}
    panel += ${vectors * 16};
${packed ? `    a += ${rows * 4};` : each(rows, (i) => `    a${i} += 4;`)}
  }
  if (mode & 1) {
    let q = c;
${each(rows, (i) => `${each(vectors, (j) => `    c${i}${j} = f32x4.add(c${i}${j}, v128.load(q, ${j * 16}));`)}\n    q += ldc;`)}
  }
  if (mode & 2) {
${each(vectors, (j) => `    const t${j} = v128.load(bias, ${j * 16});`)}
${cells((i, j) => `    c${i}${j} = f32x4.add(c${i}${j}, t${j});`)}
  }
  if (mode & 4) {
${cells((i, j) => `    c${i}${j} = atLeast(c${i}${j}, splat(0));`)}
  }
${each(rows, (i) => `${each(vectors, (j) => `  v128.store(c, c${i}${j}, ${j * 16});`)}\n  c += ldc;`)}
}`;
}

/** AssemblyScript source of all tiles. */
export const tiles = () =>
  [
    'import { atLeast, madd, splat } from "./vector";',
    tile("direct4x8", 4, 2, false),
    tile("direct4x4", 4, 1, false),
    tile("direct1x8", 1, 2, false),
    tile("direct1x4", 1, 1, false),
    tile("packed4x8", 4, 2, true),
    tile("packed4x4", 4, 1, true),
  ].join("\n");
