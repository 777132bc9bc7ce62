import type { Rows } from "@flows/core";
import { fail } from "@flows/core/author";
import { type Split, type Standardisation, split, standardisation, standardise } from "@flows/datasets";
import type { Data } from "@flows/tables";
import type { Terminal } from "../terminal.js";
import { toldData } from "../told-data.js";
import type { FitRequest } from "./request.js";

/** What a fit works on. */
export interface Parts extends Split<Rows> {
  readonly data: Data;
  /** From the training rows' moments, or none with --raw. */
  readonly standard: Standardisation;
}

/** Fewer rows than this are not split without being asked. */
const fewest = 20;

/** Reads the data, deals it to training, validation and test, and takes the training rows' moments. All rows are in the user's units. */
export async function partsOf(request: FitRequest, terminal: Terminal): Promise<Parts> {
  const { seed, columns, except } = request;
  const data = await toldData(request.data, { seed, columns, except }, terminal);
  const apart = request.test === undefined ? undefined : await toldData(request.test, { seed, wanted: data.columns, atLeast: 1 }, terminal);
  const rows = data.rows.shape[0];
  if (rows < 2) fail("data", request.data, "there is 1 row, at least 2 are needed.");
  const few = request.split === undefined && rows < fewest;
  if (few) terminal.say(`All ${rows} rows are trained on: fewer than ${fewest} are not split. --split V,T does it.`);
  const [validation, test] = request.split ?? (few ? [0, 0] : [0.1, 0.1]);
  const dealt = split(data.rows, { validation, test: apart ? 0 : test, seed });
  return { ...dealt, test: apart?.rows ?? dealt.test, data, standard: standardOf(dealt.train, data, request.raw) };
}

/** By the training rows' moments, or none with --raw. A constant column is refused by name, also with --raw. */
export function standardOf(train: Rows, { columns, name }: Data, raw: boolean): Standardisation {
  const moments = standardise(train, columns, name);
  return raw ? standardisation({ shift: columns.map(() => 0), scale: columns.map(() => 1) }) : moments;
}
