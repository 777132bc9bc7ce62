import type { Bijector } from "../contracts/index.js";
import { defineBijector } from "../modules/define-bijector.js";
import { inside } from "../modules/inside.js";

const swapped = { both: "both", forward: "inverse", inverse: "forward" } as const;

const type = "flows/invert";

const inverted = defineBijector(type, (bijector: Bijector) => ({
  children: { bijector },
  handsOnContext: true,
  analytic: swapped[bijector.analytic],
  forward: (z, _p, call) => bijector.inverse(z, call),
  inverse: (x, _p, call) => bijector.forward(x, call),
  forwardShape: bijector.inverseShape,
  inverseShape: bijector.forwardShape,
  lower: (program, x, _p, direction) => bijector.lower(program, x, swapped[direction]),
}));

/** The other way round. Takes the bijector over; `invert(invert(b))` is b, released. */
export const invert = Object.assign(
  (bijector: Bijector): Bijector => {
    if (bijector.type !== type) return inverted(bijector) as Bijector;
    const inner = bijector.config as Bijector;
    inside(inner).owner = undefined;
    inside(bijector).disposed = true;
    return inner;
  },
  { type },
);
