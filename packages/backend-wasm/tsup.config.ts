import { library } from "../../tooling/tsup.js";

export default library({ index: "src/index.ts", inference: "src/inference.ts" });
