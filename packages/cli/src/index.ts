export type { Answer, Command } from "./command.js";
export { commands } from "./commands/index.js";
export type { About, Curve } from "./files/about.js";
export { main } from "./main.js";
export type { Streams } from "./terminal.js";
