import { figure, line, type Panel, panel, points, roles, rule, theme } from "@flows/plot";
import type { Fitted } from "../lab/fitted.js";
import { mean } from "../lab/record.js";

/** The seeds of one size: a depth or a width. */
export interface Swept {
  readonly size: number;
  readonly seeds: readonly Fitted[];
  /** The document's value, where its figure shows one. */
  readonly printed?: number;
}

const above = ({ seeds }: Swept): number[] => seeds.map((seed) => seed.above.mean);

/** Depth as the document shows it, the same above the floor, and width. */
export function sweepFigure(deep: readonly Swept[], wide: readonly Swept[], floor: number): string {
  const printed = deep.filter((one) => one.printed !== undefined);
  const levels = panel({
    title: "Depth: held-out NLL",
    x: { label: "layers K" },
    y: { label: "NLL (nats)" },
    marks: [
      line({
        x: printed.map(({ size }) => size),
        y: printed.map((one) => one.printed!),
        label: "the document",
        color: roles.real,
        dash: "5 4",
        dots: true,
      }),
      line({ x: deep.map(({ size }) => size), y: deep.map((one) => floor + mean(above(one))), label: "ours", dots: true }),
      rule({ y: floor, label: `floor ${floor.toFixed(4)}`, color: theme.colors.ink }),
    ],
  });
  return figure({
    title: "Depth and width on two blobs",
    panels: [levels, gaps("Depth: above the floor", "layers K", deep), gaps("Width, 4 layers", "hidden units", wide)],
    caption: `Dots are seeds, lines their means; ${seedsOf(deep)}, 20,000 fresh points each, the last weights of §7's schedule (004.92).`,
  });
}

function gaps(title: string, label: string, swept: readonly Swept[]): Panel {
  const places = swept.map((_, i) => i);
  const dots = swept.flatMap((one, i) => above(one).map((value) => [i, value] as const));
  return panel({
    title,
    x: { label, names: swept.map(({ size }) => `${size}`), domain: [-0.4, swept.length - 0.6] },
    y: { label: "nats above the floor", scale: "log" },
    marks: [
      points({ x: dots.map(([x]) => x), y: dots.map(([, y]) => y), radius: 2.5, opacity: 0.6, label: "seeds" }),
      line({ x: places, y: swept.map((one) => mean(above(one))), label: "mean" }),
    ],
  });
}

const seedsOf = ([first]: readonly Swept[]): string => `${first!.seeds.length} seed${first!.seeds.length === 1 ? "" : "s"}`;
