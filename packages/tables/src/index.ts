export { numbered } from "./data/columns.js";
export { fileData, toyData } from "./data/data.js";
export type { Data, ReadOptions, Truth } from "./data/rows.js";
export type { About, Curve, Training } from "./model/about.js";
export { columnsOf, drawRows, type Model, modelBytes, modelIn, registry, scoreRows } from "./model/model.js";
export { rowsHash, testScores, unseenRows } from "./quality/held-out.js";
export { aboveFloor, floorOf, meanOf, nllOf } from "./quality/quality.js";
export { type OwnFit, type OwnFitted, ownFits } from "./recipes/own-fits.js";
