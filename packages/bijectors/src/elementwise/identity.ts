import { defineBijector } from "@flows/core/author";
import { constant } from "@flows/core/ops";

const type = "flows/identity";

const made = defineBijector({ type, options: [] }, (_config: {}) => ({
  forward: (z) => [z, constant(0)],
  inverse: (x) => [x, constant(0)],
  lower: (_program, x) => x,
}));

/** The map that changes nothing: x = z, log-det 0, for events of any shape. */
export const identity = Object.assign((config: {} = {}) => made(config), { type });
