import type { Rows } from "@flows/core";
import { select, tableInverse } from "@flows/core/author";
import { type Data, type Model, scoreRows, unseenRows } from "@flows/tables";
import { thinned } from "./columns.js";
import type { Judged } from "./section.js";

const most = 1000;
/** Fewer unseen rows than these say little: all rows are taken instead. */
const enough = 50;

/** The rows that a report tests a model on. */
export async function judgedRows(model: Model, data: Data, signal: AbortSignal): Promise<Judged> {
  const n = data.rows.shape[0];
  const free = unseenRows(model, data);
  const unseen = free.length >= Math.min(enough, n);
  const rows: Rows = thinned(unseen ? select(data.rows, free) : data.rows, most);
  const count = `${rows.shape[0].toLocaleString("en")} row${rows.shape[0] === 1 ? "" : "s"}`;
  return {
    rows,
    own: tableInverse(model.table, rows).rows,
    logProb: await scoreRows(model, rows, { signal }),
    unseen,
    words: unseen
      ? `On ${count} that the fit has not seen.`
      : `On ${count}, most of which the fit has seen: the model may look better than it is.`,
  };
}
