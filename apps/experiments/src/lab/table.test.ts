import { expect, it } from "vitest";
import { fixed, rowOf } from "./record.js";
import { shortNumber, table } from "./table.js";

const seeds = [
  { seed: 0, value: 0.04 },
  { seed: 1, value: 0.06 },
];

it("a row's value is the mean of its seeds, and a row without seeds keeps its own", () => {
  expect(rowOf({ id: "000.10", quantity: "q", ours: seeds })).toEqual({
    id: "000.10",
    quantity: "q",
    document: null,
    ours: 0.05,
    floor: null,
    seeds,
  });
  expect(rowOf({ id: "000.4", quantity: "q", ours: 71_744 }).seeds).toEqual([]);
});

it("numbers: four decimals, counts whole, extremes in powers of ten", () => {
  expect([0.12345, 71_744, 0, 1e-9, 2.5e7, Number.NaN].map(shortNumber)).toEqual(["0.1235", "71,744", "0", "1.0e-9", "25,000,000", "NaN"]);
  expect([-0.001, -1.5, 2].map((value) => fixed(value, 2))).toEqual(["0.00", "−1.50", "2.00"]);
});

it("aligns columns and shows seeds only where there are several", () => {
  const rows = [
    rowOf({ id: "000.10", quantity: "NLL", document: 1.3375, floor: 1.3161, ours: seeds }),
    rowOf({ id: "000.4", quantity: "n", document: "many", ours: 3 }),
  ];
  expect(table(rows).split("\n")).toEqual([
    "id      quantity  document    ours   floor  seeds",
    "------  --------  --------  ------  ------  -------------",
    "000.10  NLL         1.3375  0.0500  1.3161  0.0400 0.0600",
    "000.4   n             many       3       –",
  ]);
  expect(table(rows.slice(1)).split("\n")[0]).toBe("id     quantity  document  ours  floor");
});
