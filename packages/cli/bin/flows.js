#!/usr/bin/env node
import { existsSync } from "node:fs";

const program = new URL("../dist/index.js", import.meta.url);

if (existsSync(program)) {
  const { main } = await import(program.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error("flows is not built yet. Run pnpm build first (npm start and npm test do it too).");
  process.exitCode = 1;
}
