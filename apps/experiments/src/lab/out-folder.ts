import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const rootOf = (folder: string): string =>
  existsSync(join(folder, "pnpm-workspace.yaml")) || dirname(folder) === folder ? folder : rootOf(dirname(folder));

/** out/experiments of the repository that the process runs in. */
export const outFolder = (): string => join(rootOf(process.cwd()), "out", "experiments");
