import { library } from "../../tooling/tsup.js";

export default library({
  index: "src/index.ts",
  author: "src/author.ts",
  ops: "src/ops/index.ts",
  node: "src/node/index.ts",
  // A file of its own, which bundlers leave out of a page that trains nothing.
  gradients: "src/gradients/index.ts",
});
