import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a run shows: a number against its expectation, a figure's file, or a behaviour that a check saw. */
export type Shown =
  | { readonly value: number; readonly expected: number; readonly tolerance: number }
  | { readonly value: number; readonly atMost: number }
  | { readonly figure: string }
  | { readonly behaviour: string; readonly passed: boolean };

const root = (folder: string): string => (existsSync(join(folder, "pnpm-workspace.yaml")) ? folder : root(dirname(folder)));

/** Records one acceptance line in out/acceptance.jsonl, and throws where the run does not show it. */
export function accepts(id: string, shown: Shown): void {
  const record = { id, ...judge(shown) };
  const folder = join(root(process.cwd()), "out");
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, "acceptance.jsonl"), `${JSON.stringify(record)}\n`);
  if (!record.passed) throw new Error(`${id} is not shown: ${record.where}`);
}

function judge(shown: Shown): { kind: "number" | "figure" | "behaviour"; passed: boolean; where: string } {
  if ("figure" in shown) return { kind: "figure", passed: existsSync(shown.figure), where: shown.figure };
  if ("behaviour" in shown) return { kind: "behaviour", passed: shown.passed === true, where: shown.behaviour };
  const passed = "atMost" in shown ? shown.value <= shown.atMost : Math.abs(shown.value - shown.expected) <= shown.tolerance;
  const wanted = "atMost" in shown ? `at most ${shown.atMost}` : `${shown.expected} within ${shown.tolerance}`;
  return { kind: "number", passed, where: `${shown.value}, wanted ${wanted}` };
}
