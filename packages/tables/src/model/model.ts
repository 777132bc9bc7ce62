import { baselines } from "@flows/baselines-kde-gmm";
import { bijectors } from "@flows/bijectors";
import {
  type ChunkOptions,
  createRegistry,
  type Distribution,
  type DrawOptions,
  draw,
  type Floats,
  fail,
  isFlowsError,
  load,
  type Registry,
  type Rows,
  save,
  score,
  type Table,
  tableForward,
  tableInverse,
} from "@flows/core";
import { numbered } from "../data/columns.js";
import { type About, aboutOf, plain } from "./about.js";
import { isCheckpoint } from "./checkpoint.js";

/** A flow with the columns it speaks of, and how it came about. */
export interface Model {
  readonly flow: Distribution;
  readonly table: Table;
  readonly about: About | undefined;
}

export const columnsOf = ({ table }: Model): string[] => table.columns.map(({ name }) => name);

/** What model files are made of. */
export const registry = (): Registry => createRegistry([bijectors, baselines]);

/** A table that changes nothing. */
const plainTable = (names: readonly string[]): Table => ({
  columns: names.map((name) => ({ name, support: "real", shift: 0, scale: 1 })),
});

/** The model in the bytes of a model file of that name. The flow is the caller's to dispose. */
export function modelIn(path: string, bytes: Uint8Array): Model {
  if (isCheckpoint(bytes))
    fail("file", path, "is a checkpoint. Finish its fit with flows fit --resume, and take the model that --out names.");
  const { flow, table, metadata } = named(path, () => load(bytes, registry()));
  const [features = 0, ...more] = flow.eventShape;
  const fits = more.length === 0 && (table === undefined || table.columns.length === features);
  if (fits && flow.contextFeatures === 0) return { flow, table: table ?? plainTable(numbered(features)), about: aboutOf(metadata) };
  const what = fits ? "wants a context, which this command does not give" : `takes rows of shape [${flow.eventShape}], no table of columns`;
  flow.dispose();
  return fail("file", path, `its model ${what}.`);
}

/** Errors of a file's content begin with the file's name. */
function named<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isFlowsError(error)) throw error;
    return fail(error.code, path, error.message, { cause: error, details: error.details });
  }
}

/** The bytes of a model file. */
export const modelBytes = ({ flow, table, about }: Model): Promise<Uint8Array> =>
  save(flow, { table, ...(about && { metadata: plain(about) }) });

/** The log-density of rows in the user's units, in nats. */
export async function scoreRows({ flow, table }: Model, rows: Rows, options: ChunkOptions = {}): Promise<Floats> {
  const { rows: own, logDet } = tableInverse(table, rows);
  const logProb = await score(flow, own, options);
  return logProb.map((value) => value + logDet);
}

/** Samples in the user's units, in the precision of the backend. */
export async function drawRows({ flow, table }: Model, n: number, options: DrawOptions = {}): Promise<Rows> {
  const drawn = await draw(flow, n, options);
  const { rows } = tableForward(table, drawn);
  return drawn.data instanceof Float32Array ? { data: Float32Array.from(rows.data), shape: rows.shape } : rows;
}
