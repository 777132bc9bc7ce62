/**
 * Micro kernels of the matrix product: a tile of `rows` by 4 `vectors` columns is held in registers while k runs.
 * The inner loop is not unrolled: V8 hoists the loads of a basic block, and more than 15 live vectors spill.
 */
const range = (n) => [...Array(n).keys()];
const each = (n, line) => range(n).map(line).join("\n");

/**
 * A tile of c. The left operand is read by rows, `lda` bytes apart (`columns` false), or by four columns side by side, where the next k
 * is `lda` bytes on. The right one is a panel: the next k is `ldp` bytes on.
 */
function tile(name, rows, vectors, columns) {
  const cells = (line) => each(rows, (i) => each(vectors, (j) => line(i, j)));
  const left = (i) => (columns ? `v128.load32_splat(a, ${i * 4})` : `v128.load32_splat(a${i})`);
  return `
@inline function ${name}(k: i32, a: usize, lda: usize, panel: usize, ldp: usize, c: usize, ldc: usize, mode: i32, bias: usize): void {
${cells((i, j) => `  let c${i}${j} = splat(0);`)}
${columns ? "" : each(rows, (i) => `  let a${i} = a + ${i} * lda;`)}
  for (; k > 0; k--) {
${each(vectors, (j) => `    const b${j} = v128.load(panel, ${j * 16});`)}
${each(rows, (i) => `    const x${i} = ${left(i)};\n${each(vectors, (j) => `    c${i}${j} = madd(x${i}, b${j}, c${i}${j});`)}`)}
    panel += ldp;
${columns ? "    a += lda;" : each(rows, (i) => `    a${i} += 4;`)}
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
  if (GRADIENTS && (mode & 8) != 0) {
    let q = bias;
${each(rows, (i) => `${each(vectors, (j) => `    c${i}${j} = whereRisen(c${i}${j}, v128.load(q, ${j * 16}));`)}\n    q += ldc;`)}
  }
${each(rows, (i) => `${each(vectors, (j) => `  v128.store(c, c${i}${j}, ${j * 16});`)}\n  c += ldc;`)}
}`;
}

/** All rows of one panel: four at a time, `strip` bytes apart in the left operand, then one by one, `next` bytes apart. */
const sweep = (name, vectors, columns) => `
export function ${name}(m: i32, k: i32, a: usize, lda: usize, strip: usize, next: usize, panel: usize, ldp: usize, c: usize, ldc: usize, mode: i32, bias: usize): void {
  for (; m >= 4; m -= 4) {
    ${columns ? "columns" : "rows"}4x${vectors * 4}(k, a, lda, panel, ldp, c, ldc, mode, bias);
    a += strip;
    c += 4 * ldc;
    if (GRADIENTS && (mode & 8) != 0) bias += 4 * ldc;
  }
  for (; m > 0; m--) {
    ${columns ? "columns" : "rows"}1x${vectors * 4}(k, a, lda, panel, ldp, c, ldc, mode, bias);
    a += next;
    c += ldc;
    if (GRADIENTS && (mode & 8) != 0) bias += ldc;
  }
}`;

/** AssemblyScript source of all tiles. */
export const tiles = () =>
  [
    'import { GRADIENTS } from "./build";',
    'import { atLeast, madd, splat, whereRisen } from "./vector";',
    ...[1, 2].flatMap((vectors) =>
      [true, false].flatMap((columns) => {
        const kind = columns ? "columns" : "rows";
        return [
          tile(`${kind}4x${vectors * 4}`, 4, vectors, columns),
          tile(`${kind}1x${vectors * 4}`, 1, vectors, columns),
          sweep(`${columns ? "byColumns" : "byRows"}${vectors * 4}`, vectors, columns),
        ];
      }),
    ),
  ].join("\n");
