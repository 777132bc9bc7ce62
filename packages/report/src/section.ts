import type { Rows } from "@flows/core";
import type { Floats } from "@flows/core/author";
import type { ReportFigure, ReportTable } from "@flows/plot";
import type { Data, Model } from "@flows/tables";

/** A figure with the name that its PNG file has. */
export interface NamedFigure extends ReportFigure {
  readonly name: string;
}

/** A part of the page. */
export interface Section {
  readonly heading: string;
  readonly text?: string;
  readonly figures: readonly NamedFigure[];
  readonly tables?: readonly ReportTable[];
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
  /** What the model is tested on. */
  readonly judged: Judged;
  readonly floor: number | null;
}

/** Rows to test a model on, and as many samples for each test that needs some. */
export interface Judged {
  /** At most 1,000; rows that the fit has not seen, where DATA holds enough of them. */
  readonly rows: Rows;
  /** The same in the model's units. */
  readonly own: Rows;
  readonly logProb: Floats;
  /** Whether the fit has seen none of them. */
  readonly unseen: boolean;
  /** "On 200 rows that the fit has not seen." */
  readonly words: string;
}
