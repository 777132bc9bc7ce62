import type { ProgramSummary, StretchSummary } from "@flows/core";

/** "1,200 steps", "1 step" */
export const count = (n: number, what: string): string => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;

const stretchWords = (stretch: StretchSummary): string =>
  "why" in stretch
    ? `${stretch.module === "" ? "" : `${stretch.module} `}(${stretch.type}) by itself: ${stretch.why}`
    : `${count(stretch.modules.length, "module")} in one program of ${count(stretch.steps, "step")}, ${count(stretch.floatsPerRow, "number")} a row`;

/** What runs as a program, and what by itself, and why. */
export const programWords = ({ lowers, stretches }: ProgramSummary): string =>
  lowers ? `runs as one program: ${stretches.map(stretchWords).join()}` : `runs in parts: ${stretches.map(stretchWords).join("; ")}`;
