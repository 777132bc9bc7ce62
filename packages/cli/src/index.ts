export type { About, Curve } from "@flows/tables";
export type { Answer, Command } from "./command.js";
export { commands } from "./commands/index.js";
export { main } from "./main.js";
export type { Streams } from "./program/streams.js";
