import { reshape, type Tensor, zeros } from "@tensorflow/tfjs-core";
import type { Call, Shape, Transformed } from "../contracts/index.js";
import { sizeOf } from "../modules/params.js";
import { add } from "../ops/binary.js";
import type { Link } from "./links.js";
import { runProgram } from "./run-program.js";
import { type Stretch, stretchesOf } from "./stretches.js";

/** Rows as a program takes them: their events flat. */
export const flat = (rows: Tensor): Tensor => (rows.rank === 2 ? rows : reshape(rows, [rows.shape[0]!, sizeOf(rows.shape.slice(1))]));
const withEvent = (rows: Tensor, event: Shape): Tensor => (event.length === 1 ? rows : reshape(rows, [rows.shape[0]!, ...event]));

function along(stretch: Stretch, rows: Tensor, call: Call): Transformed {
  if ("link" in stretch) return stretch.link.run(rows, call);
  const [value, logDet] = runProgram(stretch, flat(rows), call);
  return [withEvent(value, stretch.event), logDet];
}

/** Runs rows along links, in programs wherever they lower; log-dets add up. */
export function way(links: readonly Link[]): (rows: Tensor, call: Call) => Transformed {
  const stretches = stretchesOf(links);
  return (rows, call) => {
    let [value, total]: [Tensor, Tensor | undefined] = [rows, undefined];
    for (const stretch of stretches(rows.shape.slice(1), call)) {
      const [next, logDet] = along(stretch, value, call);
      [value, total] = [next, total ? add(total, logDet) : logDet];
    }
    return [value, total ?? zeros([rows.shape[0]!])];
  };
}
