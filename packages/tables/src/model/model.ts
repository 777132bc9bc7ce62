import { baselines } from "@flows/baselines-kde-gmm";
import { bijectors } from "@flows/bijectors";
import {
  createRegistry,
  type Distribution,
  type DrawOptions,
  draw,
  isFlowsError,
  load,
  type Registry,
  type Rows,
  type RowsLike,
  save,
  score,
  type Table,
} from "@flows/core";
import { type ChunkOptions, type Floats, fail, tableForward, tableInverse } from "@flows/core/author";
import { numbered } from "../data/columns.js";
import { rowsFor, type TableData } from "../data/table-data.js";
import { type About, aboutOf, plain } from "./about.js";

/** A flow with the columns it speaks of, and how it came about. */
export interface Model {
  readonly flow: Distribution;
  readonly table: Table;
  /** Undefined where no `fitTable` fitted it. */
  readonly about: About | undefined;
}

/** A density of a table's rows, in the user's own units. */
export interface TableModel extends Model {
  /** What errors call it: its file, or its recipe. */
  readonly name: string;
  readonly columns: readonly string[];
  /**
   * The log-density of rows in nats; -Infinity outside the support. Columns of a table are found by name, whatever their order.
   * Throws FlowsError: "data" (columns that are not there: the details are { missing, known }; a cell), "shape", "aborted".
   */
  score(rows: RowsLike | TableData, options?: ChunkOptions): Promise<Floats>;
  /** n new rows in float64, the same for a seed. Throws FlowsError: "config" (an option), "aborted". */
  draw(n: number, options?: DrawOptions): Promise<Rows>;
  /** The bytes of a model file: see `loadTable`. */
  save(): Promise<Uint8Array>;
  /** Frees the flow. */
  dispose(): void;
}

export const columnsOf = ({ table }: Model): string[] => table.columns.map(({ name }) => name);

export function tableModel(name: string, model: Model): TableModel {
  const columns = columnsOf(model);
  return {
    ...model,
    name,
    columns,
    score: async (rows, options) => scoreRows(model, rowsFor(name, columns, rows), options),
    draw: (n, options) => drawRows(model, n, options),
    save: () => modelBytes(model),
    dispose: () => model.flow.dispose(),
  };
}

/** What model files are made of. */
export const registry = (): Registry => createRegistry([bijectors, baselines]);

/** A table that changes nothing. */
const plainTable = (names: readonly string[]): Table => ({
  columns: names.map((name) => ({ name, support: "real", shift: 0, scale: 1 })),
});

/**
 * The model in the bytes of a model file: of `save`, of `flows fit`, or any flow over rows. `name` is what errors call it. The flow is the caller's to dispose.
 *
 * Throws FlowsError: "file" (damaged, a checkpoint, no density of rows), "registry" (a module of somebody else's).
 *
 * @example
 * const model = loadTable(new Uint8Array(await (await fetch("/penguins.safetensors")).arrayBuffer()));
 */
export function loadTable(bytes: Uint8Array, name = "loadTable"): TableModel {
  const { flow, table, metadata, checkpoint } = named(name, () => load(bytes, registry()));
  const [features = 0, ...more] = flow.eventShape;
  const rows = more.length === 0 && (table === undefined || table.columns.length === features);
  const fault = checkpoint
    ? "is a checkpoint. Finish its fit with flows fit --resume, and take the model that --out names."
    : !rows
      ? `its model takes rows of shape [${flow.eventShape}], no table of columns.`
      : flow.contextFeatures > 0 && "its model wants a context, which a table does not give.";
  if (!fault) return tableModel(name, { flow, table: table ?? plainTable(numbered(features)), about: aboutOf(metadata) });
  flow.dispose();
  return fail("file", name, fault);
}

/** Errors of a file's content begin with the file's name. */
function named<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isFlowsError(error)) throw error;
    return fail(error.code, name, error.message, { cause: error, details: error.details });
  }
}

/** The bytes of a model file: the same for the same fit, so they hold no time. */
const modelBytes = ({ flow, table, about }: Model): Promise<Uint8Array> =>
  save(flow, { table, ...(about && { metadata: plain({ ...about, seconds: undefined, stepMs: undefined }) }) });

/** The log-density of rows in the user's units, in nats. */
export async function scoreRows({ flow, table }: Model, rows: Rows, options: ChunkOptions = {}): Promise<Floats> {
  const { rows: own, logDet } = tableInverse(table, rows);
  const logProb = await score(flow, own, options);
  return logProb.map((value) => value + logDet);
}

/** Samples in the user's units, in float64: a narrow column far from 0 keeps its digits. */
export const drawRows = async ({ flow, table }: Model, n: number, options: DrawOptions = {}): Promise<Rows> =>
  tableForward(table, await draw(flow, n, options)).rows;
