import { wasm } from "@flows/backend-wasm";
import { everyLawHolds } from "./hold.js";

everyLawHolds(wasm());
