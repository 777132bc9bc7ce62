import { readBytes } from "@flows/core/node";
import { loadTable, type TableModel } from "../model/model.js";

/** `loadTable` of a file. `writeAtomic(path, await model.save())` of `@flows/core/node` writes one. */
export const loadTableFile = async (path: string): Promise<TableModel> => loadTable(await readBytes(path), path);
