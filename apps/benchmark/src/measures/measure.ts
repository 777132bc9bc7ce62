import type { Table } from "../table.js";

/** What a measure is given. */
export interface Around {
  readonly quick: boolean;
  /** The interpreter of the Python peers; undefined where peers are not wanted or there is none. */
  readonly python: string | undefined;
  readonly say: (text: string) => void;
}

/** Something that is measured by itself rather than raced. */
export interface Measure {
  readonly name: string;
  readonly title: string;
  run(around: Around): Promise<Measured>;
}

export interface Measured {
  readonly title: string;
  readonly table: Table;
}
