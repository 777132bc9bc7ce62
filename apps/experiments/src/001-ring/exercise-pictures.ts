import { figure, line, okabeIto, type Panel, panel, points, rule, theme } from "@flows/plot";
import { aboveFloor, type Fitted } from "../lab/fitted.js";
import { mean } from "../lab/record.js";
import { toy } from "./fittings.js";

/** The seeds of one depth or width. */
export interface Sized {
  readonly size: number;
  readonly seeds: readonly Fitted[];
}

/** A flow of some depth: its training losses by epoch, and how far points go in each layer. */
export interface Deep {
  readonly layers: number;
  readonly loss: readonly number[];
  readonly moves: readonly number[];
}

/** Quality and time against a size. */
export function sweepFigure(label: string, swept: readonly Sized[]): string {
  const gaps = swept.map(({ seeds }) => aboveFloor(seeds).map(({ value }) => value));
  const times = swept.map(({ seeds }) => seeds.map(({ stepMs }) => stepMs));
  return figure({
    columns: 2,
    panels: [
      sizes("Held-out quality", label, "nats above the floor", swept, gaps),
      sizes("Cost", label, "milliseconds of a step (median)", swept, times),
    ],
    caption: "Dots are seeds, lines their means; the document's training for each size (001.67, 001.68).",
  });
}

function sizes(title: string, label: string, unit: string, swept: readonly Sized[], values: readonly (readonly number[])[]): Panel {
  const dots = values.flatMap((list, i) => list.map((value) => [i, value] as const));
  return panel({
    title,
    x: { label, names: swept.map(({ size }) => `${size}`), domain: [-0.4, swept.length - 0.6] },
    y: { label: unit, scale: "log" },
    marks: [
      points({ x: dots.map(([x]) => x), y: dots.map(([, y]) => y), radius: 2.5, opacity: 0.6, label: "seeds" }),
      line({ x: values.map((_, i) => i), y: values.map(mean), label: "mean" }),
    ],
  });
}

/** Training of shallow and deep flows, and the motion in their layers. */
export function dynamicsFigure(deep: readonly Deep[]): string {
  const floor = toy.entropy!;
  const losses = deep.map(({ layers, loss }, i) =>
    line({ x: loss.map((_, at) => at + 1), y: [...loss], width: 1.3, color: okabeIto[i]!, label: `${layers} layers` }),
  );
  const moves = deep.map(({ layers, moves: way }, i) =>
    line({
      x: way.map((_, at) => (at + 1) / layers),
      y: [...way],
      width: 1.3,
      color: okabeIto[i]!,
      label: `${layers} layers`,
      dots: layers < 10,
    }),
  );
  return figure({
    columns: 2,
    panels: [
      panel({
        title: "Training",
        x: { label: "epoch" },
        y: { label: "loss (nats)", scale: "log" },
        marks: [...losses, rule({ y: floor, label: `floor ${floor.toFixed(4)}`, color: theme.colors.ink })],
      }),
      panel({
        title: "Motion in each layer",
        x: { label: "depth, noise to data" },
        y: { label: "way of the middle point", scale: "log" },
        marks: moves,
      }),
    ],
    caption: "Left: the document's training, one seed. Right: the median of how far a layer moves 2,000 points (001.69).",
  });
}
