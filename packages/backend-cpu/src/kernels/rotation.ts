import { type Directed, type RowKernel, rotationSpec } from "@flows/core/author";

/** The plane turned by an angle a, or back: y = (cos a x1 - sin a x2, sin a x1 + cos a x2); param the angle. It keeps areas. */
export const rotationKernel: RowKernel<Directed> = {
  spec: rotationSpec,
  forward: ({ reads: [x], writes: [y], params: [angle] }, { attrs }, from, to) => {
    const [c, s] = turnOf(angle!, attrs);
    for (let i = 2 * from; i < 2 * to; i += 2) {
      y![i] = c * x![i]! - s * x![i + 1]!;
      y![i + 1] = s * x![i]! + c * x![i + 1]!;
    }
  },
  backward: ({ params: [angle], writes: [y] }, { reads: [dx], writes: [dy], params: [dAngle] }, { attrs }, from, to) => {
    const [c, s] = turnOf(angle!, attrs);
    let sum = 0;
    for (let i = 2 * from; i < 2 * to; i += 2) {
      dx![i]! += c * dy![i]! + s * dy![i + 1]!;
      dx![i + 1]! += c * dy![i + 1]! - s * dy![i]!;
      // The tangent of the circle at y.
      sum += dy![i + 1]! * y![i]! - dy![i]! * y![i + 1]!;
    }
    dAngle![0]! += signOf(attrs) * sum;
  },
};

const signOf = ({ direction }: Directed): 1 | -1 => (direction === "forward" ? 1 : -1);

/** The cosine and the sine. */
const turnOf = ([angle]: Float32Array, attrs: Directed): readonly [number, number] => [Math.cos(angle!), signOf(attrs) * Math.sin(angle!)];
