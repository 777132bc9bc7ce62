import type { Command } from "../command.js";
import { compare } from "./compare.js";
import { fit } from "./fit.js";
import { inspect } from "./inspect.js";
import { report } from "./report.js";
import { sample } from "./sample.js";
import { score } from "./score.js";

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [fit, score, sample, report, compare, inspect];
