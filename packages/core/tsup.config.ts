import { library } from "../../tooling/tsup.js";

export default library({ index: "src/index.ts", ops: "src/ops/index.ts", node: "src/node/index.ts" });
