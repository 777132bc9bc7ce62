import { type Duty, member } from "./member.js";

declare const require: undefined | ((name: string) => { readonly workerData: Duty });

/** What a worker runs: Node hands the duty over with the worker, a browser by message. */
if (typeof require === "function") member(require("node:worker_threads").workerData);
else addEventListener("message", ({ data }) => member(data));
