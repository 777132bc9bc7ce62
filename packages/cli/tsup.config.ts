import { library } from "../../tooling/tsup.js";

export default library({ index: "src/index.ts", program: "src/program/index.ts" });
