import { library } from "../../tooling/tsup.js";

export default library({ index: "src/index.ts", png: "src/png.ts" });
