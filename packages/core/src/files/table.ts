import { finiteNumber } from "../checks.js";
import { fail } from "../errors.js";
import { asRows, type Rows, type RowsLike } from "../host/rows.js";

/** One column of a table and how it was scaled: model = (user - shift) / scale. */
export interface Column {
  readonly name: string;
  /** What values the column takes. */
  readonly support: "real";
  readonly shift: number;
  /** Above 0. */
  readonly scale: number;
}

/** The columns that a model was fitted to, in its order. It lets scores and samples speak the user's units. */
export interface Table {
  readonly columns: readonly Column[];
}

/** Rows on the other side of a table, and what to add to a log-density there. */
export interface TableRows {
  /** Float64Array */
  readonly rows: Rows;
  /** log|det J| of the map taken, the same for every row. */
  readonly logDet: number;
}

/** Refuses a table that is not usable; gives a copy that holds what a table holds and nothing more. */
export function checkTable(where: string, table: Table): Table {
  const columns: unknown = table?.columns;
  if (!Array.isArray(columns) || columns.length === 0) return fail("config", where, "a table needs a list of at least one column.");
  const checked = columns.map((column, i) => checkColumn(where, column, i));
  const names = checked.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) fail("config", where, `two columns are named ${JSON.stringify(twice)}. Rename one.`);
  return { columns: checked };
}

function checkColumn(where: string, column: Partial<Column> | null, i: number): Column {
  const { name, support, shift, scale } = column ?? {};
  if (typeof name !== "string" || name === "") return fail("config", where, `column ${i} of the table needs a name.`);
  if (support !== "real")
    return fail("config", where, `column ${JSON.stringify(name)} has support ${JSON.stringify(support)}. Known: "real".`);
  return {
    name,
    support,
    shift: finiteNumber(where, `the shift of column ${JSON.stringify(name)}`, shift),
    scale: finiteNumber(where, `the scale of column ${JSON.stringify(name)}`, scale, { above: 0 }),
  };
}

function mapped(where: string, { columns }: Table, like: RowsLike, map: (value: number, column: Column) => number): Rows {
  const rows = asRows(where, like);
  const [n, ...event] = rows.shape;
  if (n > 0 && (event.length !== 1 || event[0] !== columns.length))
    fail("shape", where, `the table has ${columns.length} columns, got rows of shape [${event}].`);
  const data = new Float64Array(n * columns.length);
  for (let i = 0; i < data.length; i++) data[i] = map(rows.data[i]!, columns[i % columns.length]!);
  return { data, shape: [n, columns.length] };
}

const logScales = ({ columns }: Table): number => columns.reduce((sum, { scale }) => sum + Math.log(scale), 0);

/** The user's rows as the model's, in float64: z = (x - shift) / scale, with logDet = -sum log scale. */
export const tableInverse = (table: Table, rows: RowsLike): TableRows => ({
  rows: mapped("tableInverse", table, rows, (x, { shift, scale }) => (x - shift) / scale),
  logDet: -logScales(table),
});

/** The model's rows as the user's, in float64: x = shift + scale z, with logDet = sum log scale. */
export const tableForward = (table: Table, rows: RowsLike): TableRows => ({
  rows: mapped("tableForward", table, rows, (z, { shift, scale }) => shift + scale * z),
  logDet: logScales(table),
});
