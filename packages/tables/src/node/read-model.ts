import { readBytes } from "@flows/core/node";
import { type Model, modelIn } from "../model/model.js";

/** Reads a model file. The flow is the caller's to dispose. */
export const readModel = async (path: string): Promise<Model> => modelIn(path, await readBytes(path));
