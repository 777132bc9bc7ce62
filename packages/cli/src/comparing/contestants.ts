import { fail } from "@flows/core/author";
import { columnsOf, type Model } from "@flows/tables";
import { readModel } from "@flows/tables/node";

/** A model with the file it comes from. */
export interface Contestant {
  readonly path: string;
  readonly model: Model;
}

/** Reads all models, lets `use` work with them and frees them. Refuses models of different columns. */
export async function withContestants<T>(paths: readonly string[], use: (contestants: readonly Contestant[]) => Promise<T>): Promise<T> {
  const contestants: Contestant[] = [];
  try {
    for (const path of paths) contestants.push({ path, model: await readModel(path) });
    checkColumns(contestants);
    return await use(contestants);
  } finally {
    for (const { model } of contestants) model.flow.dispose();
  }
}

function checkColumns([first, ...others]: readonly Contestant[]): void {
  const wanted = columnsOf(first!.model).join(", ");
  for (const { path, model } of others) {
    const columns = columnsOf(model).join(", ");
    if (columns !== wanted)
      fail(
        "data",
        "flows compare",
        `${first!.path} is a density of ${wanted}, but ${path} of ${columns}. Only densities of the same columns compare: fit both with the same --columns.`,
      );
  }
}
