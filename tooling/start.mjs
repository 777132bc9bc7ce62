import { existsSync } from "node:fs";
import { join } from "node:path";
import { node, prepare, root, timed } from "./steps.mjs";

/** `npm start`: installs, builds and shows what Flows does. */
const demonstration = join(root, "apps", "experiments", "dist", "start.js");
const show = () => (existsSync(demonstration) ? node(demonstration, process.argv.slice(2)) : 0);

process.exitCode = (await prepare()) || (await timed("Running the demonstration", show));
