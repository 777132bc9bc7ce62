import type { Rows } from "@flows/core";
import type { ReportFigure } from "@flows/plot";
import type { Data } from "../data.js";
import type { Model } from "../files/model.js";

/** A figure with the name that its PNG file has. */
export interface NamedFigure extends ReportFigure {
  readonly name: string;
}

/** A part of the page. */
export interface Section {
  readonly heading: string;
  readonly text?: string;
  readonly figures: readonly NamedFigure[];
}

/** What every section draws from. All rows are in the user's units. */
export interface Subject {
  readonly model: Model;
  readonly data: Data;
  /** The data's log-densities, one a row. */
  readonly logProb: ArrayLike<number>;
  /** Some of the data, and as many samples. */
  readonly shown: Rows;
  readonly samples: Rows;
  readonly floor: number | null;
}
