import { defineRowOp, type MovedColumn, moveSpec } from "@flows/core/author";
import { add, concat, gather, indices, columns as slice, type Tensor, zeros } from "@flows/core/ops";

/** Moves columns: y[j] = rows[source][column] for the cell [source, column] of y's column j, and 0 where the source is -1. Adds nothing to the log-det. */
export const move = defineRowOp(moveSpec, (rows, _params, { cells }) => [moved(ofEveryRow(rows), cells), zeros([rows[0]!.shape[0]!])]);

/** A row that all rows share, once for each of them. */
const ofEveryRow = (rows: readonly Tensor[]): readonly Tensor[] =>
  rows.map((x) => (x.rank === 1 ? add(zeros([rows[0]!.shape[0]!, x.size]), x) : x));

/** What is used of one source: a slice where its columns are wanted side by side, else all of it. */
interface Piece {
  readonly tensor: Tensor;
  readonly first: number;
}

function pieceOf(source: number, cells: readonly MovedColumn[], rows: readonly Tensor[]): Piece {
  const used = cells.flatMap(([from, column]) => (from === source ? [column] : []));
  if (source < 0) return { tensor: zeros([rows[0]!.shape[0]!, used.length]), first: 0 };
  const [x, first] = [rows[source]!, used[0]!];
  const part = used.length < x.shape[1]! && used.every((column, i) => column === first + i);
  return part ? { tensor: slice(x, first, used.length), first } : { tensor: x, first: 0 };
}

/** Pieces side by side where that is all: their gradients are cheaper than gather's. */
function moved(rows: readonly Tensor[], cells: readonly MovedColumn[]): Tensor {
  const sources = [...new Set(cells.map(([source]) => source))];
  const pieces = sources.map((source) => pieceOf(source, cells, rows));
  const starts = pieces.map((_, i) => pieces.slice(0, i).reduce((sum, { tensor }) => sum + tensor.shape[1]!, 0));
  let blank = 0;
  const places = cells.map(([source, column]) => {
    const at = sources.indexOf(source);
    return starts[at]! + (source < 0 ? blank++ : column - pieces[at]!.first);
  });
  const whole =
    pieces.length > 1
      ? concat(
          pieces.map(({ tensor }) => tensor),
          1,
        )
      : pieces[0]!.tensor;
  const inPlace = places.length === whole.shape[1] && places.every((place, i) => place === i);
  return inPlace ? whole : gather(whole, indices(places), 1);
}
