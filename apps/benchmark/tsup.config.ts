import { library } from "../../tooling/tsup.js";

export default library({ main: "src/main.ts", child: "src/child.ts", cold: "src/cold.ts", steady: "src/steady.ts" });
