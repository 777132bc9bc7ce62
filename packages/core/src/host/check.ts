import { session } from "../backend/session.js";
import type { Distribution, Floats } from "../contracts/index.js";
import { fail } from "../errors.js";
import { inside, isModule, usable } from "../modules/inside.js";
import { sizeOf } from "../modules/params.js";
import { asRows, type Rows, type RowsLike } from "./rows.js";

/** Refuses what is no distribution, a disposed one, and one whose numbers no live backend holds. */
export function checkFlow(where: string, flow: Distribution): void {
  if (!isModule(flow) || !("logProb" in flow))
    fail("config", where, "expected a flow or another distribution. Build one with flow({ base, bijector }).");
  usable(flow.type, inside(flow));
}

/** Rows that this distribution takes, every cell finite in the backend's precision. */
export const checkRows = (where: string, flow: Distribution, like: RowsLike): Rows => checkCells(where, "", checkShape(where, flow, like));

/** Rows of a shape that this distribution takes. */
export function checkShape(where: string, { eventShape, type }: Distribution, like: RowsLike): Rows {
  const rows = asRows(where, like);
  const [n, ...event] = rows.shape;
  if (n === 0) return { data: rows.data, shape: [0, ...eventShape] };
  if (event.length !== eventShape.length || event.some((size, i) => size !== eventShape[i]))
    fail("shape", where, `${type} takes rows of shape [${eventShape}], got rows of shape [${event}].`);
  return rows;
}

type Conditional = Pick<Distribution, "type" | "contextFeatures">;

/** A context for `n` rows, every cell finite: one row for each, or one that serves all; none where the distribution wants none. */
export function checkContext(where: string, flow: Conditional, like: RowsLike | undefined, n: number): Rows | undefined {
  const context = checkContextShape(where, flow, like, n);
  return context && checkCells(where, "the context's ", context);
}

/** `checkContext` but for the cells. */
export function checkContextShape(where: string, flow: Conditional, like: RowsLike | undefined, n: number): Rows | undefined {
  const { contextFeatures, type } = flow;
  if (contextFeatures === 0)
    return like === undefined ? undefined : fail("context", where, `${type} was built without a context, but got one. Leave it out.`);
  if (like === undefined)
    return fail("context", where, `${type} was built with contextFeatures ${contextFeatures}, but got no context. Pass { context }.`);
  const context = asRows(where, like);
  const [count, ...event] = context.shape;
  if (event.length !== 1 || event[0] !== contextFeatures)
    fail("context", where, `expected a context of ${contextFeatures} numbers a row, got rows of shape [${event}].`);
  if (count !== 1 && count !== n) fail("context", where, `expected 1 or ${n} rows of context, got ${count}.`);
  return context;
}

/** Rows of which every cell is finite in the backend's precision. */
export function checkCells(where: string, of: string, rows: Rows): Rows {
  const bad = badCell(rows);
  return bad ? fail("data", where, `${of}${bad}`) : rows;
}

/** Names the first cell that is not finite in the backend's precision. */
export function badCell({ data, shape: [, ...event] }: Rows): string | undefined {
  const bad = firstBad(data);
  if (bad < 0) return undefined;
  const width = sizeOf(event);
  const what = Number.isFinite(data[bad]) ? "too large for float32. Scale the column first" : "not finite. Fill or remove it first";
  return `row ${Math.floor(bad / width)}, column ${bad % width} is ${data[bad]}, ${what}.`;
}

function firstBad(data: Floats): number {
  const most = session().backend.precision === "float64" ? Number.MAX_VALUE : 3.4028234663852886e38;
  return firstWhere(data, (value) => !(Math.abs(value) <= most));
}

/** Like `findIndex`, which costs several times as much for each number. */
export function firstWhere(data: Floats, test: (value: number) => boolean): number {
  for (let i = 0; i < data.length; i++) if (test(data[i]!)) return i;
  return -1;
}
