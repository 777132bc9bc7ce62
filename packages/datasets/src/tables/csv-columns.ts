import { fail } from "@flows/core/author";
import type { CsvOptions } from "./csv-options.js";

type Read = (cell: string) => number | undefined;

/** The columns to read, and those that are left out. `first` is what the header says of the first column, false without one. */
export function chosenColumns(
  where: string,
  names: readonly string[],
  first: string | false,
  rows: readonly (readonly string[])[],
  read: Read,
  options: CsvOptions,
): { readonly columns: readonly string[]; readonly leftOut: readonly string[]; readonly numbering: readonly string[] } {
  checkNames(where, names);
  const numeric = names.filter((_, k) => rows.some((row) => read(row[k]!) !== undefined));
  const numbers =
    !options.columns && first !== false && /^(Unnamed: 0|index|rownames|)$/.test(first) && names.length > 1 && counts(rows, read);
  const numbering = numbers ? [names[0]!] : [];
  const left = [...numbering, ...(options.except ?? [])];
  const columns = wanted(where, names, numeric, { ...options, except: left });
  const text = names.filter((column) => !numeric.includes(column) && !left.includes(column));
  return { columns, leftOut: options.columns ? [] : text, numbering };
}

/** Whether the first column counts the rows: each is one more than the one above. */
function counts(rows: readonly (readonly string[])[], read: Read): boolean {
  const start = read(rows[0]?.[0] ?? "");
  return start !== undefined && Number.isInteger(start) && rows.every((row, i) => read(row[0]!) === start + i);
}

function checkNames(where: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) fail("data", where, `two columns are called "${name}". Rename one.`);
    seen.add(name);
  }
}

function wanted(
  where: string,
  names: readonly string[],
  numeric: readonly string[],
  { columns, except = [] }: CsvOptions,
): readonly string[] {
  const missing = [...(columns ?? []), ...except].filter((column) => !names.includes(column));
  if (missing.length > 0)
    fail("data", where, `there is no column "${missing[0]}". Known are ${names.join(", ")}.`, { details: { missing, known: names } });
  const text = columns?.find((column) => !numeric.includes(column));
  if (text !== undefined)
    fail("data", where, `column "${text}" holds no numbers. Columns with numbers are ${numeric.join(", ") || "none"}.`);
  const chosen = (columns ?? numeric).filter((column) => !except.includes(column));
  if (chosen.length > 0) return chosen;
  const cause = numeric.length > 0 ? "every column with numbers is left out" : "no column holds numbers";
  return fail("data", where, `${cause}. Columns are ${names.join(", ")}.`);
}
