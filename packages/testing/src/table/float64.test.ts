import { float64 } from "@flows/backend-float64";
import { everyLawHolds } from "./hold.js";

everyLawHolds(float64());
