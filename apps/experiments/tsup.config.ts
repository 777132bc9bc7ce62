import { library } from "../../tooling/tsup.js";

export default library({ main: "src/main.ts", start: "src/start.ts" });
