import { library } from "../tsup.js";

export default library();
